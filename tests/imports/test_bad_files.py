"""Every bad file gets its French sentence, and changes nothing."""

import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from tests.imports.bad_files import BadFile, bad_files
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.imports import operations
from vivier.imports.models import PeopleFile

pytestmark = pytest.mark.django_db

FILES = bad_files()
#: What a visit writes: her session, and a file that waits to be read again.
_MAY_MOVE = {"sessions.Session", "imports.PeopleFile"}


def contents() -> dict[str, int]:
    """Return how many rows each table has, in one query; no import changes a row without adding to its history."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.label not in _MAY_MOVE]
    tables = sorted({model._meta.db_table for model in models} & set(connection.introspection.table_names()))
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def words(response) -> str:
    """Return the text of a page on one line."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode()))


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_it_is_refused_with_its_reason_and_changes_nothing(file: BadFile, page, programme):
    before = contents()
    response = page.post(
        reverse("imports:upload", args=[programme.slug]), {file.kind: SimpleUploadedFile("liste.xlsx", file.content)}
    )
    if file.line is None:
        assert response.status_code == 422
        assert not PeopleFile.objects.exists()
    else:
        assert response.status_code == 302
        kept = PeopleFile.objects.get()
        pressed = page.post(reverse("imports:confirm", args=[programme.slug, kept.public_id]))
        assert pressed.status_code == 302
        response = page.get(pressed.url)
        assert response.status_code == 200
        assert f"igne {file.line}" in words(response) or f"ignes {file.line}" in words(response)
        assert PeopleFile.objects.get().imported_at is None
    text = words(response).casefold()
    for said in file.said:
        assert said.replace("'", "&#x27;").casefold() in text
    with pytest.raises(DomainError):
        operations.import_now(
            by=SYSTEM, programme=programme, kind=file.kind, name="liste", content=file.content, sheet="",
            statement=operations.Statement(),
        )  # fmt: skip
    assert contents() == before


def test_there_are_enough_of_them():
    assert len(FILES) >= 25
    assert len({file.name for file in FILES}) == len(FILES)
