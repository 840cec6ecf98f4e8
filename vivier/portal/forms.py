"""Filters of the lists."""

from django import forms

from vivier.portal.stages import stages
from vivier.programmes.models import Programme


class PeopleFilter(forms.Form):
    """Narrow the people of a programme by stage, city and name."""

    etape = forms.ChoiceField(label="Étape", required=False)
    ville = forms.ChoiceField(label="Ville de l’atelier", required=False)
    q = forms.CharField(label="Nom", required=False, max_length=80)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["etape"].choices = [("", "Toutes"), *((s.code, s.label) for s in stages(programme.words).values())]
        sites = programme.sites.select_related("commune").order_by("position", "pk")
        self.fields["ville"].choices = [
            ("", "Toutes"),
            *((str(site.pk), site.commune.name) for site in sites),
            ("sans", "Ville non connue"),
        ]
