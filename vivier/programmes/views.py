"""Pages that create and set up programmes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.organisations.models import Organisation
from vivier.programmes import operations, queries
from vivier.programmes.forms import AttachmentForm, NewProgrammeForm, ProgrammeForm, SiteForm
from vivier.programmes.models import Programme
from vivier.programmes.permissions import programme_or_404

#: What the page of settings changes.
_SETTINGS = ("name", "season", "audience", "purpose", "mentors_due_on", "axis")


@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """Create a programme for one of her structures."""
    organisations = Organisation.objects.filter(
        pk__in=request.actor.controllers(Permission.MANAGE_PROGRAMMES)
    ).order_by("name", "pk")
    if not organisations:
        raise Http404
    form = NewProgrammeForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        programme = operations.create_programme(by=request.actor, communes=[], **form.cleaned_data)
        messages.success(request, f"{programme.name} est créé. Dites maintenant dans quelles villes il a lieu.")
        return redirect("programmes:settings", programme.slug)
    return render(request, "programmes/create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request, slug):
    """Change a programme and its cities."""
    programme = programme_or_404(request.actor, slug, Permission.MANAGE_PROGRAMMES)
    initial = {field: getattr(programme, field) for field in _SETTINGS}
    form = ProgrammeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.update_programme(by=request.actor, programme=programme, **form.cleaned_data)
        messages.success(request, "Les réglages sont enregistrés.")
        return redirect("programmes:settings", programme.slug)
    context = _settings_page(programme, form, SiteForm(prefix="site"))
    return render(request, "programmes/settings.html", context, status=422 if form.errors else 200)


@require_POST
def add_site(request, slug):
    """Add a city to a programme."""
    programme = programme_or_404(request.actor, slug, Permission.MANAGE_PROGRAMMES)
    form = SiteForm(request.POST, prefix="site")
    if form.is_valid():
        try:
            site = operations.add_site(by=request.actor, programme=programme, commune=form.cleaned_data["commune"])
            messages.success(request, f"{site.commune.name} est ajoutée.")
            return redirect("programmes:settings", programme.slug)
        except DomainError as error:
            form.add_error("commune", str(error))
    initial = {field: getattr(programme, field) for field in _SETTINGS}
    return render(
        request,
        "programmes/settings.html",
        _settings_page(programme, ProgrammeForm(initial=initial), form),
        status=422,
    )


@require_POST
def remove_site(request, slug, site_id):
    """Remove a city that nobody uses."""
    programme = programme_or_404(request.actor, slug, Permission.MANAGE_PROGRAMMES)
    site = get_object_or_404(programme.sites.select_related("commune", "programme"), pk=site_id)
    try:
        operations.remove_site(by=request.actor, site=site)
        messages.success(request, f"{site.commune.name} est retirée.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("programmes:settings", programme.slug)


@require_safe
def plans(request):
    """Show the plans that her structures hold, and the programmes that are or would be part of them."""
    held = queries.plans_held(request.actor)
    if not held:
        raise Http404
    return render(request, "programmes/plans.html", {"plans": held, "heading": queries.plans_heading(held)})


@require_POST
def decide(request, slug):
    """Accept or refuse a programme in a plan that her structure holds."""
    held = request.actor.controllers(Permission.MANAGE_PLANS)
    programme = get_object_or_404(Programme.objects.filter(axis__plan__organisation__in=held), slug=slug)
    form = AttachmentForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez d’accepter ou de refuser.")
        return redirect("programmes:plans")
    accept = form.cleaned_data["answer"] == "oui"
    operations.decide_attachment(by=request.actor, programme=programme, accept=accept)
    said = "fait partie du plan" if accept else "ne fait pas partie du plan"
    messages.success(request, f"{programme.name} {said}. Sa structure le lit dans les réglages du programme.")
    return redirect("programmes:plans")


def _settings_page(programme, form, site_form) -> dict:
    sites = programme.sites.select_related("commune__department").order_by("position", "pk")
    return {"programme": programme, "form": form, "site_form": site_form, "sites": sites}
