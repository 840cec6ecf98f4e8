"""Form fields about people, tolerant of how they are typed, with errors that say how to mend them."""

import re
import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from vivier.common import clock
from vivier.common.text import folded

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
#: Nobody older has lived; a birth year typed with a slip falls outside.
OLDEST = 122


def yes_no(yes: str, no: str) -> list[tuple[str, str]]:
    """Return the choices yes and no, each with what it leads to (plain text) under it."""
    return [
        (code, format_html('<span>{}<span class="hint">{}</span></span>', word, meaning))
        for code, word, meaning in (("oui", "Oui", yes), ("non", "Non", no))
    ]


def read_date(text: str) -> date:
    """Return the date in "14/03/2010", "14 03 2010", "14032010", "14 mars 2010" or "2010-03-14". Raises ValueError."""
    words = folded(text).split()
    if len(words) == 3 and words[1].isalpha():
        month = next((n for n, name in enumerate(_MONTHS, 1) if len(words[1]) >= 3 and name.startswith(words[1])), 0)
        words[1], words[0] = str(month), words[0].removesuffix("er")
    digits = "".join(words)
    if len(words) == 1 and re.fullmatch(r"\d{8}", digits):
        words = [digits[:2], digits[2:4], digits[4:]]
    if len(words) != 3 or not all(word.isdecimal() for word in words):
        raise ValueError(text)
    day, month, year = (int(word) for word in (reversed(words) if len(words[0]) == 4 else words))
    return date(year, month, day)


class BirthDateField(forms.CharField):
    """A birth date typed in one go; the cleaned value is a date or None."""

    def __init__(self, *, label: str = "Date de naissance", required: bool = True, **kwargs):
        kwargs.setdefault("help_text", "Jour, mois, année. Par exemple : 14 03 2010.")
        super().__init__(
            label=label,
            required=required,
            max_length=40,
            widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "bday", "size": 14}),
            error_messages={"required": "Il manque la date de naissance."},
            **kwargs,
        )

    def prepare_value(self, value):
        """Return how a known date is shown: 14/03/2010."""
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else value

    def clean(self, value) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = read_date(text)
        except ValueError as error:
            raise ValidationError("Cette date n’existe pas. Par exemple : 14 03 2010.", code="invalid") from error
        today = clock.today()
        if found > today:
            raise ValidationError("Cette date est dans l’avenir : vérifier l’année.", code="future")
        if found.year < today.year - OLDEST:
            raise ValidationError("Cette année est trop ancienne : l’écrire avec quatre chiffres.", code="past")
        return found


class AddressField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, *, label: str = "Adresse e-mail", autocomplete: str = "email", **kwargs):
        super().__init__(
            label=label,
            max_length=254,
            widget=forms.EmailInput({"autocomplete": autocomplete, "spellcheck": "false"}),
            error_messages={
                "required": "Il manque l’adresse e-mail.",
                "invalid": "Cette adresse n’est pas complète. Par exemple : prenom.nom@exemple.fr.",
            },
            **kwargs,
        )


class PhoneField(forms.CharField):
    """A telephone number, French or international, kept as typed with single spaces."""

    def __init__(self, *, label: str = "Téléphone", autocomplete: str = "tel", **kwargs):
        super().__init__(
            label=label,
            max_length=30,
            widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": autocomplete}),
            error_messages={"required": "Il manque le numéro de téléphone."},
            **kwargs,
        )

    def clean(self, value) -> str:
        text = " ".join((super().clean(value) or "").replace(".", " ").replace("-", " ").split())
        digits = re.sub(r"[\s()]", "", text)
        if text and not re.fullmatch(r"0[1-9]\d{8}|\+\d{8,15}|00\d{8,15}", digits):
            raise ValidationError("Ce numéro n’est pas complet : dix chiffres, ou + et l’indicatif du pays.")
        return text


def is_plain_name(text: str) -> bool:
    """Whether a name could not be read as an address, a link or an order: letters, spaces, hyphens, apostrophes."""
    letters = (letter in " '’-." or unicodedata.category(letter)[0] in "LM" for letter in text)
    return all(letters) and not re.search(r"\.[^ -]", text)


class NameField(forms.CharField):
    """A first or last name."""

    def __init__(self, *, label: str, missing: str, autocomplete: str = "off", **kwargs):
        super().__init__(
            label=label,
            max_length=100,
            widget=forms.TextInput({"autocomplete": autocomplete, "spellcheck": "false"}),
            error_messages={"required": missing, "max_length": "Ce nom est trop long : cent lettres au plus."},
            **kwargs,
        )

    def clean(self, value) -> str:
        text = " ".join(super().clean(value).split())
        if text and not any(letter.isalpha() for letter in text):
            raise ValidationError("Ce nom ne contient aucune lettre.")
        return text
