"""What is decided when, class by class, in a French school year. Pure: `today` is given.

The texts are data (decisions.toml), checked when loaded: a track without a month, or a level without a track, does not
start.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from vivier.common import clock
from vivier.common.text import of
from vivier.orientation.tables import BadTable, Row, read_table
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import SchoolLevel

TABLE = Path(__file__).parent / "decisions.toml"
#: The school year begins in September; a calendar of adults has no year of its own: what is past comes round again.
FIRST_MONTH = 9
_OF_KIND = {
    Beneficiary.Kind.STUDENT: "student",
    Beneficiary.Kind.JOB_SEEKER: "adult",
    Beneficiary.Kind.EMPLOYEE: "adult",
}


class Certainty(StrEnum):
    """How sure a date is."""

    TEXT = "text"
    TO_CHECK = "to_check"
    HABIT = "habit"


class State(StrEnum):
    """Where today stands towards a decision."""

    NOW = "now"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True)
class Decision:
    """One thing that is decided. `months`: the first and the last; `days`: the days of one year, once published.

    `read_on`: when somebody read the source, None where nobody has.
    """

    code: str
    tracks: tuple[str, ...]
    months: tuple[int, int]
    what: str
    todo: tuple[str, ...]
    helper: str
    certainty: Certainty
    source: str
    read_on: date | None
    days: tuple[date, date] | None

    @property
    def is_always(self) -> bool:
        """It may be done at any time of the year."""
        return self.months == (FIRST_MONTH, FIRST_MONTH - 1)


@dataclass(frozen=True)
class Track:
    """A way through the year, and the track that follows it ("" where none does)."""

    code: str
    name: str
    levels: tuple[str, ...]
    next: str
    is_school: bool
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Step:
    """A decision in one year: from which day to which, and where today stands."""

    decision: Decision
    first: date
    last: date
    state: State

    @property
    def is_exact(self) -> bool:
        """The days are those that were published for this year."""
        return (self.first, self.last) == self.decision.days

    @property
    def is_sure(self) -> bool:
        """Nothing is left to be checked."""
        return self.is_exact or self.decision.certainty == Certainty.TEXT

    @property
    def when(self) -> str:
        """Return "en juin 2027", "de décembre 2026 à février 2027", "toute l’année" or the days themselves."""
        if self.decision.is_always:
            return "toute l’année"
        if self.is_exact:
            first, last = (f"{clock.day_words(day)} {day.year}" for day in self.decision.days)
            return f"le {first}" if first == last else f"du {first} au {last}"
        first, last = _month_words(self.first), _month_words(self.last)
        if first == last:
            return f"en {last}"
        if self.first.year == self.last.year:
            first = first.rsplit(" ", 1)[0]
        return f"{of(first)} à {last}"


@cache
def tracks() -> Mapping[str, Track]:
    """Return the tracks by code, in the order of school. Raises BadTable."""
    return read_tracks(TABLE)


def track_of(school_level: str, kind: str) -> Track | None:
    """Return the track of somebody, by her class, else by her situation; None where neither says it."""
    by_level = {level: track for track in tracks().values() for level in track.levels}
    return by_level.get(school_level) or tracks().get(_OF_KIND.get(kind, ""))


def steps(track: Track, today: date) -> list[Step]:
    """Return the decisions of the year: what is open now (what ends first before), what comes, then what is past.

    What may be done all year closes what is open now.
    """
    found = [_step(decision, today, comes_round=not track.is_school) for decision in track.decisions]
    order = (State.NOW, State.COMING, State.PAST)
    return sorted(
        found,
        key=lambda step: (
            order.index(step.state),
            step.decision.is_always,
            step.first if step.state == State.COMING else step.last,
            step.decision.code,
        ),
    )


def sentence(track: Track, today: date) -> str:
    """Return what this month is about, in words that call nobody."""
    found = steps(track, today)
    now = [step for step in found if step.state == State.NOW and not step.decision.is_always]
    coming = [step for step in found if step.state == State.COMING]
    if now:
        return f"Ce mois-ci : {' ; '.join(step.decision.what for step in now)}."
    if coming:
        month = _month_words(today).rsplit(" ", 1)[0]
        return f"Rien ne se décide en {month}. Ensuite : {coming[0].decision.what}, {coming[0].when}."
    if any(step.decision.is_always for step in found):
        return f"Ce mois-ci, comme toute l’année : {found[0].decision.what}."
    following = tracks().get(track.next)
    if following is None:
        return "Tout est passé pour cette année. Le calendrier reprend en septembre."
    first = steps(following, date(today.year, FIRST_MONTH, 1))[0]
    return f"Tout est passé pour cette année. En septembre, en {following.name} : {first.decision.what}."


def school_year(today: date) -> int:
    """Return the year in which the school year of `today` began."""
    return today.year if today.month >= FIRST_MONTH else today.year - 1


def _step(decision: Decision, today: date, *, comes_round: bool) -> Step:
    year = school_year(today)
    step = _in_year(decision, year, today)
    return _in_year(decision, year + 1, today) if comes_round and step.state == State.PAST else step


def _in_year(decision: Decision, year: int, today: date) -> Step:
    first, last = (_month(year, month) for month in decision.months)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    if decision.days and school_year(decision.days[0]) == year:
        first, last = decision.days
    state = State.PAST if last < today else State.COMING if first > today else State.NOW
    return Step(decision, first, last, state)


def _month(year: int, month: int) -> date:
    return date(year if month >= FIRST_MONTH else year + 1, month, 1)


def _month_words(day: date) -> str:
    return f"{clock.day_words(day).rsplit(' ', 1)[1]} {day.year}"


# --- Reading the table ------------------------------------------------------------------------------------------------


def read_tracks(path: Path) -> dict[str, Track]:
    """Check and return the tracks of a file. Raises BadTable with the line and key of what is wrong."""
    head, parts = read_table(path, "decision")
    decisions = [_decision(part) for part in parts]
    found = {}
    for row in head.rows("track"):
        track = _track(row, decisions)
        found[track.code] = track
        if not track.decisions:
            raise row.refuse("code", "has no decision")
    head.done()
    _refuse_holes(path, found, decisions)
    return found


def _track(row: Row, decisions: Sequence[Decision]) -> Track:
    code = row.text("code")
    track = Track(
        code=code,
        name=row.text("name"),
        levels=row.texts("levels"),
        next=row.text("next", ""),
        is_school=row.flag("is_school"),
        decisions=tuple(one for one in decisions if code in one.tracks),
    )
    row.done()
    return track


def _decision(row: Row) -> Decision:
    first, last = row.numbers("months", 2, 1, 12)
    if (first - FIRST_MONTH) % 12 > (last - FIRST_MONTH) % 12:
        raise row.refuse("months", "go beyond the school year, which ends in August")
    certainty = row.text("certainty")
    if certainty not in set(Certainty):
        raise row.refuse("certainty", f"one of {', '.join(Certainty)}")
    days = (row.day("first_day"), row.day("last_day")) if row.has("first_day") or row.has("last_day") else None
    if days and (days[0] > days[1] or school_year(days[0]) != school_year(days[1])):
        raise row.refuse("last_day", "comes before the first one, or in another school year")
    decision = Decision(
        code=row.text("code"),
        tracks=row.texts("tracks"),
        months=(first, last),
        what=row.text("what"),
        todo=row.texts("todo"),
        helper=row.text("with"),
        certainty=Certainty(certainty),
        source=row.text("source"),
        read_on=row.day("read_on") if certainty == Certainty.TEXT or row.has("read_on") else None,
        days=days,
    )
    row.done()
    return decision


def _refuse_holes(path: Path, found: Mapping[str, Track], decisions: Sequence[Decision]) -> None:
    levels = sorted(level for track in found.values() for level in track.levels)
    if levels != sorted(SchoolLevel.values):
        raise BadTable(f"{path.name}, key levels: each class in one track, found {', '.join(levels)}")
    named = {track.next for track in found.values() if track.next} | {code for one in decisions for code in one.tracks}
    if unknown := sorted(named - set(found)):
        raise BadTable(f"{path.name}: no track is named {', '.join(unknown)}")
    codes = [one.code for one in decisions]
    if len(set(codes)) != len(codes):
        raise BadTable(f"{path.name}, key code: two decisions have one code")
