"""Shapes of what is typed about programmes."""

from django import forms

from vivier.programmes.models import Axis
from vivier.programmes.vocabulary import Audience
from vivier.territories.forms import CommuneField


class ProgrammeForm(forms.Form):
    """Name, season, public and purpose of a programme."""

    name = forms.CharField(label="Nom du programme", max_length=120)
    season = forms.CharField(label="Saison", max_length=40, required=False, help_text="Par exemple : année 2026-2027.")
    audience = forms.ChoiceField(label="Public", choices=Audience.choices, initial=Audience.LYCEENNES)
    purpose = forms.CharField(
        label="En deux phrases",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que le programme propose. Affiché sur les pages publiques.",
    )
    mentors_due_on = forms.DateField(
        label="Une marraine ou un mentor pour chaque personne, avant le",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="« Mon programme » montre alors la part de celles et ceux qui en ont, au jour dit.",
    )
    axis = forms.ModelChoiceField(
        label="Axe d’un plan",
        queryset=Axis.objects.none(),
        required=False,
        empty_label="Aucun plan",
        help_text="Si le programme s’inscrit dans un plan régional. La structure qui porte le plan doit l’accepter.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["axis"].queryset = Axis.objects.select_related("plan").order_by("plan__name", "position", "pk")


class AttachmentForm(forms.Form):
    """What the holder of a plan says of a programme."""

    answer = forms.ChoiceField(choices=[("oui", "Accepter"), ("non", "Refuser")])


class NewProgrammeForm(ProgrammeForm):
    """A new programme, for one of the structures that the person manages."""

    controller = forms.ModelChoiceField(label="Structure", queryset=None, empty_label=None)

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["controller"].queryset = organisations
        self.order_fields(["controller", "name", "season", "audience", "purpose", "mentors_due_on", "axis"])


class SiteForm(forms.Form):
    """One more city of a programme."""

    commune = CommuneField(label="Ajouter une ville", help_text="Son nom ou son code postal.")
