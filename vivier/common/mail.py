"""The outbox: a mail is a job deferred in the transaction of the act it announces, so both happen or neither."""

from django.template.loader import render_to_string

from vivier.common.tasks import send_mail


def send_later(*, to: str, template: str, context: dict) -> None:
    """Defer the mail of `template` (first line: the subject) to the address `to`; does nothing without address."""
    if not to:
        return
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    send_mail.defer(to=to, subject=subject.strip(), body=body.strip() + "\n")
