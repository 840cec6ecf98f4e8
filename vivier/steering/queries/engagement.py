"""What a structure signed, promised, was asked and gave; and the public page of a charter."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.organisations.models import Organisation
from vivier.programmes.models import Programme
from vivier.steering.models import Answer, Charter, Contribution, Pledge, Signature
from vivier.steering.queries.asks import AnswerRow, GivenRow, contributions_read
from vivier.steering.queries.progress import Evidence, PledgeRow, evidence_of, pledge_rows
from vivier.steering.vocabulary import METRICS, AnswerState


@dataclass(frozen=True)
class Engagement:
    """What a structure signed, promised, was asked and gave."""

    organisation: Organisation
    signatures: list[Signature]
    pledges: list[PledgeRow]
    to_answer: list[AnswerRow]
    answered: list[AnswerRow]

    @property
    def heading(self) -> str:
        """What came of its pledges, in one sentence."""
        rows = [row for row in self.pledges if not row.pledge.withdrawn_at]
        if not rows:
            return "Aucun engagement chiffré pour l’instant."
        if len({row.pledge.metric for row in rows}) > 1:
            kept = sum(not row.remaining for row in rows)
            return f"{plural(kept, 'engagement tenu', 'engagements tenus')} sur {len(rows)}."
        rule = rows[0].rule
        done, target = sum(row.done for row in rows), sum(row.pledge.target for row in rows)
        return f"{rule.counted(done)} {rule.agreed(done, 'donné')}, sur {target} {rule.agreed(target, 'promis')}."


def engagement_heading(pages: Sequence[Engagement]) -> str:
    """Return what the page says first: what is to be answered for any structure, else what the first gave."""
    if to_answer := sum(len(page.to_answer) for page in pages):
        return plural(to_answer, "demande attend votre réponse.", "demandes attendent votre réponse.")
    return pages[0].heading


def engaged_organisations(actor: Actor) -> Sequence[Organisation]:
    """Return the structures for which the actor answers asks, by name."""
    return Organisation.objects.filter(pk__in=actor.controllers(Permission.ANSWER_ASKS)).order_by("name", "pk")


def engagement_of(organisation: Organisation) -> Engagement:
    """Return everything the page "Mon engagement" shows; names are those that the structure itself gave."""
    answers = Answer.objects.filter(organisation=organisation).select_related(
        "ask__programme__controller", "ask__site__commune", "pledge", "organisation"
    )
    answers = answers.prefetch_related(Prefetch("contributions", queryset=contributions_read()))
    rows = list(answers.order_by(F("ask__closed_at").desc(nulls_first=True), "-sent_at", "-pk")[:100])
    is_open = [row for row in rows if row.state == AnswerState.SENT and row.ask.closed_at is None]
    return Engagement(
        organisation=organisation,
        signatures=list(
            Signature.objects.filter(organisation=organisation).select_related("wave__version__charter").order_by("pk")
        ),
        pledges=pledge_rows(Pledge.objects.filter(organisation=organisation)),
        to_answer=[AnswerRow(row, []) for row in is_open],
        answered=[
            AnswerRow(row, [GivenRow(one) for one in row.contributions.all()])
            for row in rows
            if row.state != AnswerState.SENT
        ],
    )


@dataclass(frozen=True)
class EvidenceRow:
    """One record that a pledge counts, without anybody's name; `url`: where who asked follows it, "" for others."""

    evidence: Evidence
    contribution: Contribution
    url: str

    @property
    def what(self) -> str:
        return METRICS[self.contribution.answer.ask.metric].counted_done(self.evidence.quantity)

    @property
    def programme(self) -> Programme:
        return self.contribution.answer.ask.programme


@dataclass(frozen=True)
class PledgePage:
    """A pledge and the records that it counts: their quantities add up to what is done."""

    row: PledgeRow
    records: list[EvidenceRow]


def pledge_page(actor: Actor, public_id) -> PledgePage | None:
    """Return the page of a pledge for its structure and for who holds its plan, None for others."""
    own = Q(organisation__in=actor.controllers(Permission.ANSWER_ASKS))
    held = Q(plan__organisation__in=actor.controllers(Permission.MANAGE_PLANS))
    pledge = Pledge.objects.filter(own | held, public_id=public_id).select_related("organisation", "plan").first()
    if pledge is None:
        return None
    found = evidence_of([pledge])
    contributions = Contribution.objects.select_related("answer__ask__programme__controller")
    contributions = contributions.in_bulk({one.contribution_id for one in found})
    records = [_evidence_row(actor, one, contributions[one.contribution_id]) for one in found]
    return PledgePage(PledgeRow(pledge, sum(one.quantity for one in found)), records)


def _evidence_row(actor: Actor, evidence: Evidence, contribution: Contribution) -> EvidenceRow:
    ask = contribution.answer.ask
    follows = actor.may(Permission.ASK_PARTNERS, ask.programme.controller_id)
    return EvidenceRow(evidence, contribution, reverse("steering:ask", args=[ask.public_id]) if follows else "")


@dataclass(frozen=True)
class SignatoryRow:
    """One signature, and the numbered pledges of its structure in the charter's plan."""

    signature: Signature
    pledges: list[PledgeRow]

    @property
    def today(self) -> str:
        """The structure's present name, where it is another one."""
        name = self.signature.organisation.name
        return name if name != self.signature.name else ""


@dataclass(frozen=True)
class CharterPage:
    """A charter, who signed it and when, and the pledges of partners who did not sign."""

    charter: Charter
    waves: list[tuple]
    others: list[PledgeRow]
    signatories: int


def charter_page(slug: str) -> CharterPage | None:
    """Return the public page of a charter, None where there is none; five queries."""
    charter = Charter.objects.filter(slug=slug).select_related("plan").first()
    if charter is None:
        return None
    signatures = list(
        Signature.objects.filter(wave__version__charter=charter)
        .select_related("wave__version", "organisation")
        .order_by("wave__version__number", "wave__position", "position")
    )
    pledges = pledge_rows(Pledge.objects.filter(plan=charter.plan, withdrawn_at=None))
    by_organisation: dict[int, list[PledgeRow]] = {}
    for row in pledges:
        by_organisation.setdefault(row.pledge.organisation_id, []).append(row)
    waves: dict[int, tuple] = {}
    for one in signatures:
        _, rows = waves.setdefault(one.wave_id, (one.wave, []))
        rows.append(SignatoryRow(one, by_organisation.get(one.organisation_id, [])))
    signed = {one.organisation_id for one in signatures}
    return CharterPage(
        charter=charter,
        waves=list(waves.values()),
        others=[row for row in pledges if row.pledge.organisation_id not in signed],
        signatories=len(signatures),
    )
