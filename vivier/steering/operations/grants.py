"""Grants and their budgets."""

from collections.abc import Sequence
from decimal import Decimal

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.programmes.models import Programme, Site
from vivier.steering.models import Grant, GrantLine


@operation
def record_grant(
    *,
    by: Actor,
    programme: Programme,
    funder: Organisation,
    label: str,
    amount: Decimal,
    sites: Sequence[Site],
    source: str,
    lines: Sequence[tuple[str, Decimal, Decimal | None]] = (),
    quotation: str = "",
    quoted_number: int | None = None,
) -> Grant:
    """Write down a grant, the cities it is for, and its budget as (label, planned, spent).

    Raises NotAllowed, or DomainError: no city, a city of another programme.
    """
    if not by.may(Permission.MANAGE_PROGRAMMES, programme.controller_id):
        raise NotAllowed("Vous ne tenez pas le budget de ce programme.")
    if not sites:
        raise DomainError("Dites pour quelles villes : une subvention ne compte que les siennes.")
    if any(site.programme_id != programme.pk for site in sites):
        raise DomainError("Cette ville n’est pas dans ce programme.")
    grant = Grant.objects.create(
        programme=programme,
        funder=funder,
        label=label,
        amount=amount,
        quotation=quotation,
        quoted_number=quoted_number,
        source=source,
        created_at=clock.now(),
        created_by_id=by.user_id,
    )
    grant.sites.set(sites)
    GrantLine.objects.bulk_create(
        GrantLine(grant=grant, label=text, planned=planned, spent=spent, position=rank)
        for rank, (text, planned, spent) in enumerate(lines, start=1)
    )
    return grant
