"""Files as associations really send them: the same few people, written in many ways.

Each file says who is in it and what of them it tells; a test checks that everybody is understood.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from tests.imports.builders import as_csv, as_ods, as_xls, as_xlsx
from vivier.imports.fields import MENTORS, REGISTRANTS


@dataclass(frozen=True)
class GoodFile:
    """A file, and what must be understood: one dict of facts per person, in the order of the lines.

    `sheet`: which sheet to ask for. `choices`: what the coordinator says of headings, by key.
    """

    name: str
    kind: str
    content: bytes
    people: tuple[dict, ...]
    sheet: str = ""
    choices: dict = field(default_factory=dict)


INES = {
    "first_name": "Inès", "last_name": "Rivière", "birth_date": date(2010, 3, 12), "email": "ines@eleve.exemple.test",
    "phone": "06 39 98 10 01", "school_level": "2de", "commune": "Grenoble", "slots": ("sat_am", "wed_pm"),
    "interests": ("web", "design"), "qpv": "declared", "city": "Grenoble", "attended": True,
    "day": date(2026, 10, 14), "guardian": ("Nadia", "Rivière", "nadia@famille.exemple.test"),
}  # fmt: skip
ZOE = {
    "first_name": "Zoé", "last_name": "Dupont-Lefèvre", "birth_date": date(2009, 11, 5), "email": "", "phone": "",
    "school_level": "1re", "commune": "Saint-Martin-d'Hères", "slots": ("wed_pm",), "interests": ("ai",), "qpv": "no",
    "city": "Grenoble", "attended": True, "day": date(2026, 10, 14),
    "guardian": ("Paul", "Dupont", "paul@famille.exemple.test"),
}  # fmt: skip
AICHA = {
    "first_name": "Aïcha", "last_name": "Ben Salah", "birth_date": date(2008, 2, 29),
    "email": "aicha@eleve.exemple.test", "phone": "07 39 98 10 03",
    "school_level": "terminale", "commune": "Valence", "slots": (), "interests": (),
    "qpv": "", "city": "Valence", "attended": True, "day": date(2026, 10, 21), "guardian": None,
}  # fmt: skip
ELOISE = {
    "first_name": "Éloïse", "last_name": "O'Brien", "birth_date": date(2010, 12, 1),
    "email": "eloise@eleve.exemple.test", "phone": "06 39 98 10 04", "school_level": "2de",
    "commune": "Lyon 8e Arrondissement",
    "slots": ("fri_eve", "sat_am", "sat_pm"), "interests": ("games", "data"), "qpv": "declared", "city": "Lyon",
    "attended": False, "day": date(2026, 10, 28), "guardian": ("Claire", "O'Brien", "claire@famille.exemple.test"),
}  # fmt: skip
SOPHIE = {
    "first_name": "Sophie", "last_name": "Martin", "email": "sophie@marraine.exemple.test", "phone": "06 39 98 20 01",
    "occupation": "développeuse web", "employer": "Roselière Conseil", "commune": "Grenoble", "capacity": 2,
    "slots": ("wed_eve", "wed_pm"), "interests": ("code", "web"), "languages": ("fr", "en"),
    "vetted_on": date(2026, 6, 2),
}  # fmt: skip
KARIMA = {
    "first_name": "Karima", "last_name": "El Amrani", "email": "karima@marraine.exemple.test", "phone": "",
    "occupation": "data scientist", "employer": "", "commune": "Romans-sur-Isère", "capacity": 1, "slots": ("sat_am",),
    "interests": ("data",), "languages": ("fr", "ar"), "vetted_on": None,
}  # fmt: skip


def only(person: dict, *facts: str, **others) -> dict:
    """Return some facts of a person, and what this file says otherwise."""
    return {"first_name": person["first_name"], "last_name": person["last_name"]} | {
        fact: person[fact] for fact in facts
    } | others  # fmt: skip


def good_files() -> list[GoodFile]:
    """Return all of them."""
    return [
        whole_workbook(), semicolons_in_latin(), one_column_of_names(), a_sheet_per_city(), cities_as_section_titles(),
        merged_cities(), columns_per_half_day(), libreoffice(), utf16_tabs(), old_excel(), from_a_mac(),
        excel_numbers(), capitals_without_accents(), headings_she_explains(), only_names(), mentors_workbook(),
        mentors_in_csv(), mentors_without_anything(), two_parents(), form_answers(),
    ]  # fmt: skip


def whole_workbook() -> GoodFile:
    """Title over merged cells, an empty line, everything said, a repeated line of headings, a total and a note."""
    headings = (
        "Nom", "Prénom", "Date de naissance", "Lycée", "Classe", "Ville de l'atelier", "Date de l'atelier", "Commune",
        "Code postal", "Mail élève", "Tél", "Nom responsable légal", "Mail responsable", "Langues", "Disponibilités",
        "Ce qui l'intéresse", "QPV", "Présence",
    )  # fmt: skip
    rows = [
        ["ELL'OWEB : liste des lycéennes, automne 2026"],
        [],
        headings,
        ["RIVIÈRE", "Inès", date(2010, 3, 12), "Lycée du Drac", "2nde", "Grenoble", date(2026, 10, 14), "Grenoble",
         38000, "ines@eleve.exemple.test", 639981001, "Nadia Rivière", "nadia@famille.exemple.test",
         "français, anglais", "mercredi après-midi ; samedi matin", "web, design", "oui", "oui"],
        ["DUPONT-LEFÈVRE", "Zoé", datetime(2009, 11, 5), "Lycée du Drac", "1ère STI2D", "grenoble", "14/10/2026",
         "St Martin d'Hères", "38400", None, None, "M. Paul Dupont", "paul@famille.exemple.test", "", "mer PM",
         "intelligence artificielle", "non", "x"],
        headings,
        [],
        ["BEN SALAH", "Aïcha", "29 février 2008", "Lycée de la Véore", "Tle", "VALENCE", "21/10/26", "Valence", 26000.0,
         "Aicha@Eleve.exemple.test", "07.39.98.10.03", None, None, None, None, None, "en attente", "présente"],
        ["O'BRIEN", "Éloïse", "2010-12-01", "Lycée des Deux-Fleuves", "Seconde 4", "Lyon", date(2026, 10, 28), "Lyon",
         69008, "eloise@eleve.exemple.test", "+33 6 39 98 10 04", "Claire O'Brien", "claire@famille.exemple.test",
         "français", "vendredi soir, samedi", "jeux vidéo / données", "x", "absente"],
        [],
        ["Total : 4"],
        ["Document interne, merci de ne pas diffuser."],
    ]  # fmt: skip
    return GoodFile("classeur entier", REGISTRANTS, as_xlsx(rows, merged=["A1:R1"]), (INES, ZOE, AICHA, ELOISE))


def semicolons_in_latin() -> GoodFile:
    """A French CSV of Windows: semicolons, CP1252, non-breaking spaces, empty lines and columns."""
    rows = [
        ["", "NOM", "PRENOM", "Né(e) le", "Classe", "", "Ville", "CP", "Mél", "N° de téléphone", "Présent(e)"],
        ["", "Rivière\u00a0", " Inès", "12/03/2010", "2nde", "", "GRENOBLE", "38000",
         "ines@eleve.exemple.test", "0639981001", "X"],
        ["", "", "", "", "", "", "", "", "", "", ""],
        ["", "Ben\u00a0Salah", "Aïcha", "29/02/08", "T°", "", "Valence", "26000",
         "aicha@eleve.exemple.test", "739981003", "oui"],
        ["", "", "", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    facts = ("birth_date", "school_level", "commune", "email", "phone", "attended", "city")
    return GoodFile(
        "CSV de Windows",
        REGISTRANTS,
        as_csv(rows, encoding="cp1252"),
        (only(INES, *facts), only(AICHA, *facts)),
    )


def one_column_of_names() -> GoodFile:
    """ "NOM Prénom" in one column, the postal code and the town in another."""
    rows = [
        ["NOM Prénom", "Date naiss.", "CP Ville", "Mail parent"],
        ["RIVIÈRE Inès", "12 mars 2010", "38000 Grenoble", "nadia@famille.exemple.test"],
        ["DUPONT-LEFÈVRE Zoé", "5/11/2009", "38400 SAINT MARTIN D HERES", "paul@famille.exemple.test"],
        ["BEN SALAH Aïcha", "29.02.2008", "26000 VALENCE", ""],
    ]
    facts = ("birth_date", "commune", "city")
    ines = only(INES, *facts, guardian=("", "", "nadia@famille.exemple.test"))
    zoe = only(ZOE, *facts, guardian=("", "", "paul@famille.exemple.test"))
    return GoodFile("noms en une colonne", REGISTRANTS, as_csv(rows), (ines, zoe, only(AICHA, *facts, guardian=None)))


def a_sheet_per_city() -> GoodFile:
    """One sheet per city, named after it; she asks for all of them."""
    headings = ["Nom", "Prénom", "Date de naissance"]
    content = as_xlsx(
        [["Atelier de Grenoble"], headings, ["Rivière", "Inès", date(2010, 3, 12)]],
        name="Grenoble",
        others={
            "Valence": [headings, ["Ben Salah", "Aïcha", date(2008, 2, 29)]],
            "Légende": [["Rouge", "à rappeler"], ["Vert", "confirmé"]],
        },
    )
    people = (only(INES, "birth_date", "city"), only(AICHA, "birth_date", "city"))
    return GoodFile("une feuille par ville", REGISTRANTS, content, people, sheet="*")


def cities_as_section_titles() -> GoodFile:
    """The city stands alone on a line above its people."""
    rows = [
        ["Nom", "Prénom", "Date de naissance", "Classe"],
        ["Atelier de Grenoble"],
        ["Rivière", "Inès", "12/03/2010", "2de"],
        ["Dupont-Lefèvre", "Zoé", "05/11/2009", "1re"],
        ["VALENCE"],
        ["Ben Salah", "Aïcha", "29/02/2008", "Terminale"],
    ]
    facts = ("birth_date", "school_level", "city")
    return GoodFile(
        "villes en intertitres", REGISTRANTS, as_xlsx(rows), tuple(only(one, *facts) for one in (INES, ZOE, AICHA))
    )


def merged_cities() -> GoodFile:
    """The city is written once, in a cell merged over the lines of its people; headings stand on two lines."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Ville de l'atelier", "Élève", None, "Disponibilités", None])
    sheet.append([None, "Nom", "Prénom", "Mercredi après-midi", "Samedi matin"])
    sheet.append(["Grenoble", "Rivière", "Inès", "x", "x"])
    sheet.append([None, "Dupont-Lefèvre", "Zoé", "oui", "non"])
    sheet.append(["Valence", "Ben Salah", "Aïcha", None, None])
    for cells in ("A1:A2", "B1:C1", "D1:E1", "A3:A4"):
        sheet.merge_cells(cells)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True), Alignment(horizontal="center")
    content = BytesIO()
    book.save(content)
    people = tuple(only(one, "slots", "city") for one in (INES, ZOE, AICHA))
    return GoodFile("cellules fusionnées", REGISTRANTS, content.getvalue(), people)


