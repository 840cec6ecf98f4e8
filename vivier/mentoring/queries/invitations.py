"""What an invitation shows: to whom holds its link, and to the coordinator. Nobody is named before both said yes."""

from dataclasses import dataclass

from vivier.common import clock
from vivier.common.text import of
from vivier.mentoring import links
from vivier.mentoring.guide import Guide, guide_of
from vivier.mentoring.meetings import Meeting, first_meeting
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.queries.pairs import PairRow, Step, pair_rows, read_pairs
from vivier.mentoring.transitions import DECLINED, OPEN, awaits
from vivier.mentoring.vocabulary import (
    ConsentState,
    InvitationState,
    PairState,
    Side,
    VettingState,
    mentor_words,
    talks_of_school,
)
from vivier.mentoring.wording import class_or_situation, interest_words, slot_words
from vivier.workshops.words import tu_to


@dataclass(frozen=True)
class InvitationPage:
    """What the holder of a link reads. `facts`: (label, words) about the other person, never a name before its time."""

    recipient: links.Recipient
    heading: str
    lead: str
    #: Heads the facts.
    about: str
    facts: list[tuple[str, str]]
    #: She may say yes now; she may say no now (also after her yes, until the other has said yes).
    may_say_yes: bool
    may_say_no: bool
    tu: bool
    meeting: Meeting | None
    guide: Guide | None

    @property
    def invitation(self) -> Invitation:
        return self.recipient.invitation

    @property
    def is_mentor(self) -> bool:
        return self.recipient.side == Side.MENTOR

    @property
    def topics(self) -> tuple[str, ...]:
        """What to talk about this month, as this side reads it."""
        if self.guide is None:
            return ()
        return self.guide.for_mentor if self.is_mentor else self.guide.for_mentee


def invitation_page(recipient: links.Recipient) -> InvitationPage:
    """Return what a recipient reads now; five queries."""
    [row] = pair_rows(read_pairs(Pair.objects.filter(pk=recipient.invitation.pair_id)))
    invitation, pair = recipient.invitation, recipient.invitation.pair
    side = Side(recipient.side)
    tu = side == Side.MENTEE and recipient.guardian is None and tu_to(pair.enrolment.beneficiary, pair.programme)
    is_open = invitation.state in OPEN and pair.state == PairState.ACCEPTED
    today = clock.today()
    heading, lead = _words(row, recipient, tu=tu)
    shows = is_open or row.can_meet
    return InvitationPage(
        recipient=recipient,
        heading=heading,
        lead=lead,
        about=_ABOUT[side, row.can_meet],
        facts=(_of_mentor(row) if side == Side.MENTEE else _of_mentee(row)) if shows else [],
        may_say_yes=is_open and awaits(invitation.state, side),
        may_say_no=is_open,
        tu=tu,
        meeting=first_meeting(pair.common_slots, today) if row.can_meet else None,
        guide=guide_of(today, school=_by_school(pair)) if row.can_meet else None,
    )


_ABOUT = {
    (Side.MENTEE, False): "Qui est proposé",
    (Side.MENTOR, False): "Qui attend quelqu’un",
    (Side.MENTEE, True): "Qui accompagne",
    (Side.MENTOR, True): "Qui est accompagné",
}


def _by_school(pair: Pair) -> bool:
    return talks_of_school(pair.programme.audience, pair.enrolment.beneficiary)


def _of_mentor(row: PairRow) -> list[tuple[str, str]]:
    """What a girl or her guardian reads of the marraine: first name and occupation, once she is verified."""
    pair, volunteer = row.pair, row.pair.mentor.volunteer
    slots = ("Créneaux communs", slot_words(pair.common_slots) or "à convenir ensemble")
    if row.vetting != VettingState.IN_FORCE:
        return [("Vérification", "à renouveler ; son prénom s’affiche ensuite"), slots]
    return [
        ("Prénom", volunteer.identity.first_name),
        ("Métier", volunteer.occupation or "non précisé"),
        ("Vérification", f"faite le {pair.last_check:%d/%m/%Y}, valable jusqu’au {pair.last_expiry:%d/%m/%Y}"),
        slots,
    ]


def _of_mentee(row: PairRow) -> list[tuple[str, str]]:
    """What a marraine reads of a girl: never more than a first name, and only once they may meet."""
    enrolment = row.pair.enrolment
    beneficiary = enrolment.beneficiary
    return [
        *([("Prénom", beneficiary.identity.first_name)] if row.can_meet else []),
        class_or_situation(beneficiary),
        ("Ville", row.city),
        ("Ses créneaux", slot_words(enrolment.slots) or "à convenir ensemble"),
        ("Ce qui lui plaît", interest_words(beneficiary.interests) or "à découvrir ensemble"),
    ]


