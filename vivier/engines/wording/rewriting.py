"""Fill the templates of a rule's rewritings from the passage, with its number, its gender and its capital."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .advertisement import Advertisement
from .macros import MACROS

#: {name}: a named group of the passage; {first}, {number}, {language}: its first word, number and language (masculine);
#: {n:one|several}: by the group n; {f:masculine|feminine}: by the group f.
_SLOT = re.compile(r"\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}")
_LANGUAGE = re.compile(rf"(?<![a-z])({MACROS['languages'].removesuffix('e?')})(?=e?(?![a-z]))")


def rewrite(templates: Sequence[str], match: re.Match[str], ad: Advertisement, start: int, end: int) -> tuple[str, ...]:
    """The templates filled for the passage [start, end) of the folded advertisement.

    match  what followed the anchor, with its named groups; they are given as they are written
    A template that names a group which the passage lacks is left out, unless the slot offers two forms.
    """
    passage = ad.raw[slice(*ad.folded.origin(start, end))]
    if not any("{" in template for template in templates):
        return tuple([_like(template, passage) for template in templates])
    named = [name for name, found in match.groupdict().items() if found is not None]  # it may be of no length
    groups = {name: ad.raw[slice(*ad.folded.origin(*match.span(name)))] for name in named}
    groups["first"] = passage.split()[0]
    if number := re.search(r"\d+", passage):
        groups["number"] = number[0]
    if language := _LANGUAGE.search(ad.text, start, end):
        groups["language"] = ad.raw[slice(*ad.folded.origin(*language.span(1)))]
    return tuple(
        _like(_SLOT.sub(lambda slot: _value(slot, groups), template), passage)
        for template in templates
        if all(name in groups for name, one, other in _SLOT.findall(template) if not one + other)
    )


def _value(slot: re.Match[str], groups: Mapping[str, str]) -> str:
    name, one, other = slot.groups()
    if one is None:
        return groups[name]
    return other if name in groups else one


def _like(text: str, passage: str) -> str:
    """Give a text the first capital of the passage that it replaces."""
    return text[:1].upper() + text[1:] if passage[:1].isupper() else text
