"""Recording answers: by link, by account, at sign-up, from paper. None is ever changed; the last one counts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError, NotAllowed
from vivier.common.mail import send_later
from vivier.common.operations import operation
from vivier.common.text import of
from vivier.people import links
from vivier.people.consent_rules import add_months, required, text_for
from vivier.people.extensions import consent_changed
from vivier.people.models import Beneficiary, Consent, Guardian, Guardianship
from vivier.people.operations.beneficiaries import lock
from vivier.people.permissions import require_people_management
from vivier.people.queries.consents import latest_answers, reader_of
from vivier.people.vocabulary import Purpose

Channel = Consent.Channel
#: The same yes said again is worth a row only when the one on file ends within these days.
RENEWAL_DAYS = 60
#: A paper signed longer ago than this is asked for again.
PAPER_DAYS = 365


@operation
def answer_by_link(*, by: Actor, token: str, answers: Mapping[str, bool], signed_by: str = "") -> list[Consent]:
    """Record the answers of who holds the link. Raises links.LinkError."""
    bearer = links.read(token)
    if bearer.guardian and signed_by:
        _complete_name(bearer.guardian, signed_by)
    return _answer(by, bearer, answers, Channel.LINK, f"signé {signed_by}" if signed_by else "lien personnel")


@operation
def answer_as_account(*, by: Actor, beneficiary: Beneficiary, answers: Mapping[str, bool]) -> list[Consent]:
    """Record the answers of the signed-in person: a guardian of the beneficiary, or herself. Raises NotAllowed."""
    if by.user_id is None:
        raise NotAllowed("Connectez-vous pour répondre.")
    guardianship = (
        Guardianship.objects.filter(beneficiary=beneficiary, guardian__user=by.user_id)
        .select_related("guardian")
        .order_by("pk")
        .first()
    )
    if guardianship is None and beneficiary.user_id != by.user_id:
        raise NotAllowed("Ces autorisations ne dépendent pas de vous.")
    return _answer(by, links.Bearer(beneficiary, guardianship), answers, Channel.ACCOUNT, "compte personnel")


@operation
def answer_at_sign_up(*, by: Actor, beneficiary: Beneficiary, answers: Mapping[str, bool]) -> list[Consent]:
    """Record what the person herself says as she signs up.

    Whoever signs up proves nothing of who she is: an answer already on file, and above all a no, is left alone.
    """
    known = {purpose for purpose, guardian in latest_answers([beneficiary.pk])[beneficiary.pk] if guardian is None}
    fresh = {purpose: says for purpose, says in answers.items() if purpose not in known}
    return _record(by, lock(beneficiary), None, fresh, Channel.SIGN_UP, "inscription en ligne", clock.now())


@operation
def record_paper(
    *,
    by: Actor,
    beneficiary: Beneficiary,
    guardian: Guardian | None,
    answers: Mapping[str, bool],
    signed_on: date,
    reference: str = "",
) -> list[Consent]:
    """Record a signed paper; `reference` says where it is filed. Raises NotAllowed, or DomainError (date, guardian)."""
    require_people_management(by, beneficiary.controller_id)
    today = clock.today()
    if signed_on > today:
        raise DomainError("La date de signature est dans l’avenir : recopiez celle du formulaire.")
    if signed_on < today - timedelta(days=PAPER_DAYS):
        raise DomainError("Ce formulaire a plus d’un an : demandez-en un nouveau.")
    _require_guardian(beneficiary, guardian)
    if set(answers) - set(askable(beneficiary, guardian, signed_on)):
        raise DomainError(
            f"Dès quinze ans, la réponse sur les données vient {of(beneficiary.identity.first_name)} seulement : "
            "laissez ce sujet sans réponse pour le responsable."
        )
    proof = f"papier signé le {signed_on:%d/%m/%Y}" + (f", {reference.strip()}" if reference.strip() else "")
    at = clock.now() if signed_on == today else timezone.make_aware(datetime.combine(signed_on, time(12)))
    return _record(by, lock(beneficiary), guardian, answers, Channel.PAPER, proof, at)


@operation
def record_consent(
    *,
    by: Actor,
    beneficiary: Beneficiary,
    purpose: str,
    is_yes: bool,
    guardian: Guardian | None = None,
    channel: str = Channel.FILE,
    proof: str = "",
) -> Consent | None:
    """Record one answer that a structure vouches for, as from a file; None when it was already on file.

    Raises NotAllowed, DomainError when `guardian` is not one of hers.
    """
    require_people_management(by, beneficiary.controller_id)
    _require_guardian(beneficiary, guardian)
    recorded = _record(by, lock(beneficiary), guardian, {purpose: is_yes}, channel, proof, clock.now())
    return recorded[0] if recorded else None


def askable(beneficiary: Beneficiary, guardian: Guardian | None, today: date) -> list[str]:
    """Return the purposes about which that signatory may answer: guardians only where they are asked."""
    birth_date = beneficiary.identity.birth_date
    return [
        purpose for purpose in Purpose.values if guardian is None or required(purpose, birth_date, today).asks_guardians
    ]


def _answer(by, bearer: links.Bearer, answers, channel: str, proof: str) -> list[Consent]:
    """Record answers given from afar, and send their receipt to the address on file."""
    recorded = _record(by, lock(bearer.beneficiary), bearer.guardian, answers, channel, proof, clock.now())
    if recorded:
        send_later(
            to=bearer.email,
            template="mail/people/answers_recorded.txt",
            context={
                "reader": reader_of(bearer.beneficiary, bearer.guardian, clock.today()),
                "child": bearer.beneficiary.identity,
                "guardian": bearer.guardian,
                "structure": bearer.beneficiary.controller,
                "answers": _in_words(bearer, recorded),
                "address": bearer.address,
            },
        )
    return recorded


def _in_words(bearer: links.Bearer, recorded: Iterable[Consent]) -> list[tuple[str, str]]:
    """Return (purpose, answer) as the receipt says them."""
    reader = reader_of(bearer.beneficiary, bearer.guardian, clock.today())
    says = {Consent.Answer.YES: "oui", Consent.Answer.NO: "non", Consent.Answer.WITHDRAWN: "non, accord retiré"}
    return [(text_for(consent.purpose, reader).title, says[consent.answer]) for consent in recorded]


def _record(
    by: Actor,
    beneficiary: Beneficiary,
    guardian: Guardian | None,
    answers: Mapping[str, bool],
    channel: str,
    proof: str,
    at: datetime,
) -> list[Consent]:
    """Write the answers that say something new, then tell the rooms above; the beneficiary's row is locked."""
    day = timezone.localtime(at).date()
    reader = reader_of(beneficiary, guardian, day)
    known = latest_answers([beneficiary.pk])[beneficiary.pk]
    allowed = askable(beneficiary, guardian, day)
    rows = []
    for purpose in (purpose for purpose in Purpose.values if purpose in answers and purpose in allowed):
        rule = required(purpose, beneficiary.identity.birth_date, day)
        last = known.get((purpose, guardian.pk if guardian else None))
        wording = text_for(purpose, reader).version
        if last and _says_the_same(last, answers[purpose], wording, day):
            continue
        withdrawn = not answers[purpose] and last is not None and last.answer == Consent.Answer.YES
        rows.append(
            Consent(
                beneficiary=beneficiary,
                purpose=purpose,
                guardian=guardian,
                answer=Consent.Answer.YES
                if answers[purpose]
                else Consent.Answer.WITHDRAWN
                if withdrawn
                else Consent.Answer.NO,
                channel=channel,
                wording=wording,
                proof=proof[:200],
                answered_at=at,
                answered_by_id=by.user_id,
                expires_on=add_months(day, rule.months) if answers[purpose] else None,
            )
        )
    recorded = Consent.objects.bulk_create(rows)
    if recorded:
        consent_changed(by, beneficiary)
    return recorded


def _says_the_same(last: Consent, is_yes: bool, wording: str, day: date) -> bool:
    """Tell whether a new answer would add nothing: the same words were answered, and a yes is not about to end."""
    if (last.answer == Consent.Answer.YES) != is_yes or last.wording != wording:
        return False
    return not is_yes or last.expires_on is None or last.expires_on > day + timedelta(days=RENEWAL_DAYS)


def _require_guardian(beneficiary: Beneficiary, guardian: Guardian | None) -> None:
    if guardian and not Guardianship.objects.filter(beneficiary=beneficiary, guardian=guardian).exists():
        raise DomainError("Cette personne n’est pas responsable légale de la bénéficiaire.")


def _complete_name(guardian: Guardian, signed_by: str) -> None:
    """Fill the last name that the minor did not give, from how her guardian signs."""
    first, _, last = " ".join(signed_by.split()).partition(" ")
    if last and not guardian.last_name:
        guardian.first_name, guardian.last_name = guardian.first_name or first[:100], last[:100]
        guardian.save(update_fields=["first_name", "last_name"])