def columns_per_half_day() -> GoodFile:
    """A column per day: the half-day is in the heading or in the cell."""
    rows = [
        ["Prénom", "Nom", "Mercredi", "Samedi", "Vendredi soir", "Langue parlée"],
        ["Inès", "Rivière", "après-midi", "matin", "", "français"],
        ["Éloïse", "O'Brien", "", "x", "✓", "français"],
        ["Zoé", "Dupont-Lefèvre", "PM", "non", "0", ""],
    ]
    people = tuple(only(one, "slots") for one in (INES, ELOISE, ZOE))
    return GoodFile("une colonne par jour", REGISTRANTS, as_csv(rows, separator=","), people)


def libreoffice() -> GoodFile:
    """An OpenDocument spreadsheet, its dates and numbers being true dates and numbers."""
    rows = [
        ["Inscriptions"],
        ["Nom de famille", "Prénom", "Date de naissance", "Niveau", "Commune", "Code postal", "Portable", "Présence"],
        ["Rivière", "Inès", date(2010, 3, 12), "2nde", "Grenoble", 38000, 639981001, "présente"],
        ["O'Brien", "Éloïse", date(2010, 12, 1), "2GT4", "Lyon 8", 69008, 639981004, "abs"],
        ["Total", 2],
    ]
    facts = ("birth_date", "school_level", "commune", "phone", "attended", "city")
    return GoodFile("LibreOffice", REGISTRANTS, as_ods(rows), (only(INES, *facts), only(ELOISE, *facts)))


