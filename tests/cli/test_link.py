"""A checkout linked into its virtual environment, without pip, in a folder with a long and French name."""

import shutil
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT, environment


def test_links_a_checkout_wherever_it_lies(tmp_path):
    checkout = tmp_path / "l’atelier de l'association" / ("long " * 20).strip()
    (checkout / "vivier").mkdir(parents=True)
    shutil.copy(ROOT / "vivier" / "__init__.py", checkout / "vivier")
    shutil.copytree(ROOT / "vivier" / "cli", checkout / "vivier" / "cli", ignore=shutil.ignore_patterns("__pycache__"))
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", checkout / ".venv"], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("ce Python n’a pas le module venv")
    python = checkout / ".venv" / "bin" / "python"
    subprocess.run([python, "-I", checkout / "vivier" / "cli" / "link.py"], check=True, cwd=tmp_path)
    elsewhere = environment()
    elsewhere.pop("PYTHONPATH")
    done = subprocess.run(
        [python.with_name("vivier"), "--help"], capture_output=True, text=True, env=elsewhere, cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage : vivier")
    [written] = (checkout / ".venv").rglob("vivier.pth")
    assert (written.parent / written.read_text(encoding="ascii").strip()).resolve() == checkout
