"""The official files into the referentials."""

import json
from pathlib import Path

import pytest

from tests.territories import official_files as official
from vivier.common.actors import SYSTEM, VISITOR
from vivier.common.errors import NotAllowed
from vivier.common.models import AuditEntry
from vivier.territories.importing.reports import Report
from vivier.territories.importing.run import NothingRecognised, import_folder
from vivier.territories.locations import QpvStatus, qpv_status
from vivier.territories.models import (
    Commune,
    CommuneAlias,
    Department,
    EmploymentArea,
    LabourPool,
    PostalCode,
    PriorityNeighbourhood,
)
from vivier.territories.queries import search_communes

pytestmark = pytest.mark.django_db


def bring(folder: Path, **options) -> Report:
    return import_folder(by=SYSTEM, folder=folder, **options)


def reasons(report: Report) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in report.refused]


def communes_only(tmp_path: Path, rows: list) -> Path:
    official.write_json(tmp_path / "communes.json", rows)
    return tmp_path


def test_every_format_is_recognised_by_its_headings(folder):
    report = bring(folder)
    assert {file.kind: file.file for file in report.files} == {
        "regions": "z.json",
        "departments": "y.json",
        "communes": "x.json",
        "points": "e.csv",
        "postal_codes": "b",
        "employment_areas": "c.csv",
        "labour_pools": "d.csv",
        "density": "a.txt",
        "neighbourhoods": "f.dat",
    }
    assert report.refused == [] and report.unrecognised == []


def test_what_the_files_say_is_in_the_tables(folder):
    bring(folder)
    valence = Commune.objects.get(code="26362")
    assert (valence.name, valence.population, valence.density_class) == ("Valence", 64458, "large_centre")
    assert (valence.latitude, valence.longitude) == (44.92256, 4.9136467), "the point of INSEE, not that of La Poste"
    assert (valence.employment_area.name, valence.labour_pool.name) == ("Valence", "Drome Ardeche Centre")
    assert valence.department.name == "Drôme" and valence.department.region.code == "84"
    postal = PostalCode.objects.get(commune=valence)
    assert (postal.code, postal.label) == ("26000", "VALENCE")
    solaure = Commune.objects.get(code="26001")
    assert solaure.is_rural and solaure.latitude == 44.7070, "La Poste fills the gap"
    assert solaure.employment_area.name == "Die Crest", "given under the former code only"
    third = Commune.objects.get(code="69383")
    assert third.parent.code == "69123" and third.density_class == "large_centre", "as its city"
    assert EmploymentArea.objects.count() == 4 and LabourPool.objects.count() == 3


@pytest.mark.parametrize("text", ["molieres glandaz", "pierre benite", "aix en diois"])
def test_old_names_find_the_present_commune(folder, text):
    bring(folder)
    assert [choice.code for choice in search_communes(text)] == ["69149" if text == "pierre benite" else "26001"]


def test_a_second_import_changes_nothing(folder):
    first = bring(folder)
    before = list(Commune.objects.order_by("pk").values()), list(CommuneAlias.objects.order_by("pk").values())
    second = bring(folder)
    assert first.changes > 0 and second.changes == 0
    assert (list(Commune.objects.order_by("pk").values()), list(CommuneAlias.objects.order_by("pk").values())) == before
    assert AuditEntry.objects.filter(action="territories.import").count() == 1


def test_a_dry_run_writes_nothing(folder):
    report = bring(folder, dry_run=True)
    assert report.changes > 20 and "rien n’a été écrit" in report.lines()[-1]
    assert not Commune.objects.exists() and not Department.objects.exists()


def test_values_are_updated_and_absent_communes_are_kept_and_reported(folder, tmp_path):
    bring(folder)
    (tmp_path / "new").mkdir()
    rows = [official.commune("26362", "Valence-sur-Rhône", codesPostaux=["26000"], population=70_000)]
    report = bring(communes_only(tmp_path / "new", rows))
    assert Commune.objects.get(code="26362").name == "Valence-sur-Rhône"
    assert report.absent == ["26001", "26281"] and "2 communes connues manquent" in report.notes[0]
    assert Commune.objects.filter(code__startswith="26", is_current=True).count() == 3


