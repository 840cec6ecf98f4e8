"""Shapes of what is typed about structures and members."""

import re

from django import forms

from vivier.organisations.identifiers import siret_is_valid, uai_is_valid
from vivier.organisations.models import Organisation, Role
from vivier.territories.forms import CommuneField


class OrganisationForm(forms.Form):
    """Name, contact and numbers of a structure."""

    name = forms.CharField(label="Nom de la structure", max_length=200)
    kind = forms.ChoiceField(label="Nature", choices=Organisation.Kind.choices)
    email = forms.EmailField(
        label="Adresse de contact",
        required=False,
        help_text="Une adresse de la structure, plutôt que celle d’une personne.",
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple : contact@association.fr"},
    )
    phone = forms.CharField(
        label="Téléphone", max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    siret = forms.CharField(
        label="SIRET",
        max_length=20,
        required=False,
        help_text="14 chiffres. Il figure sur l’avis de situation de l’INSEE.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    uai = forms.CharField(
        label="UAI",
        max_length=10,
        required=False,
        help_text="Pour un établissement scolaire : 7 chiffres et une lettre.",
    )
    commune = CommuneField(label="Commune", required=False)

    def clean_siret(self) -> str:
        siret = re.sub(r"[\s.]", "", self.cleaned_data["siret"])
        if siret and not siret_is_valid(siret):
            raise forms.ValidationError("Ce SIRET comporte une erreur : vérifiez ses 14 chiffres.")
        return siret

    def clean_uai(self) -> str:
        uai = re.sub(r"\s", "", self.cleaned_data["uai"]).upper()
        if uai and not uai_is_valid(uai):
            raise forms.ValidationError("Cet UAI comporte une erreur : vérifiez ses 7 chiffres et sa lettre.")
        return uai


class InvitationForm(forms.Form):
    """Who is invited, for what."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        help_text="La personne recevra un message qui dit comment se connecter.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"},
    )
    name = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        required=False,
        help_text="Affiché quand la personne se sera connectée.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Rôle", choices=Role.choices, initial=Role.COORDINATOR)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label="Rôle", choices=Role.choices)
