"""What the tests of the territories share."""

from pathlib import Path

import pytest

from tests.territories import official_files
from vivier.common.actors import SYSTEM
from vivier.territories import operations


@pytest.fixture
def shipped(db) -> None:
    """The places that the project ships."""
    operations.load_shipped(by=SYSTEM)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with one short file of every known format."""
    return official_files.write_all(tmp_path)
