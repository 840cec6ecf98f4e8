"""What no page can answer, refused once for all of them, with a page in French."""

from django.http import Http404
from django.shortcuts import render


class RefusalMiddleware:
    """Refuse an address that holds the letter NUL; explain an address that only takes what a button sends.

    PostgreSQL stores no NUL, so that any look-up with one would fail. Forms refuse it by themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404("NUL in the address")
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "405.html", status=405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response
