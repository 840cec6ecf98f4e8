"""Which line holds the headings, and what each column is."""

import pytest

from tests.imports.builders import as_csv, as_xlsx
from vivier.common.tables import read_sheets
from vivier.demo import files
from vivier.imports.fields import BY_CODE, MENTORS, REGISTRANTS, fields_of
from vivier.imports.grid import NoPeople, build_grid
from vivier.imports.headings import columns_of, letters, recognised, synonyms


def fields(headings, kind=REGISTRANTS, choices=None) -> list:
    return [column.field if not column.doubles else "double" for column in columns_of(headings, kind, choices or {})]


@pytest.mark.parametrize("kind", [REGISTRANTS, MENTORS])
def test_the_table_of_synonyms_is_sound(kind):
    table = synonyms(kind)
    known = {field.code for field in fields_of(kind)}
    assert {synonym.field for synonym in table.values()} <= known | {""}
    asked = {synonym.field for synonym in table.values()}
    assert known - asked == {"slot_column"}


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (REGISTRANTS, "Nom;Prénom;Date de naissance;Lycée;Classe;Ville de l'atelier;Commune;Code postal;Mail élève;Tél;"
         "Nom responsable légal;Mail responsable;Langues;Disponibilités;Ce qui l'intéresse;QPV;Présence"),
        (REGISTRANTS, "NOM DE FAMILLE;prénom(s);né(e) le;e-mail;N° de téléphone;Quartier prioritaire;Émargement"),
        (REGISTRANTS, "Nom de l’élève;Prénom de l’élève;Date naiss.;Mél;Nom du parent;Mail parents;"
         "Téléphone des parents"),
        (MENTORS, "Nom;Prénom;Mail;Téléphone;Métier;Entreprise;Commune;CP;Nb filleules max;Disponibilités;Domaines;"
         "Langues;Vérifiée le"),
        (MENTORS, "Marraine;Fonction;Société;Ville;Adresse mail;Nombre de filleules;Créneaux;Casier vérifié le"),
    ],
)  # fmt: skip
def test_the_headings_of_associations_need_no_explanation(kind, headings):
    assert None not in fields(headings.split(";"), kind)
    assert "double" not in fields(headings.split(";"), kind)


@pytest.mark.parametrize(
    ("kind", "headings"),
    [(REGISTRANTS, files._REGISTRANT_HEADINGS), (MENTORS, files._MENTOR_HEADINGS)],
)
def test_the_headings_of_the_demonstration_need_no_explanation(kind, headings):
    assert None not in fields(headings, kind)


def test_a_town_is_the_home_unless_another_column_says_it():
    assert fields(["Nom", "Ville"])[1] == "commune"
    assert fields(["Nom", "Ville", "Commune"])[1:] == ["site", "commune"]
    assert fields(["Nom", "Ville", "Ville de l'atelier"])[1:] == ["commune", "site"]


def test_two_columns_with_one_meaning_double_one_another():
    assert fields(["Nom", "Mail", "E-mail"]) == ["last_name", "email", "double"]
    assert fields(["Nom", "Mail", "Mail"], choices={"mail 2": "guardian_email"}) == [
        "last_name",
        "email",
        "guardian_email",
    ]


def test_her_choice_comes_before_the_table_and_a_wrong_one_is_ignored():
    assert fields(["Nom", "Structure"], MENTORS, {"structure": ""}) == ["last_name", ""]
    assert fields(["Nom", "Métier"], REGISTRANTS, {"metier": "occupation"}) == ["last_name", None]


def test_what_stands_in_brackets_does_not_hide_a_heading():
    assert recognised("Date de naissance (obligatoire)", REGISTRANTS).field == "birth_date"


def test_addresses_and_comments_are_set_aside_on_purpose():
    assert fields(["Adresse postale", "Observations", "Sexe"]) == ["", "", ""]


def test_columns_are_named_as_in_a_spreadsheet():
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# --- Lines --------------------------------------------------------------------------------------------------------


def lines(rows, kind=REGISTRANTS) -> list[int]:
    return [line.spot.number for line in build_grid(read_sheets(as_xlsx(rows)), kind, {}).lines]


def test_titles_empty_lines_repeated_headings_totals_and_notes_are_no_people():
    names = ["Nom", "Prénom", "Classe"]
    rows = [
        ["Liste du 4 mars"], [], ["Établie par l’équipe", None, "confidentiel"], names,
        ["Combe", "Lina", "2de"], [], names,
        ["Roche", "Zoé", "1re"], ["Total", None, 2], ["Liste arrêtée au 4 mars 2026."],
    ]  # fmt: skip
    assert lines(rows) == [5, 8]


def test_somebody_called_total_is_somebody():
    assert lines([["Nom", "Prénom", "Classe", "CP"], ["Total", "Lina", "2de", "38000"]]) == [2]


def test_a_name_alone_on_its_line_is_not_forgotten():
    rows = [["Nom", "Prénom", "Classe"], ["Combe", None, None], ["Roche", "Zoé", "1re"]]
    grid = build_grid(read_sheets(as_xlsx(rows)), REGISTRANTS, {})
    assert [(aside.text, aside.is_note) for aside in grid.asides] == [("Combe", False)]


def test_columns_without_heading_and_without_content_are_forgotten():
    grid = build_grid(read_sheets(as_csv([["", "Nom", "", "Prénom"], ["", "Combe", "x", "Lina"]])), REGISTRANTS, {})
    assert [column.heading for column in grid.columns] == ["Nom", "Colonne C, sans intitulé", "Prénom"]


@pytest.mark.parametrize("rows", [[["Nom", "Prénom"]], [["12/03/2010", 3]], [["Nom", "Prénom"], [], ["Total : 0"]]])
def test_a_table_without_people_is_refused(rows):
    with pytest.raises(NoPeople):
        build_grid(read_sheets(as_xlsx(rows)), REGISTRANTS, {})


def test_every_field_has_its_words():
    assert all(field.label for field in BY_CODE.values())
