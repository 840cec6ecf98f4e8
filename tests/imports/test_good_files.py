"""Everybody in the files that associations really send is understood, and comes in once."""

import pytest

from tests.imports.good_files import GoodFile, good_files
from vivier.common.actors import SYSTEM
from vivier.imports import operations
from vivier.imports.entries import Registrant
from vivier.imports.understanding import Understanding, understand
from vivier.people.models import Beneficiary, Volunteer
from vivier.territories.models import Commune

pytestmark = pytest.mark.django_db

FILES = good_files()


def read(file: GoodFile, programme) -> Understanding:
    return understand(file.content, kind=file.kind, programme=programme, choices=file.choices, sheet=file.sheet)


def said(entry, fact: str):
    """Return what was understood of one fact, in the words of the files."""
    if fact == "commune":
        return Commune.objects.get(pk=entry.commune).name if entry.commune else None
    if fact == "city":
        return Commune.objects.get(pk=entry.city).name if entry.city else None
    if fact in ("attended", "day"):
        return getattr(entry.visits[0], fact)
    if fact == "guardians":
        return tuple((one.first_name, one.last_name, one.email) for one in entry.guardians)
    if fact == "guardian":
        found = said(entry, "guardians")
        return found[0] if found else None
    return getattr(entry, fact)


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_everybody_is_understood(file, programme):
    understood = read(file, programme)
    assert understood.refusal == ""
    assert [issue.sentence for issue in understood.errors] == []
    names = [(entry.first_name, entry.last_name) for entry in understood.entries]
    assert names == [(person["first_name"], person["last_name"]) for person in file.people]
    for entry, person in zip(understood.entries, file.people, strict=True):
        assert {fact: said(entry, fact) for fact in person} == person


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_twice_adds_nobody(file, programme):
    operations.choose_headings(
        by=SYSTEM,
        people_file=operations.store_file(
            by=SYSTEM, programme=programme, kind=file.kind, name="liste", content=file.content
        ),
        choices=file.choices,
    )
    done = [
        operations.import_now(
            by=SYSTEM, programme=programme, kind=file.kind, name=file.name, content=file.content, sheet=file.sheet,
            statement=operations.Statement(),
        )
        for _ in range(2)
    ]  # fmt: skip
    counts = [(one.created_count, one.updated_count, one.unchanged_count) for one in done]
    assert counts == [(len(file.people), 0, 0), (0, 0, len(file.people))]
    model = Beneficiary if isinstance(read(file, programme).entries[0], Registrant) else Volunteer
    assert model.objects.count() == len(file.people)
