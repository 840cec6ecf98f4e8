"""Presence by QR: a code on the wall that who comes types, or her own code that staff read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common.actors import VISITOR
from vivier.common.errors import DomainError
from vivier.common.links import absolute
from vivier.common.rate_limits import limited
from vivier.workshops import links, operations, words
from vivier.workshops.operations.presence import is_open, room_code
from vivier.workshops.permissions import (
    managed_registration_or_404,
    managed_session_or_404,
    public_session_or_404,
)


@require_safe
def wall(request, code):
    """Show the QR and the six digits to put on the wall of the room."""
    session = managed_session_or_404(request.actor, code)
    digits = room_code(session)
    context = {
        "session": session,
        "digits": f"{digits[:3]} {digits[3:]}",
        "address": absolute("workshops:here", code, salle=digits),
        "tu": words.says_tu(session.programme, None),
        "when": words.when(session),
    }
    return render(request, "workshops/wall.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("presence", 20, 3600)
def here(request, code):
    """Tell who read the wall how to say that she is there (GET); note her where she is signed in (POST)."""
    session = public_session_or_404(code)
    context = {
        "session": session,
        "digits": "".join(character for character in request.GET.get("salle", "") if character.isdigit())[:6],
        "tu": words.says_tu(session.programme, None),
        "is_open": is_open(session),
        "is_done": False,
        "error": "",
    }
    if request.method == "POST":
        context["digits"] = request.POST.get("salle", "")[:7]
        try:
            operations.say_present(by=request.actor, session=session, code=context["digits"])
        except DomainError as error:
            context["error"] = str(error)
        else:
            context["is_done"] = True
    return render(request, "workshops/here.html", context, status=422 if context["error"] else 200)


# The link in the form is the proof that the form is ours; see vivier.people.views.links.
@csrf_exempt
@login_not_required
@require_POST
@limited("presence", 20, 3600)
def here_by_link(request):
    """Note present who holds the link of a place, with the room's code."""
    token = request.POST.get("jeton", "")
    query = {"jeton": token}
    try:
        operations.say_present_by_link(by=VISITOR, token=token, code=request.POST.get("salle", ""))
    except links.PlaceLinkError as error:
        return render(request, "workshops/place_lost.html", {"sentence": str(error)}, status=404)
    except DomainError:
        query["code"] = "refuse"
    response = HttpResponseRedirect(f"{reverse('workshops:place')}?{urlencode(query)}", status=303)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def scan(request, public_id):
    """Show staff whose code they have just read (GET), and note her present (POST)."""
    place = managed_registration_or_404(request.actor, public_id)
    if request.method == "POST":
        operations.mark_attendance(by=request.actor, session=place.session, marks={place.public_id: True})
        messages.success(request, f"{place.beneficiary.identity.full_name} : présence notée.")
        return redirect("workshops:scan", public_id)
    context = {"place": place, "session": place.session, "when": words.when(place.session)}
    return render(request, "workshops/scan.html", context)
