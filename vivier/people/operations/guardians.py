"""Naming guardians, and sending them the link on which they answer."""

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.mail import pretend, send_later
from vivier.common.operations import operation
from vivier.common.text import of
from vivier.people.extensions import consent_changed, subjects_of
from vivier.people.links import Bearer
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Guardian, GuardianClaim, Guardianship
from vivier.people.operations.access import close_access
from vivier.people.operations.beneficiaries import lock
from vivier.people.permissions import require_people_management
from vivier.people.records import NewGuardian

Origin = Guardianship.Origin


@operation
def name_guardian(
    *, by: Actor, beneficiary: Beneficiary, guardian: NewGuardian, origin: str = Origin.STAFF
) -> Guardianship:
    """Return the guardianship of that person over the beneficiary, made if need be. Raises NotAllowed, DomainError.

    A parent of two girls is one guardian: the same e-mail in the same structure is the same person. A sign-up may only
    add: it renames nobody. Staff who name a guardian vouch for her.
    """
    if origin != Origin.SIGN_UP:
        require_people_management(by, beneficiary.controller_id)
    if not guardian:
        raise DomainError("Indiquez au moins un nom, une adresse e-mail ou un téléphone.")
    beneficiary = lock(beneficiary)
    row = _known(beneficiary, guardian) or Guardian.objects.create(
        controller_id=beneficiary.controller_id,
        first_name=guardian.first_name.strip(),
        last_name=guardian.last_name.strip(),
        email=guardian.email.strip(),
        phone=guardian.phone.strip(),
    )
    guardianship, is_new = Guardianship.objects.get_or_create(
        beneficiary=beneficiary, guardian=row, defaults={"origin": origin}
    )
    if not is_new and guardianship.origin == Origin.SIGN_UP and origin != Origin.SIGN_UP:
        guardianship.origin = origin
        guardianship.save(update_fields=["origin"])
    if is_new:
        consent_changed(by, beneficiary)
    return guardianship


@operation
def claim_guardian(*, by: Actor, beneficiary: Beneficiary, guardian: NewGuardian) -> None:
    """Keep for staff whom a sign-up names as guardian of somebody already on file, unless she is known as one.

    Anybody may call it: nobody is written to, and nobody reads or answers anything before staff confirm.
    """
    beneficiary = lock(beneficiary)
    known = _known(beneficiary, guardian)
    if guardian and (known is None or not beneficiary.guardianships.filter(guardian=known).exists()):
        GuardianClaim.objects.get_or_create(
            beneficiary=beneficiary,
            first_name=guardian.first_name.strip(),
            email=guardian.email.strip().lower(),
            phone=guardian.phone.strip(),
        )


@operation
def confirm_claim(*, by: Actor, claim: GuardianClaim) -> Guardianship:
    """Make a guardian of whom a sign-up named, staff having checked it, and ask her. Raises NotAllowed."""
    details = NewGuardian(first_name=claim.first_name, email=claim.email, phone=claim.phone)
    guardianship = name_guardian(by=by, beneficiary=claim.beneficiary, guardian=details)
    claim.delete()
    guardianship.refresh_from_db()
    if guardianship.asked_at is None:  # the rooms above may have asked her, now that she is known
        ask_guardian(by=by, guardianship=guardianship)
    return guardianship


@operation
def dismiss_claim(*, by: Actor, claim: GuardianClaim) -> None:
    """Forget whom a sign-up named as guardian. Raises NotAllowed."""
    require_people_management(by, claim.beneficiary.controller_id)
    claim.delete()


def _known(beneficiary: Beneficiary, guardian: NewGuardian) -> Guardian | None:
    """Return the guardian already on file: by e-mail in the structure, else by first name or phone among her own."""
    if guardian.email:
        same = Guardian.objects.filter(controller_id=beneficiary.controller_id, email__iexact=guardian.email.strip())
        return same.order_by("pk").first()
    hers = Guardian.objects.filter(guardianships__beneficiary=beneficiary).order_by("pk")
    if guardian.phone:
        return hers.filter(phone=guardian.phone.strip()).first()
    return hers.filter(
        first_name__iexact=guardian.first_name.strip(), last_name__iexact=guardian.last_name.strip()
    ).first()


