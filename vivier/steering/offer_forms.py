"""Shapes of what a partner offers, made from what its metric asks for, and of what was received."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from django import forms

from vivier.common import clock
from vivier.steering.forms import LINES, MOST_ASKED, PlainNameField
from vivier.steering.operations import Offer
from vivier.steering.vocabulary import MetricRule
from vivier.territories.forms import CommuneField
from vivier.workshops import words
from vivier.workshops.models import Session


def _day(**settings) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **settings)


def _quantity(**settings) -> forms.IntegerField:
    widget = forms.NumberInput({"min": 1, "max": MOST_ASKED, "inputmode": "numeric"})
    return forms.IntegerField(min_value=1, max_value=MOST_ASKED, widget=widget, **settings)


def _name(**settings) -> PlainNameField:
    return PlainNameField(missing="", **settings)


#: Column of a contribution → its label and how it is typed.
_FIELDS: Mapping[str, tuple[str, Callable]] = MappingProxyType(
    {
        "first_name": ("Prénom", _name),
        "last_name": ("Nom", _name),
        "quantity": ("Combien", _quantity),
        "starts_on": ("À partir du", _day),
        "ends_on": ("Jusqu’au", _day),
        "commune": ("Dans quelle commune", CommuneField),
    }
)


class OfferForm(forms.Form):
    """The lines of an answer: each is filled whole, or left empty."""

    def __init__(self, *args, rule: MetricRule, **kwargs):
        super().__init__(*args, **kwargs)
        self.columns = rule.gives
        for n in range(1, LINES + 1):
            for column in self.columns:
                label, field = _FIELDS[column]
                if column == "starts_on" and "ends_on" not in self.columns:
                    label = "Le"
                self.fields[f"{column}_{n}"] = field(label=label, required=False)

    def lines(self):
        """Yield (number, fields) of each line, for the page."""
        for n in range(1, LINES + 1):
            yield n, [self[f"{column}_{n}"] for column in self.columns]

    def clean(self):
        cleaned = super().clean()
        offers = []
        for n in range(1, LINES + 1):
            line = {column: cleaned.get(f"{column}_{n}") for column in self.columns}
            if not any(line.values()):
                continue
            for column, value in line.items():
                name = f"{column}_{n}"
                if not value and name not in self.errors:
                    self.add_error(name, "Remplissez toute la ligne, ou videz-la.")
            offers.append(Offer(**line))
        if not offers and not self.errors:
            self.add_error(None, "Proposez au moins une chose : remplissez une ligne.")
        cleaned["offers"] = offers
        return cleaned


class ReceivedForm(forms.Form):
    """How much was received, and when."""

    quantity = _quantity(label="Combien")
    received_on = _day(label="Le", initial=clock.today)

    def __init__(self, *args, remaining: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quantity"].initial = remaining


class HeldForm(forms.Form):
    """The session in which the partner took part, by its code."""

    session = forms.ChoiceField(label="Pendant quelle séance")

    def __init__(self, *args, sessions: Sequence[Session], **kwargs):
        super().__init__(*args, **kwargs)
        held = [(one.code, f"{one.title}, {words.when(one)}, {words.city(one)}") for one in sessions]
        self.fields["session"].choices = [("", "Choisissez une séance"), *held]
