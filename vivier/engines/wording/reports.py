"""What the command line prints: a text with carets, JSON, and SARIF 2.1.0."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .edits import Edit, edits
from .findings import SEVERITY_WORDS, Basis, Finding
from .places import Lines
from .rules import Rule
from .suppressions import Verdict

LEVELS: Mapping[str, str] = {"E": "error", "W": "warning", "S": "note", "I": "note"}
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Checked:
    """One advertisement that was read and its findings.

    file       its file, "-" for the standard input
    line       its line in a file of one advertisement a line; None when the file is the advertisement
    verdicts   what was decided of each finding: kept, suppressed or accepted before
    notes      French remarks on suppressions that do nothing
    """

    file: str
    ad: str
    line: int | None
    title: str
    text: str
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    coded: str = ""

    def kept(self) -> tuple[Finding, ...]:
        """The findings that nobody suppressed nor accepted before."""
        pairs = zip(self.findings, self.verdicts, strict=True)
        return tuple(finding for finding, verdict in pairs if verdict.is_kept)

    def accountable(self) -> tuple[Finding, ...]:
        """The findings that nobody suppressed, accepted before or not: what a baseline holds."""
        pairs = zip(self.findings, self.verdicts, strict=True)
        return tuple(finding for finding, verdict in pairs if not verdict.kind)

    def span(self, finding: Finding) -> tuple[int, int]:
        """Offsets as they are told: in the whole file for a text file, else in the field."""
        shift = len(self.title) + 1 if self.line is None and finding.field == "text" and finding.match else 0
        return finding.start + shift, finding.end + shift

    def content(self, finding: Finding) -> str:
        """The text in which `span` counts."""
        if self.line is None:
            return self.whole()
        return self.title if finding.field == "title" else self.text

    def whole(self) -> str:
        """The whole of a text file."""
        return f"{self.title}\n{self.text}"


def basis_row(basis: Basis) -> dict[str, Any]:
    """A basis as JSON tells it."""
    return {
        "text": basis.text,
        "article": basis.article,
        "url": basis.url,
        "checked_on": basis.checked_on.isoformat(),
        "certain": basis.certain,
    }


def rows(checked: Checked) -> list[dict[str, Any]]:
    """The kept findings of an advertisement as the rows of JSON and Parquet."""
    lines: dict[str, Lines] = {}
    found = []
    for finding in checked.kept():
        start, end = checked.span(finding)
        content = checked.content(finding)
        line, column = lines.setdefault(content, Lines(content)).place(start)
        found.append(
            {
                "file": checked.file,
                "ad": checked.ad,
                "field": finding.field,
                "rule": finding.rule,
                "severity": finding.severity,
                "start": start,
                "end": end,
                "line": line,
                "column": column,
                "match": finding.match,
                "message": finding.message,
                "basis": [basis_row(basis) for basis in finding.basis],
                "suggestions": list(finding.suggestions),
            }
        )
    return found


def as_json(all_checked: Iterable[Checked]) -> str:
    """All kept findings as one JSON array."""
    return json.dumps([row for checked in all_checked for row in rows(checked)], ensure_ascii=False, indent=1) + "\n"


def as_text(all_checked: Sequence[Checked]) -> str:
    """Findings for a reader: place, passage under a caret, why, on what basis, what instead; then the totals."""
    parts: list[str] = []
    totals = dict.fromkeys(LEVELS, 0)
    for checked in all_checked:
        for finding, row in zip(checked.kept(), rows(checked), strict=True):
            totals[finding.severity] += 1
            parts.append(_told(checked, finding, row))
        parts += (f"{checked.file} : {note}\n" for note in checked.notes)
        if checked.coded:
            parts.append(f"{checked.ad} : {checked.coded}\n")
    told = ", ".join(f"{count} {severity} ({SEVERITY_WORDS[severity]})" for severity, count in totals.items() if count)
    many = "s" if len(all_checked) > 1 else ""
    parts.append(f"{len(all_checked)} annonce{many} lue{many} : {told or 'rien à signaler'}.\n")
    return "\n".join(parts)


def _told(checked: Checked, finding: Finding, row: Mapping[str, Any]) -> str:
    place = f"{checked.file}:{row['line']}:{row['column']}"
    if checked.line is not None:
        field = "titre" if finding.field == "title" else "texte"
        place = f"{checked.file}:{checked.line} [{checked.ad}, {field} {row['line']}:{row['column']}]"
    lines = [f"{place} : {finding.severity} {finding.rule}"]
    if finding.match:
        lines += _caret(Lines(checked.content(finding)).line(row["line"]), row["column"] - 1, len(finding.match))
    lines.append(f"  {finding.message}")
    lines += (f"  {basis.article}{'' if basis.certain else ' (à vérifier)'} : {basis.text}" for basis in finding.basis)
    instead = [f"« {text} »" if text else "supprimer le passage" for text in finding.suggestions]
    if instead:
        lines.append(f"  À la place : {' ou '.join(instead)}")
    return "\n".join(lines) + "\n"


def _caret(line: str, column: int, length: int) -> list[str]:
    """The line around a passage, and carets below it."""
    first = max(0, column - 50)
    last = min(len(line), column + length + 40)
    shown = "".join(character if character.isprintable() else " " for character in line[first:last])
    before, passage = shown[: column - first], shown[column - first : column - first + length]
    return [f"  {shown}", "  " + " " * _width(before) + "^" * max(1, _width(passage))]


def _width(text: str) -> int:
    """Columns that a terminal gives to a text: two for an emoji, none for a combining mark."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def as_sarif(all_checked: Sequence[Checked], rules: Sequence[Rule], version: str) -> str:
    """All findings, suppressed and accepted ones with their reason, as a SARIF 2.1.0 log."""
    order = {rule.id: at for at, rule in enumerate(rules)}
    results = [
        _result(checked, finding, verdict, order)
        for checked in all_checked
        for finding, verdict in zip(checked.findings, checked.verdicts, strict=True)
    ]
    driver = {
        "name": "vivier-wording",
        "version": version,
        "language": "fr",
        "rules": [_sarif_rule(rule) for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "language": "fr", "results": results}
    return json.dumps({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    told = "\n".join(f"{b.article}{'' if b.certain else ' (à vérifier)'} : {b.text}" for b in rule.basis)
    return {
        "id": rule.id,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.message},
        "help": {"text": told},
        "helpUri": rule.basis[0].url,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"severity": rule.severity, "certain": rule.is_certain},
    }


def _result(checked: Checked, finding: Finding, verdict: Verdict, order: Mapping[str, int]) -> dict[str, Any]:
    start, end = checked.span(finding)
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked.file)}}
    if checked.line is not None:
        physical["region"] = {"startLine": checked.line}
    elif finding.match:
        lines = Lines(checked.whole())
        (line, column), (last, stop) = lines.place(start), lines.place(end)
        physical["region"] = {
            "startLine": line,
            "startColumn": column,
            "endLine": last,
            "endColumn": stop,
            "charOffset": start,
            "charLength": end - start,
        }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"name": finding.field, "fullyQualifiedName": f"{checked.ad}/{finding.field}"}],
            }
        ],
        "partialFingerprints": {"vivierWording/v1": verdict.fingerprint},
        "properties": {"ad": checked.ad, "field": finding.field, "start": start, "end": end, "match": finding.match},
    }
    if verdict.kind:
        result["suppressions"] = [{"kind": verdict.kind, "justification": verdict.reason}]
    if verdict.baseline:
        result["baselineState"] = verdict.baseline
    if checked.line is None and finding.match:
        field = checked.title if finding.field == "title" else checked.text
        shift = start - finding.start
        fixes = [_fix(physical["artifactLocation"], one, shift) for one in edits(finding, field)]
        result |= {"fixes": fixes} if fixes else {}
    return result


def _fix(artifact: Mapping[str, Any], edit: Edit, shift: int) -> dict[str, Any]:
    region = {"charOffset": edit.start + shift, "charLength": edit.end - edit.start}
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
    return {
        "description": {"text": f"Écrire « {edit.proposal} »" if edit.proposal else "Supprimer le passage"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _uri(file: str) -> str:
    """A path as a URI: what is not plain is written in hexadecimal."""
    if file == "-":
        return "stdin"
    plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
    return "".join(chr(byte) if chr(byte) in plain else f"%{byte:02X}" for byte in file.encode())
