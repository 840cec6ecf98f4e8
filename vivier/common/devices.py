"""The device behind a request: a random, signed name in a long-lived cookie, so that limits count devices.

A class of 35 pupils sits behind one address: counting addresses would shut them out. The cookie says nothing of the
person; what is stored is a keyed hash of it, and of the address where a request has no device.
"""

import ipaddress
import secrets

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

_SALT = "vivier.common.devices"
#: A year: a shorter life would give whoever waits a new device.
AGE = 365 * 24 * 3600


def bucket(kind: str, value: str) -> str:
    """Return the key under which uses of `value` (a device, an address, an account) are counted; 64 hex digits."""
    return salted_hmac(f"{_SALT}.{kind}", value, algorithm="sha256").hexdigest()


def device_of(request) -> str | None:
    """Return the name of the device that the request's cookie carries; None without cookie, or when it was forged."""
    try:
        return signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=_SALT, max_age=AGE)
    except signing.BadSignature:
        return None


def address_of(request) -> str:
    """Return the network address of the request: the one that the trusted proxies saw; an IPv6 network of 64 bits.

    `settings.TRUSTED_PROXIES` counts the proxies in front of the application. With none, X-Forwarded-For is ignored,
    since anybody can write it.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXIES:
            address = hops[-settings.TRUSTED_PROXIES]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 6:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


class DeviceMiddleware:
    """Give a device its cookie with the first page that holds a form, so that the answer to it already has one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        holds_a_form = "CSRF_COOKIE" in request.META
        if holds_a_form and device_of(request) is None:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                signing.dumps(secrets.token_urlsafe(16), salt=_SALT),
                max_age=AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
