"""What a reader decided to leave: comments in an advertisement, a settings file, a baseline of accepted findings."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .findings import Finding
from .folding import fold

#: `<!-- vivier: ignorer AGE-01 : motif -->`, for the whole advertisement that holds it.
COMMENT = re.compile(
    # A reason ends where a comment ends or another begins: one that is never closed is read once, not from each mark.
    r"<!--\s*+vivier\s*+:\s*+ignorer\s++([A-Z]{2,3}-\d\d(?:\s*,\s*[A-Z]{2,3}-\d\d)*)\s*+"
    r"(?::((?:[^-<]|-(?!->)|<(?!!--))*))?-->"
)
ORDERS, STYLES = ("masculine", "feminine"), ("double", "short")


class InvalidSettings(ValueError):
    """A settings file or a baseline that cannot be used; `line` from 1, or None."""

    def __init__(self, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.line = problem, line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a finding.

    kind  "", or "inSource" or "external" as SARIF says of a suppression; baseline: "", "new" or "unchanged"
    """

    fingerprint: str
    kind: str = ""
    reason: str = ""
    baseline: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the finding is still told."""
        return not self.kind and self.baseline != "unchanged"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A rule left aside by the settings, why, and for which advertisements (none: all)."""

    rule: str
    reason: str
    ads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """`.vivier-wording.toml`: rules left aside, and how titles are rewritten.

    title_order  which form comes first; title_style: both words ("double") or the ending in brackets ("short")
    """

    ignored: tuple[Ignored, ...] = ()
    title_order: str = "masculine"
    title_style: str = "double"


def read_settings(text: str) -> Settings:
    """Settings from TOML. Raises InvalidSettings."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise InvalidSettings("ce TOML est illisible", int(found[1]) if found else None) from error
    for key in tree:
        if key not in ("ignore", "title"):
            raise InvalidSettings(f"« {key} » n’est pas connu")
    entries, title = tree.get("ignore", []), tree.get("title", {})
    if not isinstance(entries, list) or not isinstance(title, dict) or not set(title) <= {"order", "style"}:
        raise InvalidSettings("des tables [[ignore]] et une table [title] (order, style) sont attendues")
    order, style = title.get("order", "masculine"), title.get("style", "double")
    if order not in ORDERS or style not in STYLES:
        raise InvalidSettings(f"[title] : order est l’un de {', '.join(ORDERS)}, style l’un de {', '.join(STYLES)}")
    return Settings(tuple(map(_ignored, entries)), order, style)


def _ignored(entry: object) -> Ignored:
    if not isinstance(entry, dict) or not set(entry) <= {"rule", "reason", "ads"}:
        raise InvalidSettings("[[ignore]] : rule, reason et ads (facultatif) sont attendus")
    rule, reason, ads = entry.get("rule"), entry.get("reason"), entry.get("ads", [])
    if not isinstance(rule, str) or not re.fullmatch(r"[A-Z]{2,3}-\d\d", rule):
        raise InvalidSettings("[[ignore]] : rule est un identifiant comme AGE-01")
    if not isinstance(reason, str) or not reason.strip():
        raise InvalidSettings(f"[[ignore]] {rule} : il manque le motif (reason)")
    if not isinstance(ads, list) or not all(isinstance(ad, str) for ad in ads):
        raise InvalidSettings(f"[[ignore]] {rule} : ads est une liste de textes")
    return Ignored(rule, reason, frozenset(ads))


def fingerprint(rule: str, ad: str, match: str) -> str:
    """The same for the same passage of the same advertisement, wherever it stands in it."""
    return hashlib.sha256(f"{rule}\n{ad}\n{' '.join(fold(match).text.split())}".encode()).hexdigest()[:32]


@dataclass(slots=True)
class Baseline:
    """Findings accepted before, each as often as it was. `known` is None without a baseline."""

    known: Counter[str] | None = field(default=None)

    def takes(self, key: str) -> str:
        """ "unchanged" for an accepted finding, which is then used up; "new" for another; "" without a baseline."""
        if self.known is None:
            return ""
        if self.known[key] > 0:
            self.known[key] -= 1
            return "unchanged"
        return "new"


def read_baseline(text: str) -> Baseline:
    """A baseline as `write_baseline` writes it, or the JSON of an earlier check. Raises InvalidSettings."""
    try:
        tree = json.loads(text)
    except ValueError as error:
        raise InvalidSettings("ce JSON est illisible", getattr(error, "lineno", None)) from error
    entries = tree.get("accepted") if isinstance(tree, dict) else tree
    if not isinstance(entries, list):
        raise InvalidSettings("une liste de signalements acceptés est attendue")
    known: Counter[str] = Counter()
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("rule"), str):
            raise InvalidSettings("chaque signalement accepté a une règle (rule)")
        if isinstance(entry.get("hash"), str):
            known[entry["hash"]] += 1
        elif isinstance(entry.get("match"), str):
            known[fingerprint(entry["rule"], str(entry.get("ad", "")), entry["match"])] += 1
        else:
            raise InvalidSettings(f"{entry['rule']} : il manque hash ou match")
    return Baseline(known)


def write_baseline(entries: Sequence[tuple[str, str, str]]) -> str:
    """Accepted findings (rule, advertisement, match) as JSON; the passages themselves are not written."""
    accepted = [{"rule": rule, "ad": ad, "hash": fingerprint(rule, ad, match)} for rule, ad, match in entries]
    return json.dumps({"version": 1, "accepted": accepted}, ensure_ascii=False, indent=1) + "\n"


def judge(
    ad: str, title: str, text: str, findings: Sequence[Finding], settings: Settings, baseline: Baseline
) -> tuple[tuple[Finding, ...], tuple[Verdict, ...], tuple[str, ...]]:
    """Findings outside of comments, what is decided of each, and remarks on comments without a reason."""
    comments = list(COMMENT.finditer(text))
    reasons: dict[str, str] = {}
    notes = []
    for comment in comments:
        named = [rule.strip() for rule in comment[1].split(",")]
        reason = (comment[2] or "").strip()
        if reason:
            reasons.update(dict.fromkeys(named, reason))
        else:
            notes.append(f"« ignorer {', '.join(named)} » est sans motif : écrivez-le après deux points")
    outside = tuple(one for one in findings if not _is_in_comment(one, comments))
    verdicts = []
    for one in outside:
        key = fingerprint(one.rule, ad, one.match)
        held = next((i for i in settings.ignored if i.rule == one.rule and (not i.ads or ad in i.ads)), None)
        if one.rule in reasons:
            verdicts.append(Verdict(key, "inSource", reasons[one.rule]))
        elif held is not None:
            verdicts.append(Verdict(key, "external", held.reason))
        else:
            verdicts.append(Verdict(key, baseline=baseline.takes(key)))
    return outside, tuple(verdicts), tuple(notes)


def _is_in_comment(one: Finding, comments: Sequence[re.Match[str]]) -> bool:
    if one.field == "title" or not one.match:
        return False
    return any(comment.start() < one.end and one.start < comment.end() for comment in comments)
