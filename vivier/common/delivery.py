"""Handing a mail to the mail server: never lost, and twice only where SMTP leaves no choice.

The row that says "handed over" is written before the mail and committed after it. A worker killed in between leaves no
row: the mail goes out again. One killed later leaves it: the job, begun again, finds nothing to do. A second worker
that takes the same job waits at the row for the first. What remains is the instant between the server's "250" and the
commit: the mail then leaves twice, under one Message-ID, by which servers and readers know it for the same.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

#: The row of a second worker waits here until the first commits or is cut off.
_CLAIM = "INSERT INTO common_handedover (job, at) VALUES (%s, now()) ON CONFLICT DO NOTHING"


def hand_over(*, job: int, to: str, subject: str, body: str) -> bool:
    """Send the plain-text mail of one job unless it was handed over already; tell whether it was sent now."""
    headers = {"Message-ID": message_id(job, to, subject, body)}
    server = get_connection()
    message = EmailMultiAlternatives(subject=subject, body=body, to=[to], headers=headers, connection=server)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_CLAIM, [job])
                if not cursor.rowcount:
                    return False
            server.open()  # by hand: send() would take leave of the server before this can commit
            message.send()
    finally:
        server.close()
    return True


def message_id(job: int, to: str, subject: str, body: str) -> str:
    """Return the Message-ID of a job's mail: the same at each try, another for another text.

    The text counts because a restored database gives its numbers again: another mail under a known identifier could be
    dropped as one already read.
    """
    digest = salted_hmac("vivier.mail", "\0".join((str(job), to, subject, body)), algorithm="sha256").hexdigest()
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    return f"<{digest[:40]}@{domain}>"
