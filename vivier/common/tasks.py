"""Jobs that every room may defer. The worker runs them after the transaction that deferred them."""

from django.core.mail import EmailMultiAlternatives
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(name="common.send_mail", retry=RetryStrategy(max_attempts=8, exponential_wait=3), queue="mail")
def send_mail(*, to: str, subject: str, body: str) -> None:
    """Send one plain-text mail; a failure of the server is tried again, later and later."""
    try:
        EmailMultiAlternatives(subject=subject, body=body, to=[to]).send()
    finally:
        close_old_connections()
