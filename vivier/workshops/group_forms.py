"""Shapes of what is typed about a class or a group: a number, or a list of names."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from vivier.common import clock
from vivier.common.text import folded
from vivier.people.consent_rules import age_on
from vivier.people.fields import AddressField, read_date
from vivier.people.records import NewBeneficiary
from vivier.people.vocabulary import SchoolLevel


class GroupForm(forms.Form):
    """A class or a group that comes with its adult."""

    label = forms.CharField(
        label="Classe ou groupe",
        max_length=150,
        help_text="Par exemple « 2de B, lycée des Trois-Sources ». Aucun nom d’élève.",
        error_messages={"required": "Il manque la classe ou le groupe."},
    )
    head_count = forms.IntegerField(
        label="Nombre attendu",
        min_value=1,
        max_value=500,
        error_messages={
            "required": "Il manque le nombre.",
            "invalid": "Écrivez un nombre entier, par exemple 28.",
            "min_value": "Un groupe compte au moins une personne.",
            "max_value": "Le nombre dépasse 500 : vérifiez-le.",
        },
    )
    contact_email = AddressField(
        label="Adresse de l’adulte qui accompagne",
        required=False,
        autocomplete="off",
        help_text="Pour deux rappels, et pour prévenir si la séance change.",
    )


class RosterForm(forms.Form):
    """The list of a class, as it is pasted from a table: last name, first name, birth date."""

    school_level = forms.ChoiceField(
        label="Classe", choices=[("", "Non précisée"), *SchoolLevel.choices], required=False
    )
    lines = forms.CharField(
        label="Élèves, une ligne chacune ou chacun",
        max_length=20_000,
        widget=forms.Textarea({"rows": 10, "autocomplete": "off"}),
        help_text="Nom ; prénom ; date de naissance. Collez trois colonnes d’un tableur, ou séparez par « ; ».",
        error_messages={"required": "Collez au moins une ligne."},
    )

    def clean_lines(self) -> list[tuple[str, str, date]]:
        found, errors = [], []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                last_name, first_name, born = (part.strip() for part in re.split(r"[;\t]", line))
                birth_date = read_date(born)
                if not (folded(last_name) and folded(first_name)) or not 3 <= age_on(birth_date, clock.today()) <= 99:
                    raise ValueError(line)
            except ValueError:
                errors.append(f"Ligne {number} : il faut un nom, un prénom et une date de naissance, comme 14/03/2010.")
            else:
                found.append((last_name[:100], first_name[:100], birth_date))
        if errors:
            raise ValidationError(errors[:10])
        return found

    def people(self) -> list[NewBeneficiary]:
        """Return who is on the list."""
        level = self.cleaned_data["school_level"]
        return [
            NewBeneficiary(last_name=last, first_name=first, birth_date=born, school_level=level)
            for last, first, born in self.cleaned_data["lines"]
        ]
