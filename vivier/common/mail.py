"""The outbox: a mail is a job deferred in the transaction of the act it announces, so both happen or neither."""

from datetime import timedelta

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

from vivier.common.tasks import discard, send_mail


def send_later(*, to: str, template: str, context: dict, good_for: timedelta | None = None) -> None:
    """Defer the mail of `template` (first line: the subject) to the address `to`; does nothing without address.

    `good_for`: how long what it says serves; one that could not leave by then never does.
    """
    if to:
        send_mail.defer(to=to, **_text(template, context), **_until(good_for))


def pretend(*, to: str, template: str, context: dict, good_for: timedelta | None = None) -> None:
    """Defer a job that weighs as much as `send_later` and sends nothing: an unknown address must not show."""
    discard.defer(to=to, **_text(template, context), **_until(good_for))


def _until(good_for: timedelta | None) -> dict[str, str]:
    return {} if good_for is None else {"until": (timezone.now() + good_for).isoformat()}


def _text(template: str, context: dict) -> dict[str, str]:
    """Return the subject and the body: plain text, in which an apostrophe stays an apostrophe."""
    text = get_template(template).template.render(Context(context, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return {"subject": subject.strip(), "body": body.strip() + "\n"}
