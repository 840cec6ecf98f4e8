"""The page of a mentee's wishes: those noted, and the marraines that a search finds."""

from dataclasses import dataclass

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.common.text import folded
from vivier.mentoring.models import Mentor
from vivier.programmes.models import Enrolment

_MOST_FOUND = 10


@dataclass(frozen=True)
class WishesPage:
    """Her wishes in order, and whom the search found beside them. `is_cut`: it found more than is shown."""

    enrolment: Enrolment
    wished: list[Mentor]
    found: list[Mentor]
    is_cut: bool

    @property
    def name(self) -> str:
        return self.enrolment.beneficiary.identity.full_name

    @property
    def heading(self) -> str:
        if not self.wished:
            return f"{self.name} n’a demandé personne en particulier."
        return f"{self.name} a demandé {self.wished[0].volunteer.identity.full_name}."


def wishes_page(actor: Actor, public_id, search: str) -> WishesPage | None:
    """Return the page of an enrolment of a structure where the actor runs the matching, None where there is none."""
    enrolment = (
        Enrolment.objects.visible_to(actor, Permission.RUN_MATCHING)
        .filter(public_id=public_id)
        .select_related("programme__controller", "beneficiary__identity")
        .first()
    )
    if enrolment is None:
        return None
    mentors = Mentor.objects.filter(programme=enrolment.programme_id)
    mentors = mentors.select_related("volunteer__identity", "volunteer__commune")
    wished = list(mentors.filter(wished_by__enrolment=enrolment).order_by("wished_by__pk"))
    found: list[Mentor] = []
    if words := folded(search[:80]):
        found = list(
            mentors.filter(volunteer__identity__sort_name__contains=words)
            .exclude(pk__in=[mentor.pk for mentor in wished])
            .order_by("volunteer__identity__sort_name", "pk")[: _MOST_FOUND + 1]
        )
    return WishesPage(enrolment, wished, found[:_MOST_FOUND], is_cut=len(found) > _MOST_FOUND)
