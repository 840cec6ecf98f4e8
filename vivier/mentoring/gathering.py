"""What a run is given: the people of a programme as the engine sees them, under their public ids, never their names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.mentoring.models import Mentor, Pair, Wish
from vivier.mentoring.readiness import ready, vetting_states
from vivier.mentoring.rights import refusing, with_right
from vivier.mentoring.transitions import HELD
from vivier.mentoring.vocabulary import EndReason, PairState, VettingState
from vivier.programmes.models import Enrolment, Programme
from vivier.territories.locations import location
from vivier.territories.models import Commune

#: How far off a point may be, in km: a department's centroid stands for a commune, a programme's city for a home.
DEPARTMENT_ERROR_KM = 50.0
CITY_ERROR_KM = 15.0

_VETTING = {
    VettingState.IN_FORCE: True,
    VettingState.EXPIRED: False,
    VettingState.REFUSED: False,
    # Nobody has checked yet: the engine proposes, acceptance will ask.
    VettingState.MISSING: None,
}


@dataclass(frozen=True)
class Gathered:
    """Mentees and mentors of one run, in the order of their creation, with the row behind each public id.

    sites: key → degrees of the programme's cities whose place is known.
    proposed: mentee id → mentor id of the proposals that nobody decided yet.
    """

    mentees: tuple[MenteeProfile, ...]
    mentors: tuple[MentorProfile, ...]
    enrolment_ids: Mapping[str, int]
    mentor_ids: Mapping[str, int]
    kept_count: int
    sites: Mapping[int, tuple[float, float]]
    proposed: Mapping[str, str]


@dataclass(frozen=True)
class _Place:
    """Where somebody is: degrees, km it may be off, and whether INSEE counts the commune as rural (None: unknown)."""

    lat: float | None = None
    lon: float | None = None
    error_km: float = 0.0
    rural: bool | None = None


_NOWHERE = _Place()


def gather(programme: Programme) -> Gathered:
    """Read the people of the next run. Accepted and locked pairs stay out: the mentee leaves, the seat is taken."""
    kept = Pair.objects.filter(programme=programme, state__in=HELD)
    mentees = list(_mentee_rows(programme))
    mentors = list(_mentor_rows(programme))
    homes = {row["beneficiary__commune"] for row in mentees} | {row["volunteer__commune"] for row in mentors}
    sites = list(programme.sites.order_by("position", "pk").values_list("pk", "commune"))
    places = _places(homes | {row["site__commune"] for row in mentees} | {commune for _, commune in sites})
    refusals = _refusals(programme)
    wishes = _wishes(programme)
    vetting = vetting_states({row["volunteer"] for row in mentors})
    return Gathered(
        mentees=tuple(_mentee(row, places, refusals, wishes) for row in mentees),
        mentors=tuple(_mentor(row, places, vetting[row["volunteer"]]) for row in mentors),
        enrolment_ids={str(row["public_id"]): row["pk"] for row in mentees},
        mentor_ids={str(row["public_id"]): row["pk"] for row in mentors},
        kept_count=kept.count(),
        sites={pk: (at.lat, at.lon) for pk, commune in sites if (at := places[commune]).lat is not None},
        proposed=_proposed(programme),
    )


def _mentee_rows(programme: Programme):
    kept = Pair.objects.filter(programme=programme, state__in=HELD).values("enrolment")
    return (
        with_right(Enrolment.objects.filter(programme=programme), refusing(programme))
        .exclude(pk__in=kept)
        .order_by("pk")
        .values(
            "pk",
            "public_id",
            "slots",
            "site__commune",
            "beneficiary__commune",
            "beneficiary__qpv",
            "beneficiary__languages",
            "beneficiary__interests",
        )
    )


def _mentor_rows(programme: Programme):
    return (
        ready(Mentor.objects.filter(programme=programme, paused_at=None))
        .annotate(held=Count("pairs", filter=Q(pairs__state__in=HELD)))
        .order_by("pk")
        .values(
            "pk",
            "public_id",
            "capacity",
            "held",
            "slots",
            "volunteer",
            "volunteer__commune",
            "volunteer__languages",
            "volunteer__interests",
        )
    )


def _refusals(programme: Programme) -> dict[int, set[str]]:
    """Enrolment → public ids of mentors not to be proposed again: refused, or once accepted and ended."""
    past = Pair.objects.filter(programme=programme, state__in=[PairState.REFUSED, PairState.ENDED])
    past = past.exclude(decision_reason=EndReason.CONSENT)  # a no that was lifted leaves no trace between the two
    refused = defaultdict(set)
    for enrolment, mentor in past.values_list("enrolment", "mentor__public_id"):
        refused[enrolment].add(str(mentor))
    return refused


def _wishes(programme: Programme) -> dict[int, list[str]]:
    """Enrolment → public ids of the mentors she asked for, the first wish first."""
    wishes = defaultdict(list)
    found = Wish.objects.filter(enrolment__programme=programme).order_by("pk")
    for enrolment, mentor in found.values_list("enrolment", "mentor__public_id"):
        wishes[enrolment].append(str(mentor))
    return wishes


def _proposed(programme: Programme) -> dict[str, str]:
    pairs = Pair.objects.filter(programme=programme, state=PairState.PROPOSED).order_by("enrolment")
    return {
        str(mentee): str(mentor) for mentee, mentor in pairs.values_list("enrolment__public_id", "mentor__public_id")
    }


def _places(commune_ids: set[int | None]) -> dict[int | None, _Place]:
    communes = Commune.objects.filter(pk__in=commune_ids - {None}).select_related("department", "parent")
    return {None: _NOWHERE, **{commune.pk: _place(commune) for commune in communes}}


def _place(commune: Commune) -> _Place:
    point = location(commune)
    if point is None:
        return _Place(rural=commune.is_rural)
    error = DEPARTMENT_ERROR_KM if point.approximate else 0.0
    return _Place(point.latitude, point.longitude, error, commune.is_rural)


def _mentee(
    row: dict, places: Mapping, refusals: Mapping[int, set[str]], wishes: Mapping[int, list[str]]
) -> MenteeProfile:
    home = places[row["beneficiary__commune"]]
    point = home
    if home.lat is None and (city := places[row["site__commune"]]).lat is not None:
        # Where she lives is not known: she came to this city.
        point = _Place(city.lat, city.lon, city.error_km + CITY_ERROR_KM)
    return MenteeProfile(
        id=str(row["public_id"]),
        lat=point.lat,
        lon=point.lon,
        location_error_km=point.error_km,
        slots=frozenset(row["slots"]) or None,
        languages=frozenset(row["beneficiary__languages"]) or None,
        interests=frozenset(row["beneficiary__interests"]) or None,
        qpv=row["beneficiary__qpv"],
        rural=home.rural,
        refused_mentors=frozenset(refusals.get(row["pk"], ())),
        wishes=tuple(wishes.get(row["pk"], ())),
    )


def _mentor(row: dict, places: Mapping, vetting: VettingState) -> MentorProfile:
    place = places[row["volunteer__commune"]]
    return MentorProfile(
        id=str(row["public_id"]),
        capacity=max(0, row["capacity"] - row["held"]),
        lat=place.lat,
        lon=place.lon,
        location_error_km=place.error_km,
        slots=frozenset(row["slots"]) or None,
        languages=frozenset(row["volunteer__languages"]) or None,
        interests=frozenset(row["volunteer__interests"]) or None,
        vetting_valid=_VETTING[vetting],
    )
