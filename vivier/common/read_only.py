"""GET never writes: reading pages run under a guard of the database connection."""

import re

from django.db import connection

#: What Django itself must write whoever reads: the session that carries the sign-in steps.
_WRITES = re.compile(
    r'\s*(?:INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY)\b(?!\s+(?:INTO\s+|FROM\s+)?"django_session")', re.I
)
_LOCKS = re.compile(r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b", re.I)


class WriteInReadView(Exception):
    """A page that only reads tried to write."""


def refuse_writes(execute, sql, params, many, context):
    """Execute `sql` unless it writes; raises WriteInReadView (an execute wrapper of Django's connection)."""
    if _WRITES.match(sql) or _LOCKS.search(sql):
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
