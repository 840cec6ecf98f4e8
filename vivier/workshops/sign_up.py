"""The sign-up without account as a sequence of questions: which are asked, in what words, and where it ends. No query.

Only the answers already given decide what comes next, so the way back is always open and nothing is asked twice.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from vivier.people.consent_rules import Signatory, age_on, required
from vivier.workshops.models import SignUpDraft

TABLE = Path(__file__).parent / "data" / "sign_up.toml"
#: The last question: nothing is asked, everything is read again.
CHECK = "verifier"


class Ending(StrEnum):
    """What the last page says. It depends on what was typed here only: it tells a stranger nothing about anybody."""

    CONFIRMED = "confirmed"
    GUARDIAN_ASKED = "guardian_asked"
    PAPER_NEEDED = "paper_needed"
    WAITING = "waiting"
    WAITING_GUARDIAN = "waiting_guardian"
    WAITING_PAPER = "waiting_paper"


@dataclass(frozen=True)
class Step:
    """One question: its name in the address, its short name, and its words to who is told "tu" or "vous"."""

    slug: str
    short: str
    title_tu: str
    why_tu: str
    title_vous: str
    why_vous: str

    def title(self, tu: bool, first_name: str) -> str:
        """Return the question, with the first name where it is known."""
        text = self.title_tu if tu else self.title_vous
        if first_name:
            return text.format(prenom=first_name)
        bare = text.removeprefix("{prenom}, ").replace(", {prenom}", "")
        return bare[:1].upper() + bare[1:]

    def why(self, tu: bool) -> str:
        """Return why it is asked."""
        return self.why_tu if tu else self.why_vous


@cache
def all_steps() -> tuple[Step, ...]:
    """Return every question, in order. Raises KeyError when the table has a hole."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["step"]
    steps = tuple(
        Step(row["slug"], row["short"], row["tu"]["title"], row["tu"]["why"], row["vous"]["title"], row["vous"]["why"])
        for row in rows
    )
    if {step.slug for step in steps} != set(_IS_ANSWERED) or steps[-1].slug != CHECK:
        raise KeyError("sign_up.toml does not name each question once, the check last")
    return steps


def is_minor(birth_date: date | None, today: date) -> bool | None:
    """Tell whether she is under 18; None while her birth date is not known."""
    return None if birth_date is None else age_on(birth_date, today) < 18


def contact_is_optional(birth_date: date | None, today: date) -> bool:
    """Tell whether she may give no address: before 15, her guardian is written to instead."""
    return birth_date is not None and age_on(birth_date, today) < 15


_IS_ANSWERED = {
    "nom": lambda draft, today: bool(draft.first_name and draft.last_name),
    "naissance": lambda draft, today: draft.birth_date is not None,
    "classe": lambda draft, today: bool(draft.school_level),
    "commune": lambda draft, today: draft.commune_id is not None,
    "contact": lambda draft, today: (
        bool(draft.email or draft.phone) or (draft.without_contact and contact_is_optional(draft.birth_date, today))
    ),
    "responsable": lambda draft, today: bool(draft.guardian_first_name),
    CHECK: lambda draft, today: False,
}


def steps_for(draft: SignUpDraft | None, today: date) -> tuple[Step, ...]:
    """Return the questions of this sign-up; while her age is unknown, the longest way is announced."""
    birth_date = draft.birth_date if draft else None
    return tuple(step for step in all_steps() if step.slug != "responsable" or is_minor(birth_date, today) is not False)


def next_step(draft: SignUpDraft | None, today: date) -> Step:
    """Return the first question without answer; the check when all have one."""
    steps = steps_for(draft, today)
    if draft is None:
        return steps[0]
    return next(step for step in steps if step.slug == CHECK or not _IS_ANSWERED[step.slug](draft, today))


def reachable(draft: SignUpDraft | None, slug: str, today: date) -> Step | None:
    """Return the question of that name if nothing before it is unanswered; None otherwise."""
    steps = steps_for(draft, today)
    names = [step.slug for step in steps]
    if slug not in names:
        return None
    frontier = names.index(next_step(draft, today).slug)
    return steps[names.index(slug)] if names.index(slug) <= frontier else None


def after(draft: SignUpDraft, slug: str, today: date) -> Step:
    """Return the question that follows `slug`, or the first unanswered one if that is nearer."""
    steps = steps_for(draft, today)
    names = [step.slug for step in steps]
    frontier = names.index(next_step(draft, today).slug)
    return steps[min(names.index(slug) + 1, frontier)] if slug in names else steps[frontier]


def is_complete(draft: SignUpDraft, today: date) -> bool:
    """Tell whether everything that is asked has an answer."""
    return next_step(draft, today).slug == CHECK


def own_purposes(birth_date: date | None, today: date) -> list[str]:
    """Return the purposes that she answers by signing up: her data always, coming where she alone decides."""
    names = ["data"]
    if required("activity", birth_date, today).signatories == {Signatory.SELF}:
        names.append("activity")
    return names


_IN_LINE = {
    Ending.CONFIRMED: Ending.WAITING,
    Ending.GUARDIAN_ASKED: Ending.WAITING_GUARDIAN,
    Ending.PAPER_NEEDED: Ending.WAITING_PAPER,
}


def ending_for(draft: SignUpDraft, today: date, *, is_seated: bool) -> Ending:
    """Return what the last page says, from what was typed here and whether a newcomer had a seat."""
    if not is_minor(draft.birth_date, today):
        ending = Ending.CONFIRMED
    else:
        ending = Ending.GUARDIAN_ASKED if draft.guardian_email else Ending.PAPER_NEEDED
    return ending if is_seated else _IN_LINE[ending]
