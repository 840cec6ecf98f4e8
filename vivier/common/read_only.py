"""GET never writes: reading pages run under a guard of the database connection."""

import re
from functools import lru_cache

from django.db import connection

#: What says nothing of the act: texts, comments, then names between double quotes.
_TEXTS = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.S)
_NAMES = re.compile(r'"((?:[^"]|"")*)"')
#: What Django itself must write whoever reads: the session that carries the steps of a sign-in.
_SESSION = "django_session"
_WRITES = re.compile(
    rf"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY|CALL|LOCK|NEXTVAL|SETVAL)\b(?!\s+{_SESSION}\b)"
    r"|\bFOR\s+(?:KEY\s+)?SHARE\b|^\s*DO\b",
    re.I,
)


class WriteInReadView(Exception):
    """A page that only reads tried to write."""


@lru_cache(4096)  # pages send the same statements again and again: judging each anew takes 3 % of a page
def writes(sql: str) -> bool:
    """Tell whether a statement writes or locks, wherever in it; the session's own table does not count."""
    bare = _TEXTS.sub(" ", sql)
    bare = _NAMES.sub(lambda name: _SESSION if name[1] == _SESSION else "_", bare)
    return bool(_WRITES.search(bare))


def refuse_writes(execute, sql, params, many, context):
    """Execute `sql` unless it writes; raises WriteInReadView (an execute wrapper of Django's connection)."""
    if writes(sql):
        raise WriteInReadView(sql[:200])
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """Refuse every write of a GET or HEAD request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(refuse_writes):
            return self.get_response(request)
