"""The pairs that a run page lists, and everything the page of one pair shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import folded
from vivier.mentoring.models import Invitation, MatchingRun, Pair, PairAlternative
from vivier.mentoring.readiness import vetting_state, why_not_accept
from vivier.mentoring.rights import consent_states
from vivier.mentoring.transitions import LIVE, decisions_from
from vivier.mentoring.vocabulary import ConsentState, Decision, InvitationState, PairState, VettingState
from vivier.mentoring.wording import CELLS, alternative_words, cells, full_reasons, pair_heading, short_reason
from vivier.people.models import Vetting

#: What the coordinator has to decide comes first, what is settled last.
_ORDER = (PairState.PROPOSED, PairState.LOCKED, PairState.ACCEPTED, PairState.REFUSED, PairState.ENDED)
PAIR_TONES = {
    PairState.PROPOSED: "info",
    PairState.LOCKED: "wait",
    PairState.ACCEPTED: "ok",
    PairState.REFUSED: "alert",
}
VETTING_TONES = {
    VettingState.IN_FORCE: "ok",
    VettingState.MISSING: "wait",
    VettingState.EXPIRED: "alert",
    VettingState.REFUSED: "alert",
}
CONSENT_TONES = {ConsentState.GRANTED: "ok", ConsentState.MISSING: "wait", ConsentState.REFUSED: "alert"}


#: Code of the addresses (?etat=…): accepted, and nobody has written to the two people yet.
UNINVITED = "a-inviter"


@dataclass(frozen=True)
class PairFilter:
    """What the list is narrowed to: a site's key ("" all, "sans" unknown), a state, and words of a name."""

    city: str = ""
    state: str = ""
    search: str = ""


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class PairRow:
    """One pair as a line of the list or the head of its page."""

    pair: Pair
    vetting: VettingState
    consent: ConsentState
    #: Why it cannot be accepted now, or "".
    obstacle: str
    decisions: frozenset[Decision]
    tone: str
    is_kept: bool = False
    cells: int = field(init=False)
    of_cells: int = field(default=CELLS, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", cells(self.pair.score))

    @property
    def id(self) -> str:
        return str(self.pair.public_id)

    @property
    def mentor_id(self) -> str:
        return str(self.pair.mentor.public_id)

    @property
    def state(self) -> str:
        return str(self.pair.state)

    @property
    def state_label(self) -> str:
        return self.pair.get_state_display()

    @property
    def mentee_name(self) -> str:
        return self.pair.enrolment.beneficiary.identity.full_name

    @property
    def mentor_name(self) -> str:
        return self.pair.mentor.volunteer.identity.full_name

    @property
    def mentee_detail(self) -> str:
        beneficiary = self.pair.enrolment.beneficiary
        return _joined(beneficiary.get_school_level_display() if beneficiary.school_level else "", self.city)

    @property
    def mentor_detail(self) -> str:
        volunteer = self.pair.mentor.volunteer
        return _joined(volunteer.occupation, volunteer.commune.name if volunteer.commune else "")

    @property
    def notes(self) -> list[str]:
        """What is still to be done, or why the pair was set aside."""
        if self.pair.state == PairState.REFUSED:
            return [self.pair.get_decision_reason_display()]
        if self.pair.state not in LIVE:
            return []
        return [
            *(["une place de plus que ce que cette personne offre : à convenir"] if self.pair.is_extra else []),
            *([str(self.vetting.label)] if self.vetting != VettingState.IN_FORCE else []),
            *([str(self.consent.label)] if self.consent != ConsentState.GRANTED else []),
            *([self.answers_words] if self.pair.state == PairState.ACCEPTED and not self.is_confirmed else []),
        ]

    @property
    def invitation(self) -> Invitation | None:
        """The invitation to this pair, None while nobody was invited."""
        return getattr(self.pair, "invitation", None)

    @property
    def is_confirmed(self) -> bool:
        """Both said yes."""
        return self.invitation is not None and self.invitation.state == InvitationState.CONFIRMED

    @property
    def answers_words(self) -> str:
        """Where the two answers stand."""
        return self.invitation.get_state_display() if self.invitation else "invitations à envoyer"

    @property
    def why(self) -> str:
        return short_reason(self.pair)

    @property
    def reasons(self) -> list[str]:
        return full_reasons(self.pair)

    @property
    def may_accept(self) -> bool:
        return Decision.ACCEPT in self.decisions and not self.obstacle

    @property
    def vetting_tone(self) -> str:
        return VETTING_TONES[self.vetting]

    @property
    def consent_tone(self) -> str:
        return CONSENT_TONES[self.consent]

    @property
    def city(self) -> str:
        site = self.pair.enrolment.site
        return site.commune.name if site else "ville non connue"

    @property
    def can_meet(self) -> bool:
        """Names may be exchanged: accepted, two yeses, verified, authorised."""
        return (
            self.pair.state == PairState.ACCEPTED
            and self.is_confirmed
            and self.vetting == VettingState.IN_FORCE
            and self.consent == ConsentState.GRANTED
        )


def pairs_of(run: MatchingRun, *, is_latest: bool) -> QuerySet[Pair]:
    """Return the pairs of a run: its own; for the last run also those kept from earlier ones, without leftovers."""
    own = Pair.objects.filter(programme_id=run.programme_id)
    if not is_latest:
        return own.filter(run=run)
    return own.filter(Q(state__in=LIVE) | Q(state__in=[PairState.REFUSED, PairState.ENDED], run=run))


def narrowed(pairs: QuerySet[Pair], wanted: PairFilter) -> QuerySet[Pair]:
    """Return the pairs that a filter keeps; unknown codes keep everything."""
    if wanted.city == "sans":
        pairs = pairs.filter(enrolment__site=None)
    elif wanted.city.isdecimal():
        pairs = pairs.filter(enrolment__site=int(wanted.city))
    if wanted.state in PairState.values:
        pairs = pairs.filter(state=wanted.state)
    elif wanted.state == UNINVITED:
        pairs = pairs.filter(state=PairState.ACCEPTED, invitation=None)
    if search := folded(wanted.search[:80]):
        pairs = pairs.filter(
            Q(enrolment__beneficiary__identity__sort_name__contains=search)
            | Q(mentor__volunteer__identity__sort_name__contains=search)
        )
    return pairs


def in_order(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Return the pairs, first those to decide, then by city and name."""
    place = Case(
        *(When(state=state, then=Value(rank)) for rank, state in enumerate(_ORDER)),
        default=Value(len(_ORDER)),
        output_field=IntegerField(),
    )
    return pairs.order_by(
        place,
        F("enrolment__site__position").asc(nulls_last=True),
        "enrolment__beneficiary__identity__sort_name",
        "pk",
    )


def with_people(pairs: QuerySet[Pair]) -> QuerySet[Pair]:
    """Return the pairs with what a line shows of the two people, the last verification included."""
    last = Vetting.objects.filter(volunteer=OuterRef("mentor__volunteer")).order_by("-checked_on", "-pk")
    return pairs.select_related(
        "run",
        "invitation",
        "decided_by",
        "enrolment__site__commune",
        "enrolment__beneficiary__identity",
        "enrolment__beneficiary__commune",
        "mentor__volunteer__identity",
        "mentor__volunteer__commune",
    ).annotate(
        last_outcome=Subquery(last.values("outcome")[:1]),
        last_check=Subquery(last.values("checked_on")[:1]),
        last_expiry=Subquery(last.values("expires_on")[:1]),
    )


def read_pairs(pairs: QuerySet[Pair]) -> list[Pair]:
    """Return the pairs in order, as `pair_rows` reads them."""
    return list(in_order(with_people(pairs)))


def pair_rows(
    pairs: list[Pair], run: MatchingRun | None = None, consents: Mapping[int, ConsentState] | None = None
) -> list[PairRow]:
    """Return the lines of pairs read by `read_pairs`; three queries for all, none where `consents` is given.

    `run`: pairs of other runs are marked as kept from them.
    """
    today = clock.today()
    if consents is None:
        consents = consent_states({pair.enrolment.beneficiary_id for pair in pairs})
    return [
        _row(
            pair,
            vetting_state(pair.last_outcome, pair.last_expiry, today),
            consents[pair.enrolment.beneficiary_id],
            is_kept=run is not None and pair.run_id != run.pk,
        )
        for pair in pairs
    ]


def _row(pair: Pair, vetting: VettingState, consent: ConsentState, *, is_kept: bool) -> PairRow:
    decisions = frozenset(decisions_from(pair.state))
    obstacle = ""
    if Decision.ACCEPT in decisions:
        obstacle = why_not_accept(vetting=vetting, consent=consent, paused=pair.mentor.paused_at is not None)
    return PairRow(pair, vetting, consent, obstacle, decisions, PAIR_TONES.get(pair.state, "info"), is_kept)


@dataclass(frozen=True)
class OtherMentor:
    """A mentor whom she could have met instead."""

    alternative: PairAlternative
    words: str


@dataclass(frozen=True)
class Step:
    """One line of a pair's history."""

    state: str
    at: object
    by: str


@dataclass(frozen=True)
class PairPage:
    """Everything the page of one pair shows."""

    row: PairRow
    others: list[OtherMentor]
    history: list[Step]

    @property
    def heading(self) -> str:
        return pair_heading(self.row.pair, can_meet=self.row.can_meet)

    @property
    def mentee_detail(self) -> str:
        beneficiary = self.row.pair.enrolment.beneficiary
        level = beneficiary.get_school_level_display() if beneficiary.school_level else ""
        return _joined(level, beneficiary.commune.name if beneficiary.commune else "")

    @property
    def is_live(self) -> bool:
        return self.row.pair.state in LIVE

    @property
    def more_others(self) -> int:
        """Other possible mentors that the run weighed and that are not named here."""
        return max(0, self.row.pair.candidate_count - 1 - len(self.others))

    @property
    def decision_heading(self) -> str:
        if self.row.pair.state == PairState.ACCEPTED:
            return "L’accompagnement peut vivre" if self.row.can_meet else "Avant la première rencontre"
        return "Refusée" if self.row.pair.state == PairState.REFUSED else "À vous de décider"


def pair_page(actor: Actor, public_id) -> PairPage | None:
    """Return the page of a pair of a structure where the actor runs the matching, None where there is none."""
    visible = Pair.objects.visible_to(actor, Permission.RUN_MATCHING).filter(public_id=public_id)
    pair = with_people(visible).select_related("programme__controller").first()
    if pair is None:
        return None
    others = pair.alternatives.select_related("mentor__volunteer__identity", "mentor__volunteer__commune").order_by(
        "slack", "rank", "pk"
    )
    return PairPage(
        row=pair_rows([pair])[0],
        others=[OtherMentor(other, alternative_words(other)) for other in others],
        history=_history(pair),
    )


def _history(pair: Pair) -> list[Step]:
    """Return the states a pair went through, the first first; who decided is named, the engine is said to propose."""
    events = pair.events.select_related("decided_by").order_by("pgh_id")
    labels = dict(PairState.choices)
    steps = []
    for event in events:
        if event.decided_at is None:
            steps.append(Step("proposée par l’appariement", event.pgh_created_at, ""))
        else:
            by = event.decided_by.get_short_name() if event.decided_by else ""
            # A proposal that somebody decided is one that she unlocked.
            said = "déverrouillée" if event.state == PairState.PROPOSED else labels[event.state]
            steps.append(Step(said, event.decided_at, by))
    return steps
