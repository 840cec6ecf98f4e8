"""Where answers stand: for many people at once, and in words for one reader."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value

from vivier.common import clock
from vivier.common.text import of
from vivier.people.consent_rules import (
    PURPOSES,
    Answer,
    Missing,
    Outcome,
    Reader,
    Rule,
    Signatory,
    Standing,
    age_on,
    required,
    state,
    text_for,
)
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Consent, Guardian, Guardianship

#: (purpose, guardian's key or None) → the last answer.
Latest = dict[tuple[str, int | None], Consent]


def latest_answers(beneficiary_ids: Sequence[int] | QuerySet, purposes: Sequence[str] = PURPOSES) -> dict[int, Latest]:
    """Return the last answer of each signatory for each purpose, by beneficiary; one query."""
    found: dict[int, Latest] = defaultdict(dict)
    rows = (
        Consent.objects.filter(beneficiary__in=beneficiary_ids, purpose__in=purposes)
        .order_by("beneficiary", "purpose", "guardian", "-answered_at", "-pk")
        .distinct("beneficiary", "purpose", "guardian")
    )
    for consent in rows:
        found[consent.beneficiary_id][consent.purpose, consent.guardian_id] = consent
    return found


def standings(
    beneficiary_ids: Sequence[int] | QuerySet, purposes: Sequence[str] = PURPOSES, today: date | None = None
) -> dict[int, dict[str, Standing]]:
    """Return where each purpose stands for each beneficiary; two queries whatever their number."""
    today = today or clock.today()
    answers = latest_answers(beneficiary_ids, purposes)
    named = Q(beneficiary__guardianships__isnull=False)
    guardian_keys = ArrayAgg("beneficiary__guardianships__guardian", filter=named, default=Value([]))
    identities = BeneficiaryIdentity.objects.filter(pk__in=beneficiary_ids).annotate(guardian_keys=guardian_keys)
    return {
        pk: {purpose: state(purpose, birth, today, as_answers(answers[pk], purpose), guardians) for purpose in purposes}
        for pk, birth, guardians in identities.values_list("pk", "birth_date", "guardian_keys")
    }


def as_answers(latest: Latest, purpose: str) -> list[Answer]:
    """Return the last answers to one purpose, as the rules read them."""
    return [
        Answer(guardian, consent.answer == Consent.Answer.YES, consent.expires_on)
        for (about, guardian), consent in latest.items()
        if about == purpose
    ]


def open_purposes(beneficiary_ids: Sequence[int], purposes: Sequence[str]) -> dict[int, Outcome]:
    """Return, by beneficiary, one outcome for several purposes together: refused if one is, granted if all are."""
    found = {}
    for pk, by_purpose in standings(beneficiary_ids, purposes).items():
        outcomes = {standing.outcome for standing in by_purpose.values()}
        found[pk] = next(
            outcome for outcome in (Outcome.REFUSED, Outcome.AWAITING, Outcome.GRANTED) if outcome in outcomes
        )
    return found


def blocking_purposes(birth_date: date | None, day: date) -> list[str]:
    """Return the purposes without which there is no place in a session, for that age."""
    return [purpose for purpose in PURPOSES if required(purpose, birth_date, day).is_blocking]


def reader_of(beneficiary: Beneficiary, guardian: Guardian | None, day: date) -> Reader:
    """Return to whom the page speaks; somebody whose age is unknown is spoken to as a minor."""
    if guardian is not None:
        return Reader.GUARDIAN
    birth_date = beneficiary.identity.birth_date
    return Reader.ADULT if birth_date and age_on(birth_date, day) >= 18 else Reader.MINOR


#: Lycéennes who turned 18, or repeat a year, are still told "tu".
_PUPIL_UNTIL = 20


def says_tu(beneficiary: Beneficiary, day: date) -> bool:
    """Tell whether one says "tu" to somebody where no programme says it: to minors, and to pupils up to 20."""
    birth_date, is_pupil = beneficiary.identity.birth_date, beneficiary.kind == Beneficiary.Kind.PUPIL
    if birth_date is None:
        return is_pupil
    age = age_on(birth_date, day)
    return age < 18 or (is_pupil and age <= _PUPIL_UNTIL)


# --- In words ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnswerView:
    """One answer on file: who gave it, what it says, how and when, until when, and with what proof."""

    purpose: str
    who: str
    is_own: bool
    says: str
    is_yes: bool
    at: datetime
    channel: str
    proof: str
    wording: str
    expires_on: date | None
    is_over: bool


@dataclass(frozen=True)
class PurposeView:
    """One purpose as a reader sees it. `mine`: the reader's own last answer; `is_asked`: whether she may answer."""

    purpose: str
    title: str
    asks: str
    yes: str
    silent: str
    no: str
    version: str
    rule: Rule
    standing: Standing
    state: str
    tone: str
    waits_for: str
    mine: AnswerView | None
    is_asked: bool
    decides_alone: bool

    @property
    def is_granted(self) -> bool:
        return self.standing.outcome == Outcome.GRANTED


