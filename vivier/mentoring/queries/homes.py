"""What each home shows of an accompaniment: a marraine reads about her filleules, a beneficiary about hers."""

from dataclasses import dataclass
from datetime import date

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.text import plural
from vivier.mentoring import links
from vivier.mentoring.guide import Guide, guide_of
from vivier.mentoring.meetings import Meeting, first_meeting
from vivier.mentoring.models import Mentor, Pair
from vivier.mentoring.queries.mentors import MentorRow, mentor_rows, read_mentors
from vivier.mentoring.queries.pairs import PairRow, pair_rows, read_pairs
from vivier.mentoring.transitions import awaits
from vivier.mentoring.vocabulary import MentorWords, PairState, Side, VettingState, mentor_words, talks_of_school
from vivier.mentoring.wording import class_or_situation, slot_words
from vivier.programmes.models import Programme


@dataclass(frozen=True)
class Accompaniment:
    """One of her filleules, as a marraine sees her: never a private address.

    `is_open` False: something is still to be done (`pending`, a sentence) before she is told who it is.
    """

    pair: Pair
    name: str
    #: "Classe" or "Situation", and the words.
    standing: tuple[str, str]
    slots: str
    is_open: bool
    pending: str
    meeting: Meeting | None = None
    #: Where she answers the invitation, "" where no answer of hers is waited for.
    answer_url: str = ""


@dataclass(frozen=True)
class MentorHome:
    """What a marraine sees of one programme."""

    row: MentorRow
    accompaniments: list[Accompaniment]

    @property
    def mentor(self) -> Mentor:
        return self.row.mentor

    @property
    def is_open(self) -> bool:
        """She knows one of her filleules at least."""
        return any(one.is_open for one in self.accompaniments)

    @property
    def guide(self) -> Guide:
        """What to talk about this month with those she knows: by the school year if one of them is at school."""
        people = [one.pair.enrolment.beneficiary for one in self.accompaniments if one.is_open]
        audience = self.mentor.programme.audience
        return guide_of(clock.today(), school=not people or any(talks_of_school(audience, one) for one in people))

    @property
    def is_refused(self) -> bool:
        """Her verification says that she may accompany nobody."""
        return self.row.vetting == VettingState.REFUSED

    @property
    def held_words(self) -> str:
        if not self.mentor.capacity:
            return "Aucune place pour l’instant."
        taken = f"dont {self.row.held} prise{'s' if self.row.held > 1 else ''}"
        return f"{plural(self.mentor.capacity, 'place', 'places')}, {taken}."


def mentor_homes(actor: Actor) -> list[MentorHome]:
    """Return what a signed-in marraine sees, one home per programme; five queries."""
    if actor.user_id is None:
        return []
    own = Mentor.objects.filter(volunteer__user=actor.user_id)
    mentors = read_mentors(own)
    rows = pair_rows(read_pairs(Pair.objects.filter(mentor__in=mentors, state=PairState.ACCEPTED)))
    return [
        MentorHome(row, [_accompaniment(one) for one in rows if one.pair.mentor_id == row.mentor.pk])
        for row in mentor_rows(mentors)
    ]


_MENTOR_READS = {
    VettingState.IN_FORCE: "Une autorisation est à recueillir : vous saurez qui vous attend dès qu’elle sera donnée.",
    VettingState.MISSING: "Votre vérification est à faire : la structure vous dira comment.",
    VettingState.EXPIRED: "Votre vérification est à renouveler : la structure vous dira comment.",
    VettingState.REFUSED: "Cet accompagnement est suspendu : la structure vous dira la suite.",
}


def _accompaniment(row: PairRow) -> Accompaniment:
    beneficiary = row.pair.enrolment.beneficiary
    if not row.can_meet:
        pending, url = _pending(row, Side.MENTOR, _MENTOR_READS)
        return Accompaniment(row.pair, "", ("", ""), "", False, pending, answer_url=url)
    return Accompaniment(
        row.pair,
        beneficiary.identity.short_name,
        class_or_situation(beneficiary),
        slot_words(row.pair.common_slots),
        True,
        "",
        first_meeting(row.pair.common_slots, clock.today()),
    )


