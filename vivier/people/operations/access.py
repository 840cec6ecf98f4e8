"""Opening and closing somebody's own space: the account of her address is attached to her record, or detached."""

from vivier.accounts.models import User
from vivier.accounts.operations import account_for
from vivier.common import audit, links
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.mail import send_later
from vivier.common.operations import operation
from vivier.people.models import Beneficiary, Guardian, Guardianship, Volunteer
from vivier.people.permissions import require_people_management

Record = Beneficiary | Guardian | Volunteer


@operation
def open_access(*, by: Actor, record: Record) -> User:
    """Attach the account of the address on file, opened if there is none, and tell her by mail how to enter.

    Raises NotAllowed, or DomainError: no address, access open already, the address of a guardian for a beneficiary,
    the account of a child for her guardian, a guardian whom only a sign-up named.
    """
    require_people_management(by, record.controller_id)
    record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    person = record if isinstance(record, Guardian) else record.identity
    if record.user_id is not None:
        raise DomainError("Cette personne a déjà un accès.")
    if not person.email:
        raise DomainError("Aucune adresse e-mail n’est connue : complétez la fiche.")
    _refuse_what_is_not_hers(record, person.email)
    user = account_for(by=by, email=person.email)
    record.user = user
    record.save(update_fields=["user"])
    audit.record(by=by, action="access.open", controller_id=record.controller_id, about=audit.about(record))
    send_later(
        to=user.email,
        template="mail/people/access_opened.txt",
        context={
            "person": person,
            "structure": record.controller,
            "email": user.email,
            "address": links.absolute("account_login"),
        },
    )
    return user


def _refuse_what_is_not_hers(record: Record, email: str) -> None:
    if isinstance(record, Beneficiary):
        guardianships = record.guardianships.select_related("guardian")
        if any(row.guardian.email.lower() == email.lower() for row in guardianships):
            raise DomainError("Cette adresse est celle d’un responsable légal : il faut la sienne.")
    if isinstance(record, Guardian):
        vouched = record.guardianships.exclude(origin=Guardianship.Origin.SIGN_UP)
        if not vouched.exists():
            raise DomainError("Ce responsable a été indiqué à l’inscription : vérifiez-le d’abord (Modifier).")
        if record.guardianships.filter(beneficiary__user__email__iexact=email).exists():
            raise DomainError("Cette adresse ouvre déjà l’espace de l’enfant : il faut celle du responsable.")


@operation
def close_access(*, by: Actor, record: Record) -> None:
    """Detach the account from the record: its holder sees nothing of it any more. Raises NotAllowed."""
    require_people_management(by, record.controller_id)
    if record.user_id is not None:
        record.user = None
        record.save(update_fields=["user"])
        audit.record(by=by, action="access.close", controller_id=record.controller_id, about=audit.about(record))
