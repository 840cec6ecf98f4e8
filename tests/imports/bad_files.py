"""Files that must not come in, each with the sentence that says why and how to mend it."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from tests.imports.builders import as_csv, as_ods, as_xls, as_xlsx, as_zip
from vivier.common.tables import MAX_BYTES
from vivier.imports.fields import MENTORS, REGISTRANTS


@dataclass(frozen=True)
class BadFile:
    """A file, and what must be said of it. `line`: where, for files whose lines are wrong; None: the file itself is.

    `said` are pieces of the page, in French: what is wrong, then what to do.
    """

    name: str
    content: bytes
    said: tuple[str, ...]
    line: int | None = None
    kind: str = REGISTRANTS


_NAMES = ["Nom", "Prénom"]
_GOOD = ["Rivière", "Inès"]


def bad_files() -> list[BadFile]:
    """Return all of them."""
    return [*unreadable(), *without_people(), *wrong_registrants(), *wrong_mentors()]


def unreadable() -> list[BadFile]:
    """Return what is no table, or one that may not be opened."""
    rows = [_NAMES, _GOOD]
    workbook = as_xlsx(rows)
    sheet = "application/vnd.oasis.opendocument.spreadsheet"
    writer = "application/vnd.oasis.opendocument.text"
    locked_ods = as_zip({"mimetype": sheet, "META-INF/manifest.xml": "<manifest:encryption-data/>", "content.xml": "?"})
    return [
        BadFile("vide", b"", ("Ce fichier est vide",)),
        BadFile("blanc", b" \r\n\t\r\n", ("Ce fichier est vide",)),
        BadFile("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ("un PDF", "demandez le classeur")),
        BadFile("photo", b"\xff\xd8\xff\xe0\x00\x10JFIF", ("une image", "demandez le classeur")),
        BadFile("capture", b"\x89PNG\r\n\x1a\n\x00\x00", ("une image",)),
        BadFile("iphone", b"\x00\x00\x00\x18ftypheic", ("une image",)),
        BadFile("word", as_zip({"word/document.xml": "<w:document/>"}), ("un document de texte", "dans un classeur")),
        BadFile("vieux word", _ole("WordDocument"), ("un document de texte",)),
        BadFile("writer", as_zip({"mimetype": writer, "content.xml": "<x/>"}), ("un document de texte",)),
        BadFile("rtf", b"{\\rtf1\\ansi Nom;Pr}", ("un document de texte",)),
        BadFile("diapositives", as_zip({"ppt/presentation.xml": "<p/>"}), ("une présentation",)),
        BadFile("numbers", as_zip({"Index/Document.iwa": "x"}), ("vient de Numbers", "Exporter vers, Excel")),
        BadFile("binaire", as_zip({"xl/workbook.bin": "x"}), ("classeur binaire", "enregistrez-le au format .xlsx")),
        BadFile("macros", _with_part(workbook, "xl/vbaProject.bin"), ("contient des macros", "au format .xlsx")),
        BadFile("mot de passe", _ole("EncryptedPackage"), ("protégé par un mot de passe", "retirez la protection")),
        BadFile("mot de passe, ods", locked_ods, ("protégé par un mot de passe",)),
        BadFile("archive", as_zip({"liste.csv": "Nom;Prénom"}), ("une archive compressée", "déposez le classeur")),
        BadFile("gzip", b"\x1f\x8b\x08\x00abc", ("une archive compressée",)),
        BadFile("page web", b"<html><table><tr><td>Nom</td></tr></table></html>", ("une page web",)),
        BadFile("xml", b"<?xml version='1.0'?><Workbook></Workbook>", ("un tableau XML",)),
        BadFile("carnet", b"BEGIN:VCARD\nFN:Ines\nEND:VCARD", ("un carnet d’adresses",)),
        BadFile("octets", bytes(range(256)) * 40, ("ni un classeur ni un texte",)),
        BadFile("abîmé", workbook[: len(workbook) // 2], ("est abîmé",)),
        BadFile("faux classeur", as_zip({"xl/workbook.xml": "<oops"}), ("est abîmé",)),
        BadFile("bombe", _bomb(), ("est démesuré", "nouveau classeur")),
        BadFile("cellule lointaine", _far_cell(), ("est abîmé",)),
        BadFile("cellule lointaine, xls", _far_xls(), ("est abîmé",)),
        BadFile("trop lourd", b"Nom;Prenom\n" + b"x" * MAX_BYTES, ("dépasse 10 Mo", "coupez-le en deux")),
        BadFile("trop long", as_csv([_NAMES, *[_GOOD] * 21_100]), ("plus de 20 000 lignes", "coupez-le")),
        BadFile("trop large", as_csv([[*_NAMES, *map(str, range(300))], _GOOD]), ("plus de 200 colonnes",)),
        BadFile("guillemet", b'Nom;Prenom\n"Riviere;Ines\n' + b"a;b\n" * 60, ("guillemet ouvert à la ligne 2",)),
    ]


def without_people() -> list[BadFile]:
    """Return tables in which nobody is found."""
    return [
        BadFile("intitulés seuls", as_csv([_NAMES]), ("n’a que des intitulés", "complétez-le")),
        BadFile("intitulés et total", as_xlsx([_NAMES, ["Total : 0"]]), ("n’a que des intitulés",)),
        BadFile("sans intitulés", as_csv([["12/03/2010", "a@b.fr"], ["13/03/2010", "c@d.fr"]]), ("Aucune ligne",)),
        BadFile("feuille vide", as_xlsx([]), ("Ce fichier est vide",)),
        BadFile("texte suivi", b"Bonjour, voici la liste promise.", ("Aucune ligne d’intitulés",)),
    ]


def _registrant(name: str, heading: str, value, *said: str, more: tuple = ()) -> BadFile:
    """Return a workbook whose third person is wrong under one heading."""
    rows = [[*_NAMES, heading], [*_GOOD, None], ["Dupont", "Zoé", None], ["Ben Salah", "Aïcha", value], *more]
    return BadFile(name, as_xlsx(rows), (*said, heading), line=4)


def wrong_registrants() -> list[BadFile]:
    """Return lists of registrants with one line that is wrong."""
    twins = [[*_NAMES, "Date de naissance", "Classe"], [*_GOOD, "12/03/2010", "2de"], [*_GOOD, "12/03/2010", "1re"]]
    came = [
        [*_NAMES, "Date de naissance", "Présence"],
        [*_GOOD, "12/03/2010", "oui"],
        [*_GOOD, "12/03/2010", "absente"],
    ]
    future = [[*_NAMES, "Date de l'atelier", "Présence"], [*_GOOD, "12/03/2036", "oui"]]
    birth = "Date de naissance"
    return [
        _registrant("29 février", birth, "29/02/2011", "n’existe pas", "vérifiez le jour et le mois"),
        _registrant("mois et jour", birth, "03/25/2010", "le mois 25 n’existe pas", "le jour avant le mois"),
        _registrant("année seule", birth, 2010, "n’est pas une date", "jour/mois/année"),
        _registrant("année en texte", birth, "2010", "il n’y a que l’année"),
        _registrant("en mots", birth, "au printemps", "n’est pas lisible", "12/03/2010"),
        _registrant("à naître", birth, "12/03/2055", "dans l’avenir"),
        _registrant("trop âgée", birth, "12/03/1810", "elle aurait"),
        _registrant("adresse coupée", "Mail élève", "aicha@exemple", "la fin de l’adresse"),
        _registrant("sans arobase", "Mail élève", "aicha.exemple.fr", "l’arobase"),
        _registrant("virgule", "Mail élève", "aicha@gmail,com", "une virgule remplace un point", "aicha@gmail.com"),
        _registrant("espace", "Mail parent", "nadia riviere@gmail.com", "une espace"),
        _registrant("numéro court", "Tél", "06 12 34", "numéro de téléphone", "dix chiffres"),
        _registrant("code postal", "Code postal", "380", "cinq chiffres", "38100"),
        _registrant("ville étrangère", "Ville de l'atelier", "Bron", "n’est pas une ville du programme", "réglages"),
        _registrant("faute de frappe", "Commune", "Grenobel", "n’est pas une commune", "Grenoble"),
        _registrant("code partagé", "Commune", "26800", "peut être", "écrivez le nom de la commune"),
        _registrant("présence", "Présence", "peut-être", "ni oui ni non", "présente ou absente"),
        _registrant("qpv", "QPV", "Villeneuve", "ni oui ni non", "en attente"),
        _registrant("sauf", "Disponibilités", "tous les jours sauf mercredi", "pas libre", "créneaux possibles"),
        BadFile(
            "erreur d’Excel", as_csv([[*_NAMES, "Lycée"], [*_GOOD, "#REF!"]]), ("en erreur", "écrivez la valeur"), 2
        ),
        BadFile("prénom absent", as_xlsx([[*_NAMES, "Classe"], ["Rivière", None, "2de"]]), ("le prénom manque",), 2),
        BadFile("nom chiffré", as_xlsx([_NAMES, _GOOD, ["Martin 2", "Léa"]]), ("pas de chiffre",), 3),
        BadFile("nom décalé", as_xlsx([_NAMES, ["ines@exemple.fr", "Inès"]]), ("adresse e-mail, pas un nom",), 2),
        BadFile("classes contraires", as_xlsx(twins), ("se contredisent", "Lignes 2 et 3", "2de / 1re"), 2),
        BadFile("présences contraires", as_ods(came), ("se contredisent", "présente / absente"), 2),
        BadFile(
            "deux naissances",
            as_csv([[*_NAMES, birth, birth], [*_GOOD, "12/03/2010", "15/09/2012"]]),
            (f"les deux colonnes « {birth} » se contredisent", "12/03/2010 / 15/09/2012", "laissez de côté la colonne"),
            2,
        ),
        BadFile(
            "deux intitulés",
            as_csv([[*_NAMES, "Mail", "E-mail"], [*_GOOD, "a@ex.fr", "b@ex.fr"]]),
            ("« Mail » et « E-mail » se contredisent",),
            2,
        ),
        BadFile(
            "deux responsables en un",
            as_csv([[*_NAMES, "Parent", "Responsable"], [*_GOOD, "Anne Rivière", "Paul Rivière"]]),
            ("se contredisent", "Anne Rivière / Paul Rivière"),
            2,
        ),
        BadFile("présente demain", as_xls(future), ("pas encore eu lieu",), 2),
        BadFile("mauvaise ligne en csv", as_csv([[*_NAMES, "Tél"], [], [*_GOOD, "12"]]), ("téléphone",), 3),
    ]


def wrong_mentors() -> list[BadFile]:
    """Return lists of mentors with one line that is wrong."""

    def one(name: str, heading: str, value, *said: str) -> BadFile:
        rows = [[*_NAMES, heading], ["Martin", "Sophie", value]]
        return BadFile(name, as_xlsx(rows), (*said, heading), 2, MENTORS)

    ends = [[*_NAMES, "Vérifiée le", "Valable jusqu'au"], ["Martin", "Sophie", "02/06/2026", "01/06/2026"]]
    return [
        one("capacité négative", "Nb filleules max", -1, "pas un nombre de personnes", "nombre entier"),
        one("capacité coupée", "Nb filleules max", 2.5, "pas un nombre de personnes"),
        one("capacité folle", "Nb filleules max", 250, "plus de 20 personnes"),
        one("capacité en mots", "Nb filleules max", "beaucoup", "pas un nombre de personnes"),
        one("vérifiée demain", "Vérifiée le", "01/01/2055", "dans l’avenir"),
        BadFile("fin avant début", as_xlsx(ends), ("précède la vérification",), 2, MENTORS),
        BadFile("nom absent", as_csv([["Marraine", "CP"], ["", "38000"], ["Ana", "38000"]]), ("manque",), 2, MENTORS),
    ]  # fmt: skip


# --- Traps --------------------------------------------------------------------------------------------------------


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 600


def _with_part(workbook: bytes, part: str) -> bytes:
    content = BytesIO(workbook)
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(part, b"\0" * 10)
    return content.getvalue()


def _bomb() -> bytes:
    """Return a workbook of a few hundred Ko that claims 300 Mo."""
    return as_zip({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"\0" * (300 * 1024 * 1024)})


def _far_cell() -> bytes:
    """Return a workbook whose second cell is the last one that a spreadsheet has: the table would not fit anywhere."""
    return _sheet_xml(
        as_xlsx([_NAMES]), '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    )


def _sheet_xml(workbook: bytes, end: str) -> bytes:
    parts = {}
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    path = "xl/worksheets/sheet1.xml"
    parts[path] = parts[path].replace(b"</sheetData>", end.encode())
    return as_zip(parts)


def _far_xls() -> bytes:
    """Return an old workbook with a cell beyond what its format allows."""
    content = as_xls([_NAMES, ["loin", "x"]])
    near, far = b"\x01\x00\x00\x00\x00\x00\x04\x00\x01l", b"\xff\xff\xff\xff\x00\x00\x04\x00\x01l"
    assert near in content
    return content.replace(near, far)
