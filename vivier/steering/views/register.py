"""The register of what all partners of a plan do: the list, its export, its calendar, and a partner's own actions."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.headers import private
from vivier.common.permissions import Permission
from vivier.common.tables import XLSX_TYPE, Output, to_xlsx
from vivier.programmes.models import Plan
from vivier.steering import calendars, operations, partial_dates, queries
from vivier.steering.models import PartnerAction
from vivier.steering.register_forms import ActionForm, NewActionForm, RegisterFilter
from vivier.steering.wording import register_heading

_HEADINGS = ("Date", "Nature", "Quoi", "Qui", "Où", "État", "Personnes venues", "Lien")


@dataclass(frozen=True)
class _Read:
    """The plan whose register is read, the other plans of the reader, and what she asks for."""

    plan: Plan
    plans: list[Plan]
    form: RegisterFilter


def _read(request) -> _Read | None:
    """Return what is read; None where her structures are partners of no plan. Raises Http404: she has none."""
    own = queries.own_structures(request.actor)
    if not own:
        raise Http404
    plans = list(queries.plans_of(own))
    slug = request.GET.get("plan", "")
    plan = next((one for one in plans if one.slug == slug or not slug), None)
    if plan is None:
        if slug:
            raise Http404
        return None
    data = request.GET.copy()
    if "du" not in data:
        data["du"] = clock.today().replace(day=1).isoformat()
    return _Read(plan, plans, RegisterFilter(data, plan=plan))


@require_safe
def register(request):
    """List what partners do, from this month on unless another period is asked for."""
    read = _read(request)
    if read is None:
        nothing = {"heading": "Aucun registre à lire pour l’instant.", "answers": True}
        return render(request, "steering/register.html", nothing)
    own = queries.own_structures(request.actor)
    wanted = read.form.wanted()
    found = queries.register_page(read.plan, own, wanted, request.GET.get("page"))
    answers_for = request.actor.controllers(Permission.ANSWER_ASKS)
    context = {
        "heading": register_heading(found.page.paginator.count, wanted.since, wanted.until),
        "answers": bool(answers_for),
        "read": read,
        "plan": read.plan,
        "found": found,
        "all_url": f"{request.path}?{urlencode({'plan': read.plan.slug, 'du': ''})}",
        "export_url": f"{reverse('steering:register_workbook')}?{request.GET.urlencode()}",
        "calendars": [
            (one, calendars.address(read.plan, one)) for one in queries.partners_among(read.plan, answers_for)
        ],
        "tabs": [
            {"label": one.name, "url": f"{request.path}?{urlencode({'plan': one.slug})}", "current": one == read.plan}
            for one in read.plans
        ],
    }
    return render(request, "steering/register.html", context)


@require_POST
def workbook(request):
    """Send the register, as it is filtered, as a workbook; written in the journal."""
    read = _read(request)
    if read is None:
        raise Http404
    rows = list(queries.register_rows(read.plan, queries.own_structures(request.actor), read.form.wanted()))
    operations.record_export(by=request.actor, plan=read.plan, count=len(rows))
    notes = ["Données de démonstration : personnes et partenaires sont fictifs."] if settings.DEMO else []
    lines = (
        [row.when, row.kind_words, row.title, row.who.name, row.place, row.state[0], row.came, row.url] for row in rows
    )
    response = HttpResponse(to_xlsx([Output("Actions", _HEADINGS, lines, notes)]), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="actions-{read.plan.slug}.xlsx"'
    return private(response)


@login_not_required
@require_safe
def calendar(request, slug):
    """Return the calendar of a plan: what is announced publicly, or with a partner's link what partners read."""
    plan = get_object_or_404(Plan, slug=slug)
    token = request.GET.get("jeton", "")
    try:
        reader = calendars.read(plan, token) if token else None
    except calendars.CalendarLinkError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(calendars.of_plan(plan, reader), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}.ics"'
    return private(response) if token else response


@require_http_methods(["GET", "HEAD", "POST"])
def new_action(request, slug):
    """Announce an action in the register of a plan."""
    answers_for = request.actor.controllers(Permission.ANSWER_ASKS)
    plan = get_object_or_404(queries.plans_of(answers_for), slug=slug)
    organisations = queries.partners_among(plan, answers_for)
    form = NewActionForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            operations.announce_action(by=request.actor, plan=plan, **form.cleaned_data)
        except DomainError as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, "L’action est dans le registre.")
            return redirect(_address(plan))
    context = {"form": form, "plan": plan, "action": None}
    return render(request, "steering/action.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_action(request, public_id):
    """Change an action that one of her structures announced."""
    action = _own_or_404(request, public_id)
    initial = {name: getattr(action, name) for name in ("title", "kind", "commune", "url", "is_public")}
    initial["when"] = partial_dates.words(action.starts_on, action.precision)
    form = ActionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_action(by=request.actor, action=action, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "L’action est modifiée.")
            return redirect(_address(action.plan))
    context = {"form": form, "plan": action.plan, "action": action}
    return render(request, "steering/action.html", context, status=422 if form.errors else 200)


@require_POST
def cancel_action(request, public_id):
    """Cancel an action that one of her structures announced."""
    action = operations.cancel_action(by=request.actor, action=_own_or_404(request, public_id))
    messages.success(request, "L’action est annulée : le registre et les agendas le disent.")
    return redirect(_address(action.plan))


def _own_or_404(request, public_id) -> PartnerAction:
    own = PartnerAction.objects.filter(organisation__in=request.actor.controllers(Permission.ANSWER_ASKS))
    return get_object_or_404(own.select_related("plan", "organisation", "commune__department"), public_id=public_id)


def _address(plan: Plan) -> str:
    return f"{reverse('steering:register')}?{urlencode({'plan': plan.slug})}"
