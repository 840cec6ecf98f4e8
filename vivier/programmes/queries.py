"""What the structure that holds a plan reads of the programmes in it."""

from dataclasses import dataclass

from django.db.models import Prefetch

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.programmes.models import Plan, Programme
from vivier.programmes.vocabulary import Attachment

_TONES = {Attachment.PROPOSED: "wait", Attachment.ACCEPTED: "ok", Attachment.REFUSED: "info"}


@dataclass(frozen=True)
class AttachedRow:
    """A programme that is, or would be, on an axis of a plan."""

    programme: Programme

    @property
    def is_to_decide(self) -> bool:
        return self.programme.attachment == Attachment.PROPOSED

    @property
    def is_accepted(self) -> bool:
        return self.programme.attachment == Attachment.ACCEPTED

    @property
    def tone(self) -> str:
        return _TONES[self.programme.attachment]


@dataclass(frozen=True)
class HeldPlan:
    """A plan and its programmes, those to decide first."""

    plan: Plan
    rows: list[AttachedRow]

    @property
    def to_decide(self) -> int:
        return sum(row.is_to_decide for row in self.rows)


def plans_held(actor: Actor) -> list[HeldPlan]:
    """Return the plans of the structures for which the actor decides; two queries."""
    plans = Plan.objects.filter(organisation__in=actor.controllers(Permission.MANAGE_PLANS))
    programmes = Programme.objects.select_related("controller", "axis").order_by("axis__position", "name", "pk")
    plans = plans.select_related("organisation").prefetch_related(
        Prefetch("axes__programmes", queryset=programmes, to_attr="attached")
    )
    found = []
    for plan in plans.order_by("name", "pk"):
        rows = [AttachedRow(one) for axis in plan.axes.all() for one in axis.attached]
        rows.sort(key=lambda row: (not row.is_to_decide, row.programme.axis.position, row.programme.name))
        found.append(HeldPlan(plan, rows))
    return found


def plans_heading(held: list[HeldPlan]) -> str:
    """Return what the page says first: what is to be decided, else how many programmes there are."""
    if to_decide := sum(one.to_decide for one in held):
        plan = "d’un de vos plans" if len(held) > 1 else "du plan"
        return f"{plural(to_decide, 'programme demande', 'programmes demandent')} à faire partie {plan}."
    plan = "de vos plans" if len(held) > 1 else "du plan"
    count = sum(row.is_accepted for one in held for row in one.rows)
    return f"{plural(count, 'programme fait', 'programmes font')} partie {plan}, rien à décider."
