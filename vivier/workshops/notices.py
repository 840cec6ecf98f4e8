"""The mails about a place. Each goes out with the act that it announces, or not at all."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from vivier.common import clock
from vivier.common.links import absolute
from vivier.common.mail import send_later
from vivier.common.text import of
from vivier.people.links import Bearer
from vivier.people.models import Beneficiary, Guardian, Guardianship
from vivier.workshops import links, survey, words
from vivier.workshops.models import Group, Registration, Session
from vivier.workshops.queries.waiting import rank_of
from vivier.workshops.transitions import State, Transition

_TEMPLATES = {
    State.CONFIRMED: "confirmed",
    State.AWAITING_CONSENT: "awaiting",
    State.WAITING: "waiting",
    State.REFUSED: "refused",
}


def registered(registration: Registration) -> None:
    """Tell her that she has a place, what is still awaited, her rank in the line, or that a no on file stands."""
    _to_her(registration, _TEMPLATES[State(registration.state)])


def already(registration: Registration) -> None:
    """Tell her, at the address on file, that somebody signed her up again and that nothing changed."""
    _to_her(registration, "already")


def left(registration: Registration, *, had_seat: bool) -> None:
    """Confirm that her place, or her number in the line, was given up."""
    _to_her(registration, "left" if had_seat else "left_line")


def promoted(registration: Registration, *, is_missing: bool) -> None:
    """Tell her that a seat is hers; `is_missing`: ask again, with the day until which it is held, who must say yes."""
    asked = 0
    for guardianship in guardianships_to_ask(registration.beneficiary) if is_missing else ():
        if guardianship.guardian.email:
            answer_address = Bearer(registration.beneficiary, guardianship).address
            _send(registration, "seat_held", guardianship.guardian.email, guardianship.guardian, answer_address)
            asked += 1
    if own_address(registration) or not asked:
        _to_her(registration, "promoted")


def expired(registration: Registration) -> None:
    """Tell her and every guardian with an address that the time to answer passed, and her rank in the line."""
    _to_all(registration, "expired")


def reminder(registration: Registration, *, asks: bool = False) -> None:
    """Remind her and every guardian with an address of a seat; who must still say yes is given her link again.

    `asks`: her own mail also gives the questions that come before the session.
    """
    _to_all(registration, "reminder", asks=asks)


def survey_opened(registration: Registration) -> None:
    """Ask her, once, the questions that come after the session; they are answered without her name."""
    _to_her(registration, "survey", asks=True)


def followed(registration: Registration, steps: Sequence[Transition]) -> None:
    """Tell her what an answer, or its end, did to her place."""
    template = {
        Transition.GRANT: "confirmed",
        Transition.REOPEN: "awaiting",
        Transition.QUEUE: "waiting",
        Transition.LAPSE: "lapsed",
        Transition.REFUSE: "refused",
        Transition.WITHDRAW: "refused",
    }[steps[-1]]
    _to_her(registration, template)


def session_cancelled(registration: Registration) -> None:
    """Tell her and every guardian with an address that the session is cancelled."""
    _to_all(registration, "session_cancelled")


def session_changed(registration: Registration) -> None:
    """Tell her and every guardian with an address that the day, the hour or the place changed."""
    _to_all(registration, "session_changed")


def group_told(group: Group, what: str) -> None:
    """Tell the adult who accompanies a group about its session: "booked", "changed", "cancelled" or "reminded"."""
    session = group.session
    send_later(
        to=group.contact_email,
        template="mail/workshops/group.txt",
        context={
            "what": what,
            "group": group,
            "session": session,
            "when": words.when(session),
            "where": words.where(session),
            "is_online": session.mode == session.Mode.ONLINE,
            "day": words.day(session),
            "is_tomorrow": _is_tomorrow(session),
            "structure": session.programme.controller,
            "contact": listed_contact(session.programme.controller),
        },
    )


def _to_her(registration: Registration, template: str, *, asks: bool = False) -> None:
    """Write to her; to her guardians where she has no address of her own."""
    if address := own_address(registration):
        _send(registration, template, address, None, asks=asks)
    else:
        for guardian in _guardians(registration):
            _send(registration, template, guardian.email, guardian, asks=asks)


def _to_all(registration: Registration, template: str, *, asks: bool = False) -> None:
    sent = set()
    is_missing = registration.state == State.AWAITING_CONSENT
    asked = {row.guardian_id: row for row in guardianships_to_ask(registration.beneficiary)} if is_missing else {}
    if own := own_address(registration):
        _send(registration, template, own, None, asks=asks)
        sent.add(own.casefold())
    for guardian in _guardians(registration):
        if guardian.email.casefold() not in sent:
            bearer = Bearer(registration.beneficiary, asked[guardian.pk]) if guardian.pk in asked else None
            link = bearer.address if bearer else ""
            _send(registration, template, guardian.email, guardian, link, asks=asks and not own)
            sent.add(guardian.email.casefold())


def own_address(registration: Registration) -> str:
    """Return where she is written to: the address on file, else the one she gave for this place."""
    return registration.beneficiary.identity.email or registration.email


def guardianships_to_ask(beneficiary: Beneficiary) -> list[Guardianship]:
    """Return the guardianships whose guardian may be asked for an answer.

    While a sign-up names another guardian, one whom only a sign-up named is not written to: staff settle it first.
    """
    rows = beneficiary.guardianships.select_related("guardian").order_by("pk")
    if beneficiary.guardian_claims.exists():
        rows = rows.exclude(origin=Guardianship.Origin.SIGN_UP)
    return list(rows)


def _guardians(registration: Registration) -> list[Guardian]:
    guardianships = registration.beneficiary.guardianships.all()
    return [row.guardian for row in sorted(guardianships, key=lambda row: row.pk) if row.guardian.email]


def _send(
    registration: Registration,
    template: str,
    address: str,
    guardian: Guardian | None,
    answer_address: str = "",
    *,
    asks: bool = False,
) -> None:
    session, identity = registration.session, registration.beneficiary.identity
    structure = session.programme.controller
    send_later(
        to=address,
        template=f"mail/workshops/{template}.txt",
        context={
            "guardian": guardian,
            "tu": words.tu_to(registration.beneficiary, session.programme),
            "person": identity,
            "of_person": of(identity.first_name),
            "session": session,
            "when": words.when(session),
            "day": words.day(session),
            "adult": words.adult(session),
            "where": words.where(session),
            "is_tomorrow": _is_tomorrow(session),
            "is_online": session.mode == session.Mode.ONLINE,
            "is_confirmed": registration.state == State.CONFIRMED,
            "is_waiting": registration.state == State.WAITING,
            "until": words.until(registration),
            "rank": rank_of(registration),
            "answer_address": answer_address,
            "survey_address": links.survey_address(registration) if asks else "",
            "survey_until": clock.day_words(session.ends_at + survey.OPEN_AFTER),
            "structure": structure,
            "contact": listed_contact(structure),
            "address": links.address_of(registration),
            "sessions_address": absolute("workshops:public_list"),
        },
    )


def _is_tomorrow(session: Session) -> bool:
    return timezone.localtime(session.starts_at).date() == clock.today() + timedelta(days=1)


def listed_contact(structure) -> str:
    """Return how to reach a structure: "contact@… ou 04 …"; "" where nothing is known."""
    return " ou ".join(part for part in (structure.email, structure.phone) if part)
