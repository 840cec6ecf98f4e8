"""The attendance list: a whole page at once, one line at a time, or on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from vivier.common.text import plural
from vivier.workshops import papers, words
from vivier.workshops.models import Session
from vivier.workshops.operations import mark_attendance
from vivier.workshops.permissions import managed_session_or_404
from vivier.workshops.queries import attendance_page

_MARKS = {"oui": True, "non": False, "": None}


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request, code):
    """Show who is expected (GET) and record who came, for the whole list at once (POST)."""
    session = managed_session_or_404(request.actor, code)
    if request.method == "POST":
        page = attendance_page(session)
        if "toutes" in request.POST:
            marks = {place.public_id: True for place in page.places if place.attended is None}
        else:
            marks = _marks(request.POST)
        changed = mark_attendance(by=request.actor, session=session, marks=marks)
        said = plural(changed, "présence est notée", "présences sont notées") if changed else "Rien n’a changé"
        messages.success(request, f"{said}.")
        return redirect("workshops:attendance", code)
    return render(request, "workshops/attendance.html", _context(session))


@vary_on_headers("HX-Request")
@require_POST
def mark(request, code, public_id):
    """Record one line; htmx swaps the line and the heading, without it the page comes back."""
    session = managed_session_or_404(request.actor, code)
    says = request.POST.get("presence", "")
    if says not in _MARKS:
        raise Http404
    mark_attendance(by=request.actor, session=session, marks={public_id: _MARKS[says]})
    if not request.htmx:
        return redirect("workshops:attendance", code)
    context = _context(session)
    context["place"] = next((place for place in context["page"].places if place.public_id == public_id), None)
    if context["place"] is None:
        raise Http404
    return render(request, "workshops/partials/attendance_marked.html", context)


@require_safe
def sheet(request, code):
    """Show the sheet to print and sign."""
    session = managed_session_or_404(request.actor, code)
    context = {
        "session": session,
        "people": papers.sheet_people(session),
        "detail": papers.sheet_detail(session),
        "blank": papers.BLANK_LINES,
    }
    return render(request, "workshops/sheet.html", context)


def _marks(data) -> dict[UUID, bool | None]:
    """Return the marks of the posted page: one radio per place, named after it."""
    marks = {}
    for name, value in data.items():
        if name.startswith("presence-") and value in _MARKS:
            try:
                marks[UUID(name.removeprefix("presence-"))] = _MARKS[value]
            except ValueError:
                continue
    return marks


def _context(session: Session) -> dict:
    return {
        "session": session,
        "page": attendance_page(session),
        "when": words.when(session),
        "where": words.where(session),
        "labels": words.attendance_labels(session.programme),
    }
