"""The marraines of a programme, the page of one, and what each home shows of an accompaniment."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import folded, listed, plural
from vivier.mentoring.models import Mentor, Pair
from vivier.mentoring.queries.pairs import VETTING_TONES, PairRow, in_order, pair_rows
from vivier.mentoring.readiness import vetting_state, with_vetting
from vivier.mentoring.transitions import HELD
from vivier.mentoring.vocabulary import PairState, VettingState, mentor_words
from vivier.mentoring.wording import interest_words, slot_words
from vivier.people.models import Vetting
from vivier.people.vocabulary import Language
from vivier.programmes.models import Programme

PAGE = 50
#: A verification that ends within so many days is to be renewed.
SOON = timedelta(days=30)

#: Codes of the addresses: ?verification=…
TO_DO, ENDING, IN_FORCE, REFUSED = "a-faire", "expire-bientot", "verifiee", "refusee"
#: Codes of the addresses: ?place=…
FREE, FULL, PAUSED = "libre", "complet", "pause"


@dataclass(frozen=True)
class MentorFilter:
    """What the list is narrowed to: a commune's name, a verification code, a capacity code, words of a name."""

    city: str = ""
    vetting: str = ""
    room: str = ""
    search: str = ""


@dataclass(frozen=True)
class MentorRow:
    """One marraine as a line; `held` counts her accepted and locked pairs, `proposed` those to decide."""

    mentor: Mentor
    vetting: VettingState
    ends_soon: bool
    held: int
    proposed: int

    @property
    def tone(self) -> str:
        return "wait" if self.ends_soon else VETTING_TONES[self.vetting]

    @property
    def vetting_words(self) -> str:
        if self.ends_soon:
            return f"à renouveler avant le {self.mentor.last_expiry:%d/%m/%Y}"
        return self.vetting.label

    @property
    def free(self) -> int:
        return max(0, self.mentor.capacity - self.held)

    @property
    def slots(self) -> str:
        return slot_words(self.mentor.slots)


@dataclass(frozen=True)
class MentorsPage:
    """The list of a programme's marraines, narrowed, and what the whole programme has."""

    page: Page
    rows: list[MentorRow]
    heading: str
    total: int
    cities: list[str]


def mentors_page(programme: Programme, wanted: MentorFilter, number: str | None) -> MentorsPage:
    """Return one page of marraines; five queries whatever their number."""
    everyone = Mentor.objects.filter(programme=programme)
    totals = everyone.aggregate(
        count=Count("pk"), seats=Sum("capacity", filter=Q(paused_at=None)), active=Count("pk", filter=Q(paused_at=None))
    )
    held = Pair.objects.filter(programme=programme, state__in=HELD, mentor__paused_at=None).count()
    cities = list(
        everyone.order_by("volunteer__commune__name")
        .values_list("volunteer__commune__name", flat=True)
        .distinct()
        .exclude(volunteer__commune=None)
    )
    page = Paginator(_listed(_narrowed(everyone, wanted)), PAGE).get_page(number)
    words = mentor_words(programme.audience)
    return MentorsPage(
        page=page,
        rows=mentor_rows(list(page)),
        heading=_heading(words, totals["count"], max(0, (totals["seats"] or 0) - held)),
        total=totals["count"],
        cities=cities,
    )


def _heading(words, count: int, free: int) -> str:
    if not count:
        return f"Aucune {words.one} pour l’instant." if words.one == "marraine" else "Personne n’accompagne encore."
    rest = "aucune place libre" if not free else plural(free, "place libre", "places libres")
    return f"{plural(count, words.one, words.many)}, {rest}."


