"""Links that leave the site: in mails, on posters, in QR codes."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


def absolute(name: str, *arguments, **query) -> str:
    """Return the whole address of the page `name`; `query` becomes its parameters."""
    address = f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"
    return f"{address}?{urlencode(query)}" if query else address
