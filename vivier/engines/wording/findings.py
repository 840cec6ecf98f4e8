"""What the engine answers: findings with their legal or scientific basis and the wordings that may replace them."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

#: The gravest first, as people are told. E: a law names it; W: a discrimination that may be indirect, what a guide
#: warns of, or what another law forbids, such as a pay below the minimum; S: style, with evidence; I: information.
SEVERITY_WORDS = {"E": "la loi le nomme", "W": "à revoir", "S": "style", "I": "information"}
SEVERITIES = tuple(SEVERITY_WORDS)


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from. `certain` is False while nobody has read the article at its source ("à vérifier")."""

    id: str
    text: str
    article: str
    url: str
    checked_on: date
    certain: bool


class Finding(NamedTuple):
    """A passage of an advertisement and the rule that it meets.

    field        "title" or "text"
    start, end   offsets in code points into that field; both 0 for an absence
    match        the passage as it is written; empty for an absence
    suggestions  words for the passage; with a full stop a sentence of its own; "" takes it out (`edits` applies them)
    """

    rule: str
    severity: str
    field: str
    start: int
    end: int
    match: str
    message: str
    basis: tuple[Basis, ...]
    suggestions: tuple[str, ...] = ()