@operation
def update_guardian(*, by: Actor, guardian: Guardian, **details) -> Guardian:
    """Change the name, e-mail or phone of a guardian; a new e-mail closes what the old one opened: links, account."""
    require_people_management(by, guardian.controller_id)
    unknown = set(details) - {"first_name", "last_name", "email", "phone"}
    if unknown:
        raise TypeError(f"unknown columns: {sorted(unknown)}")
    moved = "email" in details and details["email"].casefold() != guardian.email.casefold()
    for name, value in details.items():
        setattr(guardian, name, value.strip())
    guardian.save(update_fields=list(details))
    if moved:
        for guardianship in guardian.guardianships.order_by("pk"):
            cancel_links(by=by, row=guardianship)
        close_access(by=by, record=guardian)
    return guardian


@operation
def vouch_for_guardian(*, by: Actor, guardianship: Guardianship) -> None:
    """Say that staff know this guardian, whom only a sign-up had named: she then reads all that is hers to read."""
    require_people_management(by, guardianship.beneficiary.controller_id)
    if guardianship.origin == Origin.SIGN_UP:
        guardianship.origin = Origin.STAFF
        guardianship.save(update_fields=["origin"])


@operation
def remove_guardian(*, by: Actor, guardianship: Guardianship) -> None:
    """End a guardianship: her answers stay on file and count no more. Raises NotAllowed."""
    require_people_management(by, guardianship.beneficiary.controller_id)
    beneficiary = lock(guardianship.beneficiary)
    guardianship.delete()
    consent_changed(by, beneficiary)


@operation
def cancel_links(*, by: Actor, row: Guardianship | Beneficiary) -> None:
    """Cancel every link sent to a guardian for that minor, or to the beneficiary herself. Raises NotAllowed."""
    beneficiary = row.beneficiary if isinstance(row, Guardianship) else row
    require_people_management(by, beneficiary.controller_id)
    row.link_version += 1
    row.save(update_fields=["link_version"])


@operation
def ask_guardian(*, by: Actor, guardianship: Guardianship) -> bool:
    """Send a guardian the link on which she answers; return False when she has no e-mail (a paper form is needed)."""
    guardian = guardianship.guardian
    if not guardian.email:
        return False
    beneficiary = Beneficiary.objects.select_related("identity", "controller").get(pk=guardianship.beneficiary_id)
    bearer = Bearer(beneficiary, guardianship)
    send_later(
        to=guardian.email,
        template="mail/people/ask_guardian.txt",
        context={
            "guardian": guardian,
            "child": beneficiary.identity,
            "of_child": of(beneficiary.identity.first_name),
            "structure": beneficiary.controller,
            "subjects": subjects_of(beneficiary, guardianship),
            "address": bearer.address,
        },
    )
    guardianship.asked_at = clock.now()
    guardianship.asked_by_id = by.user_id
    guardianship.save(update_fields=["asked_at", "asked_by"])
    return True


@operation
def send_own_link(*, by: Actor, beneficiary: Beneficiary) -> bool:
    """Send the person herself the link on which she answers; return False when she has no e-mail."""
    identity = beneficiary.identity
    send_later(
        to=identity.email,
        template="mail/people/own_link.txt",
        context={
            "person": identity,
            "structure": beneficiary.controller,
            "address": Bearer(beneficiary).address,
        },
    )
    return bool(identity.email)


#: One address is not sent more links than this at once.
LINKS_A_MAIL = 20


@operation
def renew_links(*, by: Actor, email: str) -> None:
    """Write to an address every link that it may hold; an unknown address costs as much and receives nothing."""
    guardianships = Guardianship.objects.filter(guardian__email__iexact=email).select_related(
        "guardian", "beneficiary__identity", "beneficiary__controller"
    )
    own = BeneficiaryIdentity.objects.filter(email__iexact=email).select_related("beneficiary__controller")
    bearers = [
        *(Bearer(row.beneficiary, row) for row in guardianships.order_by("pk")[:LINKS_A_MAIL]),
        *(Bearer(row.beneficiary) for row in own.order_by("pk")[:LINKS_A_MAIL]),
    ]
    lines = [
        {
            "about": f"{bearer.beneficiary.identity.first_name}, {bearer.beneficiary.controller.name}",
            "address": bearer.address,
        }
        for bearer in bearers[:LINKS_A_MAIL]
    ]
    tell = send_later if lines else pretend
    tell(to=email, template="mail/people/new_link.txt", context={"lines": lines})