def _narrowed(mentors: QuerySet[Mentor], wanted: MentorFilter) -> QuerySet[Mentor]:
    today = clock.today()
    mentors = with_vetting(mentors).annotate(
        held=Count("pairs", filter=Q(pairs__state__in=HELD)),
        proposed=Count("pairs", filter=Q(pairs__state=PairState.PROPOSED)),
    )
    ok = Q(last_outcome=Vetting.Outcome.OK)
    by_vetting = {
        TO_DO: Q(last_outcome=None) | (ok & Q(last_expiry__lt=today)),
        ENDING: ok & Q(last_expiry__gte=today, last_expiry__lte=today + SOON),
        IN_FORCE: ok & Q(last_expiry__gte=today),
        REFUSED: Q(last_outcome=Vetting.Outcome.NOT_OK),
    }
    by_room = {
        FREE: Q(paused_at=None, held__lt=F("capacity")),
        FULL: Q(paused_at=None, held__gte=F("capacity")),
        PAUSED: Q(paused_at__isnull=False),
    }
    mentors = mentors.filter(by_vetting.get(wanted.vetting, Q()), by_room.get(wanted.room, Q()))
    if wanted.city:
        mentors = mentors.filter(volunteer__commune__name=wanted.city)
    if search := folded(wanted.search[:80]):
        mentors = mentors.filter(volunteer__identity__sort_name__contains=search)
    return mentors


def _listed(mentors: QuerySet[Mentor]) -> QuerySet[Mentor]:
    return mentors.select_related("volunteer__identity", "volunteer__commune").order_by(
        "volunteer__identity__sort_name", "pk"
    )


def mentor_rows(mentors: list[Mentor]) -> list[MentorRow]:
    """Return the lines of mentors annotated as the list does; no query."""
    today = clock.today()
    return [_row(mentor, today) for mentor in mentors]


def _row(mentor: Mentor, today: date) -> MentorRow:
    state = vetting_state(mentor.last_outcome, mentor.last_expiry, today)
    soon = state == VettingState.IN_FORCE and mentor.last_expiry <= today + SOON
    return MentorRow(mentor, state, soon, mentor.held, mentor.proposed)


@dataclass(frozen=True)
class MentorPage:
    """Everything the page of one marraine shows."""

    row: MentorRow
    vettings: list[Vetting]
    pairs: list[PairRow]

    @property
    def heading(self) -> str:
        name, row = self.row.mentor.volunteer.identity.full_name, self.row
        if row.mentor.paused_at:
            return f"{name} fait une pause."
        free = "plus de place" if not row.free else plural(row.free, "place libre", "places libres")
        if not row.held:
            return f"{name} n’accompagne encore personne, {free}."
        return f"{name} accompagne {plural(row.held, 'personne', 'personnes')}, {free}."

    @property
    def facts(self) -> list[dict]:
        """What is known of her, for the component "definitions"."""
        volunteer = self.row.mentor.volunteer
        commune = volunteer.commune
        return [
            {"term": "Métier", "value": volunteer.occupation},
            {"term": "Entreprise ou structure", "value": volunteer.employer},
            {"term": "Commune", "value": f"{commune.name} ({commune.department.code})" if commune else ""},
            {"term": "Domaines", "value": interest_words(volunteer.interests)},
            {"term": "Langues", "value": listed([Language(code).label for code in volunteer.languages])},
            {"term": "Adresse e-mail", "value": volunteer.identity.email},
            {"term": "Téléphone", "value": volunteer.identity.phone},
        ]


def mentor_page(actor: Actor, public_id) -> MentorPage | None:
    """Return the page of a marraine of a structure whose people the actor sees, None where there is none."""
    visible = Mentor.objects.visible_to(actor, Permission.VIEW_PEOPLE).filter(public_id=public_id)
    mentor = (
        _listed(_narrowed(visible, MentorFilter()))
        .select_related("programme__controller", "volunteer__identity", "volunteer__commune__department")
        .first()
    )
    if mentor is None:
        return None
    vettings = mentor.volunteer.vettings.select_related("recorded_by").order_by("-checked_on", "-pk")
    pairs = in_order(Pair.objects.filter(mentor=mentor).exclude(state=PairState.SUPERSEDED))
    return MentorPage(mentor_rows([mentor])[0], list(vettings[:20]), pair_rows(list(pairs[:100])))


