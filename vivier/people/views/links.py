"""The page on which a guardian, or the person herself, answers without account.

Who holds the link may answer: the link in the form is itself the proof that the form is ours, so these pages take no
CSRF token. They could not: sent with "Referrer-Policy: no-referrer", their forms come back with the origin "null".
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vivier.common import clock
from vivier.common.actors import VISITOR
from vivier.common.headers import private
from vivier.common.rate_limits import limited
from vivier.people import links
from vivier.people.consent_rules import Reader, age_on, next_hand_over
from vivier.people.extensions import subjects_of
from vivier.people.forms import AnswersForm, NewLinkForm
from vivier.people.operations import answer_by_link, renew_links
from vivier.people.queries import latest_answers, purposes_for, reader_of
from vivier.people.views.words import consent_heading


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("consent_answer", 60, 3600)
def consent_by_link(request):
    """Show what is asked of who holds the link (GET), and record her answers (POST)."""
    token = request.POST.get("jeton", "") if request.method == "POST" else request.GET.get("jeton", "")
    try:
        bearer = links.read(token)
    except links.LinkError as error:
        return _lost(request, token, error)
    page = consent_context(bearer, request.POST if request.method == "POST" else None)
    form = page["form"]
    if request.method == "POST" and form.is_valid():
        answer_by_link(
            by=VISITOR, token=token, answers=form.answers(), signed_by=form.cleaned_data.get("signed_by", "")
        )
        query = urlencode({"jeton": token, "fait": "1"})
        return HttpResponseRedirect(f"{reverse('people:consent_by_link')}?{query}", status=303)
    context = {**page, "token": token, "is_done": "fait" in request.GET and request.method != "POST"}
    return private(render(request, "people/consent.html", context, status=422 if form.errors else 200))


def consent_context(bearer: links.Bearer, data=None) -> dict:
    """Return what the page of answers shows to the bearer; shared with the page of a signed-in person."""
    beneficiary, guardian = bearer.beneficiary, bearer.guardian
    latest = latest_answers([beneficiary.pk])[beneficiary.pk]
    purposes = purposes_for(beneficiary, guardian, latest)
    signed_by = f"{guardian.first_name} {guardian.last_name}".strip() if guardian else ""
    today = clock.today()
    reader = reader_of(beneficiary, guardian, today)
    form = AnswersForm(
        data,
        purposes=purposes,
        answer_label="Ta réponse" if reader == Reader.MINOR else "Votre réponse",
        signs=guardian is not None,
        signed_by=signed_by,
    )
    hand_over = next_hand_over(beneficiary.identity.birth_date, today)
    return {
        "form": form,
        "beneficiary": beneficiary,
        "child": beneficiary.identity,
        "guardian": guardian,
        "tu": reader == Reader.MINOR,
        "structure": beneficiary.controller,
        "subjects": subjects_of(beneficiary, bearer.guardianship),
        "purposes": [(view, form[view.purpose] if view.is_asked else None) for view in purposes],
        "heading": consent_heading(purposes, beneficiary, guardian, reader),
        "hand_over": hand_over,
        "hand_over_age": age_on(beneficiary.identity.birth_date, hand_over) if hand_over else None,
        "is_age_known": beneficiary.identity.birth_date is not None,
    }


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("consent_new_link", 10, 3600)
def new_link(request):
    """Send a new link to the address on file: of the old link, or the one that is typed. It never says who is known."""
    token = request.POST.get("jeton", "")
    form = NewLinkForm(request.POST if request.method == "POST" and not token else None)
    if request.method == "POST" and token:
        try:
            renew_links(by=VISITOR, email=links.read(token, even_expired=True).email)
        except links.LinkError as error:
            return _lost(request, "", error)
        return HttpResponseRedirect(f"{reverse('people:new_link')}?envoye=1", status=303)
    if request.method == "POST" and form.is_valid():
        renew_links(by=VISITOR, email=form.cleaned_data["email"])
        return HttpResponseRedirect(f"{reverse('people:new_link')}?envoye=1", status=303)
    context = {"form": form, "is_sent": "envoye" in request.GET and request.method != "POST"}
    return render(request, "people/new_link.html", context, status=422 if form.errors else 200)


def _lost(request, token: str, error: links.LinkError):
    """Say that a link opens nothing, and how to get another."""
    context = {"sentence": str(error), "token": token if error.is_ours else "", "form": NewLinkForm()}
    return private(render(request, "people/link_lost.html", context, status=410 if error.is_ours else 404))
