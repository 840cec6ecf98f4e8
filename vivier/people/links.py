"""Signed links: who holds one may answer, without account, in the name of one guardian or of the person herself.

A link says whose answers it takes and under which version; it opens nothing else. It dies after sixty days, or when
the version on the row is raised. Only its signature is checked: the link itself is stored nowhere.
"""

from dataclasses import dataclass

from django.core import signing

from vivier.common import links
from vivier.common.errors import DomainError
from vivier.people.models import Beneficiary, Guardian, Guardianship

_SALT = "vivier.people.consent"
MAX_AGE_DAYS = 60


class LinkError(DomainError):
    """The link opens nothing. `is_ours`: it was really sent by us, so a new one may go to the address on file."""

    is_ours = False


class AlteredLink(LinkError):
    """The link was not made here, or a piece of it is missing."""


class ExpiredLink(LinkError):
    """The link is ours and too old, or it was replaced."""

    is_ours = True


@dataclass(frozen=True)
class Bearer:
    """Whom a link speaks for: a guardian of the beneficiary, or (None) the beneficiary herself."""

    beneficiary: Beneficiary
    guardianship: Guardianship | None = None

    @property
    def guardian(self) -> Guardian | None:
        return self.guardianship.guardian if self.guardianship else None

    @property
    def email(self) -> str:
        """The address on file, to which a new link may go."""
        return self.guardian.email if self.guardian else self.beneficiary.identity.email

    @property
    def token(self) -> str:
        version = (self.guardianship or self.beneficiary).link_version
        content = {"b": self.beneficiary.public_id.hex, "v": version}
        if self.guardian:
            content["g"] = self.guardian.public_id.hex
        return signing.dumps(content, salt=_SALT)

    @property
    def address(self) -> str:
        """The whole address of the page on which she answers."""
        return links.absolute("people:consent_by_link", jeton=self.token)


def read(token: str, *, even_expired: bool = False) -> Bearer:
    """Return whom a link speaks for. Raises AlteredLink, and ExpiredLink unless `even_expired`."""
    max_age = None if even_expired else MAX_AGE_DAYS * 24 * 3600
    try:
        content = signing.loads(token, salt=_SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise ExpiredLink(f"Ce lien a plus de {MAX_AGE_DAYS} jours.") from error
    except signing.BadSignature as error:
        raise AlteredLink("Ce lien n’est pas complet.") from error
    bearer = _bearer(content)
    current = (bearer.guardianship or bearer.beneficiary).link_version
    if content["v"] != current and not even_expired:
        raise ExpiredLink("Ce lien a été remplacé par un autre.")
    return bearer


def _bearer(content: dict) -> Bearer:
    rows = Beneficiary.objects.select_related("identity", "controller", "commune")
    beneficiary = rows.filter(public_id=content["b"]).first()
    if beneficiary is None:
        raise AlteredLink("Ce lien ne mène plus à personne.")
    if "g" not in content:
        return Bearer(beneficiary)
    guardianship = (
        Guardianship.objects.filter(beneficiary=beneficiary, guardian__public_id=content["g"])
        .select_related("guardian")
        .first()
    )
    if guardianship is None:
        raise AlteredLink("Ce lien ne mène plus à personne.")
    return Bearer(beneficiary, guardianship)
