"""Words of authorisations for the pages of staff, who may read every name."""

from collections.abc import Iterable

from django import template

from vivier.common.text import listed, of
from vivier.people.consent_rules import Missing, Rule, Signatory
from vivier.people.queries import PersonPage
from vivier.people.vocabulary import Purpose

register = template.Library()


@register.filter
def purpose_name(code: str) -> str:
    """Return a purpose in words, with a capital."""
    label = str(Purpose(code).label)
    return label[:1].upper() + label[1:]


@register.filter
def signatories_words(rule: Rule) -> str:
    """Return who must sign."""
    words = {
        Signatory.SELF: "elle-même",
        Signatory.ONE_GUARDIAN: "un responsable",
        Signatory.ALL_GUARDIANS: "tous les responsables connus",
    }
    return listed([words[one] for one in Signatory if one in rule.signatories])


@register.filter
def missing_words(missing: Iterable[Missing], page: PersonPage) -> str:
    """Return whose answers are missing, by name."""
    names = _names(page)
    own = [names[None] for one in missing if one.signatory == Signatory.SELF]
    guardians = [one for one in missing if one.signatory != Signatory.SELF]
    if any(one.guardian is None for one in guardians):
        return listed([*own, "un responsable, à nommer"])
    named = [names[one.guardian] for one in guardians]
    if guardians and guardians[0].signatory == Signatory.ONE_GUARDIAN:
        named = [" ou ".join(named)]
    return listed(own + named)


@register.filter
def refused_words(refused_by: Iterable[int | None], page: PersonPage) -> str:
    """Return who refused, by name."""
    names = _names(page)
    return f"non {listed([of(names[key]) for key in refused_by])}"


def _names(page: PersonPage) -> dict[int | None, str]:
    return {None: page.beneficiary.identity.first_name} | {
        row.guardian.pk: row.guardian.full_name for row in page.guardians
    }
