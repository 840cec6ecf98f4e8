"""Structures in /gestion/: opened here, with the invitation of whoever will administer them."""

from django import forms
from django.contrib import admin, messages

from vivier.common import audit
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.organisations import operations
from vivier.organisations.identifiers import siret_is_valid, uai_is_valid
from vivier.organisations.models import Membership, Organisation, Role


class OrganisationSheet(forms.ModelForm):
    """The sheet of a structure, and the address of somebody to invite as its administrator."""

    administrator = forms.EmailField(
        label="Inviter à l’administrer",
        required=False,
        help_text="Cette adresse reçoit le rôle d’administration de la structure, et un message pour se connecter.",
    )

    class Meta:
        model = Organisation
        fields = ("name", "slug", "kind", "siret", "uai", "email", "phone", "commune")

    def clean_siret(self) -> str:
        siret = self.cleaned_data["siret"]
        if siret and not siret_is_valid(siret):
            raise forms.ValidationError("Ce SIRET comporte une erreur : vérifiez ses 14 chiffres.")
        return siret

    def clean_uai(self) -> str:
        uai = self.cleaned_data["uai"].upper()
        if uai and not uai_is_valid(uai):
            raise forms.ValidationError("Cet UAI comporte une erreur : vérifiez ses 7 chiffres et sa lettre.")
        return uai


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    form = OrganisationSheet
    list_display = ("name", "kind", "siret", "uai", "commune")
    list_filter = ("kind",)
    list_select_related = ("commune",)
    search_fields = ("name", "siret", "uai")
    ordering = ("name", "pk")
    autocomplete_fields = ("commune",)
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        by = Actor(user_id=request.user.pk, is_system=True)
        action = "organisation.update" if change else "organisation.create"
        audit.record(by=by, action=action, controller_id=obj.pk, about=audit.about(obj))
        if email := form.cleaned_data["administrator"]:
            try:
                operations.invite_member(by=by, organisation=obj, email=email, role=Role.ADMINISTRATOR)
                messages.success(request, f"L’invitation part à {email}.")
            except DomainError as error:
                messages.error(request, str(error))

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Read only: roles are given on the members page of each structure."""

    list_display = ("user", "organisation", "role", "granted_at", "revoked_at")
    list_filter = ("role", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "organisation")
    search_fields = ("organisation__name", "user__email")
    ordering = ("organisation__name", "pk")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
