"""Places: taken, confirmed, lost, given up. Who finds no seat gets a number in the line."""

from collections.abc import Sequence

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.operations import operation
from vivier.people.consent_rules import Outcome, rules
from vivier.people.models import Beneficiary
from vivier.people.operations import ask_guardian, lock, send_own_link
from vivier.people.queries.consents import open_purposes
from vivier.programmes.operations import enrol
from vivier.workshops import links, notices
from vivier.workshops.eligibility import session_obstacle
from vivier.workshops.errors import AlreadyRegistered
from vivier.workshops.models import Registration, Session
from vivier.workshops.operations.seats import apply, begin, consent_outcome, has_seat, lock_session, place_of
from vivier.workshops.operations.waiting import settle
from vivier.workshops.permissions import may_leave, require_session_management
from vivier.workshops.transitions import STANDS, State, Transition, after_answer


@operation
def register(*, by: Actor, session: Session, beneficiary: Beneficiary, source: str) -> Registration:
    """Give a known person a place, or a number in the line, as staff. Raises NotAllowed, NoPlace, AlreadyRegistered."""
    require_session_management(by, session.programme.controller_id)
    beneficiary = lock(beneficiary)
    session = lock_session(session)
    existing = place_of(session, beneficiary)
    if existing and existing.state in STANDS:
        raise AlreadyRegistered(f"{beneficiary.identity.full_name} est déjà inscrite à cette séance.")
    return take_place(by, session, beneficiary, existing, source=source)


def take_place(
    by: Actor,
    session: Session,
    beneficiary: Beneficiary,
    existing: Registration | None,
    *,
    source: str,
    email: str = "",
    assistant: str = "",
) -> Registration:
    """Create a place, or open again the one she had: a seat, or a number in the line; write to her and ask who must say
    yes. Person and session are locked. Raises NoPlace.
    """
    if obstacle := session_obstacle(session, clock.now()):
        raise obstacle
    is_seated, outcome = has_seat(session), consent_outcome(beneficiary)
    enrol(by=by, programme=session.programme, beneficiary=beneficiary, site=session.site)
    if existing is None:
        new = Registration(
            session=session,
            beneficiary=beneficiary,
            source=source,
            email=email,
            assistant=assistant,
            registered_at=clock.now(),
            registered_by_id=by.user_id,
        )
        registration = begin(by, new, Transition.REGISTER if is_seated else Transition.QUEUE)
    else:
        registration = existing
        apply(by, registration, Transition.REOPEN if is_seated else Transition.QUEUE)
    for transition in after_answer(registration.state, outcome, Transition.REGISTER, True):
        apply(by, registration, transition)
    if outcome == Outcome.AWAITING:
        ask_who_is_missing(by, beneficiary)
    before = registration.state
    settle(by, session)
    registration.refresh_from_db(fields=["state", "waiting_number", "held_until"])
    # A seat held too long may be hers at once: she was then told of her seat, and is not told of the line.
    if registration.state == before:
        notices.registered(registration)
    return registration


def ask_who_is_missing(by: Actor, beneficiary: Beneficiary) -> None:
    """Write to every guardian of hers who has an e-mail: whichever answers first may suffice."""
    for guardianship in notices.guardianships_to_ask(beneficiary):
        ask_guardian(by=by, guardianship=guardianship)


@operation
def leave(*, by: Actor, registration: Registration) -> Registration:
    """Give up a place or a number: herself, her guardian or staff; the seat goes to the line. Raises NotAllowed."""
    if not may_leave(by, registration):
        raise NotAllowed("Cette inscription ne dépend pas de vous.")
    return _leave(by, registration)


@operation
def leave_by_link(*, by: Actor, token: str) -> Registration:
    """Give up the place that the link opens; done twice, it changes nothing more. Raises links.PlaceLinkError."""
    return _leave(by, links.read(token))


def _leave(by: Actor, registration: Registration) -> Registration:
    session = lock_session(registration.session)
    registration = Registration.objects.select_related("session__programme", "beneficiary__identity").get(
        pk=registration.pk
    )
    before = registration.state
    if registration.session.starts_at > clock.now() and apply(by, registration, Transition.LEAVE):
        notices.left(registration, had_seat=before != State.WAITING)
        settle(by, session)
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
            for transition in after_answer(registration.state, outcome, last, has_seat(session))
            if apply(by, registration, transition)
        ]
        if registration.state == State.WAITING and outcome == Outcome.GRANTED and registration.held_until:
            registration.held_until = None
            registration.save(update_fields=["held_until"])
        if steps:
            notices.followed(registration, steps)
            settle(by, session)


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
