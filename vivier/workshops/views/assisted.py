"""The sign-up on one page, filled beside the person: by staff, or by a mediator who holds a link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from vivier.common import clock
from vivier.common.permissions import Permission
from vivier.common.rate_limits import limited
from vivier.workshops import links, operations, queries, sign_up, words
from vivier.workshops.eligibility import session_obstacle
from vivier.workshops.errors import NoPlace
from vivier.workshops.forms import AssistedForm
from vivier.workshops.permissions import managed_session_or_404, public_session_or_404


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("assisted", 120, 3600)
def assist(request, code):
    """Ask everything on one page (GET), sign up (POST), then say what happens next, and to whom nothing is told."""
    session = public_session_or_404(code)
    token = (request.POST if request.method == "POST" else request.GET).get("jeton", "")
    if not token and not request.actor.may(Permission.MANAGE_SESSIONS, session.programme.controller_id):
        raise Http404
    try:
        assistant = links.read_mediator(token, session) if token else ""
    except links.PlaceLinkError as error:
        raise Http404(str(error)) from error
    form = AssistedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        image = {"oui": True, "non": False}.get(form.cleaned_data["image"])
        try:
            ending = operations.assist_sign_up(
                by=request.actor, session=session, answers=form.answers(), image=image, token=token
            )
        except NoPlace as error:
            form.add_error(None, str(error))
        else:
            query = {"fait": ending.value, **({"jeton": token} if token else {})}
            return HttpResponseRedirect(f"{request.path}?{urlencode(query)}", status=303)
    done = request.GET.get("fait", "")
    context = {
        "session": session,
        "view": queries.session_page(session),
        "when": words.when(session),
        "where": words.where(session),
        "structure": session.programme.controller,
        "assistant": assistant,
        "form": form,
        "token": token,
        "obstacle": str(session_obstacle(session, clock.now()) or ""),
        "ending": done if done in set(sign_up.Ending) else "",
    }
    return render(request, "workshops/assisted.html", context, status=422 if form.errors else 200)


@require_safe
def mediator_link(request, code):
    """Give the link with which a mediator signs people up; nothing is written, the link says for whom it is."""
    session = managed_session_or_404(request.actor, code)
    name = " ".join(request.GET.get("nom", "").split())[:100]
    context = {
        "session": session,
        "name": name,
        "address": links.mediator_address(session, name) if name else "",
    }
    return render(request, "workshops/mediator_link.html", context)
