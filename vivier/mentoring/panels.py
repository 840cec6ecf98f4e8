"""What this room shows on the pages of people: her marraine, and what an authorisation to be accompanied is about."""

from collections.abc import Iterable

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.permissions import Permission
from vivier.mentoring.guide import guide_of
from vivier.mentoring.models import Pair
from vivier.mentoring.queries.homes import OwnMentor, own_mentors
from vivier.mentoring.queries.pairs import PAIR_TONES, PairRow, pair_rows, read_pairs
from vivier.mentoring.transitions import LIVE
from vivier.mentoring.vocabulary import ConsentState, PairState, VettingState, mentor_words, talks_of_school
from vivier.mentoring.wording import named, slot_words
from vivier.people.extensions import Panel, Since, Subject
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import Purpose
from vivier.workshops.words import tu_to

_STATES = {
    ConsentState.GRANTED: ("autorisé", "ok"),
    ConsentState.MISSING: ("autorisation à donner", "wait"),
    ConsentState.REFUSED: ("refusé", "alert"),
}


_NOT_CHECKED = {
    VettingState.MISSING: "en cours ; aucune rencontre avant",
    VettingState.EXPIRED: "à renouveler ; aucune rencontre avant",
    VettingState.REFUSED: "non ; cet accompagnement est suspendu, aucune rencontre n’aura lieu",
}
_NOT_NAMED = {False: "son prénom sera donné après sa vérification", True: "une autre personne sera cherchée"}


def own_panel(actor: Actor, beneficiary: Beneficiary) -> Panel | None:
    """Return her marraines, for herself; None while nobody is accepted."""
    mentors = own_mentors([beneficiary.pk]).get(beneficiary.pk, [])
    if not mentors:
        return None
    tu = tu_to(beneficiary, mentors[0].programme)
    words = mentor_words(mentors[0].programme.audience)
    finding = named(words, mentors[0].first_name, tu=tu) if mentors[0].is_open else mentors[0].pending
    open_ones = [one.programme.audience for one in mentors if one.is_open]
    by_school = any(talks_of_school(audience, beneficiary) for audience in open_ones)
    return Panel(
        "mentoring/partials/own_panel.html",
        {
            "mentors": mentors,
            "tu": tu,
            "several": _several(mentors),
            "guide": guide_of(clock.today(), school=by_school) if open_ones else None,
        },
        finding=finding,
    )


def person_panel(actor: Actor, beneficiary: Beneficiary) -> Panel | None:
    """Return her pairs that live, for staff who run the matching; None where there is none. One query."""
    if not actor.may(Permission.RUN_MATCHING, beneficiary.controller_id):
        return None
    rows = Pair.objects.filter(enrolment__beneficiary=beneficiary, state__in=LIVE)
    pairs = read_pairs(rows.select_related("programme"))
    lines = [(pair, PAIR_TONES[PairState(pair.state)]) for pair in pairs]
    return (
        Panel("mentoring/partials/person_panel.html", {"pairs": lines, "several": _several(pairs)}) if lines else None
    )


def _several(rows: Iterable[Pair | OwnMentor]) -> bool:
    """Tell whether they come from more than one programme, which is then named beside each."""
    return len({row.programme.pk for row in rows}) > 1


def subjects(since: Since) -> Iterable[tuple[int, Subject]]:
    """Yield the accompaniments that authorisations are about; those accepted before `since` are kept back."""
    pairs = Pair.objects.filter(enrolment__beneficiary__in=list(since), state=PairState.ACCEPTED)
    for row in pair_rows(read_pairs(pairs.select_related("programme__controller"))):
        key = row.pair.enrolment.beneficiary_id
        if since[key] is None or row.pair.decided_at >= since[key]:
            yield key, _subject(row)


def _subject(row: PairRow) -> Subject:
    pair, volunteer = row.pair, row.pair.mentor.volunteer
    checked = row.vetting == VettingState.IN_FORCE
    state, tone = _STATES[row.consent]
    words = mentor_words(pair.programme.audience)
    return Subject(
        purpose=Purpose.MENTORING,
        title=f"Accompagnement par {words.a}",
        when=slot_words(pair.common_slots) or "créneaux à convenir ensemble",
        where_label="Première rencontre",
        where=f"organisée par {pair.programme.controller.name}",
        adult_label=words.one.capitalize(),
        adult=", ".join(filter(None, [volunteer.identity.first_name, volunteer.occupation]))
        if checked
        else _NOT_NAMED[row.vetting == VettingState.REFUSED],
        checked=f"faite le {pair.last_check:%d/%m/%Y}, valable jusqu’au {pair.last_expiry:%d/%m/%Y}"
        if checked
        else _NOT_CHECKED[row.vetting],
        state=state,
        tone=tone,
    )
