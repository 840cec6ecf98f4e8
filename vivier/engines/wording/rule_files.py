"""Read rules, exceptions and bases from TOML texts; what is refused is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from .expressions import InvalidRule, compile_any, compile_words
from .findings import Basis
from .rules import (
    SCOPES,
    WIDE_SCOPES,
    Allowance,
    Rule,
    RulePattern,
    check_rule,
    compile_pattern,
)

_RULE_TEXTS = ("id", "title", "severity", "message")
_RULE_OPTIONAL = ("kind", "field", "evidence")
_RULE_CONTEXT = ("exceptions", "requires", "negatives", "beside", "not_before", "not_after")
_RULE_LISTS = ("basis", *_RULE_CONTEXT, "rewrites", "positive", "negative")
_FLAGS = ("sure", "asks", "refuses", "led", "sought", "plain")
#: Titles of a lexicon: phrases that are a fault wherever they stand, where their sentence turns away, where it asks.
_LEXICON: Mapping[str, Mapping[str, bool]] = {
    "plain": {"is_plain": True},
    "refused": {"refuses": True},
    "asked": {"asks": True},
}
_PATTERN_KEYS = {"anchors", "before", "then", "rewrites", *_FLAGS}
_RULE_KEYS = (*_RULE_TEXTS, *_RULE_OPTIONAL, *_RULE_LISTS, "at_least", "pattern")


class InvalidRuleFile(ValueError):
    """A file of rules that cannot be used: `name`, `line` (from 1) and `problem` (French)."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}:{line} : {problem}")
        self.name, self.line, self.problem = name, line, problem


