"""Rules as data: what a rule, an exception and a pattern are, and what each of them must hold to be usable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase, digits

from .expressions import InvalidRule, alternatives, compile_any, compile_words
from .findings import SEVERITIES, Basis
from .macros import APART, WORD

#: How a rule finds: words on their sentence, an amount of pay among them,
#: the absence of words, a number of words, or the code of a module.
KINDS = ("words", "pay", "absence", "count", "title", "language")
FIELDS = ("both", "title", "text")
SCOPES = ("sentence", "clause", "title", "near", "within", "advertisement")
WIDE_SCOPES = ("near", "within", "advertisement")

#: Characters before an anchor in which what leads to it is looked for.
LEAD = 60
#: The word of an anchor, when what follows stands after it: tried once there, and nowhere in the word.
_WHOLE_WORD = re.compile(r"^\[a-z\]\*(?=[ (,])")
#: What an expression begins with, when that is one character of a set: « [0-9] », « (?=[0-9v]) », « (?=[ep]) » after
#: a space.
_FIRST = re.compile(r"( \{1,3\})?(?:\(\?=)?(\[[0-9a-z -]+\])(?![?*+]|\{[0,])")
#: Literal text of an anchor, a range of numbers, or a choice.
_CHOICES = re.compile(r"([^\[{]+)|\{(\d+)-(\d+)\}|(\[[^\]]*\])")
_NESTED = re.compile(r"\[[^\]]*[\[{]")


@dataclass(frozen=True, slots=True)
class RulePattern:
    """A passage: one of `anchors` (folded literals; {16-70} counts, [a|b] chooses), then the regular expression `then`.

    A group named `here` is what is told and replaced, when the rest only says that it is meant.

    before: what must stand right before the anchor and belongs to the passage, where the rarest words come last

    is_sure: the passage itself says whom it means, so that only the exceptions of the law may lift it.
    is_plain: the passage is meant whatever its sentence asks; other words may still lift it
    asks: the passage is only meant where words around ask for somebody, or turn somebody away
    refuses: only where its sentence turns somebody away, whatever else it says
    is_led: only where the words before name somebody: « une personne … », « vous êtes … »
    is_sought: only where the words before seek somebody: « nous recherchons une aide … »; no other word then lifts it
    rewrites: in the place of those of the rule
    """

    anchors: tuple[str, ...]
    then: re.Pattern[str]
    is_sure: bool = False
    rewrites: tuple[str, ...] = ()
    asks: bool = False
    refuses: bool = False
    is_led: bool = False
    is_sought: bool = False
    is_plain: bool = False
    before: re.Pattern[str] | None = None

    def led(self, text: str, start: int, low: int = 0) -> tuple[int, int] | None:
        """Where what must stand before an anchor at `start` begins, and its group `here` (-1: it has none).

        None where it does not stand there. It is looked for in `LEAD` characters, not before `low`.
        """
        if start - LEAD > low:
            found, shift = self.before.search(text, start - LEAD - 1, start), 0
        else:  # the mark that it begins with may be the start of the text, or of the sentence at `low`
            found, shift = self.before.search(f" {text[low:start]}"), 1 - low
        if found is None:
            return None
        here = found.start("here") - shift if "here" in found.re.groupindex else -1
        return found.start() + 1 - shift, here

    @property
    def may_open(self) -> bool:
        """Whether the start of a sentence may lead to the anchor."""
        return self.before is not None and "(?<=^" in self.before.pattern

    @property
    def is_bare(self) -> bool:
        """Whether any word that begins with an anchor matches, so that nothing is left to try."""
        return self.then.pattern == WORD

    @property
    def following(self) -> frozenset[str]:
        """Of what one must follow an anchor: a space for all that ends its word; empty for anything or nothing."""
        if first := _FIRST.match(self.then.pattern):
            characters = re.findall(first[2], " -" + digits + ascii_lowercase)
            return frozenset(["  ", *(f" {one}" for one in characters)] if first[1] else characters)
        return frozenset(" " if self.then.pattern.startswith((APART, " {1,")) else "")


@dataclass(frozen=True, slots=True)
class Allowance:
    """An exception of the law or of the language: where its words are read in `scope`, a finding is not one.

    scope    sentence; near: the sentence, the one before it, the title or the first sentence; within: these, and the
             passage itself (« recherche danseuse de 20 à 30 ans » is one); title; advertisement; clause: no farther
             than « mais », or than what answers the sentence when it asks
    cue      what is read in a clause, a sentence or a title; the wider scopes have `patterns`

    passage: when given, the finding must also look so (the legal bounds of a scheme, and no others).
    """

    id: str
    label: str
    basis: Basis | None
    scope: str
    cue: re.Pattern[str] | None
    passage: re.Pattern[str] | None = None
    patterns: tuple[RulePattern, ...] = ()

    @property
    def is_absolute(self) -> bool:
        """Whether it lifts even what is sure: the law makes it, or the clause says that the passage does not count."""
        return self.basis is not None or self.scope == "clause"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its reasons, its passages, what lifts it, how to write instead, and its examples.

    requires   what its sentence must hold; negatives: what it must not
    beside     what must not stand near the passage; farther off, it is about something else
    not_before, not_after   what may not stand against the passage
    """

    id: str
    title: str
    severity: str
    kind: str
    field: str
    message: str
    basis: tuple[Basis, ...]
    evidence: str
    patterns: tuple[RulePattern, ...]
    requires: re.Pattern[str] | None
    negatives: re.Pattern[str] | None
    beside: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    allowances: tuple[Allowance, ...]
    rewrites: tuple[str, ...]
    at_least: int
    positive: tuple[str, ...]
    negative: tuple[str, ...]

    @property
    def family(self) -> str:
        """The letters before the number."""
        return self.id.partition("-")[0]

    @property
    def is_certain(self) -> bool:
        """Whether each of its bases was read at its source."""
        return all(basis.certain for basis in self.basis)


