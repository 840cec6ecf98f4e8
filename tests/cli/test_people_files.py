"""`vivier import registrants|mentors`, as a person runs it: dry unless asked, all or nothing, exit 0, 1 or 2."""

import json
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories as make
from tests.cli.conftest import vivier
from tests.depth import examples
from tests.imports.builders import as_csv, as_xlsx
from vivier.cli import main
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
def file(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(content: bytes, name: str = "liste.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def here(*arguments) -> int:
    """Run the command in this process, on the database of the tests."""
    return main(["import", *map(str, arguments), "--programme", "ell-oweb"])


def test_it_writes_when_asked_only_and_twice_adds_nobody(programme, file, tmp_path):
    parts = connection.settings_dict
    url = f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT'] or 5432}"
    registrants = file(files.registrants_workbook(date(2026, 3, 11)))
    asked = ("import", "registrants", registrants, "--programme", "ell-oweb")

    dry = vivier(*asked, var=tmp_path / "var", DATABASE_URL=url)
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "150 à ajouter" in dry.stdout
    assert "Rien n’a été écrit" in dry.stdout
    assert not Beneficiary.objects.exists()

    report = tmp_path / "report.json"
    done = vivier(*asked, "--wet-run", "--report", report, var=tmp_path / "var", DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (told["written"], told["new"], told["people"], told["errors"]) == (True, 150, 150, [])
    assert [lack["code"] for lack in told["lacks"]] == ["languages"]
    assert here("registrants", registrants, "--wet-run") == 0
    assert here("mentors", file(files.mentors_workbook(date(2026, 3, 11)), "m.xlsx"), "--wet-run") == 0
    assert (Beneficiary.objects.count(), Volunteer.objects.count(), Mentor.objects.count()) == (150, 110, 110)


def test_columns_that_contradict_one_another_are_told_and_nothing_is_written(programme, file, capsys):
    birth = "Date de naissance"
    path = file(as_csv([[*NAMES, birth, birth], ["Combe", "Lina", "12/03/2010", "15/09/2012"]]))
    assert here("registrants", path, "--wet-run") == 1
    told = capsys.readouterr().out
    assert "12/03/2010 / 15/09/2012" in told
    assert "les deux colonnes « Date de naissance » se contredisent" in told
    assert not Beneficiary.objects.exists()


def test_a_wrong_line_is_told_and_nothing_is_written(programme, file, tmp_path, capsys):
    rows = [[*NAMES, "Date de naissance"], ["Combe", "Lina", "12/03/2010"], ["Roche", "Zoé", "31/02/2010"]]
    path = file(as_csv(rows))
    assert here("registrants", path, "--wet-run", "--report", tmp_path / "r.json") == 1
    told = capsys.readouterr().out
    assert f"{path}:3 : Date de naissance" in told
    assert "vérifiez le jour et le mois" in told
    assert not Beneficiary.objects.exists()
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert (report["written"], [issue["lines"] for issue in report["errors"]]) == (False, [[3]])


def test_presence_is_attested_from_the_command_line(programme, file):
    path = file(as_xlsx([[*NAMES, "Ville"], ["Combe", "Lina", "Valence"]]))
    assert here("registrants", path, "--wet-run", "--attest", "2026-03-04") == 0
    assert Registration.objects.get().attended is True


def test_bad_input_is_one_french_line(programme, file, capsys):
    good = as_csv([NAMES, ["Combe", "Lina"]])
    for content, options, said in (
        (b"%PDF-1.7", (), "c’est un PDF, pas un tableau ; demandez le classeur"),
        (b"", (), "ce fichier est vide ; vérifiez"),
        (as_csv([["Qui", "Quoi"], ["Lina", "x"]]), (), "aucune colonne n’est reconnue comme nom et prénom"),
        (good, ("--attest", "hier"), "--attest ne comprend pas hier"),
        (good, ("--attest", "2999-01-01"), "vous ne pouvez attester que"),
        (good, ("--sheet", "Mars"), "il n’a pas de feuille « Mars »"),
        (good, ("--report", "/nulle/part/r.json"), "son dossier n’existe pas"),
        (good, ("--etage",), "--etage"),
    ):
        assert here("registrants", file(content), "--wet-run", *options) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.startswith("vivier : ")
        assert told.err.count("\n") == 1
        assert said in told.err
    assert not Beneficiary.objects.exists()


def test_an_unknown_programme_is_told_with_those_that_exist(programme, file, capsys):
    path = file(as_csv([NAMES, ["Combe", "Lina"]]))
    assert main(["import", "mentors", str(path), "--programme", "autre"]) == 2
    assert "aucun programme n’a l’adresse « autre » ; adresses connues : ell-oweb" in capsys.readouterr().err


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200), start=st.sampled_from([b"", b"Nom;Prenom\nCombe;", b"PK\x03\x04", b"\xff\xfe"]))
def test_no_bytes_break_it(programme, file, capsys, content, start):
    assert here("mentors", file(start + content)) in (0, 1, 2)
    assert "Traceback" not in capsys.readouterr().err
    assert not Volunteer.objects.exists()
