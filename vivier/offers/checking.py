"""An advertisement read by the wording engine, as the page shows it. Nothing is stored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vivier.common.text import plural
from vivier.engines.wording.checker import default_checker
from vivier.engines.wording.edits import Edit, edits, is_sentence
from vivier.engines.wording.examples import advertisement_of
from vivier.engines.wording.findings import SEVERITY_WORDS, Finding
from vivier.engines.wording.rules import Rule

TONES = {"E": "alert", "W": "wait", "S": "info", "I": "info"}


class PassageGone(ValueError):
    """The passage that a rewriting was for is no longer there."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text as written; `number`: of the finding that holds it, 0 for none."""

    text: str
    number: int


@dataclass(frozen=True)
class Remark:
    """A finding as the page tells it; `choices`: (what the button sends, what it says)."""

    number: int
    finding: Finding
    severity: str
    tone: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """An advertisement read: its remarks, and its title and text in pieces."""

    remarks: list[Remark]
    title: list[Piece]
    text: list[Piece]

    @property
    def heading(self) -> str:
        count = Counter(remark.finding.severity for remark in self.remarks)
        if count["E"]:
            return plural(count["E"], "passage est à retirer ou à changer.", "passages sont à retirer ou à changer.")
        if count["W"]:
            return plural(count["W"], "passage est à revoir.", "passages sont à revoir.")
        if self.remarks:
            return plural(len(self.remarks), "remarque pour mieux faire.", "remarques pour mieux faire.")
        return "Rien à redire."


def read(title: str, text: str) -> Reading:
    """Return an advertisement read by the shipped rules."""
    findings = default_checker().check(title, text)
    remarks = [
        Remark(
            number,
            one,
            SEVERITY_WORDS[one.severity],
            TONES[one.severity],
            [(_code(one, n), _said(one, edit)) for n, edit in enumerate(edits(one, _field(one, title, text)))],
        )
        for number, one in enumerate(findings, start=1)
    ]
    return Reading(remarks, _pieces("title", title, remarks), _pieces("text", text, remarks))


def rewritten(title: str, text: str, code: str) -> tuple[str, str]:
    """Return title and text with one suggestion applied. Raises PassageGone when its passage is not there any more."""
    for one in default_checker().check(title, text):
        field = _field(one, title, text)
        for number, edit in enumerate(edits(one, field)):
            if _code(one, number) == code:
                return (edit.applied(field), text) if one.field == "title" else (title, edit.applied(field))
    raise PassageGone(code)


def all_rules() -> Sequence[Rule]:
    """Return the shipped rules, by identifier."""
    return sorted(default_checker().rules, key=lambda rule: rule.id)


def examples(rule: Rule) -> list[tuple[str, str]]:
    """Return what a rule finds, each with what may be written instead, empty where that is nothing."""
    return [(_shown(example), _mended(rule, example)) for example in rule.positive]


def _shown(example: str) -> str:
    return example.strip().removeprefix("// ").replace(" // ", " / ")


def _mended(rule: Rule, example: str) -> str:
    title, text = advertisement_of(rule, example)
    for one in default_checker().check(title, text):
        field = _field(one, title, text)
        if one.rule == rule.id and one.match and (found := edits(one, field)):
            return found[0].applied(field)
    return ""


def _code(finding: Finding, number: int) -> str:
    return f"{finding.rule}.{finding.field}.{finding.start}.{finding.end}.{number}"


def _field(finding: Finding, title: str, text: str) -> str:
    return title if finding.field == "title" else text


def _said(finding: Finding, edit: Edit) -> str:
    """What a button does, so that nobody is surprised by a sentence that goes."""
    if not edit.proposal:
        return "Retirer la phrase" if edit.is_whole else "Retirer ce passage"
    if edit.is_whole:
        return f"Écrire «\u00a0{edit.proposal}\u00a0» à la place de la phrase"
    if is_sentence(edit.proposal) and (edit.start, edit.end) != (finding.start, finding.end):
        return f"Retirer ce passage, ajouter «\u00a0{edit.proposal}\u00a0»"
    return f"Écrire «\u00a0{edit.proposal.rstrip('.')}\u00a0»"


def _pieces(field: str, text: str, remarks: Sequence[Remark]) -> list[Piece]:
    """Cut a text where findings begin and end; of two that overlap the first keeps its whole passage."""
    pieces, at = [], 0
    for remark in sorted(remarks, key=lambda one: one.finding.start):
        one = remark.finding
        if one.field != field or one.start < at or one.start == one.end:
            continue
        pieces += [Piece(text[at : one.start], 0), Piece(text[one.start : one.end], remark.number)]
        at = one.end
    return [piece for piece in (*pieces, Piece(text[at:], 0)) if piece.text]
