"""The field in which somebody says which commune. It needs no JavaScript; with it, the list follows what is typed."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from vivier.territories.models import Commune
from vivier.territories.queries import CommuneChoice, label_of, resolve_commune
from vivier.territories.text import LONGEST_QUERY


class Typed(NamedTuple):
    """What the field received: the text, and the INSEE code chosen in the list ("" when none was)."""

    text: str
    code: str = ""


class CommuneWidget(forms.TextInput):
    """A text, and under it the communes among which to choose, as radio buttons."""

    template_name = "territories/widgets/commune.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "maxlength": LONGEST_QUERY, "spellcheck": "false", **(attrs or {})})
        self.choices: tuple[CommuneChoice, ...] = ()

    def value_from_datadict(self, data, files, name) -> Typed:
        return Typed(str(data.get(name) or ""), str(data.get(f"{name}_code") or ""))

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data

    def format_value(self, value) -> str:
        if isinstance(value, Typed):
            return value.text
        if isinstance(value, Commune):
            return label_of(value)
        return str(value or "")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = value.code if isinstance(value, Typed) else getattr(value, "code", "")
        # The list shows the choice itself; elsewhere a hidden field remembers it.
        offered = any(choice.code == chosen for choice in self.choices)
        context.update(
            choices=self.choices,
            chosen=chosen,
            remembered="" if offered else chosen,
            field=name,
            place=context["widget"]["attrs"].get("id") or name,
        )
        return context


class CommuneField(forms.Field):
    """A commune, from its name, an old name, "Romans 26" or a postal code; the cleaned value is a Commune or None."""

    widget = CommuneWidget
    # The same sentences serve pupils and adults: they call nobody "tu" or "vous".
    default_error_messages = {
        "required": "Il manque la commune : son nom ou son code postal suffit.",
        "unknown": "Aucune commune ne répond à ce nom. Un code postal marche aussi, par exemple 38000.",
        "several": "Plusieurs communes correspondent : il reste à choisir la bonne dans la liste.",
    }

    def prepare_value(self, value):
        """Return what the widget shows for an initial commune or its key."""
        if isinstance(value, Typed | Commune) or not value:
            return value
        return Commune.objects.select_related("department").filter(pk=value).first()

    def to_python(self, value) -> Commune | None:
        """Return the commune that was typed or chosen; raises ValidationError and offers choices when in doubt."""
        if isinstance(value, Commune) or value is None:
            return value
        text, code = value if isinstance(value, Typed) else Typed(str(value))
        if not text.strip():
            return None
        found = resolve_commune(text, code)
        if found.commune:
            return found.commune
        self.widget.choices = found.choices
        kind = "several" if found.choices else "unknown"
        raise ValidationError(self.error_messages[kind], code=kind)

    def has_changed(self, initial, data) -> bool:
        """Tell whether another commune is meant than the initial one."""
        before = getattr(self.prepare_value(initial), "code", "") if initial else ""
        try:
            after = getattr(self.to_python(data), "code", "")
        except ValidationError:
            return True
        return before != after
