"""The homes of people who sign in: "Autorisations" for a guardian, "Mon parcours" for the person herself."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import audit, clock
from vivier.people import links
from vivier.people.consent_rules import Reader
from vivier.people.extensions import child_panels, own_panels, subjects_for
from vivier.people.models import Beneficiary, Guardianship
from vivier.people.operations import answer_as_account
from vivier.people.own_data import own_data_of
from vivier.people.permissions import own_records
from vivier.people.queries import latest_answers, purposes_for, says_tu
from vivier.people.views.links import consent_context
from vivier.people.views.words import awaited_from, consent_heading


@require_safe
def my_authorisations(request):
    """List the minors for whom the signed-in person answers: what is awaited, what comes next."""
    guardianships = (
        Guardianship.objects.filter(guardian__user=request.actor.user_id)
        .select_related("guardian", "beneficiary__identity", "beneficiary__controller")
        .order_by("beneficiary__identity__sort_name", "pk")
    )
    keys = [row.beneficiary_id for row in guardianships]
    latest, subjects, everyone = latest_answers(keys), subjects_for(guardianships), defaultdict(list)
    for row in Guardianship.objects.filter(beneficiary__in=keys).select_related("guardian").order_by("pk"):
        everyone[row.beneficiary_id].append(row)
    panels = [pair for make in child_panels for pair in make(guardianships)]
    children = []
    for row in guardianships:
        key = row.beneficiary_id
        purposes = purposes_for(row.beneficiary, row.guardian, latest[key], everyone[key])
        children.append(
            {
                "beneficiary": row.beneficiary,
                "finding": consent_heading(purposes, row.beneficiary, row.guardian, Reader.GUARDIAN),
                "awaited": len(awaited_from(purposes, row.guardian)),
                "purposes": purposes,
                "subjects": subjects[key],
                "panels": [panel for guardianship, panel in panels if guardianship == row],
            }
        )
    return render(request, "people/my_authorisations.html", {"children": children, "heading": _heading(children)})


def _heading(children: list[dict]) -> str:
    if not children:
        return "Aucune autorisation ne dépend de vous."
    awaited = [child["beneficiary"].identity.first_name for child in children if child["awaited"]]
    if not awaited:
        return "Rien ne vous attend."
    return f"{' et '.join(dict.fromkeys(awaited))} {'attend' if len(awaited) == 1 else 'attendent'} votre réponse."


@require_http_methods(["GET", "HEAD", "POST"])
def authorisations_of(request, public_id):
    """Show and record the answers of the signed-in person: a guardian of the beneficiary, or herself."""
    bearer = _bearer(request, public_id)
    page = consent_context(bearer, request.POST if request.method == "POST" else None)
    form = page["form"]
    if request.method == "POST" and form.is_valid():
        answer_as_account(by=request.actor, beneficiary=bearer.beneficiary, answers=form.answers())
        messages.success(
            request, "Tes réponses sont enregistrées." if page["tu"] else "Vos réponses sont enregistrées."
        )
        return redirect("people:authorisations_of", public_id)
    return render(request, "people/consent.html", {**page, "token": ""}, status=422 if form.errors else 200)


def _bearer(request, public_id) -> links.Bearer:
    """Return in whose name the signed-in person answers about that beneficiary. Raises Http404."""
    user_id = request.actor.user_id
    beneficiary = (
        Beneficiary.objects.filter(public_id=public_id).select_related("identity", "controller", "commune").first()
    )
    if beneficiary is None:
        raise Http404
    guardianship = (
        Guardianship.objects.filter(beneficiary=beneficiary, guardian__user=user_id)
        .select_related("guardian")
        .order_by("pk")
        .first()
    )
    if guardianship is None and beneficiary.user_id != user_id:
        raise Http404
    return links.Bearer(beneficiary, guardianship)


@require_safe
def my_path(request):
    """Show the signed-in person what comes next, her places and her authorisations, structure by structure."""
    records = list(own_records(request.actor).select_related("identity", "controller").order_by("pk"))
    latest = latest_answers([row.pk for row in records])
    today = clock.today()
    paths = []
    for row in records:
        panels = [panel for make in own_panels if (panel := make(request.actor, row)) is not None]
        paths.append(
            {
                "beneficiary": row,
                "panels": panels,
                "purposes": purposes_for(row, None, latest[row.pk]),
                "tu": says_tu(row, today),
            }
        )
    findings = [panel.finding for path in paths for panel in path["panels"] if panel.finding]
    tu = any(path["tu"] for path in paths)
    nothing = "Rien ne t’attend pour l’instant." if tu else "Rien ne vous attend pour l’instant."
    heading = findings[0] if findings else nothing
    # The numbers that a child can call: whoever is known to be an adult has no use for them here.
    context = {"paths": paths, "heading": heading, "tu": tu, "show_help": tu or not paths}
    return render(request, "people/my_path.html", context)


@require_safe
def my_data(request):
    """Show the signed-in person what is held about her, and how to have it corrected or erased."""
    data = own_data_of(request.user)
    today = clock.today()
    tu = any(says_tu(row, today) for row in data.profiles.beneficiaries)
    return render(request, "people/my_data.html", {"data": data, "tu": tu, "show_help": tu})


@require_POST
def my_data_file(request):
    """Send her the same as a file; written in the journal of each structure."""
    data = own_data_of(request.user)
    for controller_id in sorted({one.record.controller_id for one in data.dossiers}):
        audit.record(
            by=request.actor, action="own_data.export", controller_id=controller_id, about=audit.about(request.user)
        )
    response = JsonResponse(data.as_file(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    response["Cache-Control"] = "private, no-store"
    return response
