"""The list of a programme's runs, the run page, launching and accepting."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.mentoring import operations, queries
from vivier.mentoring.forms import NO_REASON, PairFilterForm
from vivier.mentoring.models import MatchingRun
from vivier.mentoring.queries.pairs import PairFilter
from vivier.mentoring.views.common import back
from vivier.mentoring.vocabulary import RefusalReason, mentor_words
from vivier.mentoring.wording import rules_sentences
from vivier.programmes.permissions import programme_or_404

#: ?vue=attente shows who waits instead of the pairs.
WAITING = "attente"


@require_safe
def runs(request, slug):
    """List the runs of a programme, and launch another."""
    programme = programme_or_404(request.actor, slug, Permission.RUN_MATCHING)
    return render(
        request,
        "mentoring/runs.html",
        {
            "programme": programme,
            "page": queries.runs_page(programme),
            "mentor_words": mentor_words(programme.audience),
        },
    )


@require_POST
def launch(request, slug):
    """Run the matching, and open its page."""
    programme = programme_or_404(request.actor, slug, Permission.RUN_MATCHING)
    seen = request.POST.get("after", "")
    try:
        run = operations.run_matching(
            by=request.actor, programme=programme, after=int(seen) if seen.isdecimal() and len(seen) < 9 else None
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("mentoring:runs", programme.slug)
    messages.success(request, f"L’appariement n° {run.number} est prêt. Rien n’est décidé : c’est à vous.")
    return redirect("mentoring:run", run.public_id)


@require_safe
def run(request, public_id):
    """Show a run: who is paired with whom and why, who waits and why."""
    found = run_or_404(request, public_id)
    show_waiting = request.GET.get("vue") == WAITING
    wanted = PairFilter(*(request.GET.get(name, "") for name in ("ville", "etat", "q")))
    page = queries.run_page(found, wanted, show_waiting=show_waiting, number=request.GET.get("page"))
    cities = [(city.code, city.counts.name) for city in page.cities]
    form = PairFilterForm(request.GET, cities=cities, has_states=not show_waiting)
    address = reverse("mentoring:run", args=[found.public_id])
    context = {
        "page": page,
        "run": found,
        "programme": found.programme,
        "mentor_words": mentor_words(found.programme.audience),
        "form": form,
        "tabs": _tabs(page, address, show_waiting=show_waiting),
        "reset_url": (f"{address}?vue={WAITING}" if show_waiting else address) if any(vars(wanted).values()) else "",
        "here": request.get_full_path(),
        "refusal_options": format_html_join("", '<option value="{}">{}</option>', [NO_REASON, *RefusalReason.choices]),
        "files": operations.files_of(found),
        "command": operations.command_for(found),
        "rules": rules_sentences(found.policy, mentor_words(found.programme.audience)),
        "seconds": _seconds(found.seconds),
        "waiting_url": f"{address}?vue={WAITING}",
    }
    return render(request, "mentoring/run.html", context)


def _seconds(seconds: float) -> str:
    return "moins d’une seconde" if seconds < 1 else plural(round(seconds), "seconde", "secondes")


def _tabs(page, address: str, *, show_waiting: bool) -> list[dict]:
    return [
        {"label": "Accompagnements", "url": address, "count": page.pair_total, "current": not show_waiting},
        {
            "label": "En attente",
            "url": f"{address}?vue={WAITING}",
            "count": page.waiting_total,
            "current": show_waiting,
        },
    ]


@require_POST
def accept_shown(request, public_id) -> HttpResponse:
    """Accept the proposals that the page listed, those that can be."""
    found = run_or_404(request, public_id)
    try:
        done = operations.accept_many(by=request.actor, programme=found.programme, public_ids=_uuids(request))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = plural(done.accepted, "proposition est acceptée", "propositions sont acceptées")
        messages.success(request, f"{said}.")
        for reason, count in done.left.items():
            messages.warning(
                request, f"{plural(count, 'proposition reste', 'propositions restent')} à décider. {reason}"
            )
    return back(request, reverse("mentoring:run", args=[found.public_id]))


def _uuids(request) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist("pair")[:500]]
    except ValueError as error:
        raise Http404 from error


def run_or_404(request, public_id) -> MatchingRun:
    """Return a run that the actor may open."""
    found = queries.run_or_none(request.actor, public_id)
    if found is None:
        raise Http404
    return found
