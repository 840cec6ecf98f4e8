"""The pages by which files of people come in."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from vivier.common import audit
from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.common.tables import CSV_TYPE, MAX_BYTES, SENTENCES, XLSX_TYPE, to_csv, to_xlsx
from vivier.common.text import plural
from vivier.imports import operations, preview
from vivier.imports.causes import shown_group
from vivier.imports.fields import IGNORED, MENTORS, REGISTRANTS
from vivier.imports.forms import SheetForm, StatementForm, UploadForm
from vivier.imports.models import PeopleFile
from vivier.imports.permissions import people_file_or_404
from vivier.imports.understanding import Understanding
from vivier.programmes.models import Programme
from vivier.programmes.permissions import programme_or_404

#: People shown on one page of a preview.
PAGE = 20
_MOST_HISTORY = 30
_REFUSED = 422


@require_safe
def programme(request, slug):
    """Show where to drop the two files, those that wait to be read again, and those that were imported."""
    found = programme_or_404(request.actor, slug, Permission.IMPORT_PEOPLE)
    return _programme_page(request, found, UploadForm(programme=found))


@require_POST
def upload(request, slug):
    """Keep one file or two for their previews; what cannot be read is said beside its field."""
    found = programme_or_404(request.actor, slug, Permission.IMPORT_PEOPLE)
    form = UploadForm(request.POST, request.FILES, programme=found)
    if not form.is_valid():
        return _programme_page(request, found, form, _REFUSED)
    stored: list[PeopleFile] = []
    for kind in (REGISTRANTS, MENTORS):
        if (sent := form.cleaned_data[kind]) is None:
            continue
        try:
            if sent.size > MAX_BYTES:
                raise DomainError(SENTENCES["too_heavy"])
            stored.append(
                operations.store_file(by=request.actor, programme=found, kind=kind, name=sent.name, content=sent.read())
            )
        except DomainError as error:
            form.add_error(kind, str(error))
    if form.errors:
        for people_file in stored:
            messages.success(request, f"« {people_file.name} » est gardé : ne déposez de nouveau que l’autre fichier.")
        return _programme_page(request, found, form, _REFUSED)
    return redirect("imports:file", slug, stored[0].public_id)


def _programme_page(request, found: Programme, form: UploadForm, status: int = 200):
    files = PeopleFile.objects.filter(programme=found).defer("content").select_related("imported_by", "uploaded_by")
    context = {
        "programme": found,
        "form": form,
        "waiting": list(files.filter(imported_at=None).order_by("-uploaded_at", "-pk")),
        "imported": list(files.exclude(imported_at=None).order_by("-imported_at", "-pk")[:_MOST_HISTORY]),
        "kept": plural(settings.PEOPLE_FILES_KEPT_DAYS, "jour", "jours"),
        "models": [(kind, preview.nouns(kind, found)[1]) for kind in (REGISTRANTS, MENTORS)],
    }
    return render(request, "imports/programme.html", context, status=status)


@require_safe
def model_file(request, slug, kind):
    """Send an empty workbook whose headings are all understood."""
    found = programme_or_404(request.actor, slug, Permission.IMPORT_PEOPLE)
    return _download(to_xlsx([preview.model_table(kind)]), XLSX_TYPE, f"modele-{found.slug}-{kind}.xlsx")


@require_safe
def file(request, slug, public_id):
    """Show what is understood of a file, or what became of it once imported."""
    people_file = people_file_or_404(request.actor, slug, public_id)
    if people_file.imported_at:
        return _result_page(request, people_file)
    understood = operations.read_file(people_file)
    return _preview_page(request, people_file, understood, _statement_form(people_file, understood))


@require_POST
def choose_headings(request, slug, public_id):
    """Remember what the columns hold, then show the file again."""
    people_file = _waiting_or_404(request, slug, public_id)
    understood = operations.read_file(people_file)
    choices = {}
    for column in preview.columns(understood) if understood.grid else ():
        said = request.POST.get(f"colonne:{column.key}")
        if said is not None and said != column.chosen:
            choices[column.key] = {preview.UNKNOWN: None, preview.ASIDE: IGNORED}.get(said, said)
    try:
        operations.choose_headings(by=request.actor, people_file=people_file, choices=choices)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "C’est retenu, pour ce fichier et pour les prochains.")
    return redirect("imports:file", slug, public_id)


@require_POST
def choose_sheet(request, slug, public_id):
    """Remember which sheet is read, then show the file again."""
    people_file = _waiting_or_404(request, slug, public_id)
    try:
        operations.choose_sheet(by=request.actor, people_file=people_file, sheet=request.POST.get("sheet", ""))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("imports:file", slug, public_id)


@require_POST
def confirm(request, slug, public_id):
    """Bring the people in; pressed twice, it does so once."""
    people_file = people_file_or_404(request.actor, slug, public_id)
    if people_file.imported_at:
        return redirect("imports:file", slug, public_id)
    form = StatementForm(request.POST, programme=people_file.programme)
    if form.is_valid():
        try:
            operations.import_file(by=request.actor, people_file=people_file, statement=form.statement)
            return redirect("imports:file", slug, public_id)
        except operations.Unanswered:
            pass  # said beside the question, below
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("imports:file", slug, public_id)
    understood = operations.read_file(people_file)
    if not understood.is_ready:
        return redirect("imports:file", slug, public_id)
    return _preview_page(
        request, people_file, understood, _statement_form(people_file, understood, request.POST), _REFUSED
    )


@require_POST
def discard(request, slug, public_id):
    """Forget a file that was not imported."""
    people_file = people_file_or_404(request.actor, slug, public_id)
    try:
        operations.discard_file(by=request.actor, people_file=people_file)
        messages.success(request, "Le fichier est effacé. Rien n’a été importé.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("imports:programme", slug)


@require_POST
def issues(request, slug, public_id):
    """Send the list of what is to be mended, as a workbook or a text file; names are in it, so it is journalled."""
    people_file = _waiting_or_404(request, slug, public_id)
    table = preview.issue_table(operations.read_file(people_file))
    audit.record(
        by=request.actor,
        action="imports.issues",
        controller_id=people_file.programme.controller_id,
        about=f"PeopleFile {people_file.pk}",
        count=len(table.rows),
    )
    if request.POST.get("format") == "csv":
        return _download(to_csv(table.headings, table.rows), CSV_TYPE, "a-corriger.csv")
    return _download(to_xlsx([table]), XLSX_TYPE, "a-corriger.xlsx")


def _waiting_or_404(request, slug, public_id) -> PeopleFile:
    people_file = people_file_or_404(request.actor, slug, public_id)
    if people_file.imported_at:
        raise Http404
    return people_file


def _statement_form(people_file: PeopleFile, understood: Understanding, data=None) -> StatementForm:
    return StatementForm(data, understood=understood, programme=people_file.programme)


def _preview_page(request, people_file, understood, form, status=200):
    found = people_file.programme
    plans = understood.planned.plans
    page = Paginator(plans, PAGE).get_page(request.GET.get("page"))
    grid = understood.grid
    sheets = None
    if grid and grid.sheets:
        sheets = SheetForm(sheets=grid.sheets, several_fit=grid.several_fit, initial={"sheet": grid.sheet})
    one, many = preview.nouns(people_file.kind, found)
    count = len(plans)
    columns = preview.columns(understood) if grid else []
    context = {
        "programme": found,
        "file": people_file,
        "understood": understood,
        "heading": preview.heading(understood, found),
        "what_will_happen": preview.what_will_happen(understood),
        "button": f"Importer {plural(count, one, many)}" if count == 1 else f"Importer les {count} {many}",
        "form": form,
        "sheet_form": sheets,
        "errors": [shown_group(group) for group in understood.error_groups],
        "notices": preview.notices(understood.notice_groups),
        "sheet_heading": preview.sheet_heading(understood) if sheets else "",
        "columns": columns,
        "unread": [column for column in columns if column.chosen == preview.UNKNOWN],
        "read": [column for column in columns if column.chosen != preview.UNKNOWN],
        "column_choices": preview.column_choices(people_file.kind),
        "page": page,
        "people": preview.people(understood, page.object_list),
        "added_cities": [place.label for place in understood.added_cities],
        "raw_rows": preview.raw_rows(people_file.content, people_file.sheet) if understood.lacks_names else [],
    }
    return render(request, "imports/file.html", context, status=status)


def _result_page(request, people_file: PeopleFile):
    found = people_file.programme
    waiting = PeopleFile.objects.filter(programme=found, imported_at=None).defer("content")
    is_registrants = people_file.kind == REGISTRANTS
    people_url = reverse("portal:people" if is_registrants else "mentoring:mentors", args=[found.slug])
    one, many = preview.nouns(people_file.kind, found)
    total = people_file.created_count + people_file.updated_count + people_file.unchanged_count
    context = {
        "programme": found,
        "file": people_file,
        "heading": f"{plural(total, one + ' est', many + ' sont')} dans le programme.",
        "figures": [
            {"value": people_file.created_count, "label": "ajoutées"},
            {"value": people_file.updated_count, "label": "mises à jour"},
            {"value": people_file.unchanged_count, "label": "déjà à jour"},
        ],
        "people_url": people_url,
        "people_action": f"Voir les {many}",
        "next_file": waiting.order_by("-uploaded_at", "-pk").first(),
        "runs_url": reverse("mentoring:runs", args=[found.slug]),
    }
    return render(request, "imports/result.html", context)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
