"""Pages of a structure: its sheet, its members, its journal."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.common.rate_limits import limited
from vivier.organisations import operations, queries
from vivier.organisations.forms import InvitationForm, OrganisationForm, RoleForm
from vivier.organisations.models import Membership
from vivier.organisations.permissions import organisation_or_404

_SHEET = ("name", "kind", "email", "phone", "siret", "uai", "commune")


@require_safe
def mine(request):
    """List the structures where the person has a role."""
    return render(request, "organisations/mine.html", {"structures": queries.structures_of(request.actor)})


@require_safe
def sheet(request, public_id):
    """Show a structure to its members."""
    organisation = organisation_or_404(request.actor, public_id)
    may_manage = request.actor.may(Permission.MANAGE_MEMBERS, organisation.pk)
    context = {"organisation": organisation, "facts": queries.facts_of(organisation), "may_manage": may_manage}
    return render(request, "organisations/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, public_id):
    """Change the sheet of a structure."""
    organisation = organisation_or_404(request.actor, public_id, Permission.MANAGE_MEMBERS)
    form = OrganisationForm(_sent(request), initial={field: getattr(organisation, field) for field in _SHEET})
    if request.method == "POST" and form.is_valid():
        try:
            operations.update_organisation(by=request.actor, organisation=organisation, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "La fiche est enregistrée.")
            return redirect("organisations:sheet", organisation.public_id)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("invite", 40, 3600)
def members(request, public_id):
    """List the members of a structure, and invite one more."""
    organisation = organisation_or_404(request.actor, public_id, Permission.MANAGE_MEMBERS)
    form = InvitationForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.invite_member(by=request.actor, organisation=organisation, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"L’invitation part à {form.cleaned_data['email']}.")
            return redirect("organisations:members", organisation.public_id)
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation, request.actor),
        "form": form,
    }
    return render(request, "organisations/members.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request, public_id, membership_id):
    """Change the role of a member."""
    organisation, membership = _member_or_404(request, public_id, membership_id)
    form = RoleForm(_sent(request), initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_role(by=request.actor, membership=membership, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Le rôle est changé.")
            return _after_change(request, organisation)
    context = {
        "organisation": organisation,
        "member": queries.member_of(membership, request.actor),
        "form": form,
    }
    return render(request, "organisations/member.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke(request, public_id, membership_id):
    """Take a role away from a member."""
    organisation, membership = _member_or_404(request, public_id, membership_id)
    try:
        operations.revoke_membership(by=request.actor, membership=membership)
        messages.success(request, f"{membership.user.email} n’a plus ce rôle.")
    except DomainError as error:
        messages.error(request, str(error))
    return _after_change(request, organisation)


@require_safe
def journal(request, public_id):
    """Show the last acts in a structure."""
    organisation = organisation_or_404(request.actor, public_id, Permission.MANAGE_MEMBERS)
    page = queries.journal_of(organisation, request.GET.get("page"))
    return render(request, "organisations/journal.html", {"organisation": organisation, "page": page})


def _sent(request):
    """Return what a form sent, even when it is empty; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def _member_or_404(request, public_id, membership_id):
    organisation = organisation_or_404(request.actor, public_id, Permission.MANAGE_MEMBERS)
    membership = get_object_or_404(
        Membership.objects.filter(organisation=organisation, revoked_at=None).select_related("user"),
        public_id=membership_id,
    )
    return organisation, membership


def _after_change(request, organisation):
    """Return to the members, or, for whoever has just given her own role away, to what she may still open."""
    mine = Membership.objects.filter(user=request.actor.user_id, organisation=organisation, revoked_at=None)
    roles = set(mine.values_list("role", flat=True))
    if "administrator" in roles:
        return redirect("organisations:members", organisation.public_id)
    return redirect("organisations:mine")
