"""The links of asks: one for the partner who answers, one for each person whom it names. GET reads, POST acts."""

from django.core import signing

from vivier.common import links
from vivier.common.errors import DomainError
from vivier.steering.models import Answer, Contribution

_ANSWER, _JOIN = "vivier.steering.answer", "vivier.steering.join"
MAX_AGE_DAYS = 60


class AskLinkError(DomainError):
    """The link opens nothing."""


def answer_address(answer: Answer) -> str:
    """Return the whole address on which a partner answers."""
    return links.absolute("steering:answer", jeton=answer_token(answer))


def answer_token(answer: Answer) -> str:
    """Return the signed name of an ask to one partner."""
    return signing.dumps(answer.public_id.hex, salt=_ANSWER)


def join_address(contribution: Contribution) -> str:
    """Return the whole address on which a person named by a partner says yes or no."""
    return links.absolute("steering:join", jeton=join_token(contribution))


def join_token(contribution: Contribution) -> str:
    """Return the signed name of a contribution."""
    return signing.dumps(contribution.public_id.hex, salt=_JOIN)


def read_answer(token: str) -> Answer:
    """Return what a partner's link opens. Raises AskLinkError."""
    rows = Answer.objects.select_related(
        "organisation__commune", "pledge", "ask__site__commune", "ask__programme__controller"
    )
    return _read(token, _ANSWER, rows)


def read_join(token: str) -> Contribution:
    """Return what a named person's link opens. Raises AskLinkError."""
    rows = Contribution.objects.select_related(
        "answer__organisation", "answer__ask__site__commune", "answer__ask__programme__controller", "volunteer"
    )
    return _read(token, _JOIN, rows)


def _read(token: str, salt: str, rows):
    try:
        public_id = signing.loads(token, salt=salt, max_age=MAX_AGE_DAYS * 24 * 3600)
    except signing.SignatureExpired as error:
        raise AskLinkError(f"Ce lien a plus de {MAX_AGE_DAYS} jours : il ne sert plus.") from error
    except signing.BadSignature as error:
        raise AskLinkError("Ce lien n’est pas complet. Ouvrez-le depuis le message reçu, sans le recopier.") from error
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise AskLinkError("Cette demande n’existe plus.")
    return found