class _Source:
    """A TOML text that knows on which line each table and key stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.lines = name, text.splitlines()
        try:
            self.tree = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            line = int(found[1]) if found else len(self.lines)
            raise InvalidRuleFile(name, line, f"TOML illisible ({error})") from error

    def tables(self, kind: str) -> list[Mapping[str, Any]]:
        """The tables `[[kind]]`. Raises InvalidRuleFile when there is anything else."""
        for key in self.tree:
            if key != kind:
                line = self._line(rf"\s*\[*{re.escape(key)}\b")
                raise InvalidRuleFile(self.name, line, f"« {key} » n’est pas connu")
        found = self.tree.get(kind, [])
        if not isinstance(found, list):
            raise InvalidRuleFile(self.name, 1, f"des tables [[{kind}]] sont attendues")
        return found

    def fault(self, kind: str, number: int, error: InvalidRule) -> InvalidRuleFile:
        """The error at its key in the table of that number, or at the head of the table."""
        heads = [at for at, line in enumerate(self.lines) if line.strip() == f"[[{kind}]]"]
        start = heads[number]
        stop = heads[number + 1] if number + 1 < len(heads) else len(self.lines)
        patterns = [at for at in range(start, stop) if self.lines[at].strip() == f"[[{kind}.pattern]]"]
        if patterns and error.nth:
            start = patterns[error.nth - 1]
        sought = re.compile(rf"\s*{re.escape(error.key)}\s*=") if error.key else None
        at = next((at for at in range(start, stop) if sought and sought.match(self.lines[at])), start)
        return InvalidRuleFile(self.name, at + 1, error.problem)

    def _line(self, pattern: str) -> int:
        return next((at for at, line in enumerate(self.lines, 1) if re.match(pattern, line)), 1)


def read_bases(name: str, text: str) -> dict[str, Basis]:
    """Bases by id. Raises InvalidRuleFile."""
    source = _Source(name, text)
    found: dict[str, Basis] = {}
    for number, table in enumerate(source.tables("basis")):
        try:
            _keys(table, ("id", "text", "article", "url", "checked_on", "certain"), ())
            _texts(table, ("id", "text", "article", "url"))
            if type(table["checked_on"]) is not date or type(table["certain"]) is not bool:
                raise InvalidRule("checked_on", "une date et un oui ou non (certain) sont attendus")
            if table["id"] in found:
                raise InvalidRule("id", f"« {table['id']} » est déjà pris")
        except InvalidRule as error:
            raise source.fault("basis", number, error) from error
        found[table["id"]] = Basis(**table)
    return found


def read_allowances(name: str, text: str, bases: Mapping[str, Basis]) -> dict[str, Allowance]:
    """Exceptions by id. Raises InvalidRuleFile."""
    source = _Source(name, text)
    found: dict[str, Allowance] = {}
    for number, table in enumerate(source.tables("exception")):
        try:
            _keys(table, ("id", "label", "scope"), ("basis", "cue", "passage", "pattern"))
            _texts(table, ("id", "label", "scope"))
            if table["scope"] not in SCOPES:
                raise InvalidRule("scope", f"l’un de {', '.join(SCOPES)} est attendu")
            if ("pattern" in table) != (table["scope"] in WIDE_SCOPES) or ("cue" in table) == ("pattern" in table):
                wide = " et ".join(WIDE_SCOPES)
                raise InvalidRule("scope", f"{wide} demandent des motifs (pattern), les autres une expression (cue)")
            if table.get("basis", next(iter(bases))) not in bases:
                raise InvalidRule("basis", f"« {table['basis']} » n’est pas un fondement connu")
            if table["id"] in found:
                raise InvalidRule("id", f"« {table['id']} » est déjà pris")
            passage = table.get("passage")
            found[table["id"]] = Allowance(
                table["id"],
                table["label"],
                bases.get(table.get("basis", "")),
                table["scope"],
                compile_any("cue", _words(table, "cue")),
                compile_words("passage", passage) if passage else None,
                tuple(_pattern(nth, part) for nth, part in enumerate(table.get("pattern", ()), 1)),
            )
        except InvalidRule as error:
            raise source.fault("exception", number, error) from error
    return found


def read_rules(
    name: str, text: str, bases: Mapping[str, Basis], allowances: Mapping[str, Allowance]
) -> tuple[Rule, ...]:
    """The rules of one file. Raises InvalidRuleFile."""
    source = _Source(name, text)
    found: list[Rule] = []
    for number, table in enumerate(source.tables("rule")):
        try:
            rule = _rule(table, bases, allowances)
            check_rule(rule)
            if any(other.id == rule.id for other in found):
                raise InvalidRule("id", f"« {rule.id} » est déjà pris")
        except InvalidRule as error:
            raise source.fault("rule", number, error) from error
        found.append(rule)
    return tuple(found)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the engine, by id."""
    data = resources.files(__package__).joinpath("data")
    bases = read_bases("basis.toml", data.joinpath("basis.toml").read_text("utf-8"))
    allowances = read_allowances("exceptions.toml", data.joinpath("exceptions.toml").read_text("utf-8"), bases)
    lexicon = {
        file.name.removesuffix(".txt"): read_lexicon(file.name, file.read_text("utf-8"))
        for file in data.joinpath("lexicon").iterdir()
    }
    found: dict[str, Rule] = {}
    for file in sorted(data.joinpath("rules").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for rule in read_rules(file.name, file.read_text("utf-8"), bases, allowances):
                if rule.id in found:
                    raise InvalidRuleFile(file.name, 1, f"« {rule.id} » est déjà pris")
                found[rule.id] = replace(rule, patterns=(*rule.patterns, *lexicon.pop(rule.id, ())))
    for id in lexicon:
        raise InvalidRuleFile(f"{id}.txt", 1, f"« {id} » n’est pas une règle connue")
    return tuple(found[id] for id in sorted(found))


def read_lexicon(name: str, text: str) -> tuple[RulePattern, ...]:
    """The phrases of a rule, one a line, as patterns: those under « # plain », « # refused » and « # asked ».

    Raises InvalidRuleFile.
    """
    kinds: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            if line[2:] not in _LEXICON:
                raise InvalidRuleFile(name, number, f"l’un de {', '.join(_LEXICON)} est attendu")
            current = kinds.setdefault(line[2:], [])
        elif line and current is None:
            raise InvalidRuleFile(name, number, f"« {line} » n’est sous aucun titre : {', '.join(_LEXICON)}")
        elif line:
            try:
                compile_pattern((line,), "{apart}")
            except InvalidRule as error:
                raise InvalidRuleFile(name, number, error.problem) from error
            current.append(line)
    return tuple(compile_pattern(tuple(lines), "{apart}", **_LEXICON[kind]) for kind, lines in kinds.items())


def _rule(table: Mapping[str, Any], bases: Mapping[str, Basis], allowances: Mapping[str, Allowance]) -> Rule:
    _keys(table, (*_RULE_TEXTS, "basis", "positive", "negative"), _RULE_KEYS)
    _texts(table, (*_RULE_TEXTS, *(key for key in _RULE_OPTIONAL if key in table)))
    lists = {key: _words(table, key) for key in _RULE_LISTS}
    for key, known in (("basis", bases), ("exceptions", allowances)):
        for named in lists[key]:
            if named not in known:
                raise InvalidRule(key, f"« {named} » n’est pas connu")
    at_least = table.get("at_least", 1)
    if type(at_least) is not int or at_least < 1:
        raise InvalidRule("at_least", "un nombre entier est attendu")
    after = lists["not_after"]
    return Rule(
        **{key: table[key] for key in _RULE_TEXTS},
        kind=table.get("kind", "words"),
        field=table.get("field", "both"),
        evidence=table.get("evidence", ""),
        basis=tuple(bases[id] for id in lists["basis"]),
        patterns=tuple(_pattern(nth, part) for nth, part in enumerate(table.get("pattern", ()), 1)),
        requires=compile_any("requires", lists["requires"]),
        negatives=compile_any("negatives", lists["negatives"]),
        beside=compile_any("beside", lists["beside"]),
        not_before=compile_any("not_before", lists["not_before"], end="[ (\"':]*$"),
        not_after=compile_words("not_after", rf"[ )\"',]*(?:{'|'.join(after)})") if after else None,
        allowances=tuple(allowances[id] for id in lists["exceptions"]),
        rewrites=lists["rewrites"],
        at_least=at_least,
        positive=lists["positive"],
        negative=lists["negative"],
    )


def _pattern(nth: int, part: Any) -> RulePattern:
    try:
        if not isinstance(part, dict) or not set(part) <= _PATTERN_KEYS:
            raise InvalidRule(
                "",
                "un motif a des ancres (anchors), ce qui les précède (before), une suite (then), et peut dire "
                "sure, asks, refuses, led, sought, plain et rewrites",
            )
        flags = [part.get(flag, False) for flag in _FLAGS]
        words = part.get("then", ""), part.get("before", "")
        if not all(isinstance(text, str) for text in words) or not all(type(flag) is bool for flag in flags):
            raise InvalidRule(
                "then",
                "des textes (before, then) et un oui ou non (sure, asks, refuses, led, sought, plain) sont attendus",
            )
        anchors = _words(part, "anchors")
        if not anchors:
            raise InvalidRule("", "il faut au moins une ancre (anchors)")
        return compile_pattern(anchors, words[0], flags[0], _words(part, "rewrites"), *flags[1:], before=words[1])
    except InvalidRule as error:
        raise InvalidRule(error.key, error.problem, nth) from error


def _keys(table: Any, needed: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for key in needed:
        if key not in table:
            raise InvalidRule("", f"il manque {key}")
    for key in table:
        if key not in needed and key not in optional:
            raise InvalidRule(key, f"« {key} » n’est pas connu")


def _texts(table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if not isinstance(table[key], str) or not table[key].strip():
            raise InvalidRule(key, "un texte est attendu")


def _words(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise InvalidRule(key, "une liste de textes est attendue")
    return tuple(found)