def test_a_merged_commune_keeps_its_row_and_points_at_its_successor(folder, tmp_path):
    bring(folder)
    romans = Commune.objects.get(code="26281")
    (tmp_path / "new").mkdir()
    rows = [
        official.commune("26362", "Valence", codesPostaux=["26000"], anciensCodes=["26281"]),
        official.commune("26001", "Solaure en Diois"),
    ]
    bring(communes_only(tmp_path / "new", rows))
    romans.refresh_from_db()
    assert not romans.is_current and romans.parent.code == "26362"
    assert [(choice.code, choice.former_name) for choice in search_communes("romans")] == [
        ("26362", "Romans-sur-Isère")
    ]


def test_only_the_operator_imports(folder):
    with pytest.raises(NotAllowed):
        import_folder(by=VISITOR, folder=folder)


# --- Refused rows ---------------------------------------------------------------------------------------------


def test_refused_rows_have_their_line_and_valid_ones_are_kept(tmp_path):
    rows = [
        official.commune("26362", "Valence"),
        official.commune("99001", "Ailleurs", departement="99"),
        official.commune("2636", "Trop courte", departement="02", population=-1),
        official.commune("ABCDE", "Sans code"),
        official.commune("26281", ""),
        official.commune("26362", "Valence bis"),
        {**official.commune("26003", "Étrange"), "type": "hameau"},
        {**official.commune("69383", "Lyon 3e"), "type": "arrondissement-municipal", "commune": "69123"},
        official.commune("26004", "Alixan", codesPostaux=["26300", "abc"]),
        "pas un objet",
        official.commune("26005", "Allan", departement="69"),
    ]
    report = bring(communes_only(tmp_path, rows))
    assert reasons(report) == [
        (4, "population « -1 » : un nombre entier d’habitants est attendu"),
        (5, "code de commune « ABCDE » : cinq caractères attendus, par exemple 26362 ou 2A004"),
        (6, "nom de la commune : la case est vide"),
        (8, "type de commune « hameau » inconnu"),
        (10, "code postal « abc » : cinq chiffres attendus, par exemple 26000"),
        (11, "type de commune : la case est vide"),
        (12, "la commune 26005 n’est pas du département 69 : corrigez l’un des deux codes"),
        (3, "département 99 inconnu : ajoutez le fichier des départements au dossier"),
        (7, "code 26362 déjà donné ligne 2, avec une autre valeur : gardez une seule ligne"),
        (9, "commune de rattachement 69123 inconnue"),
    ]
    assert [row.name for row in Commune.objects.all()] == ["Valence"]
    assert (report.files[0].rows, report.files[0].kept, report.files[0].refused) == (11, 1, 10)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("26362;4.9136;44.9225", "latitude et longitude sont inversées"),
        ("26362;0;0", "vérifiez la ligne"),
        ("26362;842000;6426000", "hors de la Terre"),
        ("26362;nord;4.9", "latitude « nord » : un nombre est attendu"),
        ("26362;nan;4.9", "un nombre est attendu"),
        ("26362;1e999;4.9", "un nombre est attendu"),
        ("26362;4_4;4.9", "un nombre est attendu"),
        ("26362;;4.9", "un nombre est attendu"),
        ("98765;44.9;4.9", "commune 98765 inconnue"),
        ("26\x00362;44.9;4.9", "caractères illisibles"),
    ],
)
def test_wrong_points(shipped, tmp_path, row, reason):
    (tmp_path / "points.csv").write_text(f"Code_commune;latitude;longitude\n{row}\n26281;45,06;5,04\n")
    report = bring(tmp_path)
    assert [line for line, _ in reasons(report)] == [2] and reason in report.refused[0].reason
    assert Commune.objects.get(code="26281").latitude == 45.06, "a decimal comma is read"


def test_codes_that_lost_their_first_zero_are_mended(tmp_path):
    communes_only(tmp_path, [official.commune("01004", "Ambérieu-en-Bugey", departement="01")])
    (tmp_path / "pools.csv").write_text("reg,dep,codgeo,codbe,libbe\n84,1,1004,101,BOURG\n")
    assert bring(tmp_path).refused == []
    assert Commune.objects.get(code="01004").labour_pool.code == "0101"


