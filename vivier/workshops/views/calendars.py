"""Calendars to subscribe to: a programme's announced sessions for everybody, somebody's own places by her link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from vivier.common.headers import private
from vivier.programmes.models import Programme
from vivier.workshops import calendars, links, queries


@login_not_required
@require_safe
def programme_calendar(request, slug):
    """Return the announced sessions of a programme."""
    programme = get_object_or_404(Programme.objects.select_related("controller"), slug=slug)
    return _file(calendars.of_sessions(programme.name, queries.announced_calendar(programme)), programme.slug)


@login_not_required
@require_safe
def own_calendar(request):
    """Return every place of the person whose link it is."""
    try:
        beneficiary = links.read_calendar(request.GET.get("jeton", ""))
    except links.PlaceLinkError as error:
        raise Http404(str(error)) from error
    return private(_file(calendars.of_places("Mes séances", queries.own_places(beneficiary)), "mes-seances"))


@login_not_required
@require_safe
def place_calendar(request):
    """Return the one place that a link opens, to add to a calendar."""
    try:
        place = links.read(request.GET.get("jeton", ""))
    except links.PlaceLinkError as error:
        return private(render(request, "workshops/place_lost.html", {"sentence": str(error)}, status=404))
    return private(_file(calendars.of_places("Ma séance", [place]), "ma-seance"))


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
