"""What a programme asks of partners: the list, a new ask, and one ask with its answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.mentoring.wording import at_place
from vivier.programmes.permissions import programme_or_404
from vivier.steering import operations, queries
from vivier.steering.forms import MOST_ASKED, AskForm
from vivier.steering.vocabulary import Metric
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
    """Show what is missing in a city (ville) and who promised it near there; send the ask."""
    programme = programme_or_404(request.actor, slug, Permission.ASK_PARTNERS)
    wanted = request.GET.get("ville", "")
    sites = programme.sites.select_related("commune__department", "commune__parent")
    site = sites.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if wanted and site is None:
        raise Http404
    gap = queries.gap_of(programme, site)
    partners = queries.partners_for(programme, Metric.MENTORS, site)
    choices = [(str(one.organisation.public_id), one) for one in partners if not one.obstacle]
    initial = {
        "quantity": min(max(1, gap.waiting), MOST_ASKED),
        "slots": gap.slots,
        "answer_before": AskForm.answer_day(),
        "partners": [code for code, one in choices if one.is_proposed],
    }
    form = AskForm(
        request.POST or None, initial=initial, partners=[(code, one.organisation.name) for code, one in choices]
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        codes = answers.pop("partners")
        chosen = [one.organisation for code, one in choices if code in codes]
        try:
            ask = operations.ask_partners(
                by=request.actor, programme=programme, metric=Metric.MENTORS, site=site, partners=chosen, **answers
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "La demande est partie. Les réponses s’afficheront ici.")
            return redirect("steering:ask", ask.public_id)
    boxes = list(zip(form["partners"], [one for _, one in choices], strict=True))
    context = {
        "programme": programme,
        "site": site,
        "place": at_place(site.commune.name) if site else "",
        "gap": gap,
        "why_nobody": why_nobody(programme),
        "form": form,
        "boxes": boxes,
        "others": [one for one in partners if one.obstacle],
    }
    return render(request, "steering/new_ask.html", context, status=422 if form.errors else 200)


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
    row = queries.ask_or_none(request.actor, public_id)
    if row is None:
        raise Http404
    operations.close_ask(by=request.actor, ask=row.ask)
    messages.success(request, "La demande est close : ses liens ne servent plus.")
    return redirect("steering:ask", public_id)
