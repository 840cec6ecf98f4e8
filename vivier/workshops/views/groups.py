"""Classes and groups of a session: book, count, free."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.common.text import plural
from vivier.workshops import operations, words
from vivier.workshops.group_forms import GroupForm, RosterForm
from vivier.workshops.models import Group
from vivier.workshops.operations.groups import coming_groups
from vivier.workshops.permissions import managed_session_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def groups(request, code):
    """List the groups of a session (GET), and hold seats for one more (POST)."""
    session = managed_session_or_404(request.actor, code)
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            group = operations.add_group(by=request.actor, session=session, **form.cleaned_data)
        except DomainError as error:
            form.add_error("head_count", str(error))
        else:
            messages.success(request, f"Les places de {group.label} sont réservées.")
            return redirect("workshops:groups", code)
    context = {
        "session": session,
        "groups": list(coming_groups(session)),
        "form": form,
        "when": words.when(session),
    }
    return render(request, "workshops/groups.html", context, status=422 if form.errors else 200)


@require_POST
def change(request, public_id):
    """Write how many of a group came (`presents`), or free its seats."""
    group = (
        Group.objects.visible_to(request.actor, Permission.MANAGE_SESSIONS)
        .filter(public_id=public_id, cancelled_at=None)
        .select_related("session__programme")
        .first()
    )
    if group is None:
        raise Http404
    number = request.POST.get("presents")
    if number is None:
        operations.cancel_group(by=request.actor, group=group)
        messages.success(request, f"Les places de {group.label} sont libérées.")
    elif not number.strip().isdecimal() or len(number.strip()) > 5:
        messages.error(request, "Écrivez un nombre entier, par exemple 28.")
    else:
        try:
            operations.count_group(by=request.actor, group=group, attended=int(number))
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{group.label} : c’est noté.")
    return redirect("workshops:groups", group.session.code)


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request, code):
    """Sign up a class by its list (POST), or ask for it (GET)."""
    session = managed_session_or_404(request.actor, code)
    form = RosterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = operations.register_class(by=request.actor, session=session, people=form.people())
        except DomainError as error:
            form.add_error("lines", str(error))
        else:
            said = plural(done.places, "élève a une place", "élèves ont une place")
            messages.success(request, f"{said}. Il reste à recueillir les autorisations.")
            return redirect("workshops:manage", code)
    context = {"session": session, "form": form, "when": words.when(session)}
    return render(request, "workshops/roster.html", context, status=422 if form.errors else 200)
