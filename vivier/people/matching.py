"""Is this person known already? Names are compared without accents, case or punctuation, inside one structure.

The comparison runs in PostgreSQL, on the same function that fills the sorted column: two foldings would differ one day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Protocol

from django.db import connection

from vivier.people.models import Beneficiary


class Person(Protocol):
    """What a row must offer to be compared; `birth_date` None and `email` "" when unknown."""

    first_name: str
    last_name: str
    birth_date: date | None
    email: str


class Certainty(IntEnum):
    """How sure it is that two rows of the same name are one person; the greatest is the surest."""

    #: Same name; the e-mails differ and a birth date is missing: perhaps a namesake.
    DOUBTFUL = 1
    #: Same name, and nothing that is known on both sides differs or agrees.
    LIKELY = 2
    #: Same name, and the same birth date or the same e-mail.
    SAME = 3


@dataclass(frozen=True)
class Match:
    """The best known person for a row."""

    pk: int
    certainty: Certainty


# Both tables have the same columns of identity; a volunteer has no birth date.
_CANDIDATES = """
SELECT wanted.position, identity.{key}, {birth_date}, identity.email
FROM unnest(%s::text[]) WITH ORDINALITY AS wanted(name, position)
JOIN {identity} identity ON identity.sort_name = sort_text(wanted.name)
JOIN {owner} owner ON owner.id = identity.{key} AND owner.controller_id = %s
ORDER BY wanted.position, identity.{key}
"""
_BENEFICIARIES = _CANDIDATES.format(
    key="beneficiary_id",
    birth_date="identity.birth_date",
    identity="people_beneficiaryidentity",
    owner="people_beneficiary",
)
_VOLUNTEERS = _CANDIDATES.format(
    key="volunteer_id", birth_date="NULL::date", identity="people_volunteeridentity", owner="people_volunteer"
)


def find_existing(controller_id: int, rows: Sequence[Person]) -> list[Match | None]:
    """Return, for each row in order, the best known beneficiary of that structure; one query for all rows."""
    return _best(_BENEFICIARIES, controller_id, rows)


def find_existing_volunteers(controller_id: int, rows: Sequence[Person]) -> list[Match | None]:
    """Return, for each row in order, the best known volunteer of that structure; one query for all rows."""
    return _best(_VOLUNTEERS, controller_id, rows)


def find_beneficiary(
    *, controller_id: int, first_name: str, last_name: str, birth_date: date | None = None, email: str = ""
) -> Beneficiary | None:
    """Return the beneficiary who is surely that person, or None."""
    row = _Row(first_name, last_name, birth_date, email)
    match = find_existing(controller_id, [row])[0]
    if match is None or match.certainty < Certainty.SAME:
        return None
    return Beneficiary.objects.select_related("identity").get(pk=match.pk)


@dataclass(frozen=True)
class _Row:
    first_name: str
    last_name: str
    birth_date: date | None
    email: str


def _best(sql: str, controller_id: int, rows: Sequence[Person]) -> list[Match | None]:
    found: list[Match | None] = [None] * len(rows)
    names = [f"{row.last_name} {row.first_name}" for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [names, controller_id])
        for position, pk, birth_date, email in cursor:
            row = rows[position - 1]
            certainty = compare(row, birth_date, email)
            best = found[position - 1]
            if certainty and (best is None or certainty > best.certainty):
                found[position - 1] = Match(pk, certainty)
    return found


def compare(row: Person, birth_date: date | None, email: str) -> Certainty | None:
    """Weigh what else is known of two people of the same name; None: they are not the same person."""
    row_birth = getattr(row, "birth_date", None)
    if row_birth and birth_date:
        return Certainty.SAME if row_birth == birth_date else None
    if row.email and email:
        return Certainty.SAME if row.email.casefold() == email.casefold() else Certainty.DOUBTFUL
    return Certainty.LIKELY
