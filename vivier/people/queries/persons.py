"""The page of one person, for the staff who follow her."""

from dataclasses import dataclass
from datetime import date, datetime

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.people.consent_rules import Band, age_on, band_on, next_hand_over
from vivier.people.extensions import Panel, person_panels
from vivier.people.models import Beneficiary, Consent, Guardian, GuardianClaim
from vivier.people.queries.consents import AnswerView, Latest, PurposeView, answer_view, purposes_for


@dataclass(frozen=True)
class GuardianView:
    """A guardian of a beneficiary: how to reach her, when she was asked, and whether staff have vouched for her."""

    guardian: Guardian
    origin: str
    is_only_declared: bool
    asked_at: datetime | None
    has_answered: bool


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of a person shows; `history` holds every answer, the newest first."""

    beneficiary: Beneficiary
    age: int | None
    band: Band
    hand_over: date | None
    guardians: list[GuardianView]
    claims: list[GuardianClaim]
    purposes: list[PurposeView]
    history: list[AnswerView]
    panels: list[Panel]

    @property
    def is_minor(self) -> bool:
        return self.band != Band.ADULT


def person_page(actor: Actor, beneficiary: Beneficiary) -> PersonPage:
    """Return the page of a beneficiary whom the actor may read."""
    today, identity = clock.today(), beneficiary.identity
    guardianships = list(beneficiary.guardianships.select_related("guardian").order_by("pk"))
    consents = list(Consent.objects.filter(beneficiary=beneficiary).order_by("-answered_at", "-pk"))
    latest: Latest = {}
    for consent in consents:
        latest.setdefault((consent.purpose, consent.guardian_id), consent)
    names = {row.guardian_id: row.guardian.full_name for row in guardianships}
    answered = {consent.guardian_id for consent in consents}
    return PersonPage(
        beneficiary=beneficiary,
        age=age_on(identity.birth_date, today) if identity.birth_date else None,
        band=band_on(identity.birth_date, today),
        hand_over=next_hand_over(identity.birth_date, today),
        guardians=[
            GuardianView(
                guardian=row.guardian,
                origin=row.get_origin_display(),
                is_only_declared=row.origin == row.Origin.SIGN_UP,
                asked_at=row.asked_at,
                has_answered=row.guardian_id in answered,
            )
            for row in guardianships
        ],
        claims=list(beneficiary.guardian_claims.order_by("pk")),
        purposes=purposes_for(beneficiary, None, latest),
        history=[answer_view(consent, names, identity.first_name, today) for consent in consents],
        panels=[panel for make in person_panels if (panel := make(actor, beneficiary)) is not None],
    )
