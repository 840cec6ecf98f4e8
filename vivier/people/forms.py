"""Shapes of what is typed about people and their authorisations."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from vivier.common import clock
from vivier.people.fields import AddressField, BirthDateField, NameField, PhoneField, yes_no
from vivier.people.models import Beneficiary, Guardian
from vivier.people.queries import PurposeView
from vivier.people.vocabulary import Purpose, QpvStatus, SchoolLevel
from vivier.territories.forms import CommuneField

_YES_NO = [("oui", "Oui"), ("non", "Non")]


def _ticked(view: PurposeView) -> str | None:
    """Return the reader's own answer while it counts: one that is over is to be given again."""
    if view.mine is None or view.mine.is_over:
        return None
    return "oui" if view.mine.is_yes else "non"


class AnswersForm(forms.Form):
    """A yes or a no for each purpose that the reader may answer; what she leaves empty stays as it is."""

    def __init__(
        self, *args, purposes: Sequence[PurposeView], answer_label: str, signs: bool, signed_by: str = "", **kwargs
    ):
        super().__init__(*args, **kwargs)
        for view in purposes:
            if view.is_asked:
                self.fields[view.purpose] = forms.ChoiceField(
                    label=format_html('{}<span class="visually-hidden"> : {}</span>', answer_label, view.title),
                    choices=yes_no(view.yes, view.no),
                    required=False,
                    widget=forms.RadioSelect,
                    initial=_ticked(view),
                    error_messages={"invalid_choice": "Choisir oui ou non."},
                )
        self.purposes = [view.purpose for view in purposes if view.is_asked]
        if signs:
            self.fields["signed_by"] = NameField(
                label="Vos prénom et nom",
                missing="Il manque vos prénom et nom : ils disent qui répond.",
                autocomplete="name",
                help_text="Ils disent qui répond. Ils sont gardés avec vos réponses, comme une signature.",
                initial=signed_by,
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.answers(cleaned):
            raise ValidationError("Choisir oui ou non pour au moins un sujet.")
        return cleaned

    def answers(self, cleaned=None) -> dict[str, bool]:
        """Return the purposes that were answered."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        return {purpose: cleaned[purpose] == "oui" for purpose in self.purposes if cleaned.get(purpose)}


class NewLinkForm(forms.Form):
    """The address to which a new link goes."""

    email = AddressField(label="Votre adresse e-mail", help_text="Celle à laquelle le premier message est arrivé.")


class PersonForm(forms.Form):
    """Identity and situation of a beneficiary."""

    first_name = NameField(label="Prénom", missing="Il manque le prénom.")
    last_name = NameField(label="Nom", missing="Il manque le nom.")
    birth_date = BirthDateField(
        required=False,
        help_text="Jour, mois, année. Sans elle, les règles des moins de 15 ans s’appliquent, par prudence.",
    )
    email = AddressField(required=False, autocomplete="off")
    phone = PhoneField(required=False, autocomplete="off")
    kind = forms.ChoiceField(label="Situation", choices=Beneficiary.Kind.choices)
    school_level = forms.ChoiceField(label="Classe", choices=[("", "Non connue"), *SchoolLevel.choices], required=False)
    school_name = forms.CharField(label="Établissement", max_length=200, required=False)
    commune = CommuneField(label="Commune", required=False, help_text="Son nom ou son code postal.")
    qpv = forms.ChoiceField(
        label="Quartier prioritaire (QPV)",
        choices=QpvStatus.choices,
        help_text="L’adresse elle-même n’est jamais gardée.",
    )


class GuardianForm(forms.Form):
    """Who answers for a minor: a name, and a way to reach her if there is one."""

    first_name = NameField(label="Prénom", missing="Il manque le prénom.", required=False)
    last_name = NameField(label="Nom", missing="Il manque le nom.")
    email = AddressField(
        required=False, autocomplete="off", help_text="Sans adresse, imprimez le formulaire et saisissez la réponse."
    )
    phone = PhoneField(required=False, autocomplete="off")


class PaperForm(forms.Form):
    """The answers written on a signed paper form."""

    signatory = forms.ChoiceField(
        label="Qui a signé", widget=forms.RadioSelect, error_messages={"required": "Dites qui a signé le formulaire."}
    )
    signed_on = forms.DateField(
        label="Date de signature",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Il manque la date de signature : recopiez celle du formulaire.",
            "invalid": "Cette date n’existe pas : recopiez celle du formulaire.",
        },
    )
    reference = forms.CharField(
        label="Où le papier est rangé", max_length=80, required=False, help_text="Par exemple : classeur 2026, page 12."
    )

    def __init__(self, *args, guardians: Sequence[Guardian], first_name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.guardians = {str(guardian.public_id): guardian for guardian in guardians}
        self.fields["signatory"].choices = [
            *((key, guardian.full_name) for key, guardian in self.guardians.items()),
            ("elle", first_name),
        ]
        self.fields["signed_on"].widget.attrs["max"] = clock.today().isoformat()
        self.purposes = Purpose.values
        for purpose in Purpose:
            self.fields[purpose.value] = forms.ChoiceField(
                label=str(purpose.label).capitalize(), choices=_YES_NO, required=False, widget=forms.RadioSelect
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.answers(cleaned):
            raise ValidationError("Recopiez au moins une réponse du formulaire.")
        return cleaned

    def guardian(self) -> Guardian | None:
        """Return the guardian who signed; None for the person herself."""
        return self.guardians.get(self.cleaned_data["signatory"])

    def answers(self, cleaned=None) -> dict[str, bool]:
        """Return the purposes that were answered."""
        cleaned = self.cleaned_data if cleaned is None else cleaned
        return {purpose: cleaned[purpose] == "oui" for purpose in self.purposes if cleaned.get(purpose)}
