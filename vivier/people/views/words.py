"""The headings of the pages of authorisations: what they find."""

from collections.abc import Sequence

from vivier.common.text import of, plural
from vivier.people.consent_rules import Outcome, Reader
from vivier.people.models import Beneficiary, Guardian
from vivier.people.queries import PurposeView
from vivier.people.vocabulary import Purpose


def consent_heading(
    purposes: Sequence[PurposeView], beneficiary: Beneficiary, guardian: Guardian | None, reader: Reader
) -> str:
    """Return what the reader must know first: an answer of hers is awaited, a no blocks, or all is in order."""
    first_name = beneficiary.identity.first_name
    blocking = [view for view in purposes if view.rule.is_blocking]
    if any(view.standing.outcome == Outcome.REFUSED for view in blocking):
        return {
            Reader.GUARDIAN: f"{first_name} ne participe pas : un accord a été refusé.",
            Reader.MINOR: "Tu ne participes pas : un accord a été refusé.",
            Reader.ADULT: "Vous ne participez pas : un accord a été refusé.",
        }[reader]
    silent = awaited_from(purposes, guardian)
    if silent:
        return {
            Reader.GUARDIAN: f"{first_name} attend votre réponse.",
            Reader.MINOR: f"On attend de toi {plural(len(silent), 'réponse', 'réponses')}.",
            Reader.ADULT: f"On attend de vous {plural(len(silent), 'réponse', 'réponses')}.",
        }[reader]
    if all(view.is_granted for view in blocking):
        return {
            Reader.GUARDIAN: f"Tout est en ordre : {first_name} peut participer.",
            Reader.MINOR: "Tout est en ordre, tu peux venir.",
            Reader.ADULT: "Tout est en ordre, vous pouvez venir.",
        }[reader]
    waits = " et ".join(sorted({view.waits_for for view in blocking if view.waits_for}))
    return (
        {
            Reader.GUARDIAN: f"Votre réponse est enregistrée. Il manque {waits}.",
            Reader.MINOR: f"Ta réponse est enregistrée. Il manque {waits}.",
            Reader.ADULT: f"Votre réponse est enregistrée. Il manque {waits}.",
        }[reader]
        if waits
        else f"Les autorisations {of(first_name)}"
    )


def awaited_from(purposes: Sequence[PurposeView], guardian: Guardian | None) -> list[PurposeView]:
    """Return what waits for this reader's own answer, without which something cannot be done.

    Photographs wait for nobody: her place is kept whatever is answered.
    """
    return [
        view
        for view in purposes
        if view.is_asked and (view.rule.is_blocking or view.purpose == Purpose.MENTORING) and _needs(view, guardian)
    ]


def _needs(view: PurposeView, guardian: Guardian | None) -> bool:
    key = guardian.pk if guardian else None
    return any(
        (one.guardian == key and key is not None) or (key is None and one.signatory == "self")
        for one in view.standing.missing
    )