def utf16_tabs() -> GoodFile:
    """What Excel calls Unicode text: UTF-16 and tabs."""
    rows = [["Nom", "Prénom", "Classe"], ["Rivière", "Inès", "2nde"], ["Dupont-Lefèvre", "Zoé", "Première"]]
    people = (only(INES, "school_level"), only(ZOE, "school_level"))
    return GoodFile("texte Unicode d’Excel", REGISTRANTS, as_csv(rows, separator="\t", encoding="utf-16"), people)


def old_excel() -> GoodFile:
    """A workbook of Excel 97: dates are numbers, a postal code has lost its zero."""
    rows = [
        ["Nom", "Prénom", "Date de naissance", "Code postal"],
        ["Rivière", "Inès", 40249, 38000],
        ["Ben Salah", "Aïcha", 39507, 26000],
    ]
    facts = ("birth_date", "commune")
    return GoodFile("Excel 97", REGISTRANTS, as_xls(rows), (only(INES, *facts), only(AICHA, *facts)))


def from_a_mac() -> GoodFile:
    """A CSV saved by an Excel of the Mac: its accents are those of the Mac, its lines end its own way."""
    rows = [["Prénom Nom", "Lycée"], ["Inès Rivière", "Lycée du Drac"], ["Éloïse O'Brien", "Lycée des Deux-Fleuves"]]
    content = as_csv(rows, encoding="mac_roman").replace(b"\r\n", b"\r")
    return GoodFile("CSV d’un Mac", REGISTRANTS, content, (only(INES), only(ELOISE)))


