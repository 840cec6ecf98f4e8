"""Homes, the list that each number opens, and the pages that belong to no room."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vivier.common import audit, clock
from vivier.common.pdf import pdf_response
from vivier.common.permissions import Permission
from vivier.common.tables import XLSX_TYPE, to_xlsx
from vivier.common.text import folded, plural
from vivier.mentoring.models import Pair
from vivier.mentoring.vocabulary import mentor_words
from vivier.orientation.challenges import all_challenges
from vivier.portal import queries, reports
from vivier.portal.forms import PeopleFilter
from vivier.portal.navigation import home_of
from vivier.portal.stages import FUNNEL, stages
from vivier.programmes.models import Programme
from vivier.programmes.permissions import programme_or_404
from vivier.workshops import words
from vivier.workshops.models import Session

#: Rows of a list on one page.
PAGE = 50


@require_safe
@login_not_required
def home(request):
    """Show a visitor what she can do here: challenges to try, the next sessions."""
    sessions = (
        Session.objects.filter(is_public=True, state=Session.State.OPEN, starts_at__gte=clock.now())
        .select_related("site__commune", "programme")
        .order_by("starts_at", "pk")[:3]
    )
    events = [
        {
            "date": session.starts_at,
            "heading": session.title,
            "url": reverse("workshops:session", args=[session.code]),
            "hours": words.hours(session),
            "place": words.city(session),
            "online": session.mode == Session.Mode.ONLINE,
        }
        for session in sessions
    ]
    return render(request, "portal/home.html", {"events": events, "challenges": all_challenges()})


@require_safe
def start(request):
    """Send a person who has just signed in to the home of her role."""
    return redirect(home_of(request))


@require_safe
@login_not_required
def accessibility(request):
    """Show the accessibility statement."""
    return render(request, "portal/accessibility.html")


@require_safe
@login_not_required
def personal_data(request):
    """Say what is kept about people, why, for how long, and what they may ask."""
    return render(request, "portal/personal_data.html")


@require_safe
def my_programmes(request):
    """Open the coordinator's programme, or list them when she has several or none."""
    programmes = (
        Programme.objects.visible_to(request.actor, Permission.VIEW_PEOPLE)
        .select_related("controller")
        .annotate(people=Count("enrolments"))
        .order_by("-created_at", "pk")
    )
    if len(programmes) == 1 and "tous" not in request.GET:
        return redirect("portal:programme", programmes[0].slug)
    may_create = bool(request.actor.controllers(Permission.MANAGE_PROGRAMMES))
    return render(request, "portal/my_programmes.html", {"programmes": programmes, "may_create": may_create})


@require_safe
def programme(request, slug):
    """Show "Mon programme": the finding, the funnel, the cities, what needs her today."""
    found = programme_or_404(request.actor, slug, Permission.VIEW_PEOPLE)
    home = queries.programme_home(found)
    people_url = reverse("portal:people", args=[slug])
    run = home.latest_run
    context = {
        "programme": found,
        "home": home,
        "kicker": ", ".join(filter(None, [found.name, found.season])),
        "waiting": home.totals["en-attente"],
        "mentor_words": mentor_words(found.audience),
        "cities": [_city_line(row, people_url, has_run=run is not None) for row in home.cities],
        "funnel": [
            {"label": stage.label, "value": home.totals[code], "url": f"{people_url}?etape={code}"}
            for code, stage in stages(found.words).items()
            if code in FUNNEL
        ],
        "funnel_total": max(home.totals[code] for code in FUNNEL),
        "coverage": _coverage_words(found, home.coverage),
        "next_session": _next_session_words(home.next_session),
        "urls": {
            "imports": reverse("imports:programme", args=[slug]),
            "runs": reverse("mentoring:runs", args=[slug]),
            "run": reverse("mentoring:run", args=[run.public_id]) if run else "",
            "waiting": f"{people_url}?etape=en-attente",
            "entitled": f"{people_url}?etape=ont-droit",
            "confirmed": f"{people_url}?etape=confirmees",
            "settings": reverse("programmes:settings", args=[slug]),
        },
    }
    return render(request, "portal/programme.html", context)


def _coverage_words(programme: Programme, coverage: queries.Coverage) -> dict[str, str]:
    """Return the share of those entitled who are accompanied, and what the date set means today."""
    mentor = mentor_words(programme.audience)
    share = "Moins de 1" if coverage.confirmed and not coverage.percent else coverage.percent
    heading = f"{share}\u00a0% des {programme.words.many} qui y ont droit ont {mentor.a}, oui des deux côtés."
    if coverage.due_on is None:
        return {"heading": heading, "due": "Aucune date n’est encore promise."}
    day, left = f"{coverage.due_on:%d/%m/%Y}", coverage.days_left
    if left < 0:
        return {"heading": heading, "due": f"La date prévue, le {day}, est passée : seul compte ce qui fut dit avant."}
    remaining = f"encore {plural(left, 'jour', 'jours')}" if left else "c’est aujourd’hui"
    return {"heading": heading, "due": f"À atteindre avant le {day} : {remaining}."}


