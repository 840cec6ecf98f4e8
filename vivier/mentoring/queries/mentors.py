"""The marraines of a programme, and the page of one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import folded, listed, of, plural
from vivier.mentoring.models import Mentor, Onboarding, Pair
from vivier.mentoring.queries.paging import page_of_keys
from vivier.mentoring.queries.pairs import VETTING_TONES, PairRow, pair_rows, read_pairs
from vivier.mentoring.readiness import vetting_state, with_vetting
from vivier.mentoring.transitions import HELD
from vivier.mentoring.vocabulary import PairState, VettingState, mentor_words
from vivier.mentoring.wording import interest_words, slot_words
from vivier.people.models import Vetting
from vivier.people.vocabulary import Language
from vivier.programmes.models import Programme
from vivier.territories.text import search_key

#: A verification that ends within so many days is to be renewed.
SOON = timedelta(days=30)

#: Codes of the addresses: ?verification=…
TO_DO, ENDING, IN_FORCE, REFUSED = "a-faire", "expire-bientot", "verifiee", "refusee"
#: Codes of the addresses: ?place=…
FREE, FULL, PAUSED = "libre", "complet", "pause"


@dataclass(frozen=True)
class MentorFilter:
    """What the list is narrowed to: how a commune's name begins, codes of verification and room, words of a name."""

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


def mentors_page(programme: Programme, wanted: MentorFilter, number: str | None) -> MentorsPage:
    """Return one page of marraines; four queries whatever their number."""
    everyone = Mentor.objects.filter(programme=programme)
    count = everyone.count()
    free = with_free(everyone).aggregate(all=Sum("free_seats"))["all"] or 0
    page = page_of_keys(_narrowed(everyone, wanted).order_by("volunteer__identity__sort_name", "pk"), number)
    words = mentor_words(programme.audience)
    heading = _heading(words, count, free)
    if count and any(vars(wanted).values()):
        heading = f"{plural(page.paginator.count, words.one, words.many)} sur {count} selon ce filtre."
    return MentorsPage(
        page=page,
        rows=mentor_rows(read_mentors(Mentor.objects.filter(pk__in=page.object_list))),
        heading=heading,
        total=count,
    )


def _heading(words, count: int, free: int) -> str:
    if not count:
        return f"Aucune {words.one} pour l’instant." if words.one == "marraine" else "Personne n’accompagne encore."
    rest = "aucune place libre" if not free else plural(free, "place libre", "places libres")
    return f"{plural(count, words.one, words.many)}, {rest}."


def _narrowed(mentors: QuerySet[Mentor], wanted: MentorFilter) -> QuerySet[Mentor]:
    """Return the mentors that a filter keeps; each part of it is computed only where it is asked for."""
    if wanted.vetting in (TO_DO, ENDING, IN_FORCE, REFUSED):
        mentors = _by_vetting(mentors, wanted.vetting, clock.today())
    if wanted.room == PAUSED:
        mentors = mentors.filter(paused_at__isnull=False)
    elif wanted.room in (FREE, FULL):
        is_free = Q(free_seats__gt=0)
        mentors = with_free(mentors).filter(is_free if wanted.room == FREE else ~is_free)
    if city := search_key(wanted.city[:80]):
        mentors = mentors.filter(volunteer__commune__search__startswith=city)
    if search := folded(wanted.search[:80]):
        mentors = mentors.filter(volunteer__identity__sort_name__contains=search)
    return mentors


def _by_vetting(mentors: QuerySet[Mentor], code: str, today: date) -> QuerySet[Mentor]:
    ok = Q(last_outcome=Vetting.Outcome.OK)
    conditions = {
        TO_DO: Q(last_outcome=None) | (ok & Q(last_expiry__lt=today)),
        ENDING: ok & Q(last_expiry__gte=today, last_expiry__lte=today + SOON),
        IN_FORCE: ok & Q(last_expiry__gte=today),
        REFUSED: Q(last_outcome=Vetting.Outcome.NOT_OK),
    }
    return with_vetting(mentors).filter(conditions[code])


@dataclass(frozen=True)
class VettingCounts:
    """Marraines of a programme who do not pause: to verify, to verify again soon; refused ones who accompany."""

    to_do: int
    ending: int
    refused_accompanying: int


