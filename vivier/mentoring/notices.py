"""The mails of invitations: nothing in them says who anybody is. Each goes out with the act that it announces."""

from vivier.common import clock
from vivier.common.mail import send_later
from vivier.mentoring import links
from vivier.mentoring.guide import guide_of
from vivier.mentoring.meetings import first_meeting
from vivier.mentoring.models import Invitation
from vivier.mentoring.vocabulary import Side, mentor_words, talks_of_school
from vivier.workshops.words import tu_to


def invited(invitation: Invitation, side: str) -> None:
    """Ask one side to answer."""
    _send("invited", invitation, side)


def stopped(invitation: Invitation, side: str) -> None:
    """Tell one side that the pair she was invited to will not be; never why, never by whom."""
    _send("stopped", invitation, side)


def handed_over(invitation: Invitation, side: str) -> None:
    """Tell one side that she may now read who the other is, when to meet, and what to talk about this month."""
    today = clock.today()
    pair = invitation.pair
    guide = guide_of(today, school=talks_of_school(pair.programme.audience, pair.enrolment.beneficiary))
    _send("handed_over", invitation, side, meeting=first_meeting(pair.common_slots, today), guide=guide)


def _send(template: str, invitation: Invitation, side: str, **more) -> None:
    pair = invitation.pair
    structure = pair.programme.controller
    for one in links.recipients(invitation, side):
        context = {
            "programme": pair.programme,
            "structure": structure,
            "contact": structure.email or structure.phone,
            "mentor_words": mentor_words(pair.programme.audience),
            "is_mentor": side == Side.MENTOR,
            "is_guardian": one.guardian is not None,
            "tu": side == Side.MENTEE and one.guardian is None and tu_to(pair.enrolment.beneficiary, pair.programme),
            "answer_before": clock.day_words(invitation.answer_before),
            "address": one.address,
            "days": links.MAX_AGE_DAYS,
            **more,
        }
        send_later(to=one.email, template=f"mail/mentoring/{template}.txt", context=context)