def excel_numbers() -> GoodFile:
    """sep=; on the first line, dates as serial numbers in text, decimals with a comma."""
    rows = [["Nom", "Prénom", "Date de naissance", "CP"], ["Rivière", "Inès", "40249", "38000"]]
    return GoodFile("sep= d’Excel", REGISTRANTS, b"sep=;\r\n" + as_csv(rows), (only(INES, "birth_date", "commune"),))


def capitals_without_accents() -> GoodFile:
    """Capitals everywhere, as a register prints them; the city is found all the same."""
    rows = [
        ["NOM DE L'ELEVE", "PRENOM", "VILLE DE L'ATELIER", "COMMUNE"],
        ["RIVIERE", "INES", "GRENOBLE", "ECHIROLLES"],
        ["MARTIN", "LEA", "SAINT ETIENNE", "ST ETIENNE"],
    ]
    people = (
        {"first_name": "Ines", "last_name": "Riviere", "city": "Grenoble", "commune": "Échirolles"},
        {"first_name": "Lea", "last_name": "Martin", "city": "Saint-Étienne", "commune": "Saint-Étienne"},
    )
    return GoodFile("capitales", REGISTRANTS, as_csv(rows), people)


def headings_she_explains() -> GoodFile:
    """Headings in words that no table knows: she says what they hold."""
    rows = [["Qui", "Quel bahut", "Truc"], ["DUPONT-LEFÈVRE Zoé", "Lycée du Drac", "12"]]
    choices = {"qui": "full_name", "quel bahut": "school_name", "truc": ""}
    person = only(ZOE, school_name="Lycée du Drac")
    return GoodFile("intitulés expliqués", REGISTRANTS, as_csv(rows), (person,), choices=choices)


def only_names() -> GoodFile:
    """The least that can be: two columns."""
    rows = [["Nom", "Prénom"], ["Rivière", "Inès"], ["Dupont-Lefèvre", "Zoé"]]
    return GoodFile("deux colonnes", REGISTRANTS, as_csv(rows), (only(INES), only(ZOE)))


