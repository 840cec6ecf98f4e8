"""What a programme asks of partners: the list, a new ask, and one ask with its answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring.wording import at_place
from vivier.programmes.models import Site
from vivier.programmes.permissions import programme_or_404
from vivier.steering import operations, queries
from vivier.steering.forms import MOST_ASKED, AskForm
from vivier.steering.models import Answer, Ask
from vivier.steering.vocabulary import METRICS, Metric, Proof
from vivier.steering.wording import why_nobody


@require_safe
def asks(request, slug):
    """List the asks of a programme."""
    programme = programme_or_404(request.actor, slug, Permission.ASK_PARTNERS)
    rows = queries.asks_of(programme)
    grants = programme.grants.select_related("funder").order_by("-created_at", "-pk")
    return render(request, "steering/asks.html", {"programme": programme, "rows": rows, "grants": grants})


@require_http_methods(["GET", "POST"])
def new_ask(request, slug):
    """Show what is missing (quoi) in a city (ville) and who promised it near there; send the ask."""
    programme = programme_or_404(request.actor, slug, Permission.ASK_PARTNERS)
    metric, site = _metric(request), _site(request, programme)
    rule = METRICS[metric]
    gap = queries.gap_of(programme, site) if rule.proof == Proof.VOLUNTEER else None
    partners = queries.partners_for(programme, metric, site)
    choices = [(str(one.organisation.public_id), one) for one in partners if not one.obstacle]
    initial = {
        "quantity": min(max(1, gap.waiting if gap else 1), MOST_ASKED),
        "slots": gap.slots if gap else [],
        "answer_before": AskForm.answer_day(),
        "partners": [code for code, one in choices if one.is_proposed],
    }
    form = AskForm(
        request.POST or None,
        initial=initial,
        partners=[(code, one.organisation.name) for code, one in choices],
        has_slots=rule.has_slots,
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        codes = answers.pop("partners")
        chosen = [one.organisation for code, one in choices if code in codes]
        try:
            ask = operations.ask_partners(
                by=request.actor, programme=programme, metric=metric, site=site, partners=chosen, **answers
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "La demande est partie. Les réponses s’afficheront ici.")
            return redirect("steering:ask", ask.public_id)
    context = {
        "programme": programme,
        "site": site,
        "sites": _cities(request, programme, site) if gap is None else [],
        "place": at_place(site.commune.name) if site else "",
        "gap": gap,
        "rule": rule,
        "metrics": [_tab(request, code, label, metric) for code, label in Metric.choices],
        "why_nobody": why_nobody(programme),
        "form": form,
        "boxes": list(zip(form["partners"], [one for _, one in choices], strict=True)),
        "others": [one for one in partners if one.obstacle],
    }
    return render(request, "steering/new_ask.html", context, status=422 if form.errors else 200)


def _metric(request) -> str:
    metric = request.GET.get("quoi", Metric.MENTORS)
    if metric not in METRICS:
        raise Http404
    return metric


def _site(request, programme) -> Site | None:
    wanted = request.GET.get("ville", "")
    sites = programme.sites.select_related("commune__department", "commune__parent")
    site = sites.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if wanted and site is None:
        raise Http404
    return site


def _tab(request, code: str, label: str, current: str) -> dict:
    query = {"quoi": code} | ({"ville": request.GET["ville"]} if "ville" in request.GET else {})
    return {"label": label.capitalize(), "url": f"{request.path}?{urlencode(query)}", "current": code == current}


def _cities(request, programme, current) -> list[dict]:
    """Return the cities for which one may ask, "Partout" first: what waits in a city says nothing of these metrics."""
    metric = request.GET.get("quoi", Metric.MENTORS)
    sites = programme.sites.select_related("commune").order_by("position", "pk")
    links = [("Partout", urlencode({"quoi": metric}), current is None)]
    links += [(one.commune.name, urlencode({"quoi": metric, "ville": one.pk}), one == current) for one in sites]
    return [{"label": label, "url": f"{request.path}?{query}", "current": here} for label, query, here in links]


@require_safe
def ask(request, public_id):
    """Show one ask: who answered what, whom they named, and how far each is."""
    row = queries.ask_or_none(request.actor, public_id)
    if row is None:
        raise Http404
    return render(request, "steering/ask.html", {"row": row, "ask": row.ask, "programme": row.ask.programme})


@require_POST
def close(request, public_id):
    """Close an ask."""
    operations.close_ask(by=request.actor, ask=_ask_or_404(request, public_id))
    messages.success(request, "La demande est close : ses liens ne servent plus.")
    return redirect("steering:ask", public_id)


@require_POST
def reopen(request, public_id):
    """Open a closed ask again."""
    try:
        ask = operations.reopen_ask(by=request.actor, ask=_ask_or_404(request, public_id))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        day = clock.date_words(ask.answer_before)
        messages.success(request, f"La demande est rouverte jusqu’au {day}. Personne n’a reçu de message.")
    return redirect("steering:ask", public_id)


@require_POST
def send_again(request, public_id):
    """Send an ask again to one partner."""
    answers = Answer.objects.visible_to(request.actor).select_related("ask__programme", "organisation")
    answer = get_object_or_404(answers, public_id=public_id)
    try:
        operations.send_again(by=request.actor, answer=answer)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"La demande repart à {answer.organisation.name}. Ses liens ouvrent la même page.")
    return redirect("steering:ask", answer.ask.public_id)


def _ask_or_404(request, public_id) -> Ask:
    return get_object_or_404(Ask.objects.visible_to(request.actor).select_related("programme"), public_id=public_id)
