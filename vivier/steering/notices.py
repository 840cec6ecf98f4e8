"""The mails of asks. Each goes out with the act that it announces, or not at all."""

from vivier.common.mail import send_later
from vivier.mentoring.models import Onboarding
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import at_place, slot_words
from vivier.steering import links
from vivier.steering.models import Answer, Ask, Contribution
from vivier.steering.vocabulary import METRICS, Proof
from vivier.steering.wording import asked_words, mentor_does


def asked(answer: Answer) -> None:
    """Tell a partner what is missing near it."""
    _send(answer.email, "asked", answer.ask, answer, address=links.answer_address(answer))


def named(contribution: Contribution) -> None:
    """Tell somebody that her structure thought of her; she decides."""
    answer = contribution.answer
    address = links.join_address(contribution)
    _send(contribution.email, "named", answer.ask, answer, address=address, person=contribution)


def joined(contribution: Contribution) -> None:
    """Thank whoever said yes, and tell what comes next: nothing for somebody whom the structure knew already."""
    answer = contribution.answer
    address = links.join_address(contribution)
    is_newcomer = Onboarding.objects.filter(volunteer=contribution.volunteer, trained_at=None).exists()
    more = {"address": address, "person": contribution, "is_newcomer": is_newcomer}
    _send(contribution.email, "joined", answer.ask, answer, **more)


def _send(to: str, template: str, ask: Ask, answer: Answer, **more) -> None:
    programme = ask.programme
    context = {
        "ask": ask,
        "programme": programme,
        "structure": programme.controller,
        "partner": answer.organisation,
        "pledge": answer.pledge,
        "wanted": asked_words(ask),
        "mentor": mentor_words(programme.audience).one,
        "mentor_does": mentor_does(programme),
        "is_for_people": METRICS[ask.metric].proof == Proof.VOLUNTEER,
        "place": at_place(ask.site.commune.name) if ask.site else "",
        "slots": slot_words(ask.slots),
        "contact": programme.controller.email or programme.controller.phone,
        **more,
    }
    send_later(to=to, template=f"mail/steering/{template}.txt", context=context)