def two_parents() -> GoodFile:
    """Both parents, each with an address; two addresses in one cell are two people."""
    rows = [
        ["Nom", "Prénom", "Parent 1", "Mail parent 1", "Parent 2", "Mail parent 2"],
        ["Rivière", "Inès", "Nadia Rivière", "nadia@famille.exemple.test", "Karim Rivière",
         "karim@famille.exemple.test"],
        ["Dupont-Lefèvre", "Zoé", "Paul Dupont", "paul@famille.exemple.test ; anne@famille.exemple.test", None, None],
    ]  # fmt: skip
    both = (INES["guardian"], ("Karim", "Rivière", "karim@famille.exemple.test"))
    two = (ZOE["guardian"], ("", "", "anne@famille.exemple.test"))
    return GoodFile("deux parents", REGISTRANTS, as_xlsx(rows), (only(INES, guardians=both), only(ZOE, guardians=two)))


def form_answers() -> GoodFile:
    """Answers to an online form: long headings, a time stamp, ticks in sentences."""
    rows = [
        ["Horodateur", "Nom", "Prénom", "Date de naissance (jj/mm/aaaa)", "Classe / niveau",
         "Centres d'intérêt", "Disponibilités"],
        ["2026/09/30 8:14:22 PM UTC+2", "Rivière", "Inès", "12/03/2010", "Seconde générale", "Web, Graphisme et design",
         "Mercredi 14h-16h, Samedi matin"],
    ]  # fmt: skip
    facts = ("birth_date", "school_level", "interests", "slots")
    return GoodFile("réponses d’un formulaire", REGISTRANTS, as_csv(rows, separator=","), (only(INES, *facts),))


def mentors_workbook() -> GoodFile:
    """Marraines with everything, as the demo's file has it."""
    rows = [
        ["Marraines volontaires"],
        ["Nom", "Prénom", "Mail", "Téléphone", "Métier", "Entreprise", "Commune", "CP", "Nb filleules max",
         "Disponibilités", "Domaines", "Langues", "Vérifiée le"],
        ["MARTIN", "Sophie", "sophie@marraine.exemple.test", "06 39 98 20 01", "développeuse web", "Roselière Conseil",
         "Grenoble", 38000, 2, "mercredi après-midi, mercredi soir", "développement, web", "français, anglais",
         date(2026, 6, 2)],
        ["EL AMRANI", "Karima", "karima@marraine.exemple.test", None, "data scientist", None, "Romans", 26100, None,
         "sam. matin", "data", "français et arabe", "en cours"],
        ["TOTAL", None, None, None, None, None, None, None, 2],
    ]  # fmt: skip
    karima = {**KARIMA, "capacity": None, "vetted": False}
    return GoodFile("classeur de marraines", MENTORS, as_xlsx(rows, merged=["A1:M1"]), (SOPHIE, karima))


def mentors_in_csv() -> GoodFile:
    """Marraines in a French CSV, with other words for the same things."""
    rows = [
        ["Marraine", "Profession", "Société", "Ville", "Adresse mail", "Nombre de filleules",
         "Jours possibles", "Casier vérifié le"],
        ["Sophie MARTIN", "développeuse web", "Roselière Conseil", "Grenoble", "sophie@marraine.exemple.test",
         "2 filleules", "mercredi 14h-20h; mercredi soir", "02/06/2026"],
        ["Karima EL AMRANI", "data scientist", "", "Romans-sur-Isere", "karima@marraine.exemple.test", "une",
         "le samedi matin", ""],
    ]  # fmt: skip
    facts = ("occupation", "employer", "commune", "email", "capacity", "slots", "vetted_on")
    return GoodFile(
        "CSV de marraines", MENTORS, as_csv(rows, encoding="cp1252"), (only(SOPHIE, *facts), only(KARIMA, *facts))
    )


def mentors_without_anything() -> GoodFile:
    """Marraines: names, and nothing else."""
    rows = [["Prénom et nom"], ["Sophie Martin"], ["Karima El Amrani"]]
    karima = {"first_name": "Karima", "last_name": "El Amrani"}
    return GoodFile("marraines, noms seuls", MENTORS, as_csv(rows), (only(SOPHIE), karima))
