"""What a partner announces in the register of all partners."""

from vivier.common import audit, clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.programmes.models import Enrolment, Plan
from vivier.steering.models import PartnerAction
from vivier.steering.partial_dates import PartialDate
from vivier.steering.queries import names_somebody
from vivier.steering.queries.register import partners_among, plans_of
from vivier.territories.models import Commune


@operation
def announce_action(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    title: str,
    kind: str,
    when: PartialDate,
    commune: Commune | None = None,
    is_public: bool = False,
    url: str = "",
) -> PartnerAction:
    """Write an action in the register; the same again is once.

    Raises NotAllowed: not hers, or no partner's; DomainError: its title names somebody whom the structure serves.
    """
    _require(by, organisation)
    _refuse_names(organisation, title)
    # Two presses wait for each other here, so that the second one finds what the first one wrote.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if not plans_of([organisation.pk]).filter(pk=plan.pk).exists():
        raise NotAllowed("Votre structure n’est pas partenaire de ce plan.")
    same = PartnerAction.objects.filter(
        plan=plan, organisation=organisation, title=title, kind=kind, commune=commune, cancelled_at=None
    )
    if found := same.filter(starts_on=when.first, precision=when.precision).order_by("pk").first():
        return found
    return PartnerAction.objects.create(
        plan=plan,
        organisation=organisation,
        title=title,
        kind=kind,
        commune=commune,
        is_public=is_public,
        url=url,
        created_at=clock.now(),
        created_by_id=by.user_id,
        **_days(when),
    )


@operation
def change_action(*, by: Actor, action: PartnerAction, when: PartialDate, **columns) -> PartnerAction:
    """Change an action. Raises NotAllowed, or DomainError: cancelled, its title names somebody."""
    action = _locked(by, action)
    _refuse_names(action.organisation, columns.get("title", ""))
    if action.cancelled_at is not None:
        raise DomainError("Cette action est annulée : annoncez-en une autre.")
    changes = columns | _days(when)
    for column, value in changes.items():
        setattr(action, column, value)
    action.save(update_fields=list(changes))
    return action


@operation
def cancel_action(*, by: Actor, action: PartnerAction) -> PartnerAction:
    """Cancel an action: the register and the calendars strike it out; twice is once. Raises NotAllowed."""
    action = _locked(by, action)
    if action.cancelled_at is None:
        action.cancelled_at, action.cancelled_by_id = clock.now(), by.user_id
        action.save(update_fields=["cancelled_at", "cancelled_by"])
    return action


@operation
def record_export(*, by: Actor, plan: Plan, count: int) -> None:
    """Write in the journal that the register of a plan left the house. Raises NotAllowed."""
    own = by.controllers(Permission.ANSWER_ASKS) | by.controllers(Permission.MANAGE_PLANS)
    partners = partners_among(plan, own)
    if not partners:
        raise NotAllowed("Votre structure n’est pas partenaire de ce plan.")
    for one in partners:
        audit.record(
            by=by, action="steering.export_register", controller_id=one.pk, about=audit.about(plan), count=count
        )


def _refuse_names(organisation: Organisation, title: str) -> None:
    """Raise DomainError where a title names somebody whom the structure serves: other structures read it."""
    if names_somebody(Enrolment.objects.filter(programme__controller=organisation), title):
        raise DomainError("Ce titre nomme une personne accompagnée : retirez son nom.")


def _days(when: PartialDate) -> dict:
    return {"starts_on": when.first, "ends_on": when.last, "precision": when.precision}


def _locked(by: Actor, action: PartnerAction) -> PartnerAction:
    action = PartnerAction.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=action.pk)
    _require(by, action.organisation)
    return action


def _require(by: Actor, organisation: Organisation) -> None:
    if not by.may(Permission.ANSWER_ASKS, organisation.pk):
        raise NotAllowed("Vous ne pouvez rien annoncer au nom de cette structure.")
