"""Downloads of a run. They are asked by POST, since each is written in the journal."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from vivier.common.permissions import Permission
from vivier.common.tables import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from vivier.mentoring import operations
from vivier.mentoring.models import MatchingRun
from vivier.mentoring.views.runs import run_or_404


@require_POST
def workbook(request, public_id):
    """Send the results as an Excel workbook of three sheets."""
    found = _run(request, public_id)
    outputs = operations.export_results(by=request.actor, run=found, is_latest=found.number == found.last_number)
    return _file(to_xlsx(outputs), XLSX_TYPE, f"appariement-{found.programme.slug}-{found.number}.xlsx")


@require_POST
def results(request, public_id):
    """Send the pairs as a text file that a French spreadsheet opens."""
    found = _run(request, public_id)
    pairs, *_ = operations.export_results(by=request.actor, run=found, is_latest=found.number == found.last_number)
    content = to_csv(pairs.headings, pairs.rows)
    return _file(content, CSV_TYPE, f"appariement-{found.programme.slug}-{found.number}.csv")


@require_POST
def engine_file(request, public_id, name):
    """Send a file of the engine, byte for byte."""
    found = _run(request, public_id)
    if name not in operations.files_of(found):
        raise Http404
    content = operations.export_file(by=request.actor, run=found, name=name)
    kind = "application/json" if name.endswith(".json") else "text/csv; charset=utf-8"
    return _file(content, kind, name)


def _run(request, public_id) -> MatchingRun:
    found = run_or_404(request, public_id)
    if not request.actor.may(Permission.EXPORT_PEOPLE, found.programme.controller_id):
        raise Http404
    return found


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
