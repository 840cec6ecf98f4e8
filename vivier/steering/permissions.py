"""Who confirms what was given, and whose registers one reads."""

from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.steering.models import Contribution


def may_confirm(actor: Actor, contribution: Contribution) -> bool:
    """Tell whether somebody may say what was received: she asks for the programme, and is no member of the partner.

    The contribution's answer, ask and programme are loaded.
    """
    programme, partner = contribution.answer.ask.programme, contribution.answer.organisation_id
    if partner == programme.controller_id or partner in actor.grants:
        return False
    return actor.may(Permission.ASK_PARTNERS, programme.controller_id)