_STATES = {
    Outcome.GRANTED: ("accord donné", "ok"),
    Outcome.AWAITING: ("réponse attendue", "wait"),
    Outcome.REFUSED: ("accord refusé", "alert"),
}


def purposes_for(
    beneficiary: Beneficiary,
    guardian: Guardian | None,
    latest: Latest | None = None,
    guardianships: Sequence[Guardianship] | None = None,
) -> list[PurposeView]:
    """Return the four purposes as that guardian (None: the person herself) reads them; at most three queries.

    latest, guardianships: of the beneficiary, the first first, where they are read already.
    """
    today = clock.today()
    if latest is None:
        latest = latest_answers([beneficiary.pk])[beneficiary.pk]
    if guardianships is None:
        guardianships = list(beneficiary.guardianships.select_related("guardian").order_by("pk"))
    names = {row.guardian_id: row.guardian.full_name for row in guardianships}
    birth_date = beneficiary.identity.birth_date
    views = []
    for purpose in PURPOSES:
        standing = state(purpose, birth_date, today, as_answers(latest, purpose), list(names))
        reader = reader_of(beneficiary, guardian, today)
        text = text_for(purpose, reader)
        first_name = beneficiary.identity.first_name
        words = {"prenom": first_name, "de_prenom": of(first_name), "structure": beneficiary.controller.name}
        mine = latest.get((purpose, guardian.pk if guardian else None))
        label, tone = _STATES[standing.outcome]
        views.append(
            PurposeView(
                purpose=purpose,
                title=text.title,
                asks=text.asks.format(**words),
                yes=text.yes.format(**words),
                silent=text.silent.format(**words),
                no=text.no.format(**words),
                version=text.version,
                rule=standing.rule,
                standing=standing,
                state=label,
                tone=tone,
                waits_for=waits_for(standing.missing, reader, first_name, guardian),
                mine=answer_view(mine, names, first_name, today) if mine else None,
                is_asked=guardian is None or standing.rule.asks_guardians,
                decides_alone=standing.rule.signatories == {Signatory.SELF},
            )
        )
    return views


def answer_view(consent: Consent, guardian_names: dict[int, str], first_name: str, today: date) -> AnswerView:
    """Return an answer in words; `guardian_names` by key."""
    is_own = consent.guardian_id is None
    return AnswerView(
        purpose=consent.purpose,
        who=first_name if is_own else guardian_names.get(consent.guardian_id, "ancien responsable"),
        is_own=is_own,
        says=consent.get_answer_display(),
        is_yes=consent.answer == Consent.Answer.YES,
        at=consent.answered_at,
        channel=consent.get_channel_display(),
        proof=consent.proof,
        wording=consent.wording,
        expires_on=consent.expires_on,
        is_over=bool(consent.expires_on and consent.expires_on < today),
    )


def waits_for(missing: Iterable[Missing], reader: Reader, first_name: str, guardian: Guardian | None) -> str:
    """Say whose answer is missing, without naming one guardian to another: "la vôtre", "celle d’Inès"."""
    missing = tuple(missing)
    if not missing:
        return ""
    own = {Reader.GUARDIAN: f"celle {of(first_name)}", Reader.MINOR: "la tienne", Reader.ADULT: "la vôtre"}[reader]
    parts = [own] if any(one.signatory == Signatory.SELF for one in missing) else []
    others = [one for one in missing if one.signatory != Signatory.SELF]
    if guardian is not None and any(one.guardian == guardian.pk for one in others):
        parts.insert(0, "la vôtre")
        others = [
            one
            for one in others
            if one.signatory == Signatory.ALL_GUARDIANS and one.guardian not in (guardian.pk, None)
        ]
    if others:
        parts.append("celle d’un autre responsable" if guardian else "celle d’un responsable")
    return " et ".join(parts)
