"""The pages of the challenges: all is in the address, nothing is asked of anybody, nothing is kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from vivier.common import clock
from vivier.common.headers import private
from vivier.common.links import absolute
from vivier.orientation import calendars
from vivier.orientation.challenges import Challenge, all_challenges, find
from vivier.orientation.decisions import track_of
from vivier.orientation.forms import NearForm
from vivier.orientation.play import has_finished, turn
from vivier.orientation.progress import LostProgress
from vivier.people.permissions import own_children, own_records
from vivier.workshops.queries import public_sessions

#: How many sessions are shown at the end of a challenge.
SESSIONS = 3


@require_safe
@login_not_required
def challenge_list(request):
    """List the challenges."""
    return render(request, "orientation/list.html", {"challenges": all_challenges(), "show_help": True})


@require_safe
@login_not_required
def challenge(request, slug):
    """Show one step of a challenge as the address leaves it: the whole page, or for htmx the step alone."""
    found = _challenge_or_404(slug)
    try:
        at = turn(found, dict(request.GET.lists()))
    except LostProgress:
        return _lost(request, found)
    if at is None:
        word = request.GET["suivi"]
        return _leave(request, f"{reverse('orientation:end', args=[slug])}?{urlencode({'suivi': word})}")
    # Going back, htmx asks for the page anew and wants all of it.
    is_partial = request.htmx and not request.htmx.history_restore_request
    template = "orientation/partials/turn.html" if is_partial else "orientation/challenge.html"
    response = render(request, template, {"turn": at, "view": at.play.view, "here": request.path, "show_help": True})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


@require_safe
@login_not_required
def end(request, slug):
    """Say what the challenge has shown, who does that all day, and where to try for real."""
    found = _challenge_or_404(slug)
    form = NearForm(request.GET if "commune" in request.GET else None)
    commune = form.cleaned_data["commune"] if form.is_bound and form.is_valid() else None
    word = request.GET.get("suivi", "")
    is_done = has_finished(found, word)
    others = [one for one in all_challenges() if one != found]
    following = [one for one in others if one.position > found.position] or others
    context = {
        "challenge": found,
        "is_done": is_done,
        "word": word if is_done else "",
        "form": form,
        "commune": commune,
        "sessions": public_sessions(commune=commune).sessions[:SESSIONS],
        "following": following[0],
        "show_help": True,
    }
    return render(request, "orientation/end.html", context)


@require_safe
@login_not_required
def workshop(request, slug):
    """Show the sheet to hang on the wall, and to whoever leads a workshop what to talk about."""
    found = _challenge_or_404(slug)
    context = {"challenge": found, "address": absolute("orientation:challenge", slug), "challenges": all_challenges()}
    return render(request, "orientation/workshop.html", context)


def _challenge_or_404(slug: str) -> Challenge:
    if (found := find(slug)) is None:
        raise Http404
    return found


def _lost(request, found: Challenge):
    """Say that the address cannot be followed; htmx, which shows no refusal, is sent to that page."""
    if request.htmx:
        return HttpResponseClientRedirect(request.get_full_path())
    return render(request, "orientation/lost.html", {"challenge": found}, status=410)


def _leave(request, address: str):
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@require_safe
def own_calendar(request, public_id):
    """Return the decisions of her class as a calendar: to herself, or to her guardian."""
    own = own_records(request.actor).filter(public_id=public_id).first()
    found = own or own_children(request.actor).filter(public_id=public_id).first()
    track = track_of(found.school_level, found.kind) if found else None
    if track is None:
        raise Http404
    response = HttpResponse(calendars.of_track(track, clock.today()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="decisions.ics"'
    return private(response)
