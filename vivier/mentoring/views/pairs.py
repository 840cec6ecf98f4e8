"""The page of one pair, and decisions about it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring import operations, queries
from vivier.mentoring.forms import DecisionForm, EndForm, NoteReplyForm, RefuseForm
from vivier.mentoring.models import Pair
from vivier.mentoring.readiness import why_not_accept
from vivier.mentoring.views.common import back
from vivier.mentoring.vocabulary import ConsentState, Decision, PairState, VettingState, mentor_words
from vivier.programmes.models import Enrolment


@require_safe
def pair(request, public_id):
    """Show one pair: who, why, what else was possible, what is still to do, who decided what."""
    page = queries.pair_page(request.actor, public_id)
    if page is None:
        raise Http404
    programme = page.row.pair.programme
    context = {
        "page": page,
        "row": page.row,
        "pair": page.row.pair,
        "programme": programme,
        "mentor_words": mentor_words(programme.audience),
        "refuse_form": RefuseForm(auto_id="refus_%s"),
        "end_form": EndForm(auto_id="fin_%s", initial={"wants_another": True}),
        "to_do": _to_do(page.row),
        "invitation": queries.invitation_card(page.row),
        "note_form": NoteReplyForm(auto_id="reponse_%s"),
        "here": request.get_full_path(),
    }
    return render(request, "mentoring/pair.html", context)


def _to_do(row) -> list[dict]:
    """Return what is to be done before they meet: {label, detail, url, action}."""
    pair, items = row.pair, []
    if not row.decisions or pair.state == PairState.REFUSED:
        return items
    paused = pair.mentor.paused_at is not None and Decision.ACCEPT in row.decisions
    if row.vetting != VettingState.IN_FORCE or paused:
        items.append(
            {
                "label": "Vérification" if row.vetting != VettingState.IN_FORCE else "Marraine ou mentor en pause",
                "detail": why_not_accept(vetting=row.vetting, consent=ConsentState.GRANTED, paused=paused),
                "url": reverse("mentoring:mentor", args=[pair.mentor.public_id]) + "#verification",
                "action": "Ouvrir sa fiche",
            }
        )
    if row.consent != ConsentState.GRANTED:
        refused = row.consent == ConsentState.REFUSED
        items.append(
            {
                "label": "Autorisation refusée" if refused else "Autorisation à recueillir",
                "detail": "Un non l’emporte : refusez la proposition, ou mettez fin à l’accompagnement."
                if refused
                else "Les noms ne sont échangés qu’après."
                if pair.state == PairState.ACCEPTED
                else "Vous pouvez accepter sans attendre, mais les noms ne sont échangés qu’après.",
                "url": reverse("people:beneficiary", args=[pair.enrolment.beneficiary.public_id]),
                "action": "Ouvrir sa fiche",
            }
        )
    return items


@require_POST
def decide(request, public_id) -> HttpResponse:
    """Apply one decision to a pair, and come back to the page it was made on."""
    found = get_object_or_404(Pair.objects.visible_to(request.actor, Permission.RUN_MATCHING), public_id=public_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Cette décision n’est pas complète : choisissez un motif, en 200 signes au plus.")
    else:
        try:
            messages.success(request, _decided(request.actor, found, form.cleaned_data))
        except DomainError as error:
            messages.error(request, str(error))
    return back(request, reverse("mentoring:pair", args=[found.public_id]))


def _decided(actor, pair: Pair, answers: dict) -> str:
    """Apply a decision and return the sentence that says so."""
    reason, note = answers["reason"], answers["note"]
    match answers["decision"]:
        case Decision.ACCEPT:
            operations.accept(by=actor, pair=pair)
            if not answers["invites"]:
                return "La proposition est acceptée."
            operations.invite(by=actor, pair=pair)
            return "La proposition est acceptée, et les deux personnes sont invitées à répondre."
        case Decision.REFUSE:
            operations.refuse(by=actor, pair=pair, reason=reason, note=note)
            return "La proposition est refusée : elle ne reviendra pas au prochain appariement."
        case Decision.LOCK:
            operations.lock(by=actor, pair=pair)
            return "La proposition est verrouillée : le prochain appariement n’y touchera pas."
        case Decision.UNLOCK:
            operations.unlock(by=actor, pair=pair)
            return "La proposition est déverrouillée : le prochain appariement pourra la changer."
        case Decision.END:
            wants = answers["wants_another"]
            operations.end(by=actor, pair=pair, reason=reason, wants_another=wants, note=note)
            return "L’accompagnement est terminé." + (
                " Le prochain appariement lui cherchera quelqu’un d’autre." if wants else ""
            )
        case _:
            operations.lift_refusal(by=actor, pair=pair)
            return "Le refus est levé : le prochain appariement pourra les proposer de nouveau."


@require_POST
def opt(request, public_id) -> HttpResponse:
    """Leave somebody out of the next runs (choix=non), or put her back (choix=oui)."""
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.actor, Permission.MANAGE_PEOPLE).select_related("programme"),
        public_id=public_id,
    )
    try:
        if request.POST.get("choix") == "oui":
            operations.opt_in(by=request.actor, enrolment=enrolment)
            messages.success(request, "C’est noté : le prochain appariement en tiendra compte.")
        else:
            operations.opt_out(by=request.actor, enrolment=enrolment)
            messages.success(request, "C’est noté : plus aucune proposition, tant que vous ne changez pas ce choix.")
    except DomainError as error:
        messages.error(request, str(error))
    return back(request, reverse("mentoring:runs", args=[enrolment.programme.slug]))
