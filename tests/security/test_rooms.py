"""A room knows only what is below it: imports (import-linter) and keys between tables; no file grows past reading."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from tests.security.models import rooms_models

ROOT = Path(__file__).resolve().parents[2]


def layers() -> list[str]:
    """Return the rooms from the lowest up, as pyproject.toml orders them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ordered = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [name.strip().removeprefix("vivier.") for layer in reversed(ordered) for name in layer.split("|")]


def test_rooms_import_only_what_is_below_them():
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_app_has_its_place_in_the_order():
    ours = {app.removeprefix("vivier.") for app in settings.INSTALLED_APPS if app.startswith("vivier.")}
    assert {app.split(".")[0] for app in ours} <= set(layers())


@pytest.mark.parametrize("model", rooms_models(), ids=lambda model: model._meta.label)
def test_keys_point_down_or_across(model):
    rank = layers().index
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        target = field.related_model
        if target is None or target is get_user_model() or not target.__module__.startswith("vivier."):
            continue
        assert rank(target._meta.app_label) <= rank(model._meta.app_label), f"{field} pointe vers le haut"


@pytest.mark.parametrize(("folder", "limit"), [("vivier", 500), ("tests", 800), ("benchmarks", 500)])
def test_no_file_is_too_long_to_read(folder, limit):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > limit
    }
    assert long == {}, "découpez par sujet"
