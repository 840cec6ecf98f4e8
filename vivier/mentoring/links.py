"""The links of invitations: whom each side's mail goes to, and what a link opens. GET reads, POST answers.

Who is written to for a minor follows the consent table: below the age at which she decides alone about her data, her
guardians; from then on herself. Being accompanied still needs the authorisation that the table asks for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

from vivier.common import clock, links
from vivier.common.errors import DomainError
from vivier.mentoring.models import Invitation
from vivier.mentoring.vocabulary import Side
from vivier.people.consent_rules import required
from vivier.people.models import Beneficiary, Guardian
from vivier.people.vocabulary import Purpose

_SALT = "vivier.mentoring.invitation"
MAX_AGE_DAYS = 60


class InvitationLinkError(DomainError):
    """The link opens nothing. `is_ours`: it was really sent by us, and is too old or replaced."""

    is_ours = False


class OldInvitationLink(InvitationLinkError):
    """The link is ours and too old, or what it was sent to has changed."""

    is_ours = True


@dataclass(frozen=True)
class Recipient:
    """Somebody who answers for one side. `guardian` None: the person of that side herself."""

    invitation: Invitation
    side: Side
    email: str
    link_version: int
    guardian: Guardian | None = None

    @property
    def key(self) -> str:
        return self.guardian.public_id.hex if self.guardian else self.side.value

    @property
    def seal(self) -> str:
        """Changes with the address and with the version of her links: the old link then opens nothing."""
        return salted_hmac(_SALT, f"{self.link_version} {self.email.casefold()}").hexdigest()[:16]

    @property
    def token(self) -> str:
        return signing.dumps({"i": self.invitation.public_id.hex, "k": self.key, "s": self.seal}, salt=_SALT)

    @property
    def path(self) -> str:
        """The page on which she answers, for her own space."""
        return f"{reverse('mentoring:invitation')}?{urlencode({'jeton': self.token})}"

    @property
    def address(self) -> str:
        """The same, whole: what a mail carries."""
        return links.absolute("mentoring:invitation", jeton=self.token)


def with_sides(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Return the invitations with all that `recipients` reads: a constant number of queries."""
    return invitations.select_related(
        "pair__programme__controller",
        "pair__enrolment__programme",
        "pair__enrolment__site__commune",
        "pair__enrolment__beneficiary__identity",
        "pair__mentor__volunteer__identity",
    ).prefetch_related("pair__enrolment__beneficiary__guardianships__guardian")


def answered_by_guardians(beneficiary: Beneficiary) -> bool:
    """Tell whether her guardians answer for her: below the age of deciding alone, or when it is not known."""
    return required(Purpose.DATA, beneficiary.identity.birth_date, clock.today()).asks_guardians


def recipients(invitation: Invitation, side: str) -> list[Recipient]:
    """Return who answers for one side and can be written to; nobody where no address is on file."""
    if side == Side.MENTOR:
        email = invitation.pair.mentor.volunteer.identity.email
        return _reachable([Recipient(invitation, Side.MENTOR, email, 0)])
    beneficiary = invitation.pair.enrolment.beneficiary
    if not answered_by_guardians(beneficiary):
        return _reachable([Recipient(invitation, Side.MENTEE, beneficiary.identity.email, beneficiary.link_version)])
    guardianships = sorted(beneficiary.guardianships.all(), key=lambda row: row.pk)
    return _reachable(
        Recipient(invitation, Side.MENTEE, row.guardian.email, row.link_version, row.guardian) for row in guardianships
    )


def _reachable(found: Iterable[Recipient]) -> list[Recipient]:
    return [one for one in found if one.email]


def read(token: str) -> Recipient:
    """Return whom a link speaks for. Raises InvitationLinkError, OldInvitationLink."""
    try:
        content = signing.loads(token, salt=_SALT, max_age=MAX_AGE_DAYS * 24 * 3600)
    except signing.SignatureExpired as error:
        raise OldInvitationLink(f"Ce lien a plus de {MAX_AGE_DAYS} jours.") from error
    except signing.BadSignature as error:
        raise InvitationLinkError("Ce lien n’est pas complet. Ouvrez-le depuis le message reçu.") from error
    invitation = with_sides(Invitation.objects.filter(public_id=content["i"])).first()
    if invitation is None:
        raise InvitationLinkError("Cette invitation n’existe plus.")
    for side in Side:
        for one in recipients(invitation, side):
            if one.key == content["k"] and constant_time_compare(one.seal, content["s"]):
                return one
    raise OldInvitationLink("Ce lien a été remplacé par un autre.")
