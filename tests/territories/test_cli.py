"""`vivier import territories`: what it prints, what it writes, how it exits."""

import contextlib
import json
import secrets

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.cli.conftest import vivier
from tests.territories import official_files as official
from vivier.cli import database, main, migrations
from vivier.territories.models import Commune


@pytest.fixture
def command(db, monkeypatch):
    """Run the command on the tests' own database, inside the test's transaction."""
    monkeypatch.setattr(database, "database", contextlib.nullcontext)
    monkeypatch.setattr(migrations, "apply_pending", lambda: 0)
    return lambda *arguments: main(["import", "territories", *map(str, arguments)])


@pytest.fixture
def behind(django_db_setup, django_db_blocker):
    """The address of an empty database that one migration, of the kind that changes no table, has not reached."""
    name = f"territories_{secrets.token_hex(4)}"
    own = {key: value for key, value in connection.get_connection_params().items() if key in _ADDRESS}
    with django_db_blocker.unblock():
        connection.close()  # a database is copied while nobody is in it
    with psycopg.connect(**{**own, "dbname": "postgres"}, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [own["dbname"]])
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(copied.format(sql.Identifier(name), sql.Identifier(own["dbname"])))
        address = make_conninfo(**{**own, "dbname": name})
        with psycopg.connect(address) as copy:
            copy.execute("DELETE FROM django_migrations WHERE app = 'admin' AND name LIKE '0003%'")
        yield address
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


_ADDRESS = {"dbname", "user", "password", "host", "port"}


def test_as_a_person_runs_it_on_a_database_that_is_behind(behind, folder, tmp_path):
    report = tmp_path / "report.json"
    for created in (True, False):
        done = vivier("import", "territories", folder, "--report", report, var=tmp_path, DATABASE_URL=behind)
        assert (done.returncode, done.stderr) == (0, "")
        changes = json.loads(report.read_text(encoding="utf-8"))["changes"]
        assert (changes["communes"]["created"], changes["communes"]["unchanged"]) == ((7, 0) if created else (0, 7))
    with psycopg.connect(behind) as checked:
        assert checked.execute("SELECT count(*) FROM django_migrations WHERE app = 'admin'").fetchone() == (3,)


def test_nothing_refused_is_0(command, folder, capsys):
    assert command(folder) == 0
    said = capsys.readouterr()
    assert (
        said.out.startswith("33 lignes valides, 0 refusée ; fiches écrites : 28 nouvelles, 1 modifiée ;")
        and said.err == ""
    )
    assert "  x.json : communes, 8 lignes valides\n" in said.out
    assert Commune.objects.filter(name="Valence").exists()


def test_refused_rows_are_1_with_line_and_reason(command, folder, capsys, tmp_path):
    (folder / "notes.txt").write_text("bonjour")
    (folder / "more.csv").write_text("insee_com,niveau_densite\n" + "".join(f"98{n:03},x\n" for n in range(30)))
    report = tmp_path / "out.json"
    assert command(folder, "--report", report) == 1
    said = capsys.readouterr().out
    assert "  more.csv:2 : classe de densité « x » inconnue" in said and "… et 10 de plus" in said
    assert "notes.txt : non reconnu" in said
    content = json.loads(report.read_text(encoding="utf-8"))
    assert content["refused_count"] == len(content["refused"]) == 30
    assert content["refused"][0]["line"] == 2 and content["changes"]["communes"]["created"] == 7
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_dry_run_says_so(command, folder, capsys):
    assert command(folder, "--dry-run") == 0
    assert "rien n’a été écrit" in capsys.readouterr().out
    assert not Commune.objects.exists()


def test_one_file_is_enough(command, folder, tmp_path, capsys):
    assert command(folder / "z.json") == 0


@pytest.mark.parametrize(
    "kind", ["missing", "empty", "unknown", "report in nowhere", "report is a folder", "no argument"]
)
def test_bad_input_is_2_and_one_french_line(command, tmp_path, capsys, kind):
    (tmp_path / "empty").mkdir()
    (tmp_path / "unknown").mkdir()
    (tmp_path / "unknown" / "a.csv").write_text("a,b\n1,2\n")
    arguments = {
        "missing": [tmp_path / "nowhere"],
        "empty": [tmp_path / "empty"],
        "unknown": [tmp_path / "unknown"],
        "report in nowhere": [tmp_path / "unknown", "--report", tmp_path / "nowhere" / "r.json"],
        "report is a folder": [tmp_path / "unknown", "--report", tmp_path / "empty"],
        "no argument": [],
    }[kind]
    assert command(*arguments) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("vivier : ") and said.err.count("\n") == 1 and " ; " in said.err


def test_the_report_replaces_an_old_one_only_when_it_is_whole(command, tmp_path, capsys):
    report = tmp_path / "r.json"
    report.write_text("old")
    (tmp_path / "in").mkdir()
    assert command(tmp_path / "in", "--report", report) == 2
    assert report.read_text() == "old"
    official.write_json(tmp_path / "in" / "regions", official.REGIONS)
    assert command(tmp_path / "in", "--report", report) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["files"][0]["kept"] == 2
