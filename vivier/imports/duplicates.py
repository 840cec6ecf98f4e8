"""The same person on several lines of a file: one person when they agree, an error when they contradict. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from vivier.common.text import folded
from vivier.imports.entries import LABELS, Entry, GuardianEntry, Visit
from vivier.imports.issues import Issue, Severity, shown
from vivier.people.matching import Certainty, compare
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import QpvStatus, SchoolLevel

#: Columns whose values are added up rather than compared.
_ADDED = ("languages", "interests", "slots")
_CHOICES = {"kind": Beneficiary.Kind, "school_level": SchoolLevel, "qpv": QpvStatus}
_APART = ("spots", "first_name", "last_name", "guardians", "visits", *_ADDED)


def merged(people: Sequence[Entry], communes: Mapping[int, str]) -> tuple[list[Entry], list[Issue]]:
    """Return each person once, in the order of the lines, and what is to be said of those who were there twice.

    `communes`: the names behind the keys, for what is shown.
    """
    by_name: dict[str, list[int]] = {}
    kept: list[Entry] = []
    issues: list[Issue] = []
    for person in people:
        name = folded(f"{person.last_name} {person.first_name}") or f"{person.last_name} {person.first_name}"
        places = by_name.setdefault(name, [])
        for place in places:
            certainty = compare(person, kept[place].birth_date, kept[place].email)
            if certainty is not None and certainty > Certainty.DOUBTFUL:
                kept[place], found = _together(kept[place], person, communes)
                issues.append(found)
                break
        else:
            if places:
                issues.append(_namesakes(kept[places[0]], person))
            places.append(len(kept))
            kept.append(person)
    return kept, issues


def _together(first: Entry, second: Entry, communes: Mapping[int, str]) -> tuple[Entry, Issue]:
    """Return one entry for two lines, and the notice or the error about them."""
    spots = first.spots + second.spots
    changes: dict = {"spots": spots}
    for column in fields(first):
        name = column.name
        one, other = getattr(first, name), getattr(second, name)
        if name in _ADDED:
            changes[name] = tuple(dict.fromkeys((*one, *other)))
        elif name not in _APART:
            if _is_said(one) and _is_said(other) and not _agree(one, other):
                return first, _contradiction(
                    first, second, name, _words(name, one, communes), _words(name, other, communes)
                )
            changes[name] = one if _is_said(one) else other
    if hasattr(first, "visits"):
        visits = _visits(first.visits, second.visits)
        if visits is None:
            return first, _contradiction(first, second, "visits", "présente", "absente")
        changes["visits"] = visits
        changes["guardians"] = _guardians(first.guardians, second.guardians)
    where = f"la ligne {first.spots[0].number}" if not first.spots[0].sheet else str(first.spots[0])
    notice = Issue(
        Severity.NOTICE, "repeated", (second.spots[0],), "", f"{first.first_name} {first.last_name}",
        f"répète {where} : une seule personne",
    )  # fmt: skip
    return replace(first, **changes), notice


def _is_said(value) -> bool:
    return value is not None and value != ""


def _agree(one, other) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return folded(one) == folded(other)
    return one == other


def _visits(first: tuple[Visit, ...], second: tuple[Visit, ...]) -> tuple[Visit, ...] | None:
    """Return the visits of both; None when one says present and the other absent on the same day."""
    found = {(visit.city, visit.day): visit for visit in first}
    for visit in second:
        key = (visit.city, visit.day)
        known = found.get(key)
        if known and known.attended is not None and visit.attended is not None and known.attended != visit.attended:
            return None
        if known is None or known.attended is None:
            found[key] = visit
    return tuple(found.values())


def _guardians(first: tuple[GuardianEntry, ...], second: tuple[GuardianEntry, ...]) -> tuple[GuardianEntry, ...]:
    found: dict[str, GuardianEntry] = {}
    for guardian in (*first, *second):
        found.setdefault(guardian.email or folded(f"{guardian.last_name} {guardian.first_name}"), guardian)
    return tuple(found.values())


def _contradiction(first: Entry, second: Entry, column: str, one: str, other: str) -> Issue:
    return Issue(
        Severity.ERROR, "contradiction", (first.spots[0], second.spots[0]), LABELS[column],
        f"{first.first_name} {first.last_name} : {one} / {other}",
        "ces deux lignes parlent de la même personne et se contredisent",
        "gardez la bonne ligne ; si ce sont deux personnes, donnez leur date de naissance ou leur adresse e-mail",
    )  # fmt: skip


def _words(column: str, value, communes: Mapping[int, str]) -> str:
    """Return a value as a person reads it."""
    if column == "commune":
        return communes.get(value, "")
    if column in _CHOICES:
        return _CHOICES[column](value).label
    if isinstance(value, bool):
        return "oui" if value else "non"
    return shown(value, 40)


def _namesakes(first: Entry, second: Entry) -> Issue:
    return Issue(
        Severity.NOTICE, "namesakes", (first.spots[0], second.spots[0]), "",
        f"{first.first_name} {first.last_name}", "même nom, mais deux personnes différentes",
    )  # fmt: skip
