"""The sign-up without account: a draft under a key that only the device holds, then one place."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.operations import operation
from vivier.people.models import Beneficiary, Guardianship
from vivier.people.operations import answer_at_sign_up, claim_guardian, name_guardian, sign_up_beneficiary
from vivier.people.operations.beneficiaries import SignedUp
from vivier.people.records import NewBeneficiary, NewGuardian
from vivier.people.vocabulary import SchoolLevel
from vivier.workshops import links, notices, sign_up
from vivier.workshops.eligibility import person_obstacle
from vivier.workshops.errors import DraftGone
from vivier.workshops.models import Registration, Session, SignUpDraft
from vivier.workshops.operations.registrations import take_place
from vivier.workshops.operations.seats import has_seat, lock_session, place_of
from vivier.workshops.permissions import require_session_management
from vivier.workshops.transitions import STANDS

#: A draft that nobody finishes is erased after this long; a finished one, already empty, after a day.
DRAFT_KEPT = timedelta(days=7)
FINISHED_KEPT = timedelta(days=1)
#: Columns that a question may fill; all of them are emptied when the sign-up ends.
ANSWERS = (
    "first_name", "last_name", "birth_date", "school_level", "commune", "email", "phone", "without_contact",
    "guardian_first_name", "guardian_email", "guardian_phone",
)  # fmt: skip


def hash_of(key: str) -> str:
    """Return what is stored of a key: the key itself stays on the device."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True)
class Saved:
    """A draft, and its key when it has just been made (the device must keep it)."""

    draft: SignUpDraft
    new_key: str = ""


@operation
def answer_step(*, by: Actor, session: Session, key: str, answers: dict) -> Saved:
    """Write the answers to one question in the device's draft, made with the first answer.

    A finished or lost draft is not revived: a new one begins.
    """
    draft = (
        SignUpDraft.objects.select_for_update(of=("self",))
        .filter(key_hash=hash_of(key), session=session, finished_at=None, expires_at__gt=clock.now())
        .first()
        if key
        else None
    )
    new_key = ""
    if draft is None:
        new_key = secrets.token_urlsafe(32)
        draft = SignUpDraft(session=session, key_hash=hash_of(new_key))
    for name in set(answers) & set(ANSWERS):
        setattr(draft, name, answers[name])
    draft.expires_at = clock.now() + DRAFT_KEPT
    draft.save()
    return Saved(draft, new_key)


@operation
def confirm_sign_up(*, by: Actor, session: Session, key: str, image: bool | None = None) -> str:
    """Turn the device's draft into one place; return the ending. Done twice, it gives the same ending and one place.

    `image`: her answer about pictures, None when she did not say. Signing up is her yes about her data, and about
    coming where she alone decides. Raises DraftGone, NoPlace. The ending says nothing about who was known before.
    """
    draft = SignUpDraft.objects.select_for_update(of=("self",)).filter(key_hash=hash_of(key), session=session).first()
    if draft is None or draft.expires_at <= clock.now():
        raise DraftGone("Ces réponses ne sont plus gardées sur cet appareil : recommencez l’inscription.")
    if draft.finished_at:
        return draft.ending
    today = clock.today()
    if not sign_up.is_complete(draft, today):
        raise DraftGone("Il manque une réponse : reprenez l’inscription où elle s’est arrêtée.")
    if obstacle := person_obstacle(session, draft.birth_date, draft.school_level):
        raise obstacle
    draft.ending = _enter(by, session, draft, image)
    draft.finished_at, draft.expires_at = clock.now(), clock.now() + FINISHED_KEPT
    _empty(draft)
    draft.save()
    return draft.ending


@operation
def assist_sign_up(
    *, by: Actor, session: Session, answers: dict, image: bool | None = None, token: str = ""
) -> sign_up.Ending:
    """Sign somebody up beside her, from one page: as staff, or with a mediator's link; return the ending.

    What is typed is what she would type, but no address is needed; the ending tells as little. Raises NotAllowed,
    links.PlaceLinkError, NoPlace.
    """
    assistant = ""
    if token:
        assistant = links.read_mediator(token, session)
    else:
        require_session_management(by, session.programme.controller_id)
    draft = SignUpDraft(session=session, **{name: answers[name] for name in ANSWERS if name in answers})
    if obstacle := person_obstacle(session, draft.birth_date, draft.school_level):
        raise obstacle
    return _enter(by, session, draft, image, source=Registration.Source.ASSISTED, assistant=assistant)


def _enter(
    by: Actor,
    session: Session,
    draft: SignUpDraft,
    image: bool | None,
    *,
    source: str = Registration.Source.SELF,
    assistant: str = "",
) -> sign_up.Ending:
    signed = sign_up_beneficiary(by=by, controller=session.programme.controller, person=_person(draft))
    is_seated = _give_place(by, session, draft, signed, image, source, assistant)
    return sign_up.ending_for(draft, clock.today(), is_seated=is_seated)


def _give_place(
    by: Actor,
    session: Session,
    draft: SignUpDraft,
    signed: SignedUp,
    image: bool | None,
    source: str,
    assistant: str,
) -> bool:
    """Name her guardian, record her answers, then take the place; or tell her, where she already has one.

    Returns whether a newcomer had a seat: said to everybody alike, it tells a stranger nothing of who is inside.
    """
    beneficiary = signed.beneficiary
    # She may have named somebody before she corrected her age: an adult has no guardian.
    if sign_up.is_minor(draft.birth_date, clock.today()):
        guardian = NewGuardian(
            first_name=draft.guardian_first_name, email=draft.guardian_email, phone=draft.guardian_phone
        )
        if signed.is_new:
            name_guardian(by=by, beneficiary=beneficiary, guardian=guardian, origin=Guardianship.Origin.SIGN_UP)
        else:  # whoever knows a name and a birth date must not become the guardian of somebody on file
            claim_guardian(by=by, beneficiary=beneficiary, guardian=guardian)
    answers = dict.fromkeys(sign_up.own_purposes(draft.birth_date, clock.today()), True)
    if image is not None:
        answers["image"] = image
    answer_at_sign_up(by=by, beneficiary=beneficiary, answers=answers)
    session = lock_session(session)
    existing = place_of(session, beneficiary)
    is_seated = has_seat(session)
    if existing and existing.state in STANDS:
        notices.already(existing)
    else:
        email = draft.email.strip()
        take_place(by, session, beneficiary, existing, source=source, email=email, assistant=assistant)
    return is_seated


def _person(draft: SignUpDraft) -> NewBeneficiary:
    kinds = {SchoolLevel.HIGHER: Beneficiary.Kind.STUDENT, SchoolLevel.NOT_AT_SCHOOL: Beneficiary.Kind.OTHER}
    return NewBeneficiary(
        first_name=draft.first_name,
        last_name=draft.last_name,
        birth_date=draft.birth_date,
        email=draft.email.strip(),
        phone=draft.phone.strip(),
        kind=kinds.get(draft.school_level, Beneficiary.Kind.PUPIL),
        school_level=draft.school_level,
        commune=draft.commune,
    )


def _empty(draft: SignUpDraft) -> None:
    blank = SignUpDraft()
    for name in ANSWERS:
        setattr(draft, name, getattr(blank, name))


@operation
def forget_my_draft(*, by: Actor, session: Session, key: str) -> None:
    """Erase the draft of this device for this session, if it has one."""
    SignUpDraft.objects.filter(key_hash=hash_of(key), session=session).delete()


@operation
def forget_drafts(*, by: Actor) -> int:
    """Erase the drafts that have expired; return how many."""
    return SignUpDraft.objects.filter(expires_at__lte=clock.now()).delete()[0]
