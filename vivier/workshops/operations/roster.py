"""The list of a class: people with names, so that each may have a marraine afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.common.text import folded
from vivier.people.matching import Certainty, find_existing
from vivier.people.models import Beneficiary
from vivier.people.operations import create_beneficiaries
from vivier.people.permissions import require_people_management
from vivier.people.records import NewBeneficiary
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.bulk import register_many


@dataclass(frozen=True)
class Enrolled:
    """What a list did: people who were new on file, and places that were new in the session."""

    people: int
    places: int


@operation
def register_class(*, by: Actor, session: Session, people: Sequence[NewBeneficiary]) -> Enrolled:
    """Give places to everybody on the list of a class, all or nobody; who is on file is not created twice.

    Raises NotAllowed, or DomainError: too few seats, a namesake on file whose birth date is unknown.
    """
    controller = session.programme.controller
    require_people_management(by, controller.pk)
    once = {(folded(f"{one.last_name} {one.first_name}"), one.birth_date): one for one in people}
    listed = list(once.values())
    matches = find_existing(controller.pk, listed)
    doubtful = [
        f"{one.first_name} {one.last_name}"
        for one, match in zip(listed, matches, strict=True)
        if match is not None and match.certainty < Certainty.SAME
    ]
    if doubtful:
        raise DomainError(
            f"Une personne du même nom est déjà suivie, sans date de naissance : {', '.join(doubtful)}. "
            "Complétez sa fiche, puis envoyez la liste à nouveau."
        )
    known = [match.pk for match in matches if match is not None]
    new = [one for one, match in zip(listed, matches, strict=True) if match is None]
    rows = [
        *Beneficiary.objects.filter(pk__in=known).order_by("pk"),
        *create_beneficiaries(by=by, controller=controller, people=new),
    ]
    places = register_many(by=by, session=session, beneficiaries=rows, source=Registration.Source.STAFF)
    return Enrolled(people=len(new), places=places)
