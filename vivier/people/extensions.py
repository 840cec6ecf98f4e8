"""Where rooms above this one plug in, by name and in order: people cannot import them.

A room registers its functions in the `ready` of its AppConfig. Followers run in the transaction of the act, so that
what they do and the act happen together or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from vivier.common.actors import Actor
from vivier.people.models import Beneficiary, Guardian, Guardianship, Volunteer

Record = Beneficiary | Guardian | Volunteer
Since = Mapping[int, datetime | None]
Function = TypeVar("Function", bound=Callable)


class Point(Generic[Function]):
    """A list of functions, in the order of the rooms (INSTALLED_APPS)."""

    def __init__(self) -> None:
        self._functions: list[Function] = []

    def register(self, function: Function) -> Function:
        """Add a function once; may decorate it."""
        if function not in self._functions:
            self._functions.append(function)
        return function

    def __iter__(self):
        return iter(tuple(self._functions))


@dataclass(frozen=True)
class Subject:
    """One thing that an authorisation is about, in words: which adult, where, when, verified how.

    `note`: one more sentence, such as until when a seat is held. Labels say what the adult and the place are, where a
    session's would be untrue.
    """

    purpose: str
    title: str
    when: str
    where: str
    adult: str
    checked: str
    state: str = ""
    tone: str = "info"
    where_label: str = "Où"
    adult_label: str = "Adulte présent"
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """One part of a page that another room fills: its template, what it reads, and what it finds (for the heading).

    `closing`: a second part, shown after those of the other rooms: what is past.
    """

    template: str
    context: dict = field(default_factory=dict)
    finding: str = ""
    closing: "Panel | None" = None


@dataclass(frozen=True)
class Profiles:
    """Everything that one account is, structure by structure."""

    beneficiaries: list[Beneficiary]
    guardians: list[Guardian]
    volunteers: list[Volunteer]


@dataclass(frozen=True)
class Held:
    """One group of facts held about a person: its code in the file, its heading, the label of each fact, its rows.

    Values are words, dates, numbers, lists of words or None (not known); never the name of somebody else.
    """

    code: str
    heading: str
    labels: dict[str, str]
    rows: list[dict]

    @property
    def lines(self) -> list[list[tuple[str, object]]]:
        """The rows as (label, value), in the order of the labels."""
        return [[(label, row[code]) for code, label in self.labels.items()] for row in self.rows]


#: Run after an answer was recorded or a guardian changed, the beneficiary's row being locked.
consent_followers: Point[Callable[[Actor, Beneficiary], None]] = Point()
#: What the answers are about: key of the beneficiary → the moment before which everything is hidden (None: nothing is).
consent_subjects: Point[Callable[[Since], Iterable[tuple[int, Subject]]]] = Point()
#: Parts of the page of a person that staff open.
person_panels: Point[Callable[[Actor, Beneficiary], Panel | None]] = Point()
#: Parts of "Mon parcours".
own_panels: Point[Callable[[Actor, Beneficiary], Panel | None]] = Point()
#: Parts of "Autorisations", by guardianship: what a guardian reads of each child.
child_panels: Point[Callable[[Sequence[Guardianship]], Iterable[tuple[Guardianship, Panel]]]] = Point()
#: What a room holds about somebody, for "Mes données" and the file she takes away.
own_data: Point[Callable[[Profiles], Iterable[tuple[Record, Held]]]] = Point()


def subjects_of(beneficiary: Beneficiary, guardianship: Guardianship | None) -> list[Subject]:
    """Return what the answers about one person are about, as she or that guardian reads it."""
    return _subjects({beneficiary.pk: guardianship.reads_since if guardianship else None})[beneficiary.pk]


def subjects_for(guardianships: Sequence[Guardianship]) -> dict[int, list[Subject]]:
    """Return the same for every child of a guardian, by beneficiary; as many questions as for one."""
    return _subjects({row.beneficiary_id: row.reads_since for row in guardianships})


def _subjects(since: Since) -> dict[int, list[Subject]]:
    found: dict[int, list[Subject]] = {key: [] for key in since}
    for key, subject in [pair for provide in consent_subjects for pair in provide(since)]:
        found[key].append(subject)
    return found


def consent_changed(by: Actor, beneficiary: Beneficiary) -> None:
    """Tell the rooms above that answers about a beneficiary changed; her row is locked by the caller."""
    for follow in consent_followers:
        follow(by, beneficiary)