def test_an_area_with_two_names_keeps_the_usual_one(shipped, tmp_path):
    rows = ["26362,8431,Valence", "26058,8431,Valence", "26281,8431,Annecy"]
    (tmp_path / "ze.csv").write_text("codgeo,codze2020,libze2020\n" + "\n".join(rows) + "\n")
    report = bring(tmp_path)
    assert [line for line, _ in reasons(report)] == [4] and "« Annecy » ici et « Valence »" in report.refused[0].reason
    assert Commune.objects.get(code="26281").employment_area.code == "8427", "unchanged"


def test_the_same_row_twice_is_no_error(shipped, tmp_path):
    (tmp_path / "d.csv").write_text("insee_com,niveau_densite\n26362,Petites villes\n26362,4\n")
    assert bring(tmp_path).refused == []
    assert Commune.objects.get(code="26362").density_class == "small_town"


# --- Ways of writing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_separators(shipped, tmp_path, encoding, separator, end):
    rows = [["Une grille de densité", "", ""], ["INSEE_COM", "lib_com", "Niveau densité"]]
    rows += [["26362", "Valence", "Rural à habitat dispersé"]]
    text = end.join(separator.join(row) for row in rows) + end
    (tmp_path / "x").write_bytes(text.encode(encoding))
    assert bring(tmp_path).refused == []
    assert Commune.objects.get(code="26362").density_class == "scattered"


def test_letters_of_windows_read_as_latin_1_are_mended(shipped, tmp_path):
    one = official.feature("QN02611M", "C\x9cur De Ville", "26362", official.square(44.93, 4.91, 0.005))
    official.write_json(tmp_path / "q", {"type": "FeatureCollection", "features": [one]})
    bring(tmp_path)
    assert PriorityNeighbourhood.objects.get().name == "Cœur De Ville"


def test_insee_workbook(shipped, tmp_path):
    official.write_insee_workbook(tmp_path / "ZE2020_au_01-01-2025.xlsx")
    report = bring(tmp_path)
    assert [(file.file, file.kept) for file in report.files] == [
        ("ZE2020_au_01-01-2025.xlsx (Composition_communale)", 2)
    ]
    assert [row.line for row in report.refused] == [9]
    assert Commune.objects.get(code="26281").employment_area.name == "Romans sur Isère"


def test_insee_code_officiel_geographique(tmp_path):
    (tmp_path / "v_commune_2025.csv").write_text(
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
        "COM,69123,84,69,69M,691,0,LYON,Lyon,Lyon,6999,\n"
        "COM,69149,84,69,69M,691,0,OULLINS,Oullins,Oullins-Pierre-Bénite,6999,\n"
        "ARM,69383,84,69,69M,691,0,LYON 3E,Lyon 3e,Lyon 3e Arrondissement,6999,69123\n"
        "COMD,69152,,,,,0,PIERRE BENITE,Pierre-Bénite,Pierre-Bénite,,69149\n"
    )
    (tmp_path / "v_departement_2025.csv").write_text(
        "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n69,84,69123,2,RHONE,Rhône,Rhône\n"
    )
    (tmp_path / "v_region_2025.csv").write_text(
        "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n84,69123,1,AUVERGNE,Auvergne-Rhône-Alpes,Auvergne-Rhône-Alpes\n"
    )
    report = bring(tmp_path)
    assert [file.kind for file in report.files] == ["regions", "departments", "communes"] and report.refused == []
    assert [choice.code for choice in search_communes("pierre benite")] == ["69149"]


def test_json_wrapped_in_an_object(tmp_path):
    rows = {"count": 1, "results": [official.commune("26362", "Valence")]}
    (tmp_path / "communes").write_text(json.dumps(rows, indent=2))
    bring(tmp_path)
    assert Commune.objects.get().name == "Valence"


# --- Priority neighbourhoods ----------------------------------------------------------------------------------


