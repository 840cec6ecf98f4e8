"""Shapes of what is typed about the register of partners' actions."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from vivier.programmes.models import Plan
from vivier.steering import partial_dates
from vivier.steering.queries import Wanted
from vivier.steering.vocabulary import ActionKind
from vivier.territories.forms import CommuneField
from vivier.territories.models import Department


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class RegisterFilter(forms.Form):
    """What of the register is shown; a value that cannot be read filters nothing."""

    nature = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *ActionKind.choices])
    departement = forms.ChoiceField(label="Département", required=False)
    du = _day("À partir du")
    au = _day("Jusqu’au")

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        departments = Department.objects.filter(region=plan.region) if plan.region_id else Department.objects.all()
        codes = departments.order_by("code").values_list("code", "name")
        self.fields["departement"].choices = [("", "Tous"), *((code, f"{name} ({code})") for code, name in codes)]

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(said.get("nature", ""), said.get("departement", ""), said.get("du"), said.get("au"))


class PartialDateField(forms.CharField):
    """A date as far as it is known; the cleaned value is a PartialDate."""

    def clean(self, value):
        text = super().clean(value)
        try:
            return partial_dates.read(text)
        except partial_dates.NotADateError as error:
            raise ValidationError("Écrivez un jour, un mois ou une année : 12/03/2027, mars 2027 ou 2027.") from error


class ActionForm(forms.Form):
    """One action that a partner announces."""

    title = forms.CharField(label="Quoi", max_length=120, help_text="N’y nommez personne : les partenaires le lisent.")
    kind = forms.ChoiceField(label="Nature", choices=ActionKind.choices)
    when = PartialDateField(
        label="Quand", max_length=40, help_text="Ce que vous savez : 12/03/2027, mars 2027 ou 2027."
    )
    commune = CommuneField(label="Dans quelle commune", required=False, help_text="Vide : en ligne, ou partout.")
    url = forms.URLField(
        label="Lien",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": "Il manque une adresse complète, par exemple https://exemple.fr/inscription."},
    )
    is_public = forms.BooleanField(
        label="L’annoncer publiquement", required=False, help_text="Décoché : seuls les partenaires du plan la lisent."
    )


class NewActionForm(ActionForm):
    """A new action, for one of the structures that the person answers for."""

    organisation = forms.ModelChoiceField(label="Structure", queryset=None, empty_label=None)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.order_fields(["organisation", *ActionForm.base_fields])
