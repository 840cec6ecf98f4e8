"""What this room shows on "Mon parcours" and to guardians: the decisions of the year, this month first."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.mentoring.guide import guide_of
from vivier.orientation.decisions import State, Step, Track, school_year, sentence, steps, track_of, tracks
from vivier.people.extensions import Panel
from vivier.people.models import Beneficiary, Guardianship
from vivier.people.queries import says_tu


def own_panel(actor: Actor, beneficiary: Beneficiary) -> Panel:
    """Return the decisions of her class, for herself; the other classes, one press away."""
    return _panel(beneficiary, tu=says_tu(beneficiary, clock.today()))


def child_panels(guardianships: Sequence[Guardianship]) -> Iterable[tuple[Guardianship, Panel]]:
    """Yield the decisions of each child's class, for a guardian."""
    for row in guardianships:
        yield row, _panel(row.beneficiary, tu=False, child=row.beneficiary.identity.first_name)


def _panel(beneficiary: Beneficiary, *, tu: bool, child: str = "") -> Panel:
    today = clock.today()
    track = track_of(beneficiary.school_level, beneficiary.kind)
    found = steps(track, today) if track else []
    ahead = [step for step in found if step.state != State.PAST]
    context = {
        "tu": tu,
        "child": child,
        "track": track,
        "heading": _heading(track, child),
        "sentence": sentence(track, today) if track else "",
        "topic": guide_of(today, school=track.is_school).title if track else "",
        "steps": ahead,
        "near": _near(ahead),
        "past": [step for step in found if step.state == State.PAST],
        "others": _others(track, today),
        "is_old": bool(track and track.is_school) and _is_old(beneficiary, today),
        "structure": beneficiary.controller,
        "calendar_url": reverse("orientation:own_calendar", args=[beneficiary.public_id]) if track else "",
    }
    return Panel("orientation/partials/decisions.html", context)


def _heading(track: Track | None, child: str) -> str:
    if track is None:
        return "Ce qui se décide, et quand"
    whose = f" pour {child}" if child else ""
    return f"Ce qui se décide{whose} cette année" + (f", en {track.name}" if track.is_school else "")


def _near(ahead: Sequence[Step]) -> int:
    """Return how many are told in full: those of this month, and the next one."""
    return sum(step.state == State.NOW for step in ahead) + 1


def _others(track: Track | None, today: date) -> list[dict]:
    """Return the other tracks that may concern her, with their coming decisions; to an adult, none of school."""
    if track is not None and not track.is_school:
        return []
    others = [one for one in tracks().values() if one is not track]
    return [
        {"name": one.name, "steps": [step for step in steps(one, today) if step.state != State.PAST]} for one in others
    ]


def _is_old(beneficiary: Beneficiary, today: date) -> bool:
    """Tell whether her record is of an earlier school year: the class in it may be that of last year."""
    return school_year(timezone.localdate(beneficiary.created_at)) < school_year(today)
