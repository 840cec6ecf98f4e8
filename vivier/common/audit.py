"""The audit journal: who did what to which object, without names."""

from django.db.models import Model

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.models import AuditEntry

#: action → how the journal page says it. A test finds the actions that rooms record and are missing here.
LABELS: dict[str, str] = {
    "sign_in": "connexion",
    "sign_out": "déconnexion",
    "sign_in_refused": "code de connexion refusé",
    "second_factor_refused": "second facteur refusé",
    "second_factor_set_up": "second facteur activé",
    "second_factor_removed": "second facteur retiré",
    "recovery_codes_renewed": "codes de secours renouvelés",
    "organisation.create": "structure créée",
    "organisation.update": "fiche de la structure modifiée",
    "member.invite": "membre invité",
    "member.change_role": "rôle modifié",
    "member.revoke": "membre retiré",
    "access.open": "accès à son espace ouvert",
    "access.close": "accès à son espace fermé",
    "own_data.export": "copie de ses données téléchargée",
    "imports.registrants": "fichier de personnes inscrites importé",
    "imports.mentors": "fichier de marraines et mentors importé",
    "imports.issues": "lignes à corriger téléchargées",
    "territories.import": "référentiel des lieux importé",
    "matching.export": "appariement exporté",
    "matching.export_file": "fichier du calcul exporté",
    "steering.export_report": "rapport à un financeur exporté",
    "steering.reopen": "demande à des partenaires rouverte",
    "steering.send_again": "demande renvoyée à un partenaire",
    "steering.confirm_receipt": "réception d’une proposition notée",
    "steering.undo_receipt": "réception d’une proposition annulée",
    "steering.export_register": "registre des actions exporté",
    "programmes.accept": "programme accepté dans un plan",
    "programmes.refuse": "programme refusé dans un plan",
}


def record(*, by: Actor, action: str, controller_id: int | None = None, about: str = "", count: int = 1) -> None:
    """Write one journal row in the caller's transaction. `about` is `about(row)`, never a name."""
    AuditEntry.objects.create(
        at=clock.now(), action=action, actor_id=by.user_id, controller_id=controller_id, about=about, count=count
    )


def about(row: Model) -> str:
    """Return how the journal names a row: its model and its key."""
    return f"{row._meta.label}:{row.pk}"


def label(action: str) -> str:
    """Return the French words of an action; the action itself where nobody has written them yet."""
    return LABELS.get(action, action)
