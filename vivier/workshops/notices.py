"""The mails about a place. Each goes out with the act that it announces, or not at all."""

from collections.abc import Sequence

from vivier.common.links import absolute
from vivier.common.mail import send_later
from vivier.common.text import of
from vivier.people.models import Guardian
from vivier.workshops import links, words
from vivier.workshops.models import Registration
from vivier.workshops.transitions import State, Transition


def registered(registration: Registration) -> None:
    """Tell her that she has a place, or what is still awaited."""
    _to_her(registration, "confirmed" if registration.state == State.CONFIRMED else "awaiting")


def already(registration: Registration) -> None:
    """Tell her, at the address on file, that somebody signed her up again and that nothing changed."""
    _to_her(registration, "already")


def left(registration: Registration) -> None:
    """Confirm that her place was given up."""
    _to_her(registration, "left")


def followed(registration: Registration, steps: Sequence[Transition]) -> None:
    """Tell her what an answer, or its end, did to her place."""
    template = {
        Transition.GRANT: "confirmed",
        Transition.REOPEN: "awaiting",
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


def _to_her(registration: Registration, template: str) -> None:
    """Write to her; to her guardians where she has no address of her own."""
    address = registration.beneficiary.identity.email or registration.email
    if address:
        _send(registration, template, address, None)
    else:
        for guardian in _guardians(registration):
            _send(registration, template, guardian.email, guardian)


def _to_all(registration: Registration, template: str) -> None:
    sent = set()
    own = registration.beneficiary.identity.email or registration.email
    if own:
        _send(registration, template, own, None)
        sent.add(own.casefold())
    for guardian in _guardians(registration):
        if guardian.email.casefold() not in sent:
            _send(registration, template, guardian.email, guardian)
            sent.add(guardian.email.casefold())


def _guardians(registration: Registration) -> list[Guardian]:
    guardianships = registration.beneficiary.guardianships.all()
    return [row.guardian for row in sorted(guardianships, key=lambda row: row.pk) if row.guardian.email]


def _send(registration: Registration, template: str, address: str, guardian: Guardian | None) -> None:
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
            "where": words.where(session),
            "is_online": session.mode == session.Mode.ONLINE,
            "is_confirmed": registration.state == State.CONFIRMED,
            "structure": structure,
            "contact": listed_contact(structure),
            "address": links.address_of(registration),
            "sessions_address": absolute("workshops:public_list"),
        },
    )


def listed_contact(structure) -> str:
    """Return how to reach a structure: "contact@… ou 04 …"; "" where nothing is known."""
    return " ou ".join(part for part in (structure.email, structure.phone) if part)
