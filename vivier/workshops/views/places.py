"""One's own place: by the link of the confirmation, or by account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vivier.common.actors import VISITOR
from vivier.common.errors import NotAllowed
from vivier.common.headers import private
from vivier.common.links import absolute
from vivier.common.rate_limits import limited
from vivier.workshops import links, words
from vivier.workshops.models import Registration
from vivier.workshops.operations import leave, leave_by_link
from vivier.workshops.operations.presence import is_open
from vivier.workshops.operations.surveys import open_survey
from vivier.workshops.panels import place_view
from vivier.workshops.queries.waiting import rank_of
from vivier.workshops.transitions import State


# The link in the form is the proof that the form is ours; see vivier.people.views.links.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("place", 60, 3600)
def place(request):
    """Show a place to who holds its link (GET), and give it up (POST)."""
    token = request.POST.get("jeton", "") if request.method == "POST" else request.GET.get("jeton", "")
    try:
        if request.method == "POST":
            leave_by_link(by=VISITOR, token=token)
            query = urlencode({"jeton": token})
            return HttpResponseRedirect(f"{reverse('workshops:place')}?{query}", status=303)
        registration = links.read(token)
    except links.PlaceLinkError as error:
        return private(render(request, "workshops/place_lost.html", {"sentence": str(error)}, status=404))
    context = {
        "place": place_view(registration, rank_of(registration)),
        "session": registration.session,
        "person": registration.beneficiary.identity,
        "structure": registration.session.programme.controller,
        "tu": words.tu_to(registration.beneficiary, registration.session.programme),
        "token": token,
        "survey": open_survey(registration),
        "says_present": is_open(registration.session) and registration.state == State.CONFIRMED,
        "is_refused": "code" in request.GET,
        "own_code": absolute("workshops:scan", registration.public_id),
        "show_help": True,
    }
    return private(render(request, "workshops/place.html", context))


@require_POST
def leave_place(request, public_id):
    """Give up a place, signed in: herself, her guardian, or staff."""
    registration = (
        Registration.objects.visible_to(request.actor)
        .filter(public_id=public_id)
        .select_related("session__programme__controller", "session__site__commune", "beneficiary__identity")
        .first()
    )
    if registration is None:
        raise Http404
    try:
        leave(by=request.actor, registration=registration)
    except NotAllowed as error:
        raise Http404 from error
    day = words.day(registration.session)
    was_waiting = registration.state == State.WAITING
    messages.success(
        request,
        f"Le rang sur la liste d’attente du {day} est rendu." if was_waiting else f"La place du {day} est libérée.",
    )
    if registration.beneficiary.user_id == request.actor.user_id:
        return redirect("people:my_path")
    if request.POST.get("retour") == "seance":
        return redirect("workshops:manage", registration.session.code)
    if registration.beneficiary.guardianships.filter(guardian__user=request.actor.user_id).exists():
        return redirect("people:my_authorisations")
    return redirect("people:beneficiary", registration.beneficiary.public_id)