_AWAITED = {
    Side.MENTOR: "Une réponse de vous est attendue : oui ou non.",
    Side.MENTEE: "{offered}. Une réponse est attendue : oui ou non.",
}
_NOT_YET = {
    Side.MENTOR: "Quelqu’un est trouvé. L’autre réponse est attendue.",
    Side.MENTEE: "{found}. Sa réponse est attendue.",
}


def _pending(row: PairRow, side: Side, reads: dict[VettingState, str]) -> tuple[str, str]:
    """Return what keeps two people from knowing each other, as one side reads it, and where she may answer.

    reads: what she reads of the verification; in force, that an authorisation is missing.
    """
    invitation = row.invitation
    if row.vetting != VettingState.IN_FORCE or row.is_confirmed:
        return reads[row.vetting], ""
    if invitation is None:
        return "Une proposition est prête. La structure écrira pour demander une réponse.", ""
    if not awaits(invitation.state, side):
        return _NOT_YET[side], ""
    if side == Side.MENTEE and links.answered_by_guardians(row.pair.enrolment.beneficiary):
        return _AWAITED[side], ""  # a guardian's link is hers alone: here the person reads about herself
    invitation.pair = row.pair  # read already, with both people
    own = links.recipients(invitation, side)
    return _AWAITED[side], own[0].path if own else ""


@dataclass(frozen=True)
class OwnMentor:
    """What a beneficiary, or her guardian, reads about her marraine in one programme.

    `is_open` False: she has one, and is told who when what `pending` says is done.
    """

    programme: Programme
    is_open: bool
    pending: str
    first_name: str
    occupation: str
    commune: str
    slots: str
    checked_on: date | None
    checked_until: date | None
    meeting: Meeting | None = None
    answer_url: str = ""

    @property
    def words(self) -> MentorWords:
        """The nouns of the programme."""
        return mentor_words(self.programme.audience)


def own_mentors(beneficiary_ids) -> dict[int, list[OwnMentor]]:
    """Return the marraines of beneficiaries, by beneficiary: first name, occupation, how verified; three queries."""
    accepted = Pair.objects.filter(enrolment__beneficiary__in=list(beneficiary_ids), state=PairState.ACCEPTED)
    pairs = read_pairs(accepted.select_related("programme__controller"))
    found: dict[int, list[OwnMentor]] = {}
    for row in pair_rows(pairs):
        found.setdefault(row.pair.enrolment.beneficiary_id, []).append(_own_mentor(row))
    return found


#: Read by pupils, whom one tells "tu", and by adults: the sentences call nobody.
_MENTEE_READS = {
    VettingState.IN_FORCE: "{found}. La rencontre attend une autorisation.",
    VettingState.MISSING: "{found}. Sa vérification est en cours.",
    VettingState.EXPIRED: "{found}. Sa vérification est à renouveler avant toute rencontre.",
    VettingState.REFUSED: "L’accompagnement prévu est suspendu. La structure dira la suite.",
}


def _own_mentor(row: PairRow) -> OwnMentor:
    pair, volunteer = row.pair, row.pair.mentor.volunteer
    if not row.can_meet:
        words = mentor_words(pair.programme.audience)
        pending, url = _pending(row, Side.MENTEE, _MENTEE_READS)
        pending = pending.format(found=words.found, offered=words.offered)
        return OwnMentor(pair.programme, False, pending, "", "", "", "", None, None, answer_url=url)
    return OwnMentor(
        programme=pair.programme,
        is_open=True,
        pending="",
        first_name=volunteer.identity.first_name,
        occupation=volunteer.occupation,
        commune=volunteer.commune.name if volunteer.commune else "",
        slots=slot_words(pair.common_slots),
        checked_on=pair.last_check,
        checked_until=pair.last_expiry,
        meeting=first_meeting(pair.common_slots, clock.today()),
    )
