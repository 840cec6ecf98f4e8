"""setup, check, worker, serve, backup and restore, each as a process on a database of its own."""

import http.client
import re
import signal
import socket
import time
import urllib.request

import psycopg
import pytest

from tests.cli.conftest import at_rest, running, vivier, wait_until
from vivier.config import embedded_postgres


@pytest.fixture
def connection(prepared):
    """Keep the prepared platform's server running during the test, and connect to it."""
    server = embedded_postgres.ensure(prepared / "postgres", environ={})
    with psycopg.connect(server.url, autocommit=True) as opened:
        yield opened
    server.stop()


WAITING = ("manage", "shell", "--no-imports", "-c", "import time; print('ready', flush=True); time.sleep(60)")


def line(text: str, subject: str) -> str:
    return next(line for line in text.splitlines() if line[2:].startswith(subject))


class TestSetup:
    def test_may_be_run_again_and_stops_what_it_started(self, prepared):
        done = vivier("setup", var=prepared)
        assert (done.returncode, done.stderr) == (0, "")
        assert "0 migration(s) appliquée(s)" in done.stdout
        assert at_rest(prepared)

    def test_refuses_a_folder_that_is_no_database(self, tmp_path):
        (tmp_path / "postgres").mkdir()
        (tmp_path / "postgres" / "notes.txt").write_text("x")
        done = vivier("setup", var=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith("vivier : ")
        assert "n’est pas une base de données ; déplacez ce dossier" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_says_which_secret_production_lacks(self, prepared):
        done = vivier("setup", var=prepared, DJANGO_SETTINGS_MODULE="vivier.config.settings.prod")
        assert done.returncode == 2
        assert "SECRET_KEY est obligatoire en production" in done.stderr
        assert done.stderr.count("\n") == 1

    def test_refuses_an_unknown_source(self, tmp_path):
        done = vivier("setup", var=tmp_path, VIVIER_POSTGRES="mysql")
        assert (done.returncode, done.stdout) == (2, "")
        assert "VIVIER_POSTGRES vaut auto, system ou wheel" in done.stderr


class TestCheck:
    def test_is_content_with_a_prepared_platform(self, prepared):
        done = vivier("check", var=prepared)
        assert (done.returncode, done.stderr) == (0, "")
        assert str(prepared / "postgres") in line(done.stdout, "Dossier")
        written = (prepared / "postgres" / "PG_VERSION").read_text().strip()
        assert f"version {written}." in line(done.stdout, "Base de données")
        assert "démarré pour ce contrôle" in line(done.stdout, "Serveur")
        assert line(done.stdout, "Extensions").endswith("btree_gist, citext, pg_trgm, unaccent")
        assert "Europe/Paris" in line(done.stdout, "Heure")
        assert "à jour" in line(done.stdout, "Migrations")
        assert not [found for found in done.stdout.splitlines() if found.startswith("!")]

    def test_names_the_migrations_that_wait(self, tmp_path):
        done = vivier("check", var=tmp_path)
        assert done.returncode == 1
        assert line(done.stdout, "Migrations").startswith("!")
        assert "lancez « vivier setup »" in done.stdout

    def test_tells_that_the_database_does_not_answer(self, tmp_path):
        done = vivier("check", var=tmp_path, DATABASE_URL=f"postgresql:///x?host={tmp_path}")
        assert done.returncode == 1
        assert "la base ne répond pas" in done.stdout
        assert "Traceback" not in done.stderr

    def test_tells_that_its_programs_are_gone(self, tmp_path):
        (tmp_path / "postgres").mkdir()
        (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")
        done = vivier("check", var=tmp_path)
        assert done.returncode == 1
        assert "PostgreSQL 9, dont les programmes ont disparu" in done.stdout

    def test_sees_work_that_nobody_does(self, prepared, connection):
        connection.execute("DELETE FROM procrastinate_jobs")  # a worker that another test started left its nightly ones
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)"
            " VALUES ('mail', 'common.discard', '{}', 'todo', now() - interval '3 hours'),"
            " ('mail', 'common.discard', '{}', 'doing', NULL), ('mail', 'common.send_mail', '{}', 'failed', NULL)"
        )
        try:
            done = vivier("check", var=prepared)
            again = vivier("resend", var=prepared)
            assert connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'").fetchone()[0]
            assert vivier("resend", "--wet-run", var=prepared).returncode == 0
            left = connection.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'").fetchone()
        finally:
            connection.execute("DELETE FROM procrastinate_jobs")
        assert done.returncode == 1
        assert "1 en attente, la plus ancienne depuis 3 h ; lancez « vivier worker »" in done.stdout
        assert "1 tâche est restée en plan ; « vivier worker » s’en charge" in done.stdout
        assert "1 a échoué ; voyez « vivier resend »" in done.stdout
        assert "common.send_mail" in again.stdout and "1 à relancer" in again.stdout
        assert left == (0,)

    def test_sees_the_worker_s_pulse(self, prepared, connection):
        with running("worker", var=prepared):
            wait_until(lambda: connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()[0])
            assert "en marche" in line(vivier("check", var=prepared).stdout, "Travail de fond")