# --- Homes ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Accompaniment:
    """One of her filleules, as a marraine sees her: never a private address.

    `is_open` False: something is still to be done (`pending`, a sentence) before she is told who it is.
    """

    pair: Pair
    name: str
    school_level: str
    slots: str
    is_open: bool
    pending: str


@dataclass(frozen=True)
class MentorHome:
    """What a marraine sees of one programme."""

    row: MentorRow
    accompaniments: list[Accompaniment]

    @property
    def mentor(self) -> Mentor:
        return self.row.mentor

    @property
    def held_words(self) -> str:
        if not self.mentor.capacity:
            return "Aucune place pour l’instant."
        taken = f"dont {self.row.held} prise{'s' if self.row.held > 1 else ''}"
        return f"{plural(self.mentor.capacity, 'place', 'places')}, {taken}."


def mentor_homes(actor: Actor) -> list[MentorHome]:
    """Return what a signed-in marraine sees, one home per programme; five queries at most."""
    if actor.user_id is None:
        return []
    own = Mentor.objects.filter(volunteer__user=actor.user_id)
    mentors = list(
        _narrowed(own, MentorFilter())
        .select_related("programme__controller__commune", "volunteer__identity", "volunteer__commune")
        .order_by("-created_at", "pk")
    )
    pairs = in_order(Pair.objects.filter(mentor__in=mentors, state=PairState.ACCEPTED))
    rows = pair_rows(list(pairs))
    return [
        MentorHome(row, [_accompaniment(one) for one in rows if one.pair.mentor_id == row.mentor.pk])
        for row in mentor_rows(mentors)
    ]


def _accompaniment(row: PairRow) -> Accompaniment:
    beneficiary = row.pair.enrolment.beneficiary
    if not row.can_meet:
        checked = row.vetting == VettingState.IN_FORCE
        pending = (
            "Une autorisation est à recueillir : vous saurez qui vous attend dès qu’elle sera donnée."
            if checked
            else "Votre vérification est à faire ou à renouveler : la structure vous dira comment."
        )
        return Accompaniment(row.pair, "", "", "", False, pending)
    return Accompaniment(
        row.pair,
        beneficiary.identity.short_name,
        beneficiary.get_school_level_display() if beneficiary.school_level else "",
        slot_words(row.pair.common_slots),
        True,
        "",
    )


@dataclass(frozen=True)
class OwnMentor:
    """What a beneficiary, or her guardian, reads about her marraine in one programme.

    `is_open` False: she has one, and is told who when what `pending` says is done.
    """

    programme: str
    is_open: bool
    pending: str
    first_name: str
    occupation: str
    commune: str
    slots: str
    checked_on: date | None
    checked_until: date | None


def own_mentors(beneficiary_ids) -> dict[int, list[OwnMentor]]:
    """Return the marraines of beneficiaries, by beneficiary: first name, occupation, how verified; three queries."""
    pairs = in_order(
        Pair.objects.filter(enrolment__beneficiary__in=list(beneficiary_ids), state=PairState.ACCEPTED)
    ).select_related("programme")
    found: dict[int, list[OwnMentor]] = {}
    for row in pair_rows(list(pairs)):
        found.setdefault(row.pair.enrolment.beneficiary_id, []).append(_own_mentor(row))
    return found


def _own_mentor(row: PairRow) -> OwnMentor:
    pair, volunteer = row.pair, row.pair.mentor.volunteer
    if not row.can_meet:
        pending = (
            "Une marraine est trouvée. La rencontre attend une autorisation."
            if row.vetting == VettingState.IN_FORCE
            else "Une marraine est trouvée. Sa vérification est en cours."
        )
        return OwnMentor(pair.programme.name, False, pending, "", "", "", "", None, None)
    return OwnMentor(
        programme=pair.programme.name,
        is_open=True,
        pending="",
        first_name=volunteer.identity.first_name,
        occupation=volunteer.occupation,
        commune=volunteer.commune.name if volunteer.commune else "",
        slots=slot_words(pair.common_slots),
        checked_on=pair.last_check,
        checked_until=pair.last_expiry,
    )
