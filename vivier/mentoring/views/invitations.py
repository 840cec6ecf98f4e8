"""Invitations: the page that a signed link opens, and what the coordinator sends and notes.

Who holds the link may answer; as in vivier.people.views.links its forms take no CSRF token, the link is the proof.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vivier.common.actors import VISITOR
from vivier.common.errors import DomainError
from vivier.common.headers import private
from vivier.common.permissions import Permission
from vivier.common.rate_limits import limited
from vivier.common.text import plural
from vivier.mentoring import links, operations, queries
from vivier.mentoring.forms import DeclineForm, NoteReplyForm
from vivier.mentoring.models import Pair
from vivier.mentoring.views.common import back
from vivier.programmes.permissions import programme_or_404


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation", 60, 3600)
def invitation(request):
    """Show an invitation to whom holds its link (GET), and take her yes or her no (POST)."""
    token = (request.POST if request.method == "POST" else request.GET).get("jeton", "")
    try:
        recipient = links.read(token)
    except links.InvitationLinkError as error:
        context = {"sentence": str(error), "is_ours": error.is_ours}
        return private(render(request, "mentoring/invitation_lost.html", context, status=410 if error.is_ours else 404))
    says = request.POST.get("reponse", "")
    form = DeclineForm(request.POST if says == "non" else None, side=recipient.side)
    problem = ""
    if request.method == "POST":
        try:
            if says == "oui":
                operations.say_yes(by=VISITOR, invitation=recipient.invitation, side=recipient.side)
                return private(HttpResponseRedirect(recipient.path, status=303))
            if says == "non" and form.is_valid():
                answers = form.cleaned_data
                operations.say_no(by=VISITOR, invitation=recipient.invitation, side=recipient.side, **answers)
                return private(HttpResponseRedirect(recipient.path, status=303))
            problem = "" if form.errors else "Choisissez une réponse : oui ou non."
        except DomainError as error:
            problem = str(error)
    page = queries.invitation_page(recipient)
    programme = recipient.invitation.pair.programme
    context = {
        "page": page,
        "form": form,
        "problem": problem,
        "token": token,
        "programme": programme,
        "structure": programme.controller,
    }
    wrong = request.method == "POST"
    return private(render(request, "mentoring/invitation.html", context, status=422 if wrong else 200))


@require_POST
def invite(request, public_id) -> HttpResponse:
    """Invite both people of an accepted pair, or write again to whoever is silent (choix=relancer)."""
    found = _pair(request, public_id)
    try:
        if request.POST.get("choix") == "relancer":
            operations.remind(by=request.actor, invitation=_invitation(found))
            messages.success(request, "Un nouveau message est parti à qui n’a pas répondu.")
        else:
            operations.invite(by=request.actor, pair=found)
            messages.success(request, "Les deux personnes sont invitées à répondre.")
    except DomainError as error:
        messages.error(request, str(error))
    return back(request, reverse("mentoring:pair", args=[found.public_id]))


@require_POST
def note_reply(request, public_id) -> HttpResponse:
    """Note an answer that somebody gave to the structure by voice or on paper."""
    found = _pair(request, public_id)
    form = NoteReplyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Cette réponse n’est pas complète : dites qui répond, et si c’est oui ou non.")
    else:
        answers = form.cleaned_data
        try:
            operations.note_reply(
                by=request.actor,
                invitation=_invitation(found),
                side=answers["side"],
                yes=answers["says"] == "yes",
                reason=answers["reason"],
            )
            messages.success(request, "La réponse est notée.")
        except DomainError as error:
            messages.error(request, str(error))
    return back(request, reverse("mentoring:pair", args=[found.public_id]))


@require_POST
def invite_all(request, slug) -> HttpResponse:
    """Invite the people of every accepted pair that has no invitation yet."""
    programme = programme_or_404(request.actor, slug, Permission.RUN_MATCHING)
    done = operations.invite_many(by=request.actor, programme=programme)
    said = plural(done.sent, "accompagnement", "accompagnements")
    messages.success(request, f"{said} : les deux personnes de chacun sont invitées à répondre.")
    for reason, count in done.left.items():
        messages.warning(request, f"{plural(count, 'invitation reste', 'invitations restent')} à envoyer. {reason}")
    return back(request, reverse("mentoring:runs", args=[programme.slug]))


def _pair(request, public_id) -> Pair:
    pairs = Pair.objects.visible_to(request.actor, Permission.RUN_MATCHING).select_related("programme", "invitation")
    return get_object_or_404(pairs, public_id=public_id)


def _invitation(pair: Pair):
    found = getattr(pair, "invitation", None)
    if found is None:
        raise Http404
    return found
