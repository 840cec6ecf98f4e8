"""Headers of every answer: what the browser may do with the page, who may keep a copy, what the next site learns."""

from django.conf import settings

#: Vivier uses none of the browser's sensors; a page inside it may not either.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial",
        "usb",
    )
)  # fmt: skip
#: Query parameters that open something by themselves: the page must not be kept, indexed, or told to another site.
BEARERS = ("jeton",)
#: A browser takes the last value that it knows. Plain "no-referrer" would make it send "Origin: null" with the form of
#: the page, which the protection against forged forms refuses; "strict-origin" tells the site's name and nothing else.
NO_REFERRER = "no-referrer, strict-origin"


def is_personal(request, response) -> bool:
    """Tell whether an answer may hold something about one person: she is known, holds a link, or just sent a form."""
    anonymous = {settings.CSRF_COOKIE_NAME, settings.DEVICE_COOKIE_NAME}
    return (
        request.method not in ("GET", "HEAD")
        or not anonymous.issuperset(request.COOKIES)
        or not anonymous.issuperset(response.cookies)
        or any(bearer in request.GET for bearer in BEARERS)
    )


def private(response):
    """Return the response to a bearer's link, kept nowhere and told to nobody: the link is in its address."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


class HeadersMiddleware:
    """Set the headers that no page sets for itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if any(bearer in request.GET for bearer in BEARERS):
            response.headers.setdefault("Referrer-Policy", NO_REFERRER)
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if is_personal(request, response) and "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            # A public page holds the token of its reader's forms: her browser may keep it, a shared cache may not.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
