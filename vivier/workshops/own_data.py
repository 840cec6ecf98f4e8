"""What this room holds about somebody: her places. The adult who welcomes and whoever signed her up are not named."""

from collections.abc import Iterable

from vivier.people.extensions import Held, Profiles, Record
from vivier.workshops import words
from vivier.workshops.models import Registration

_LABELS = {
    "seance": "Séance",
    "programme": "Programme",
    "quand": "Quand",
    "ou": "Où",
    "etat": "État de la place",
    "inscription": "Inscription",
    "inscrite_le": "Le",
    "presence": "Présence",
    "presence_notee_le": "Présence notée le",
}
_ATTENDED = {True: "oui", False: "non", None: "non notée"}


def own_data(profiles: Profiles) -> Iterable[tuple[Record, Held]]:
    """Yield her places, the first first; one query."""
    if not profiles.beneficiaries:
        return
    rows = list(
        Registration.objects.filter(beneficiary__in=profiles.beneficiaries)
        .select_related("session__programme", "session__site__commune")
        .order_by("session__starts_at", "pk")
    )
    for record in profiles.beneficiaries:
        yield (
            record,
            Held("seances", "Séances", _LABELS, [_place(row) for row in rows if row.beneficiary_id == record.pk]),
        )


def _place(row: Registration) -> dict:
    return {
        "seance": row.session.title,
        "programme": row.session.programme.name,
        "quand": words.when(row.session),
        "ou": words.where(row.session),
        "etat": row.get_state_display(),
        "inscription": row.get_source_display(),
        "inscrite_le": row.registered_at,
        "presence": _ATTENDED[row.attended],
        "presence_notee_le": row.attendance_at,
    }
