"""The link to one's own place, which opens that place and nothing else, and the link of one's own calendar."""

from datetime import timedelta

from django.core import signing

from vivier.common import clock, links
from vivier.common.errors import DomainError
from vivier.people.models import Beneficiary
from vivier.workshops.models import Registration, Session

_SALT = "vivier.workshops.place"
_MEDIATOR_SALT = "vivier.workshops.mediator"
_CALENDAR_SALT = "vivier.workshops.calendar"
#: The place is shown until this long after the session.
KEPT = timedelta(days=30)


class PlaceLinkError(DomainError):
    """The link opens no place."""


def address_of(registration: Registration) -> str:
    """Return the whole address on which a person sees and gives up her place."""
    return links.absolute("workshops:place", jeton=token_of(registration))


def survey_address(registration: Registration) -> str:
    """Return the whole address of the questions that the holder of a place may answer."""
    return links.absolute("workshops:survey", jeton=token_of(registration))


def token_of(registration: Registration) -> str:
    """Return the signed name of a place."""
    return signing.dumps(registration.public_id.hex, salt=_SALT)


def read(token: str) -> Registration:
    """Return the place that a link opens, with its session and its person. Raises PlaceLinkError."""
    try:
        public_id = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise PlaceLinkError(
            "Ce lien n’est pas complet. Ouvrez-le depuis le message reçu, sans le recopier."
        ) from error
    found = (
        Registration.objects.filter(public_id=public_id)
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .first()
    )
    if found is None:
        raise PlaceLinkError("Cette inscription n’existe plus.")
    if found.session.ends_at + KEPT < clock.now():
        raise PlaceLinkError("Cette séance est passée depuis plus d’un mois : ce lien ne sert plus.")
    return found


def calendar_token(beneficiary: Beneficiary) -> str:
    """Return the signed name of somebody's calendar; it dies with her other links, when their version is raised."""
    return signing.dumps([beneficiary.public_id.hex, beneficiary.link_version], salt=_CALENDAR_SALT)


def read_calendar(token: str) -> Beneficiary:
    """Return whose calendar a link opens. Raises PlaceLinkError."""
    try:
        public_id, version = signing.loads(token, salt=_CALENDAR_SALT)
    except signing.BadSignature as error:
        raise PlaceLinkError("Ce lien n’est pas complet.") from error
    found = Beneficiary.objects.filter(public_id=public_id, link_version=version).first()
    if found is None:
        raise PlaceLinkError("Ce lien a été remplacé par un autre.")
    return found


def mediator_address(session: Session, name: str) -> str:
    """Return the page on which somebody of that name, or a place, signs people up beside them, until the session."""
    token = signing.dumps([session.code, name], salt=_MEDIATOR_SALT)
    return links.absolute("workshops:assist", session.code, jeton=token)


def read_mediator(token: str, session: Session) -> str:
    """Return to whom a mediator's link was given. Raises PlaceLinkError: not ours, or for another session."""
    try:
        code, name = signing.loads(token, salt=_MEDIATOR_SALT)
    except signing.BadSignature as error:
        raise PlaceLinkError("Ce lien n’est pas complet. Demandez-en un autre à la structure.") from error
    if code != session.code:
        raise PlaceLinkError("Ce lien est celui d’une autre séance.")
    return name
