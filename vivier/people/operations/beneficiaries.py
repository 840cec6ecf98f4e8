"""Creating, finding and changing beneficiaries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.operations import operation
from vivier.common.text import folded
from vivier.organisations.models import Organisation
from vivier.people.extensions import consent_changed
from vivier.people.matching import find_beneficiary
from vivier.people.models import Beneficiary, BeneficiaryIdentity
from vivier.people.operations.access import close_access
from vivier.people.permissions import require_people_management
from vivier.people.records import NewBeneficiary

_IDENTITY_FIELDS = ("first_name", "last_name", "birth_date", "email", "phone")
_FIELDS = ("kind", "school_level", "school_name", "commune", "qpv", "languages", "interests")


@operation
def create_beneficiary(*, by: Actor, controller: Organisation, person: NewBeneficiary) -> Beneficiary:
    """Create one beneficiary of a structure. Raises NotAllowed."""
    require_people_management(by, controller.pk)
    return _insert(by, controller, [person])[0]


@operation
def create_beneficiaries(*, by: Actor, controller: Organisation, people: Sequence[NewBeneficiary]) -> list[Beneficiary]:
    """Create many beneficiaries, in order, in two statements a batch. Raises NotAllowed."""
    require_people_management(by, controller.pk)
    return _insert(by, controller, people)


@operation
def update_beneficiary(*, by: Actor, beneficiary: Beneficiary, **details) -> Beneficiary:
    """Change columns of a beneficiary or of her identity, named as in NewBeneficiary. Raises NotAllowed.

    A new birth date may change who must answer, so the rooms above are told. A new e-mail closes what the old one
    opened: links and account.
    """
    require_people_management(by, beneficiary.controller_id)
    beneficiary = lock(beneficiary)
    identity = BeneficiaryIdentity.objects.get(pk=beneficiary.pk)
    moved = "email" in details and _clean(details["email"]).casefold() != identity.email.casefold()
    unknown = set(details) - set(_FIELDS) - set(_IDENTITY_FIELDS)
    if unknown:
        raise TypeError(f"unknown columns: {sorted(unknown)}")
    for row, names in ((beneficiary, _FIELDS), (identity, _IDENTITY_FIELDS)):
        changed = [name for name in names if name in details and getattr(row, name) != details[name]]
        for name in changed:
            setattr(row, name, _clean(details[name]))
        if changed:
            row.save(update_fields=changed)
    if moved:
        beneficiary.link_version += 1
        beneficiary.save(update_fields=["link_version"])
        close_access(by=by, record=beneficiary)
    beneficiary.identity = BeneficiaryIdentity.objects.get(pk=beneficiary.pk)
    consent_changed(by, beneficiary)
    return beneficiary


@operation
def follow_beneficiaries(*, by: Actor, beneficiaries: Sequence[Beneficiary]) -> None:
    """Tell the rooms above that birth dates or guardians of many changed at once, as a file does. Raises NotAllowed.

    The rows are locked in the order of their keys, so that two files that hold the same people do not wait in a ring.
    """
    for controller_id in {row.controller_id for row in beneficiaries}:
        require_people_management(by, controller_id)
    locked = Beneficiary.objects.select_for_update(of=("self",)).filter(pk__in={row.pk for row in beneficiaries})
    keys = list(locked.order_by("pk").values_list("pk", flat=True))
    for row in Beneficiary.objects.select_related("identity", "controller").filter(pk__in=keys).order_by("pk"):
        consent_changed(by, row)


@operation
def cancel_own_links(*, by: Actor, beneficiaries: Sequence[Beneficiary]) -> None:
    """Cancel every link sent to these people themselves, whose addresses a file changed. Raises NotAllowed."""
    for controller_id in {row.controller_id for row in beneficiaries}:
        require_people_management(by, controller_id)
    rows = Beneficiary.objects.filter(pk__in=[row.pk for row in beneficiaries])
    rows.update(link_version=F("link_version") + 1)


@dataclass(frozen=True)
class SignedUp:
    """A beneficiary who signed up, her row locked, and whether she was created by it."""

    beneficiary: Beneficiary
    is_new: bool


@operation
def sign_up_beneficiary(*, by: Actor, controller: Organisation, person: NewBeneficiary) -> SignedUp:
    """Return the beneficiary whom a visitor declares to be, created if nobody surely is her; her row is locked.

    Anybody may call it, so nothing that is on file changes: a stranger who knows a name and a birth date must not
    replace an address. Two calls at once for one person find one row.
    """
    key = f"{controller.pk} {folded(f'{person.last_name} {person.first_name}')} {person.birth_date}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    found = find_beneficiary(
        controller_id=controller.pk,
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        email=person.email,
    )
    if found is not None:
        return SignedUp(lock(found), is_new=False)
    return SignedUp(lock(_insert(by, controller, [person])[0]), is_new=True)


def lock(beneficiary: Beneficiary) -> Beneficiary:
    """Return the row of a beneficiary, locked until the transaction ends: everything on her answers queues here.

    Whoever also locks a session does it after.
    """
    Beneficiary.objects.select_for_update(of=("self",)).get(pk=beneficiary.pk)
    return Beneficiary.objects.select_related("identity", "controller").get(pk=beneficiary.pk)


def _insert(by: Actor, controller: Organisation, people: Sequence[NewBeneficiary]) -> list[Beneficiary]:
    now = clock.now()
    rows = Beneficiary.objects.bulk_create(
        [
            Beneficiary(
                controller=controller,
                kind=person.kind,
                school_level=person.school_level,
                school_name=person.school_name,
                commune=person.commune,
                qpv=person.qpv,
                languages=list(person.languages),
                interests=list(person.interests),
                created_at=now,
                created_by_id=by.user_id,
            )
            for person in people
        ],
        batch_size=2000,
    )
    BeneficiaryIdentity.objects.bulk_create(
        [
            BeneficiaryIdentity(
                beneficiary=row,
                first_name=_clean(person.first_name),
                last_name=_clean(person.last_name),
                birth_date=person.birth_date,
                email=_clean(person.email),
                phone=_clean(person.phone),
            )
            for row, person in zip(rows, people, strict=True)
        ],
        batch_size=2000,
    )
    return rows


def _clean(value):
    """Return a text without spaces around or doubled; anything else as it is."""
    return " ".join(value.split()) if isinstance(value, str) else value