def _words(row: PairRow, recipient: links.Recipient, *, tu: bool) -> tuple[str, str]:
    """Return the heading, which is where she is, and one sentence on what comes next."""
    invitation, side = recipient.invitation, Side(recipient.side)
    if row.pair.state != PairState.ACCEPTED or invitation.state in (*DECLINED, InvitationState.CANCELLED):
        own = invitation.state == f"{side}_no"
        heading = "C’est noté : merci d’avoir répondu." if own else "Cet accompagnement ne se fera pas."
        return heading, "Rien d’autre n’est à faire. La structure en tient compte pour la suite."
    if row.can_meet:
        return _met(row, recipient, tu=tu)
    if invitation.state == InvitationState.CONFIRMED:
        return "Deux oui : l’accompagnement est convenu.", (
            "Il manque une autorisation : un message partira dès qu’elle sera donnée."
            if row.consent != ConsentState.GRANTED
            else "La vérification est à renouveler : un message partira ensuite."
        )
    if not awaits(invitation.state, side):
        said = "Ton oui est noté." if tu else "Votre oui est noté."
        return said, "L’autre réponse est attendue : un message partira dès qu’elle arrive."
    return _asked(recipient, tu=tu)


def _met(row: PairRow, recipient: links.Recipient, *, tu: bool) -> tuple[str, str]:
    words = mentor_words(row.pair.programme.audience)
    mentor = row.pair.mentor.volunteer.identity.first_name
    mentee = row.pair.enrolment.beneficiary.identity.first_name
    structure = row.pair.programme.controller.name
    lead = f"{structure} organise la première rencontre."
    if recipient.side == Side.MENTOR:
        return f"Vous accompagnez {mentee}.", lead
    if recipient.guardian is not None:
        return f"{mentor} accompagne {mentee}.", lead
    is_told = words.one == "marraine" or (words.one == "mentor" and not tu)
    whose = f"est {'ta' if tu else 'votre'} {words.one}" if is_told else "t’accompagne" if tu else "vous accompagne"
    return f"{mentor} {whose}.", lead


def _asked(recipient: links.Recipient, *, tu: bool) -> tuple[str, str]:
    pair = recipient.invitation.pair
    words, structure = mentor_words(pair.programme.audience), pair.programme.controller.name
    if recipient.side == Side.MENTOR:
        return "Quelqu’un à accompagner : qu’en dites-vous ?", (
            f"{structure} a pensé à vous. Aucun nom n’est donné avant deux oui et une autorisation."
        )
    mentor = words.a[:1].upper() + words.a[1:]
    if recipient.guardian is not None:
        child = pair.enrolment.beneficiary.identity.first_name
        return f"{mentor} pour {child} : qu’en dites-vous ?", (
            f"{structure} le propose. Lisez avec {child}, puis répondez : l’avis {of(child)} compte d’abord."
        )
    if tu:
        return f"{mentor} pour toi : qu’en dis-tu ?", f"{structure} te le propose. C’est toi qui décides."
    return f"{mentor} pour vous : qu’en dites-vous ?", f"{structure} vous le propose. C’est vous qui décidez."


@dataclass(frozen=True)
class InvitationCard:
    """What the coordinator reads on the page of an accepted pair. `silent`: sides whose answer is waited for."""

    invitation: Invitation | None
    words: str
    tone: str
    silent: list[Side]
    #: Sides to which nobody can write: their answer is to be asked for by voice.
    unreachable: list[Side]
    is_late: bool
    meeting: Meeting | None
    history: list[Step]

    @property
    def is_open(self) -> bool:
        return self.invitation is not None and self.invitation.state in OPEN


def invitation_card(row: PairRow) -> InvitationCard | None:
    """Return what is shown of the invitation to a pair; None where no one was or can be invited. Four queries."""
    if row.invitation is None:
        if row.pair.state != PairState.ACCEPTED:
            return None
        return InvitationCard(None, "Personne n’est encore invité à répondre.", "wait", [], [], False, None, [])
    invitation = links.with_sides(Invitation.objects.filter(pk=row.invitation.pk)).get()
    silent = [side for side in Side if awaits(invitation.state, side)]
    is_late = bool(silent) and invitation.answer_before < clock.today()
    tone = "ok" if row.is_confirmed else "alert" if is_late or invitation.state in DECLINED else "wait"
    return InvitationCard(
        invitation=invitation,
        words=f"Invitation : {invitation.get_state_display()}.",
        tone=tone,
        silent=silent,
        unreachable=[side for side in silent if not links.recipients(invitation, side)],
        is_late=is_late,
        meeting=first_meeting(row.pair.common_slots, clock.today()) if row.can_meet else None,
        history=_history(invitation),
    )


def _history(invitation: Invitation) -> list[Step]:
    """Return what was sent and answered, the first first; who noted an answer for somebody is named."""
    steps, state = [], None
    for event in invitation.events.select_related("replied_by", "sent_by").order_by("pgh_id"):
        if event.state != state and event.replied_at is not None:
            by = event.replied_by.get_short_name() if event.replied_by else ""
            steps.append(Step(event.get_state_display(), event.replied_at, by))
        elif event.handed_over_at is None:
            by = event.sent_by.get_short_name() if event.sent_by else ""
            steps.append(Step("invitation envoyée", event.sent_at, by))
        state = event.state
    return steps
