"""Places: taken, confirmed, lost, given up. Seats are counted under a lock of the session's row.

Order of the locks, everywhere: draft, person, sessions by key, places.
"""

from collections.abc import Sequence

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.operations import operation
from vivier.people.consent_rules import Outcome, rules
from vivier.people.models import Beneficiary, Guardianship
from vivier.people.operations import ask_guardian, lock, send_own_link
from vivier.people.queries.consents import blocking_purposes, open_purposes
from vivier.programmes.operations import enrol
from vivier.workshops import links, notices
from vivier.workshops.eligibility import session_obstacle
from vivier.workshops.errors import AlreadyRegistered, SessionFull
from vivier.workshops.models import Registration, RegistrationChange, Session
from vivier.workshops.permissions import may_leave, require_session_management
from vivier.workshops.transitions import HOLDS_SEAT, State, Transition, after_answer, target


def lock_session(session: Session) -> Session:
    """Return the session, its row locked until the transaction ends: whoever counts its seats queues here."""
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    return Session.objects.select_related("programme__controller", "site__commune").get(pk=session.pk)


def seats_left(session: Session) -> int:
    """Return how many seats nobody holds; below zero when a file brought more people than seats."""
    return session.capacity - Registration.objects.filter(session=session, state__in=HOLDS_SEAT).count()


def apply(by: Actor, registration: Registration, transition: Transition) -> bool:
    """Move a place along the table and log the step; False where the table leads nowhere. The caller holds the lock."""
    after = target(registration.state, transition)
    if after is None:
        return False
    before, registration.state = registration.state, after
    registration.save(update_fields=["state"])
    RegistrationChange.objects.create(
        registration=registration, transition=transition, before=before, after=after, at=clock.now(), by_id=by.user_id
    )
    return True


def consent_outcome(beneficiary: Beneficiary) -> Outcome:
    """Return where the authorisations without which there is no place stand together."""
    purposes = blocking_purposes(beneficiary.identity.birth_date, clock.today())
    return open_purposes([beneficiary.pk], purposes)[beneficiary.pk]


@operation
def register(*, by: Actor, session: Session, beneficiary: Beneficiary, source: str) -> Registration:
    """Give a known person a place, as staff. Raises NotAllowed, NoPlace, AlreadyRegistered."""
    require_session_management(by, session.programme.controller_id)
    beneficiary = lock(beneficiary)
    session = lock_session(session)
    existing = place_of(session, beneficiary)
    if existing and existing.state in HOLDS_SEAT:
        raise AlreadyRegistered(f"{beneficiary.identity.full_name} est déjà inscrite à cette séance.")
    registration = take_place(by, session, beneficiary, existing, source=source)
    if registration.state == State.AWAITING_CONSENT:
        ask_who_is_missing(by, beneficiary)
    notices.registered(registration)
    return registration


def place_of(session: Session, beneficiary: Beneficiary) -> Registration | None:
    """Return the place of a person in a session, whatever its state."""
    return Registration.objects.filter(session=session, beneficiary=beneficiary).first()


def take_place(
    by: Actor,
    session: Session,
    beneficiary: Beneficiary,
    existing: Registration | None,
    *,
    source: str,
    email: str = "",
) -> Registration:
    """Create a place, or open again the one she had; person and session are locked. Raises NoPlace."""
    if obstacle := session_obstacle(session, clock.now()):
        raise obstacle
    if seats_left(session) < 1:
        raise SessionFull("Cette séance est complète.")
    enrol(by=by, programme=session.programme, beneficiary=beneficiary, site=session.site)
    if existing is None:
        registration = Registration.objects.create(
            session=session,
            beneficiary=beneficiary,
            state=State.AWAITING_CONSENT,
            source=source,
            email=email,
            registered_at=clock.now(),
            registered_by_id=by.user_id,
        )
        RegistrationChange.objects.create(
            registration=registration,
            transition=Transition.REGISTER,
            after=State.AWAITING_CONSENT,
            at=clock.now(),
            by_id=by.user_id,
        )
    else:
        registration = existing
        apply(by, registration, Transition.REOPEN)
    for transition in after_answer(registration.state, consent_outcome(beneficiary), Transition.REGISTER, True):
        apply(by, registration, transition)
    return registration


