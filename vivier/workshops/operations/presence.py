"""Presence said by the person herself, with the code shown in the room, or by staff who read her code."""

from datetime import timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.operations import operation
from vivier.workshops import links
from vivier.workshops.models import Registration, Session
from vivier.workshops.transitions import State

#: The room's code serves from this long before the session until this long after it.
MARGIN = timedelta(minutes=30)


class NotPresent(DomainError):
    """Her presence cannot be noted; the sentence says why."""


def room_code(session: Session) -> str:
    """Return the six digits shown in the room: whoever types them was there, or was told them by who is."""
    digest = salted_hmac("vivier.workshops.room", session.code, algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 1_000_000:06d}"


def is_open(session: Session) -> bool:
    """Tell whether presence may be said now."""
    is_on = session.starts_at - MARGIN <= clock.now() <= session.ends_at + MARGIN
    return is_on and session.state == Session.State.OPEN


@operation
def say_present_by_link(*, by: Actor, token: str, code: str) -> Registration:
    """Note present the person whose link it is, with the room's code. Raises links.PlaceLinkError, NotPresent."""
    return _note(links.read(token), code)


@operation
def say_present(*, by: Actor, session: Session, code: str) -> Registration:
    """Note present the signed-in person, with the room's code. Raises NotAllowed (no place), NotPresent."""
    hers = Registration.objects.filter(session=session, beneficiary__user=by.user_id) if by.user_id else None
    place = hers.select_related("session").first() if hers is not None else None
    if place is None:
        raise NotAllowed("Aucune place à cette séance n’est liée à ce compte.")
    return _note(place, code)


def _note(place: Registration, code: str) -> Registration:
    place = Registration.objects.select_for_update(of=("self",)).select_related("session").get(pk=place.pk)
    if not is_open(place.session):
        raise NotPresent("La présence se dit pendant la séance, une demi-heure avant et après comprises.")
    if not constant_time_compare("".join(code.split()), room_code(place.session)):
        raise NotPresent("Ce code n’est pas celui de la salle : recopiez les six chiffres affichés.")
    if place.state != State.CONFIRMED:
        raise NotPresent("Cette place n’est pas confirmée : adressez-vous à l’équipe.")
    if place.attended is False:
        raise NotPresent("L’équipe a noté une absence : adressez-vous à elle.")
    if place.attended is None:
        place.attended, place.attendance_at = True, clock.now()
        place.save(update_fields=["attended", "attendance_at"])
    return place