def compile_pattern(
    anchors: tuple[str, ...],
    then: str,
    is_sure: bool = False,
    rewrites: tuple[str, ...] = (),
    asks: bool = False,
    refuses: bool = False,
    is_led: bool = False,
    is_sought: bool = False,
    is_plain: bool = False,
    before: str = "",
) -> RulePattern:
    """A passage from its data. Raises InvalidRule."""
    expanded = [one for anchor in anchors for one in _spelled_out(anchor)]
    for anchor in expanded:
        if len(anchor) < 2 or not anchor.isascii() or anchor != anchor.lower():
            raise InvalidRule("anchors", f"« {anchor} » : il faut deux caractères ou plus, en minuscules sans accent")
    then = _WHOLE_WORD.sub(f"{WORD}+", then)
    rest = compile_words("then", then, end="" if then == WORD else APART)
    flags = is_sure, rewrites, asks, refuses, is_led, is_sought, is_plain
    led = compile_any("before", alternatives(before), end="$") if before else None
    return RulePattern(tuple(dict.fromkeys(expanded)), rest, *flags, led)


def _spelled_out(anchor: str) -> Iterator[str]:
    """« plus de {40-41} ans » and « pas de [bebe|enfant] » as two anchors each. Raises InvalidRule."""
    if _CHOICES.sub("", anchor):
        raise InvalidRule("anchors", f"« {anchor} » : un crochet ou une accolade n’est pas fermé")
    if _NESTED.search(anchor):
        raise InvalidRule("anchors", f"« {anchor} » : un crochet ne contient que des mots, ni crochet ni accolade")
    parts = []
    for literal, low, high, choice in _CHOICES.findall(anchor):
        if low:
            parts.append([str(number) for number in range(int(low), int(high) + 1)])
        else:
            parts.append(choice[1:-1].split("|") if choice else [literal])
    return ("".join(chosen) for chosen in product(*parts))


def check_rule(rule: Rule) -> None:
    """Refuse a rule that says too little. Raises InvalidRule."""
    if not re.fullmatch(r"[A-Z]{2,3}-\d\d", rule.id):
        raise InvalidRule("id", "une famille et un numéro sont attendus, comme AGE-01")
    for key, value, known in (
        ("severity", rule.severity, SEVERITIES),
        ("kind", rule.kind, KINDS),
        ("field", rule.field, FIELDS),
    ):
        if value not in known:
            raise InvalidRule(key, f"« {value} » : l’un de {', '.join(known)} est attendu")
    if not rule.basis:
        raise InvalidRule("basis", "il faut au moins un fondement")
    if rule.kind in ("words", "pay", "absence", "count") and not rule.patterns:
        raise InvalidRule("pattern", "il faut au moins un motif")
    if not rule.evidence:
        raise InvalidRule("", "il manque evidence : ce que l’on sait de la règle, ou que l’on ne sait pas")
    for key, examples in (("positive", rule.positive), ("negative", rule.negative)):
        if len(examples) < 5:
            raise InvalidRule(key, f"{len(examples)} exemples, 5 au moins sont attendus")
    for text in (rule.message, *rule.rewrites, *(text for pattern in rule.patterns for text in pattern.rewrites)):
        if any(dot in text for dot in "·•‧⋅∙・"):
            raise InvalidRule("rewrites", "pas de point médian dans ce qui est proposé")
