"""The pages: two files dropped, read again, explained, imported once; nothing written before she agrees."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from tests import factories as make
from tests.imports.builders import as_csv, as_xlsx
from vivier.common import clock
from vivier.common.models import AuditEntry
from vivier.common.tables import read_sheets
from vivier.demo import files
from vivier.imports import preview, tasks
from vivier.imports.fields import MENTORS, REGISTRANTS
from vivier.imports.grid import build_grid
from vivier.imports.models import HeadingChoice, PeopleFile
from vivier.mentoring.models import Mentor
from vivier.people.models import Beneficiary, BeneficiaryIdentity
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db

NAMES = ["Nom", "Prénom"]


def drop(page, programme, content: bytes, kind: str = REGISTRANTS, name: str = "liste.csv"):
    """Drop a file and return its page."""
    address = reverse("imports:upload", args=[programme.slug])
    response = page.post(address, {kind: SimpleUploadedFile(name, content)})
    assert response.status_code == 302
    return page.get(response.url)


def at(name: str, file: PeopleFile) -> str:
    return reverse(f"imports:{name}", args=[file.programme.slug, file.public_id])


def words(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).replace("&#x27;", "'")


def test_the_two_files_of_the_demonstration_come_in(page, programme):
    today = clock.today()
    both = {
        REGISTRANTS: SimpleUploadedFile(files.REGISTRANTS, files.registrants_workbook(today)),
        MENTORS: SimpleUploadedFile(files.MENTORS, files.mentors_workbook(today)),
    }
    first = page.post(reverse("imports:upload", args=[programme.slug]), both)
    shown = page.get(first.url)
    assert "150 lycéennes : tout est compris." in words(shown)
    assert "150 à ajouter. Rien n’est encore enregistré." in words(shown)
    assert not Beneficiary.objects.exists()
    done = page.get(page.post(f"{first.url}importer/").url)
    assert "150 lycéennes sont dans le programme." in words(done)
    other = PeopleFile.objects.get(imported_at=None)
    assert at("file", other) in done.content.decode()
    page.post(at("confirm", other))
    assert (Beneficiary.objects.count(), Mentor.objects.count()) == (150, 110)
    assert Registration.objects.filter(attended=True).count() == 150
    by_city = Registration.objects.values_list("session__site__commune__name").order_by()
    assert {name: list(by_city).count((name,)) for (name,) in set(by_city)} == {
        "Grenoble": 32, "Valence": 24, "Lyon": 48, "Saint-Étienne": 22, "Clermont-Ferrand": 24,
    }  # fmt: skip
    assert {bytes(content) for content in PeopleFile.objects.values_list("content", flat=True)} == {b""}
    assert set(AuditEntry.objects.values_list("action", "count")) >= {
        ("imports.registrants", 150),
        ("imports.mentors", 110),
    }


def test_of_two_files_the_good_one_is_kept_and_the_page_says_so(page, programme):
    both = {
        REGISTRANTS: SimpleUploadedFile("eleves.csv", as_csv([NAMES, ["Combe", "Lina"]])),
        MENTORS: SimpleUploadedFile("marraines.pdf", b"%PDF-1.7"),
    }
    response = page.post(reverse("imports:upload", args=[programme.slug]), both)
    assert response.status_code == 422
    assert PeopleFile.objects.get().name == "eleves.csv"
    assert "« eleves.csv » est gardé : ne déposez de nouveau que l’autre fichier." in words(response)


def test_pressed_twice_it_imports_once(page, programme):
    drop(page, programme, as_csv([[*NAMES, "Date", "Présence"], ["Combe", "Lina", "04/03/2020", "oui"]]))
    file = PeopleFile.objects.get()
    for _ in range(2):
        assert page.post(at("confirm", file)).status_code == 302
    assert Beneficiary.objects.count() == 1
    assert AuditEntry.objects.filter(action="imports.registrants").count() == 1
    for name in ("headings", "sheet", "issues"):
        assert page.post(at(name, file)).status_code == 404
    page.post(at("discard", file))
    assert PeopleFile.objects.get().imported_at


def test_reading_a_preview_again_writes_nothing(page, programme):
    drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]]))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page.get(at("file", PeopleFile.objects.get()))
    assert not [one for one in queries if re.match(r"(?i)\s*(insert|update|delete)", one["sql"])]


def test_a_preview_costs_the_same_queries_whatever_the_number_of_people(page, programme):
    found = []
    for count in (3, 60):
        rows = [
            [f"Combe{chr(65 + n % 26)}{chr(65 + n // 26)}", "Lina", "Valence", "p@exemple.fr"] for n in range(count)
        ]
        drop(page, programme, as_csv([[*NAMES, "Commune", "Mail parent"], *rows]))
        file = PeopleFile.objects.latest("pk")
        with CaptureQueriesContext(connection) as queries:
            page.get(at("file", file))
        found.append(len(queries))
    assert found[0] == found[1] <= 14


# --- What the file does not say -----------------------------------------------------------------------------------


def test_what_the_file_does_not_say_is_told_and_refuses_nobody(page, programme):
    shown = words(drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]])))
    for lacking in ("La présence", "La date de l’atelier", "Le quartier prioritaire", "Les créneaux", "La commune"):
        assert lacking in shown
    assert "servies d’abord, jusqu’à ce qu’on sache" in shown
    assert "Importer 1 lycéenne" in shown


def test_what_the_file_says_of_some_only_is_counted(page, programme):
    rows = [[*NAMES, "QPV"], ["Combe", "Lina", "oui"], ["Roche", "Zoé", ""], ["Lande", "Eva", "en attente"]]
    assert "quartier prioritaire (QPV), pour 2 personnes" in words(drop(page, programme, as_csv(rows)))


def test_a_question_that_the_file_leaves_open_must_be_answered(page, programme):
    drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]]))
    file = PeopleFile.objects.get()
    future = clock.today() + timedelta(days=1)
    for answer, said in (
        ({}, "Choisissez une réponse."),
        ({"what": "attested"}, "Indiquez la date."),
        ({"what": "attested", "on": f"{future:%Y-%m-%d}"}, "Cette date est dans l’avenir"),
        ({"what": "attested", "on": "31/02/2026"}, "Cette date n’existe pas"),
        ({"what": "autre", "on": "2026-01-01"}, "Sélectionnez un choix valide"),
    ):
        response = page.post(at("confirm", file), answer)
        assert response.status_code == 422
        assert said in words(response)
    assert not Beneficiary.objects.exists()
    page.post(at("confirm", file), {"what": "attested", "on": f"{clock.today():%d/%m/%Y}"})
    assert Registration.objects.get().attended is True


# --- Headings and sheets ------------------------------------------------------------------------------------------


def test_headings_she_explains_are_remembered_for_her_structure(page, programme):
    content = as_csv([["Patronyme", "Petit nom", "Bahut", "Truc"], ["Combe", "Lina", "Lycée du Drac", "x"]])
    shown = drop(page, programme, content)
    assert "Il reste à dire où sont les noms." in words(shown)
    assert "Ligne 2 : « Combe », « Lina », « Lycée du Drac », « x »" in words(shown)
    file = PeopleFile.objects.get()
    answers = {"patronyme": "last_name", "petit nom": "first_name", "bahut": "school_name", "truc": "-"}
    again = page.get(page.post(at("headings", file), {f"colonne:{key}": said for key, said in answers.items()}).url)
    assert "1 lycéenne : tout est compris." in words(again)
    assert "toutes comprises" in words(again)
    assert HeadingChoice.objects.count() == 4
    second = drop(page, programme, as_csv([["PATRONYME", "Petit nom"], ["Roche", "Zoé"]]))
    assert "1 lycéenne : tout est compris." in words(second)
    other = make.make_programme(make.make_organisation())
    elsewhere = Client()
    elsewhere.force_login(make.make_coordinator(other.controller))
    assert "Il reste à dire" in words(drop(elsewhere, other, content))


def test_a_choice_can_be_taken_back_and_none_can_be_invented(page, programme):
    drop(page, programme, as_csv([[*NAMES, "Truc"], ["Combe", "Lina", "web"]]))
    file = PeopleFile.objects.get()
    for said, kept in (("interests", {"truc": "interests"}), ("", {}), ("capacity", {}), ("pk", {})):
        page.post(at("headings", file), {"colonne:truc": said})
        assert dict(HeadingChoice.objects.values_list("heading", "field")) == kept


def test_she_chooses_the_sheet(page, programme):
    content = as_xlsx(
        [NAMES, ["Combe", "Lina"]], name="Mars", others={"Avril": [NAMES, ["Roche", "Zoé"], ["Lande", "Eva"]]}
    )
    shown = drop(page, programme, content)
    assert "Ce classeur a 2 feuilles : seule « Mars » est lue." in words(shown)
    file = PeopleFile.objects.get()
    for sheet, people in (("Avril", "2 lycéennes"), ("*", "3 lycéennes"), ("Juin", "3 lycéennes")):
        page.post(at("sheet", file), {"sheet": sheet})
        assert people in words(page.get(at("file", file)))


def test_a_file_in_the_wrong_box_is_told(page, programme):
    content = as_csv([[*NAMES, "Métier", "Entreprise", "Nb filleules max"], ["Roche", "Anne", "dev", "Héron", "2"]])
    assert "ressemblent plutôt à une liste de marraines" in words(drop(page, programme, content))


# --- Errors -------------------------------------------------------------------------------------------------------


def test_errors_are_grouped_counted_and_downloaded_without_formulas(page, programme):
    rows = [
        [*NAMES, "Tél", "Mail"],
        ["Combe", "Lina", "=1+1", "x"],
        *[[f"Roche{letter}", "Zoé", "12", ""] for letter in "abcdefghijkl"],
    ]
    shown = words(drop(page, programme, as_csv(rows)))
    assert "13 lignes sont à corriger avant d’importer." in shown
    assert "« Tél » : 13 lignes" in shown
    assert shown.count("Ce numéro n’est pas un numéro de téléphone.") == 1
    assert "« =1+1 » : ligne 2" in shown
    assert "« 12 » : lignes 3 à 14" in shown
    file = PeopleFile.objects.get()
    book = load_workbook(BytesIO(page.post(at("issues", file), {"format": "xlsx"}).content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[0] == ["Nature", "Où", "Colonne", "Valeur lue", "Ce qui ne va pas", "Que faire"]
    assert ["à corriger", "Ligne 2", "Tél", "'=1+1"] in [row[:4] for row in cells]
    assert len(cells) == 15
    text = page.post(at("issues", file), {"format": "csv"})
    assert "'=1+1" in [row.cells[3] for row in read_sheets(text.content)[0].rows]
    assert AuditEntry.objects.filter(action="imports.issues").count() == 2


def test_names_are_escaped_on_the_page(page, programme):
    shown = drop(page, programme, as_csv([NAMES, ["<script>alert()</script>", "Lina"], ["Combe", "<b>"]]))
    assert "<script>alert" not in shown.content.decode()


def test_a_long_preview_is_cut_in_pages(page, programme):
    rows = [[f"Combe{chr(97 + n % 26)}{chr(97 + n // 26)}", "Lina"] for n in range(45)]
    shown = drop(page, programme, as_csv([NAMES, *rows]))
    assert shown.content.decode().count("à ajouter</span>") == preview_size() == 20
    last = words(page.get(at("file", PeopleFile.objects.get()), {"page": 3}))
    assert "Combeea" not in last
    assert "41 à 45 sur 45" in last


def preview_size() -> int:
    from vivier.imports import views

    return views.PAGE


# --- Before and after ---------------------------------------------------------------------------------------------


def test_a_file_is_abandoned(page, programme):
    drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]]))
    page.post(at("discard", PeopleFile.objects.get()))
    assert not PeopleFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_nobody_imports_is_erased_after_a_week(page, programme):
    for name, hours in (("vieux.csv", 7 * 24), ("jeune.csv", 7 * 24 - 1), ("importé.csv", 30 * 24)):
        drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]]), name=name)
        PeopleFile.objects.filter(name=name).update(uploaded_at=clock.now() - timedelta(hours=hours))
    page.post(at("confirm", PeopleFile.objects.get(name="importé.csv")), {"what": "nothing"})
    tasks.forget_old_files(timestamp=0)
    assert set(PeopleFile.objects.values_list("name", flat=True)) == {"jeune.csv", "importé.csv"}


def test_the_pages_tell_when_a_file_is_erased(page, programme, settings):
    settings.VIVIER_TODAY, settings.PEOPLE_FILES_KEPT_DAYS = "2026-03-11", 5
    preview_page = words(drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]])))
    assert "Ce fichier est effacé le 16 mars s’il n’est pas importé d’ici là." in preview_page
    faulty = words(drop(page, programme, as_csv([[*NAMES, "Tél"], ["Combe", "Lina", "12"]])))
    assert "Ce fichier est effacé le 16 mars" in faulty
    own = words(page.get(reverse("imports:programme", args=[programme.slug])))
    assert "effacé le 16 mars s’il n’est pas importé" in own
    assert "Un fichier qui n’est pas importé est effacé après 5 jours." in own


def test_without_file_the_form_says_so(page, programme):
    response = page.post(reverse("imports:upload", args=[programme.slug]))
    assert response.status_code == 422
    assert "Choisissez un fichier, ou les deux." in words(response)


def test_one_good_and_one_bad_file_keep_the_good_one(page, programme):
    both = {
        REGISTRANTS: SimpleUploadedFile("l.csv", as_csv([NAMES, ["Combe", "Lina"]])),
        MENTORS: SimpleUploadedFile("m.pdf", b"%PDF-1.7"),
    }
    response = page.post(reverse("imports:upload", args=[programme.slug]), both)
    assert response.status_code == 422
    assert "C’est un PDF" in words(response)
    assert PeopleFile.objects.get().name == "l.csv"
    assert "Un fichier attend d’être relu." in words(response)


@pytest.mark.parametrize("kind", [REGISTRANTS, MENTORS])
def test_every_heading_of_the_empty_workbook_is_understood(page, programme, kind):
    response = page.get(reverse("imports:model", args=[programme.slug, kind]))
    headings = read_sheets(response.content)[0].rows[0].cells
    sheets = read_sheets(as_xlsx([headings, ["x"] * len(headings)]))
    grid = build_grid(sheets, kind, {})
    assert [column.heading for column in grid.columns if not column.field or column.doubles] == []
    assert list(headings) == list(preview.model_table(kind).headings)


def test_another_association_finds_nothing(page, programme):
    drop(page, programme, as_csv([NAMES, ["Combe", "Lina"]]))
    file = PeopleFile.objects.get()
    stranger = Client()
    stranger.force_login(make.make_coordinator())
    assert stranger.get(at("file", file)).status_code == 404
    for name in ("confirm", "discard", "headings", "sheet", "issues"):
        assert stranger.post(at(name, file)).status_code == 404
    own = make.make_programme(make.make_organisation())
    stranger.force_login(make.make_coordinator(own.controller))
    assert stranger.get(reverse("imports:file", args=[own.slug, file.public_id])).status_code == 404
    assert not BeneficiaryIdentity.objects.exists()


def test_a_birth_date_and_a_day_are_shown_as_in_france(page, programme):
    shown = words(drop(page, programme, as_xlsx([[*NAMES, "Date de naissance"], ["Combe", "Lina", date(2010, 3, 12)]])))
    assert "Naissance : 12/03/2010" in shown
