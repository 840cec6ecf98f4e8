"""Shapes of what is typed in the room."""

from django import forms

#: Longer than any advertisement: a whole site pasted by mistake.
LONGEST = 20_000


class AdvertisementForm(forms.Form):
    """An advertisement: its title and its text. Nothing of it is stored."""

    title = forms.CharField(
        label="Intitulé du poste", required=False, max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )
    text = forms.CharField(
        label="Texte de l’annonce",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 14, "autocomplete": "off"}),
        error_messages={
            "required": "Collez d’abord le texte de l’annonce.",
            "max_length": "Collez une annonce à la fois : 20 000 signes au plus.",
        },
    )

    def clean_text(self) -> str:
        """Return the text with the line ends that the engine counts: a browser sends two characters for one."""
        text = self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text
