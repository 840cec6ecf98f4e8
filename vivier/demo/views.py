"""The demonstration's own pages: choose a role, take the two files. They exist only where settings.DEMO is true."""

from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vivier.accounts.models import User
from vivier.demo import files, story
from vivier.demo.loop import loop_now
from vivier.demo.roles import ROLES

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_not_required
def home(request):
    """Offer the roles and the two files of the main job."""
    roles = [{"role": role, "url": reverse("demo:enter", args=[role.code])} for role in ROLES.values()]
    downloads = [
        {"url": reverse("demo:download", args=[name]), "name": name, "about": about}
        for name, about in (
            (files.REGISTRANTS, "150 lycéennes présentes dans cinq villes"),
            (files.MENTORS, "110 marraines volontaires"),
        )
    ]
    context = {"roles": roles, "downloads": downloads, "empty_programme": story.EMPTY_NAME}
    return render(request, "demo/home.html", context)


@require_safe
@login_not_required
def loop(request):
    """Offer the loop step by step, from where it stands."""
    story_now = loop_now()
    return render(request, "demo/loop.html", {"loop": story_now})


@require_http_methods(["GET", "POST"])
@login_not_required
def enter(request, role):
    """Show who one is about to become (GET), then sign in as her (POST)."""
    found = ROLES.get(role)
    if found is None:
        raise Http404
    if request.method == "GET":
        return render(request, "demo/enter.html", {"role": found})
    if found.email is None:
        logout(request)
        return redirect("portal:home")
    user = User.objects.filter(email=found.email).first()
    if user is None:
        raise Http404
    login(request, user)
    return redirect("portal:start")


@require_safe
@login_not_required
def download(request, name):
    """Send one of the two files, as the association of the demonstration wrote it."""
    writer = {files.REGISTRANTS: files.registrants_workbook, files.MENTORS: files.mentors_workbook}.get(name)
    if writer is None:
        raise Http404
    response = HttpResponse(writer(story.first_day()), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
