"""`vivier import registrants|mentors`, as a person runs it: dry unless asked, all or nothing, exit 0, 1 or 2."""

import json

import pytest
from django.db import connection

from tests import factories as make
from tests.cli.conftest import vivier
from tests.imports.builders import as_csv, as_xlsx
from vivier.common.actors import SYSTEM
from vivier.demo import files
from vivier.mentoring.models import Mentor
from vivier.people.models import Beneficiary, Volunteer
from vivier.programmes.operations import create_programme
from vivier.territories.operations import load_shipped
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Nom", "Prénom"]


@pytest.fixture
def programme():
    """Return an empty programme, in the database that the command will open."""
    load_shipped(by=SYSTEM)
    return create_programme(
        by=SYSTEM, controller=make.make_organisation(), name="ELL’OWEB", slug="ell-oweb", communes=[]
    )


@pytest.fixture
def run(tmp_path, programme):
    """Return a function that writes a file, then runs the command on it and on the tests' own database."""
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT'] or 5432}"

    def command(kind: str, content: bytes, *options, name: str = "liste.xlsx", programme: str = "ell-oweb"):
        path = tmp_path / name
        path.write_bytes(content)
        arguments = ("import", kind, path, "--programme", programme, *options)
        return vivier(*arguments, var=tmp_path / "var", DATABASE_URL=url)

    return command


def test_it_writes_when_asked_only_and_twice_adds_nobody(run, tmp_path):
    from datetime import date

    registrants, mentors = files.registrants_workbook(date(2026, 3, 11)), files.mentors_workbook(date(2026, 3, 11))
    dry = run("registrants", registrants)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "150 à ajouter" in dry.stdout
    assert "Rien n’a été écrit" in dry.stdout
    assert not Beneficiary.objects.exists()
    report = tmp_path / "report.json"
    done = run("registrants", registrants, "--wet-run", "--report", report)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["written"], told["new"], told["people"], told["errors"]) == (True, 150, 150, [])
    assert [lack["code"] for lack in told["lacks"]] == ["languages"]
    again = run("registrants", registrants, "--wet-run")
    assert "0 ajoutées, 0 mises à jour, 150 déjà à jour" in again.stdout
    assert run("mentors", mentors, "--wet-run").returncode == 0
    assert (Beneficiary.objects.count(), Volunteer.objects.count(), Mentor.objects.count()) == (150, 110, 110)


def test_a_wrong_line_is_told_and_nothing_is_written(run, tmp_path):
    rows = [[*NAMES, "Date de naissance"], ["Combe", "Lina", "12/03/2010"], ["Roche", "Zoé", "31/02/2010"]]
    done = run("registrants", as_csv(rows), "--wet-run", "--report", tmp_path / "r.json", name="liste.csv")
    assert done.returncode == 1
    assert f"{tmp_path / 'liste.csv'}:3 : Date de naissance, « 31/02/2010 »" in done.stdout
    assert "vérifiez le jour et le mois" in done.stdout
    assert not Beneficiary.objects.exists()
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (told["written"], [issue["lines"] for issue in told["errors"]]) == (False, [[3]])


def test_presence_is_attested_from_the_command_line(run):
    content = as_xlsx([[*NAMES, "Ville"], ["Combe", "Lina", "Valence"]])
    assert run("registrants", content, "--wet-run", "--attest", "2026-03-04").returncode == 0
    assert Registration.objects.get().attended is True


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"%PDF-1.7", (), "c’est un PDF, pas un tableau ; demandez le classeur"),
        (b"", (), "ce fichier est vide ; vérifiez"),
        (as_csv([["Qui", "Quoi"], ["Lina", "x"]]), (), "aucune colonne n’est reconnue comme nom et prénom"),
        (as_csv([NAMES, ["Combe", "Lina"]]), ("--attest", "hier"), "--attest ne comprend pas hier"),
        (as_csv([NAMES, ["Combe", "Lina"]]), ("--attest", "2999-01-01"), "vous ne pouvez attester que"),
        (as_csv([NAMES, ["Combe", "Lina"]]), ("--sheet", "Mars"), "il n’a pas de feuille « Mars »"),
        (as_csv([NAMES, ["Combe", "Lina"]]), ("--report", "/nulle/part/r.json"), "son dossier n’existe pas"),
        (as_csv([NAMES, ["Combe", "Lina"]]), ("--etage",), "--etage"),
    ],
)
def test_bad_input_is_one_french_line(run, content, options, said):
    done = run("registrants", content, "--wet-run", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("vivier : ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not Beneficiary.objects.exists()


def test_an_unknown_programme_is_told_with_those_that_exist(run):
    done = run("mentors", as_csv([NAMES, ["Combe", "Lina"]]), programme="autre")
    assert done.returncode == 2
    assert "aucun programme n’a l’adresse « autre » ; adresses connues : ell-oweb" in done.stderr
