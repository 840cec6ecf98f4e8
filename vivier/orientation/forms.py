"""What is asked at the end of a challenge."""

from django import forms

from vivier.territories.forms import CommuneField


class NearForm(forms.Form):
    """From where somebody looks for a session."""

    commune = CommuneField(
        label="Ta commune", required=False, help_text="Son nom ou son code postal. Rien n’est gardé."
    )
