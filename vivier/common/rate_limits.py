"""How often something may be done: counted by device, by address only where devices cannot be told apart."""

import functools
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.shortcuts import render

from vivier.common import clock
from vivier.common.devices import address_of, bucket, device_of
from vivier.common.models import RateCount

#: Requests without device share a counter per address; a class whose telephones refuse cookies still passes.
SHARED_LIMIT, SHARED_WINDOW = 200, 3600
#: Whoever throws the cookie away at each request is stopped here; ten classes at once behind one address are not.
ADDRESS_LIMIT, ADDRESS_WINDOW = 3000, 3600
#: Counters older than this serve nobody: no window is longer.
KEPT = timedelta(days=2)

_COUNT = """
INSERT INTO common_ratecount (device, action, "window", count) VALUES (%s, %s, %s, 1)
ON CONFLICT ON CONSTRAINT rate_count_once_per_window DO UPDATE SET count = common_ratecount.count + 1
RETURNING count
"""


def count(key: str, action: str, limit: int, window_seconds: int) -> bool:
    """Count one use under `key` (see devices.bucket), atomically; tell whether it is within `limit` for this window.

    Call it outside the transaction of the act it protects: a rollback would forget the use.
    """
    start = int(clock.now().timestamp()) // window_seconds * window_seconds
    return _count(key, action, datetime.fromtimestamp(start, UTC)) <= limit


def first_use(key: str, action: str, moment: datetime) -> bool:
    """Tell, once only, that nobody has used `key` at `moment`: for codes that serve a single time."""
    return _count(key, action, moment) == 1


def _count(key: str, action: str, window: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, action, window])
        return cursor.fetchone()[0]


def allow(request, action: str, limit: int, window_seconds: int) -> bool:
    """Count one use by the request's device; False when it is one too many. Call it on POST only: it writes.

    A request without device is counted with its address (200 an hour for every such device behind it).
    """
    address = bucket("address", address_of(request))
    device = device_of(request)
    if device is None:
        return count(address, action, SHARED_LIMIT, SHARED_WINDOW)
    within = count(bucket("device", device), action, limit, window_seconds)
    return within and count(address, f"{action}*"[:40], ADDRESS_LIMIT, ADDRESS_WINDOW)


def refusal(request, *, minutes: int = 60):
    """Return the page 429: too much was sent from this device; what to do."""
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def limited(action: str, limit: int, window_seconds: int):
    """Decorate a view: its POST answers 429 once the device has sent `limit` in the window."""

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if request.method == "POST" and not allow(request, action, limit, window_seconds):
                return refusal(request, minutes=-(-window_seconds // 60))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def forget_old() -> int:
    """Erase the counters that no window uses any more; return how many."""
    return RateCount.objects.filter(window__lt=clock.now() - KEPT).delete()[0]
