"""What this room holds about somebody: her part in programmes, what she offers, her accompaniments; nobody is named."""

from collections.abc import Iterable

from django.db.models import Count

from vivier.mentoring.models import Mentor, Onboarding, Pair
from vivier.mentoring.vocabulary import InvitationState, PairState, Side
from vivier.people.extensions import Held, Profiles, Record
from vivier.people.vocabulary import Slot
from vivier.programmes.models import Enrolment

_PART = {
    "programme": "Programme",
    "ville": "Ville",
    "creneaux": "Créneaux",
    "voeux": "Vœux notés",
    "sans_accompagnement": "Ne souhaite pas d’accompagnement depuis",
    "inscrite_le": "Depuis",
}
_OFFER = {
    "programme": "Programme",
    "places": "Places offertes",
    "creneaux": "Créneaux",
    "en_pause_depuis": "En pause depuis",
    "inscrite_le": "Depuis",
}
_READY = {"charte_signee_le": "Charte signée le", "formee_le": "Formation suivie le", "entretien_le": "Entretien le"}
_PAIR = {
    "programme": "Programme",
    "etat": "La proposition est",
    "creneaux": "Créneaux communs",
    "depuis": "Depuis",
    "ma_reponse": "Ma réponse",
}


def own_data(profiles: Profiles) -> Iterable[tuple[Record, Held]]:
    """Yield programmes and accompaniments of a person, offers and accompaniments of a volunteer."""
    if profiles.beneficiaries:
        parts = list(
            Enrolment.objects.filter(beneficiary__in=profiles.beneficiaries)
            .select_related("programme", "site__commune")
            .annotate(wish_count=Count("wishes"))
            .order_by("pk")
        )
        pairs = _pairs(enrolment__in=parts)
        for record in profiles.beneficiaries:
            own = [row for row in parts if row.beneficiary_id == record.pk]
            keys = {row.pk for row in own}
            yield record, Held("programmes", "Programmes", _PART, [_part(row) for row in own])
            yield record, _accompaniments(Side.MENTEE, (pair for pair in pairs if pair.enrolment_id in keys))
    if profiles.volunteers:
        offers = list(
            Mentor.objects.filter(volunteer__in=profiles.volunteers).select_related("programme").order_by("pk")
        )
        onboardings = list(Onboarding.objects.filter(volunteer__in=profiles.volunteers).order_by("pk"))
        pairs = _pairs(mentor__in=offers)
        for record in profiles.volunteers:
            own = [row for row in offers if row.volunteer_id == record.pk]
            keys = {row.pk for row in own}
            ready = [_ready(row) for row in onboardings if row.volunteer_id == record.pk]
            yield record, Held("offres", "Ce que je propose", _OFFER, [_offer(row) for row in own])
            yield record, Held("preparation", "Préparation", _READY, ready)
            yield record, _accompaniments(Side.MENTOR, (pair for pair in pairs if pair.mentor_id in keys))


def _pairs(**wanted) -> list[Pair]:
    """Return those that were accepted: nobody is told of a proposal before."""
    rows = Pair.objects.filter(**wanted, state__in=[PairState.ACCEPTED, PairState.ENDED])
    return list(rows.select_related("programme", "invitation").order_by("pk"))


def _accompaniments(side: Side, pairs: Iterable[Pair]) -> Held:
    return Held("accompagnements", "Accompagnements", _PAIR, [_pair(side, pair) for pair in pairs])


def _slots(codes) -> list[str]:
    return [Slot(code).label for code in codes]


def _part(row: Enrolment) -> dict:
    return {
        "programme": row.programme.name,
        "ville": row.site.commune.name if row.site else "",
        "creneaux": _slots(row.slots),
        "voeux": row.wish_count,
        "sans_accompagnement": row.opted_out_at,
        "inscrite_le": row.created_at,
    }


def _offer(row: Mentor) -> dict:
    return {
        "programme": row.programme.name,
        "places": row.capacity,
        "creneaux": _slots(row.slots),
        "en_pause_depuis": row.paused_at,
        "inscrite_le": row.created_at,
    }


def _ready(row: Onboarding) -> dict:
    return {"charte_signee_le": row.charter_signed_at, "formee_le": row.trained_at, "entretien_le": row.met_on}


def _pair(side: Side, pair: Pair) -> dict:
    """Return an accompaniment as one side may read it: never why it ended, never what the other answered."""
    invitation = getattr(pair, "invitation", None)
    return {
        "programme": pair.programme.name,
        "etat": pair.get_state_display(),
        "creneaux": _slots(pair.common_slots),
        "depuis": pair.decided_at,
        "ma_reponse": _own_answer(side, invitation.state) if invitation else "",
    }


def _own_answer(side: Side, state: str) -> str:
    if state in (InvitationState.CONFIRMED, f"{side}_yes"):
        return "oui"
    return "non" if state == f"{side}_no" else ""
