"""The examples of a rule as advertisements."""

from __future__ import annotations

from .rules import Rule

#: What follows an example of an absence, which is only told of texts long enough to be whole.
FILLER = (
    "Vous travaillez avec une équipe de huit personnes, dans des bureaux clairs au centre de la ville. Vous concevez, "
    "vous testez et vous documentez des outils que nos usagères et usagers emploient chaque jour. Le poste est à "
    "pourvoir dès que possible."
)


def advertisement_of(rule: Rule, example: str) -> tuple[str, str]:
    """Title and text of an example. « Titre // texte » gives both; else it is the field that the rule reads."""
    if " // " in example or example.startswith("// "):
        title, _, text = example.partition("// ")
        return title.strip(), text
    if rule.kind == "absence":
        return "", f"{example} {FILLER}"
    return (example, "") if rule.field == "title" or rule.kind == "title" else ("", example)