class TestWorker:
    def test_does_what_waits_then_stops(self, prepared, connection):
        code = (
            "from vivier.common.tasks import send_mail\n"
            "send_mail.defer(to='a@exemple.test', subject='Bonjour', body='Texte')"
        )
        assert vivier("manage", "shell", "-c", code, var=prepared).returncode == 0
        done = vivier("worker", "--once", var=prepared)
        assert done.returncode == 0, done.stderr
        assert any("Subject: Bonjour" in mail.read_text() for mail in (prepared / "mail").glob("*.log"))
        connection.execute("DELETE FROM procrastinate_jobs")

    def test_ends_at_term(self, prepared):
        with running("worker", var=prepared) as worker:
            wait_until(lambda: not at_rest(prepared))
            time.sleep(1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) in (0, 130)
        assert at_rest(prepared)


class TestServe:
    def test_opens_the_site_and_puts_all_away_at_term(self, prepared, free_port):
        with running("serve", "--port", free_port, var=prepared) as server:
            assert str(free_port) in server.stdout.readline()
            wait_until(lambda: answers(free_port))
            server.send_signal(signal.SIGTERM)
            assert server.wait(30) == 0
        wait_until(lambda: at_rest(prepared), 5)

    def test_serves_production_behind_a_proxy(self, prepared, free_port):
        production = {
            "DJANGO_SETTINGS_MODULE": "vivier.config.settings.prod",
            "SECRET_KEY": "tests-only-" + "x" * 50,
            "ALLOWED_HOSTS": "vivier.exemple.test",
            "DEFAULT_FROM_EMAIL": "Vivier <vivier@exemple.test>",
            "EMAIL_HOST": "localhost",
        }
        assert vivier("setup", var=prepared, **production).returncode == 0

        def ask(path: str, **headers: str) -> http.client.HTTPResponse:
            site = http.client.HTTPConnection("127.0.0.1", free_port, timeout=20)
            site.request("GET", path, headers={"Host": "vivier.exemple.test"} | headers)
            answer = site.getresponse()
            answer.text = answer.read().decode()
            site.close()
            return answer

        with running("serve", "--port", free_port, var=prepared, **production) as server:
            assert str(free_port) in server.stdout.readline()
            wait_until(lambda: listens(free_port))
            assert ask("/").status == 301, "a page is never sent in clear"
            page = ask("/", **{"X-Forwarded-Proto": "https"})
            assert page.status == 200
            assert page.headers["Strict-Transport-Security"]
            sheets = re.findall(r'href="(/static/[^"]+\.css)"', page.text)
            assert sheets
            for sheet in sheets:
                style = ask(sheet, **{"X-Forwarded-Proto": "https"})
                assert (style.status, "immutable" in style.headers["Cache-Control"]) == (200, True), sheet

    def test_says_that_the_port_is_taken(self, prepared, free_port):
        with socket.socket() as other:
            other.bind(("127.0.0.1", free_port))
            other.listen()
            done = vivier("serve", "--port", free_port, var=prepared)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"vivier : le port {free_port} est déjà pris ; ")

    def test_refuses_a_database_that_is_behind(self, tmp_path, free_port):
        done = vivier("serve", "--port", free_port, var=tmp_path)
        assert done.returncode == 2
        assert "en attente ; lancez « vivier setup »" in done.stderr


def listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=20) as page:
            return page.status == 200
    except OSError:
        return False


class TestBackup:
    @pytest.fixture
    def table(self, connection):
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('avant')")
        yield connection
        for database in ("vivier_avant_restauration",):
            with psycopg.connect(connection.info.dsn, dbname="postgres", user="vivier", autocommit=True) as other:
                other.execute(f"DROP DATABASE IF EXISTS {database}")

    def words(self, prepared) -> list[str]:
        server = embedded_postgres.ensure(prepared / "postgres", environ={})
        with psycopg.connect(server.url) as connection:
            return [word for (word,) in connection.execute("SELECT word FROM kept")]

    def test_and_restore_bring_the_data_back(self, prepared, table, tmp_path):
        copy = tmp_path / "copie du 22.dump"
        done = vivier("backup", copy, var=prepared)
        assert (done.returncode, done.stderr) == (0, "")
        assert copy.stat().st_mode & 0o077 == 0, "a backup holds personal data"
        assert [path.name for path in tmp_path.iterdir()] == [copy.name]
        table.execute("UPDATE kept SET word = 'après'")
        done = vivier("restore", copy, var=prepared)
        assert (done.returncode, done.stderr) == (0, "")
        assert self.words(prepared) == ["avant"]
        # The data that were replaced are still there, under another name, until the next restoration.
        server = embedded_postgres.ensure(prepared / "postgres", environ={})
        with psycopg.connect(server.url, dbname="postgres", autocommit=True) as connection:
            connection.execute("ALTER DATABASE vivier_avant_restauration ALLOW_CONNECTIONS true")
        with psycopg.connect(server.url, dbname="vivier_avant_restauration") as connection:
            assert connection.execute("SELECT word FROM kept").fetchone() == ("après",)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("DROP TABLE kept")

    def test_that_is_cut_changes_nothing(self, prepared, table, tmp_path):
        copy = tmp_path / "copy.dump"
        assert vivier("backup", copy, var=prepared).returncode == 0
        copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        done = vivier("restore", copy, var=prepared)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert self.words(prepared) == ["avant"]
        names = table.execute("SELECT datname FROM pg_database WHERE datname LIKE 'vivier%'").fetchall()
        assert names == [("vivier",)]
        table.execute("DROP TABLE kept")

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (None, "ce fichier est introuvable"),
            (b"", "n’est pas une sauvegarde"),
            (b"PGDM", "n’est pas une sauvegarde"),
        ],
    )
    def test_of_another_kind_is_refused(self, content, sentence, prepared, tmp_path):
        path = tmp_path / "x.dump"
        if content is not None:
            path.write_bytes(content)
        done = vivier("restore", path, var=prepared)
        assert (done.returncode, done.stdout) == (2, "")
        assert sentence in done.stderr

    def test_has_nowhere_to_go(self, prepared, tmp_path):
        done = vivier("backup", tmp_path / "absent" / "x.dump", var=prepared)
        assert done.returncode == 2
        assert "le dossier de ce fichier n’existe pas" in done.stderr


def test_manage_passes_everything_to_django(prepared):
    done = vivier("manage", "makemigrations", "--help", var=prepared)
    assert done.returncode == 0
    assert "usage: vivier manage makemigrations" in done.stdout
    assert vivier("manage", "no-such-command", var=prepared).returncode == 1


def test_a_command_that_is_interrupted_stops_its_database(prepared):
    with running(*WAITING, var=prepared) as run:
        assert run.stdout.readline() == "ready\n"
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 130
    assert at_rest(prepared)


def test_a_command_that_is_killed_leaves_a_database_that_the_next_one_stops(prepared):
    with running(*WAITING, var=prepared) as run:
        assert run.stdout.readline() == "ready\n"
        run.kill()
        run.wait()
    assert "déjà en marche" in vivier("check", var=prepared).stdout
    wait_until(lambda: at_rest(prepared), 5)
