"""The charter that the sources of the project describe, and pledges."""

import tomllib
from datetime import date
from importlib import resources

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.programmes.models import Plan
from vivier.steering.models import Charter, CharterVersion, Pledge, Signature, Wave
from vivier.territories.models import Commune


@operation
def load_charter(*, by: Actor, plan: Plan) -> Charter:
    """Write the shipped charter, its two waves and their 34 signatories; again, it changes nothing.

    Raises NotAllowed: only the system loads what is shipped.
    """
    if not by.is_system:
        raise NotAllowed("Seule l’installation charge les chartes livrées avec Vivier.")
    facts = tomllib.loads(resources.files("vivier.steering").joinpath("data", "charter.toml").read_text("utf-8"))
    charter, is_new = Charter.objects.get_or_create(slug=facts["slug"], defaults={"plan": plan, "name": facts["name"]})
    if not is_new:
        return charter
    version = CharterVersion.objects.create(
        charter=charter, number=1, adopted=facts["adopted"], summary=facts["summary"], source=facts["source"]
    )
    for number, wave in enumerate(facts["waves"], start=1):
        row = Wave.objects.create(version=version, position=number, signed=wave["signed"], source=facts["source"])
        for rank, one in enumerate(wave["signatures"], start=1):
            names = {"name": one.get("today", one["name"]), "kind": one["kind"]}
            organisation, _ = Organisation.objects.get_or_create(slug=one["slug"], defaults=names)
            Signature.objects.create(wave=row, organisation=organisation, name=one["name"], position=rank)
    return charter


@operation
def record_pledge(
    *,
    by: Actor,
    plan: Plan,
    organisation: Organisation,
    metric: str,
    target: int,
    wording: str,
    source: str,
    commune: Commune | None = None,
    due_on: date | None = None,
) -> Pledge:
    """Write down what a structure promised, as it said it.

    Raises NotAllowed: the structure itself, or the one that holds the plan.
    """
    if not any(by.may(Permission.ANSWER_ASKS, pk) for pk in (organisation.pk, plan.organisation_id)):
        raise NotAllowed("Un engagement est noté par la structure qui le prend, ou par celle qui porte le plan.")
    return Pledge.objects.create(
        plan=plan,
        organisation=organisation,
        metric=metric,
        target=target,
        wording=wording,
        source=source,
        commune=commune,
        due_on=due_on,
        stated_at=clock.now(),
        stated_by_id=by.user_id,
    )


@operation
def withdraw_pledge(*, by: Actor, pledge: Pledge) -> Pledge:
    """Take a pledge back: it stays readable, and no ask calls it in. Raises NotAllowed."""
    if not by.may(Permission.ANSWER_ASKS, pledge.organisation_id):
        raise NotAllowed("Seule la structure qui s’est engagée peut retirer son engagement.")
    if pledge.withdrawn_at is None:
        pledge.withdrawn_at, pledge.withdrawn_by_id = clock.now(), by.user_id
        pledge.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return pledge