def _city_line(row: queries.CityRow, people_url: str, *, has_run: bool) -> dict:
    """Return one line of the table of cities: its counts, its state in a word, and the lists they open."""
    place = f"&ville={row.site_id or 'sans'}"
    present, served, waiting = row.counts["presentes"], row.counts["avec-marraine"], row.waiting
    line = {
        "name": row.name,
        "present": present,
        "served": served,
        "present_url": f"{people_url}?etape=presentes{place}",
        "served_url": f"{people_url}?etape=avec-marraine{place}",
        "url": f"{people_url}?etape=en-attente{place}" if waiting else "",
    }
    if not present:
        return line | {"state": "pas encore", "tone": "info"}
    if not has_run:
        return line | {"state": "à apparier", "tone": "info"}
    if not waiting:
        return line | {"state": "complet", "tone": "ok"}
    tone = "alert" if waiting * 4 >= present else "wait"
    return line | {"state": f"{waiting} {'attend' if waiting == 1 else 'attendent'}", "tone": tone}


def _next_session_words(session: Session | None) -> str:
    if session is None:
        return "Aucune séance n’est annoncée."
    place = f" à {session.site.commune.name}" if session.site else " en ligne" if session.mode == "online" else ""
    return f"Prochaine séance : {clock.day_words(session.starts_at)}{place}."


@require_safe
def people(request, slug):
    """List the people that a number counted: by stage, city and name."""
    found = programme_or_404(request.actor, slug, Permission.VIEW_PEOPLE)
    table = stages(found.words)
    form = PeopleFilter(request.GET, programme=found)
    stage, city, search = (request.GET.get(name, "") for name in ("etape", "ville", "q"))
    rows = queries.people_at(found, stage, city, folded(search[:80]))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for enrolment in page:
        enrolment.stage_label, enrolment.stage_tone = _stage_words(enrolment)
    filtered = bool(stage or city or search)
    count = page.paginator.count
    label = table[stage].label if stage in table else "Tout le monde"
    context = {
        "programme": found,
        "page": page,
        "form": form,
        "filtered": filtered,
        "reset_url": request.path if filtered else "",
        "imports_url": reverse("imports:programme", args=[slug]),
        "heading": f"{label} : {plural(count, 'personne', 'personnes')}",
    }
    return render(request, "portal/people.html", context)


def _stage_words(enrolment) -> tuple[str, str]:
    """Return where one person stands towards a marraine: a word and its tone."""
    if enrolment.opted_out_at:
        return "n’en souhaite pas", "info"
    if enrolment.pair_state:
        return ("acceptée", "ok") if enrolment.pair_state == Pair.State.ACCEPTED else ("proposée", "info")
    return ("en attente", "wait") if enrolment.present else ("après l’atelier", "info")


@require_safe
def grant_report(request, public_id):
    """Show what a grant paid for in its cities; `copie=financeur` hides what would reveal somebody."""
    report = _report(request, public_id)
    return render(request, "portal/grant_report.html", {"report": report, "grant": report.grant})


@require_POST
def grant_workbook(request, public_id):
    """Send the report as a workbook; written in the journal."""
    report = _exported(request, public_id)
    response = HttpResponse(to_xlsx(reports.workbook(report)), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{_name(report)}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def grant_paper(request, public_id):
    """Send the report as PDF; written in the journal."""
    report = _exported(request, public_id)
    return pdf_response(reports.paper(report), _name(report))


def _name(report: reports.Report) -> str:
    return f"rapport-{report.grant.programme.slug}{'-financeur' if report.is_copy else ''}"


def _exported(request, public_id) -> reports.Report:
    report = _report(request, public_id, copy=request.POST.get("copie", ""))
    audit.record(
        by=request.actor,
        action="steering.export_report",
        controller_id=report.grant.programme.controller_id,
        about=f"grant {report.grant.pk}",
        count=len(report.lines),
    )
    return report


def _report(request, public_id, copy: str | None = None) -> reports.Report:
    grant = reports.grant_or_none(request.actor, public_id)
    if grant is None:
        raise Http404
    wanted = request.GET.get("copie", "") if copy is None else copy
    return reports.report_of(grant, is_copy=wanted == "financeur")