def vetting_counts(programme: Programme) -> VettingCounts:
    """Return what verifications ask for today, as the lists that the numbers open tell it; one query."""
    today = clock.today()
    accepted = Pair.objects.filter(mentor=OuterRef("pk"), state=PairState.ACCEPTED)
    kinds = (
        with_vetting(Mentor.objects.filter(programme=programme))
        .annotate(accompanies=Exists(accepted), works=ExpressionWrapper(Q(paused_at=None), BooleanField()))
        .values_list("last_outcome", "last_expiry", "accompanies", "works")
        .annotate(number=Count("pk"))
        .order_by()
    )
    counts = Counter()
    for outcome, expiry, accompanies, works, number in kinds:
        state = vetting_state(outcome, expiry, today)
        if works and state in (VettingState.MISSING, VettingState.EXPIRED):
            counts["to_do"] += number
        elif works and state == VettingState.IN_FORCE and expiry <= today + SOON:
            counts["ending"] += number
        elif accompanies and state == VettingState.REFUSED:
            counts["refused_accompanying"] += number
    return VettingCounts(**{name: counts[name] for name in ("to_do", "ending", "refused_accompanying")})


def with_counts(mentors: QuerySet[Mentor]) -> QuerySet[Mentor]:
    """Return the mentors with `held`, their accepted and locked pairs, and `proposed`, those to decide."""
    return mentors.annotate(
        held=Count("pairs", filter=Q(pairs__state__in=HELD)),
        proposed=Count("pairs", filter=Q(pairs__state=PairState.PROPOSED)),
    )


def with_free(mentors: QuerySet[Mentor]) -> QuerySet[Mentor]:
    """Return those who may be asked (neither in a pause nor refused), with `free_seats`: what they may still take."""
    asked = with_counts(with_vetting(mentors)).filter(paused_at=None).exclude(last_outcome=Vetting.Outcome.NOT_OK)
    return asked.annotate(free_seats=Greatest(F("capacity") - F("held"), 0))


def read_mentors(mentors: QuerySet[Mentor]) -> list[Mentor]:
    """Return the mentors by name, as `mentor_rows` reads them."""
    return list(
        with_counts(with_vetting(mentors))
        .select_related("programme__controller", "volunteer__identity", "volunteer__commune__department")
        .order_by("volunteer__identity__sort_name", "pk")
    )


def mentor_rows(mentors: list[Mentor]) -> list[MentorRow]:
    """Return the lines of mentors read by `read_mentors`; no query."""
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
    onboarding: Onboarding | None

    @property
    def heading(self) -> str:
        name, row = self.row.mentor.volunteer.identity.full_name, self.row
        if row.vetting == VettingState.REFUSED:
            going = sum(one.pair.state == PairState.ACCEPTED for one in self.pairs)
            end = (
                f" : {plural(going, 'accompagnement est à arrêter', 'accompagnements sont à arrêter')}" if going else ""
            )
            return f"La vérification {of(name)} est refusée{end}."
        if row.mentor.paused_at:
            return f"{name} fait une pause."
        if self.onboarding and self.onboarding.missing:
            return f"{name} se prépare : il manque {listed(self.onboarding.missing)}."
        free = "plus de place" if not row.free else plural(row.free, "place libre", "places libres")
        if not row.held:
            return f"{name} n’accompagne encore personne, {free}."
        return f"{name} accompagne {plural(row.held, 'personne', 'personnes')}, {free}."

    @property
    def may_accompany(self) -> bool:
        """Her verification does not forbid it for good."""
        return self.row.vetting != VettingState.REFUSED

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
    found = read_mentors(visible)
    if not found:
        return None
    mentor = found[0]
    vettings = mentor.volunteer.vettings.select_related("recorded_by").order_by("-checked_on", "-pk")
    pairs = read_pairs(Pair.objects.filter(mentor=mentor).exclude(state=PairState.SUPERSEDED))
    onboarding = Onboarding.objects.filter(volunteer=mentor.volunteer_id).select_related("met_by").first()
    return MentorPage(mentor_rows([mentor])[0], list(vettings[:20]), pair_rows(pairs[:100]), onboarding)
