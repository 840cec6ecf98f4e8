"""`vivier demo`, as whoever tries Vivier for the first time runs it."""

import contextlib
import json
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import PROGRAM, ROOT, at_rest, environment, running, vivier, wait_until
from vivier.config.embedded_postgres import processes

#: What the story promises: 150 present in five cities, 12 wait.
MATCHED, WAITING = 138, 12


@pytest.fixture
def built(prepared) -> tuple[Path, dict]:
    """Return the folder of the demonstration, built once, and the JSON that it told."""
    return prepared, json.loads((prepared / "told.json").read_text())


def status(url: str) -> int:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=20) as page:
        return page.status
    return 0


def test_tells_one_line_of_json_and_stops_its_database(built):
    var, told = built
    assert set(told) == {"links", "matched", "matched_by_tier", "waiting"}
    assert (told["matched"], told["waiting"]) == (MATCHED, WAITING)
    assert sum(told["matched_by_tier"].values()) == MATCHED
    assert {"visitor", "beneficiary", "guardian", "mentor", "coordinator"} <= set(told["links"])
    assert all(url.startswith("http://localhost:8000/") for url in told["links"].values())
    assert at_rest(var)


def test_serves_each_role_s_page_until_term(built, free_port):
    var, _ = built
    with running("demo", "--port", free_port, var=var) as demo:
        text = ""
        while "Ctrl-C arrête tout" not in text:
            line = demo.stdout.readline()
            assert line, demo.stderr.read()
            text += line
        assert f"{MATCHED} lycéennes ont une marraine, {WAITING} attendent." in text
        assert "4 ont une ou un mentor, 1 attend. Sandra, 35 ans, est l’une d’elles." in text
        links = [word for word in text.split() if word.startswith(f"http://localhost:{free_port}/")]
        assert len(links) >= 5
        assert [status(url) for url in links] == [200] * len(links)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0
    wait_until(lambda: at_rest(var), 5)


def test_ctrl_c_in_a_terminal_stops_site_worker_and_database(built, free_port):
    var, _ = built
    command = [*PROGRAM, "demo", "--port", str(free_port), "--json"]
    demo = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(var), cwd=ROOT, start_new_session=True
    )
    with demo:
        json.loads(demo.stdout.readline())
        os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait(30) == 0
        assert b"Traceback" not in demo.stderr.read()
    assert at_rest(var)


def test_killed_without_warning_takes_site_and_worker_along_and_starts_again(built, free_port):
    var, _ = built
    with running("demo", "--port", free_port, "--json", var=var) as demo:
        demo.stdout.readline()
        demo.kill()
        demo.wait()
    wait_until(lambda: status(f"http://localhost:{free_port}/") == 0, 20)
    assert processes.postmaster(var / "postgres"), "the database outlives it, for the next one to find"
    with running("demo", "--port", free_port, "--json", var=var) as demo:
        assert json.loads(demo.stdout.readline())["matched"] == MATCHED
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0
    wait_until(lambda: at_rest(var), 10)


def test_again_changes_nothing_takes_seconds_and_ends_with_its_worker(built, free_port):
    var, told = built
    started = time.monotonic()
    with running("demo", "--port", free_port, "--json", var=var) as demo:
        again = json.loads(demo.stdout.readline())
        # 8 s on a machine that does nothing else; tests may share it with others.
        crowd = max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
        assert time.monotonic() - started <= 8 * crowd, "the second start must be usable within 8 s"
        assert status(f"http://localhost:{free_port}/") == 200
        assert {key: again[key] for key in again if key != "links"} == {k: told[k] for k in told if k != "links"}
        assert all(url.startswith(f"http://localhost:{free_port}/") for url in again["links"].values())
        [worker] = [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/cmdline")
            if b"vivier.cli\0worker" in _read(path) and f"VIVIER_VAR={var}".encode() in _read(path.with_name("environ"))
        ]
        os.kill(worker, signal.SIGKILL)
        assert demo.wait(30) == 1
        assert "« travail de fond » s’est arrêté de lui-même" in demo.stderr.read()
    assert at_rest(var)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_on_a_port_that_is_taken_says_so_before_anything_else(tmp_path, free_port):
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        done = vivier("demo", "--port", free_port, var=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"vivier : le port {free_port} est déjà pris ; arrêtez l’autre programme, ou donnez un autre port par --port\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_never_writes_in_production(tmp_path):
    done = vivier("demo", "--no-serve", var=tmp_path, DJANGO_SETTINGS_MODULE="vivier.config.settings.prod")
    assert (done.returncode, done.stdout) == (2, "")
    assert "n’écrit jamais ses personnages dans une base de production" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_its_date_can_be_fixed(built):
    var, _ = built
    asked = (
        "from vivier.programmes.models import Programme; from vivier.workshops.models import Session\n"
        "print(*Programme.objects.values_list('season', flat=True))\n"
        "print(*{s.starts_at.year for s in Session.objects.all()})"
    )
    seasons, years = vivier("manage", "shell", "--no-imports", "-c", asked, var=var).stdout.splitlines()
    assert "2025-2026" in seasons
    assert set(years.split()) <= {"2025", "2026"}


@pytest.mark.parametrize("text", ["hier", "2026-02-30", "11/03/2026"])
def test_a_wrong_date_is_refused(text, tmp_path):
    done = vivier("demo", "--no-serve", "--today", text, var=tmp_path)
    assert done.returncode == 2
    assert f"« {text} » n’est pas une date (AAAA-MM-JJ)" in done.stderr