def ask_who_is_missing(by: Actor, beneficiary: Beneficiary) -> None:
    """Write to every guardian of hers who has an e-mail: whichever answers first may suffice.

    While a sign-up names another guardian, one whom only a sign-up named is not written to: staff settle it first.
    """
    guardianships = beneficiary.guardianships.select_related("guardian").order_by("pk")
    if beneficiary.guardian_claims.exists():
        guardianships = guardianships.exclude(origin=Guardianship.Origin.SIGN_UP)
    for guardianship in guardianships:
        ask_guardian(by=by, guardianship=guardianship)


@operation
def leave(*, by: Actor, registration: Registration) -> Registration:
    """Give up a place: herself, her guardian or staff; the seat is free at once. Raises NotAllowed."""
    if not may_leave(by, registration):
        raise NotAllowed("Cette inscription ne dépend pas de vous.")
    return _leave(by, registration)


@operation
def leave_by_link(*, by: Actor, token: str) -> Registration:
    """Give up the place that the link opens; done twice, it changes nothing more. Raises links.PlaceLinkError."""
    return _leave(by, links.read(token))


def _leave(by: Actor, registration: Registration) -> Registration:
    lock_session(registration.session)
    registration = Registration.objects.select_related("session__programme", "beneficiary__identity").get(
        pk=registration.pk
    )
    if registration.session.starts_at > clock.now() and apply(by, registration, Transition.LEAVE):
        notices.left(registration)
    return registration


# --- What answers and time do to places ------------------------------------------------------------------------------


def follow_consents(by: Actor, beneficiary: Beneficiary) -> None:
    """Move the coming places of a person where her authorisations now stand; her row is locked by the caller."""
    coming = list(
        Registration.objects.filter(
            beneficiary=beneficiary, session__starts_at__gt=clock.now(), session__state=Session.State.OPEN
        ).values_list("session", flat=True)
    )
    if not coming:
        return
    outcome = consent_outcome(beneficiary)
    for session_id in sorted(coming):
        session = lock_session(Session(pk=session_id))
        registration = Registration.objects.select_related("session__programme", "beneficiary__identity").get(
            session=session, beneficiary=beneficiary
        )
        last = registration.changes.order_by("-at", "-pk").values_list("transition", flat=True).first() or ""
        steps = [
            transition
            for transition in after_answer(registration.state, outcome, last, seats_left(session) > 0)
            if apply(by, registration, transition)
        ]
        if steps:
            notices.followed(registration, steps)


@operation
def follow_time(*, by: Actor, beneficiary: Beneficiary) -> bool:
    """Ask again somebody whose authorisations ended, or who has become the one to decide; True when a place lapsed."""
    beneficiary = lock(beneficiary)
    if consent_outcome(beneficiary) != Outcome.AWAITING:
        return False
    before = _confirmed(beneficiary)
    follow_consents(by, beneficiary)
    if _confirmed(beneficiary) == before:
        return False
    send_own_link(by=by, beneficiary=beneficiary)
    ask_who_is_missing(by, beneficiary)
    return True


def follow_time_for_all(*, by: Actor) -> int:
    """Ask again everybody who must answer anew, one transaction each; return how many places lapsed."""
    people = Beneficiary.objects.filter(pk__in=lapsed_beneficiaries()).order_by("pk")
    return sum(follow_time(by=by, beneficiary=beneficiary) for beneficiary in people)


def _confirmed(beneficiary: Beneficiary) -> int:
    return Registration.objects.filter(beneficiary=beneficiary, state=State.CONFIRMED).count()


def lapsed_beneficiaries(now=None) -> Sequence[int]:
    """Return the people who hold a confirmed coming place and whose authorisations no longer stand."""
    ids = list(
        Registration.objects.filter(
            state=State.CONFIRMED, session__starts_at__gt=now or clock.now(), session__state=Session.State.OPEN
        )
        .order_by("beneficiary")
        .values_list("beneficiary", flat=True)
        .distinct()
    )
    # Whatever blocks at one age: too many are named rather than too few, and each is judged again before she moves.
    purposes = sorted({rule.purpose for rule in rules().values() if rule.is_blocking})
    return [pk for pk, outcome in open_purposes(ids, purposes).items() if outcome != Outcome.GRANTED]