def test_outlines_answer_yes_and_coverage_stays_partial(folder):
    bring(folder)
    assert qpv_status(44.932, 4.912) == QpvStatus.YES
    assert qpv_status(45.043, 5.043) == QpvStatus.UNKNOWN, "in the hole"
    assert qpv_status(44.90, 4.90) == QpvStatus.UNKNOWN
    drome = Department.objects.get(code="26")
    assert drome.qpv_coverage == "partial" and drome.qpv_coverage_source
    assert Department.objects.get(code="69").qpv_coverage == "unknown"
    hauts = PriorityNeighbourhood.objects.get(code="QN02607M")
    assert [commune.name for commune in hauts.communes.all()] == ["Valence"]
    assert hauts.latitude == pytest.approx(44.9325) and hauts.east == pytest.approx(4.915)


def test_outlines_of_communes_never_put_a_city_in_priority(shipped, tmp_path):
    official.write_json(tmp_path / "qpv.geojson", official.NEIGHBOURHOODS_BY_COMMUNE)
    report = bring(tmp_path)
    assert "communes entières, pas de quartiers" in report.notes[0]
    assert qpv_status(44.92, 4.91) == QpvStatus.UNKNOWN
    assert sorted(PriorityNeighbourhood.objects.values_list("code", "name", "outline")) == [
        ("QN02601I", "Centre Ancien", None),
        ("QN02606M", "Polygone", None),
        ("QN02607M", "Les Hauts de Valence", None),
    ]


def test_a_file_by_commune_does_not_erase_outlines(folder, tmp_path):
    bring(folder)
    (tmp_path / "new").mkdir()
    official.write_json(tmp_path / "new" / "qpv", official.NEIGHBOURHOODS_BY_COMMUNE)
    bring(tmp_path / "new")
    assert qpv_status(44.932, 4.912) == QpvStatus.YES


def test_a_neighbourhood_may_lie_in_two_communes(shipped, tmp_path):
    one = official.feature("QN02607M", "Les Hauts", "26362, 26058", official.square(44.93, 4.91, 0.005))
    official.write_json(tmp_path / "q", {"type": "FeatureCollection", "features": [one]})
    bring(tmp_path)
    assert PriorityNeighbourhood.objects.get().communes.count() == 2


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[4, 44], [5, 45]]]},
        {"type": "Polygon", "coordinates": [[[4, 144], [5, 145], [6, 146]]]},
        {"type": "Polygon", "coordinates": [[["4", "44"], [5, 45], [6, 46]]]},
        {"type": "Polygon", "coordinates": [[["x"], {}, None]]},
        {"type": "Polygon", "coordinates": {"a": 1}},
        {"type": "MultiPolygon", "coordinates": [[]]},
        {"type": "MultiPolygon"},
        {"type": "Point", "coordinates": [400, 44]},
        {"type": "Point", "coordinates": "ici"},
        {"type": "Polygon", "coordinates": [[[True, False], [5, 45], [6, 46]]]},
    ],
)
def test_wrong_geometries_are_refused(shipped, tmp_path, geometry):
    good = official.feature("QN02607M", "Les Hauts", "26362", official.square(44.93, 4.91, 0.005))
    bad = {**official.feature("QN02608I", "Valensolles", "26362", []), "geometry": geometry}
    official.write_json(tmp_path / "q", {"type": "FeatureCollection", "features": [bad, good]})
    assert bring(tmp_path).refused_count == 1
    assert PriorityNeighbourhood.objects.get().code == "QN02607M"


def test_the_operator_declares_a_coverage_in_a_file(folder):
    (folder / "couverture.csv").write_text(
        "departement;couverture_qpv;source;date\n26;complète;ANCT, périmètres 2024;2026-01-15\n69;totale;x;2026-01-15\n"
        "07;complete;;2026-01-15\n38;complete;ANCT;15/01/2026\n"
    )
    report = bring(folder)
    assert [line for line, _ in reasons(report)] == [3, 4, 5]
    drome = Department.objects.get(code="26")
    assert (drome.qpv_coverage, drome.qpv_coverage_source) == ("complete", "ANCT, périmètres 2024")
    assert qpv_status(44.90, 4.90, department=drome) == QpvStatus.NO
    assert bring(folder).changes == 0, "the partial file does not take the declaration back"


def test_an_empty_folder_has_nothing_to_import(tmp_path):
    with pytest.raises(NothingRecognised):
        bring(tmp_path)
