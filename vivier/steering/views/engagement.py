"""The public page of a charter, and what a structure sees of its own engagement."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vivier.common.permissions import Permission
from vivier.steering import queries
from vivier.steering.models import Answer
from vivier.steering.views.links import answer_page


@login_not_required
@require_safe
def charter(request, slug):
    """Show a charter: what it says, who signed it and when, what each promised and what came of it."""
    page = queries.charter_page(slug)
    if page is None:
        raise Http404
    holds_plan = request.actor.may(Permission.MANAGE_PLANS, page.charter.plan.organisation_id)
    context = {"page": page, "charter": page.charter, "holds_plan": holds_plan}
    return render(request, "steering/charter.html", context)


@require_safe
def my_engagement(request):
    """Show what each of the actor's structures signed, promised, was asked and gave."""
    organisations = queries.engaged_organisations(request.actor)
    if not organisations:
        raise Http404
    pages = [queries.engagement_of(organisation) for organisation in organisations]
    context = {"pages": pages, "heading": queries.engagement_heading(pages)}
    return render(request, "steering/my_engagement.html", context)


@require_safe
def pledge(request, public_id):
    """Show a pledge and the records that it counts, to its structure and to who holds the plan."""
    page = queries.pledge_page(request.actor, public_id)
    if page is None:
        raise Http404
    answers = bool(request.actor.controllers(Permission.ANSWER_ASKS))
    return render(request, "steering/pledge.html", {"page": page, "pledge": page.row.pledge, "answers": answers})


@require_http_methods(["GET", "POST"])
def my_answer(request, public_id):
    """Answer an ask, signed in for the structure that received it."""
    found = (
        Answer.objects.filter(public_id=public_id, organisation__in=request.actor.controllers(Permission.ANSWER_ASKS))
        .select_related("organisation__commune", "pledge", "ask__site__commune", "ask__programme__controller")
        .first()
    )
    if found is None:
        raise Http404
    return answer_page(request, found, by=request.actor, token="", back=reverse("steering:my_engagement"))
