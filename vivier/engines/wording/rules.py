"""Rules as data: what a rule, an exception and a pattern are, and what each of them must hold to be usable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase, digits

from .findings import SEVERITIES, Basis
from .macros import APART, MACROS, WORD

#: How a rule finds: words on their sentence, an amount of pay among them,
#: the absence of words, a number of words, or the code of a module.
KINDS = ("words", "pay", "absence", "count", "title", "language")
FIELDS = ("both", "title", "text")
SCOPES = ("sentence", "title", "near", "advertisement")
WIDE_SCOPES = ("near", "advertisement")

#: Characters before an anchor in which what leads to it is looked for.
LEAD = 60
#: Capitals that belong to the language of expressions.
_MARKS = re.compile(r"\\[A-Z]|\(\?P[<=>]")
#: The word of an anchor, when what follows stands after it: tried once there, and nowhere in the word.
_WHOLE_WORD = re.compile(r"^\[a-z\]\*(?=[ (,])")
#: A word that may stand between, last in its group: taken whole, since what follows begins another.
_SKIPPED = re.compile(r"((?: |\((?:\?:)? |\)|\|)\[[a-z0-9'-]+\]\+)(?=\)(?:\{0,\d\}|\?))")
#: Escaped characters, sets, what opens a group, what closes it with its quantifier, anything else.
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[:>]))?|\)(?:[?*+]|\{[^}]*\})?[?+]?|[^\\\[()]+|."
)
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
#: What an expression begins with, when that is one character of a set: « [0-9] », « (?=[0-9v]) », « (?=[ep]) » after
#: a space.
_FIRST = re.compile(r"( \{1,3\})?(?:\(\?=)?(\[[0-9a-z -]+\])(?![?*+]|\{[0,])")
#: What must not or must stand before a branch, and the letter that it begins with.
_AFTER = re.compile(r"((?:\(\?<[!=][^()|]*\))+)([a-z])(?![?*+{])")
#: Literal text of an anchor, a range of numbers, or a choice.
_CHOICES = re.compile(r"([^\[{]+)|\{(\d+)-(\d+)\}|(\[[^\]]*\])")
_NESTED = re.compile(r"\[[^\]]*[\[{]")


class InvalidRule(ValueError):
    """A rule that cannot be used; `key` names the part at fault (empty: the whole rule), `nth` which of that name."""

    def __init__(self, key: str, problem: str, nth: int = 0) -> None:
        super().__init__(problem)
        self.key, self.problem, self.nth = key, problem, nth


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

    def led(self, text: str, start: int) -> tuple[int, int] | None:
        """Where what must stand before an anchor at `start` begins, and its group `here` (-1: it has none).

        None where it does not stand there. It is looked for in `LEAD` characters.
        """
        if start > LEAD:
            found, shift = self.before.search(text, start - LEAD - 1, start), 0
        else:  # the mark that it begins with may be the start of the text
            found, shift = self.before.search(f" {text[:start]}"), 1
        if found is None:
            return None
        here = found.start("here") - shift if "here" in found.re.groupindex else -1
        return found.start() + 1 - shift, here

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

    scope    sentence; near: the sentence, the one before it, the title or the first sentence; title; advertisement
    cue      what is read in a sentence or a title; the wider scopes have `patterns`

    passage: when given, the finding must also look so (the legal bounds of a scheme, and no others).
    """

    id: str
    label: str
    basis: Basis | None
    scope: str
    cue: re.Pattern[str] | None
    passage: re.Pattern[str] | None = None
    patterns: tuple[RulePattern, ...] = ()


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


def compile_words(key: str, text: str, *, end: str = "") -> re.Pattern[str]:
    """A folded regular expression; {macros} are replaced and a space stands for one to three. Raises InvalidRule."""
    plain = _MARKS.sub("", text)
    if not plain.isascii() or plain != plain.lower():
        raise InvalidRule(key, f"« {text} » : écrire en minuscules sans accent")
    for name, value in MACROS.items():
        text = text.replace("{" + name + "}", value)
    try:
        return re.compile(_branched(_widen(_SKIPPED.sub(r"\1+", text))) + end)
    except re.error as error:
        raise InvalidRule(key, f"expression impossible à lire ({error})") from error


def _widen(text: str) -> str:
    """Let a space of an expression stand for up to three, as people type them."""
    parts: list[str] = []
    closing = ""  # what ends a set or a look-behind, in which a space stays one
    for at, character in enumerate(text):
        if not closing and (character == "[" or text.startswith(("(?<=", "(?<!"), at)):
            closing = "]" if character == "[" else ")"
        elif character == closing:
            closing = ""
        following = text[at + 1 : at + 2]
        if character == " " and not closing and following not in ("*", "+", "{"):
            parts.append(" {0,3}" if following == "?" else " {1,3}")
        elif not (character == "?" and not closing and text[at - 1 : at] == " "):
            parts.append(character)
    return "".join(parts)


def _branched(text: str) -> str:
    """« (?:est )? » as « (?:est |) »: the same, but a branch is left at its first letter where a repeat is begun."""
    parts: list[str] = []
    opened: list[int] = []  # where the groups begin that are not closed yet
    for part in _PARTS.findall(text):
        if part.startswith("("):
            opened.append(len(parts))
        elif part.startswith(")") and opened:
            start = opened.pop()
            if parts[start] == "(?:" and part == ")?":
                part = "|)"
            elif parts[start] == "(?:" and part == ")??":
                parts[start], part = "(?:|", ")"
        parts.append(part)
    return "".join(parts)


def compile_any(key: str, texts: tuple[str, ...], *, end: str = "") -> re.Pattern[str] | None:
    """One expression for several, each from the start of a word; None for none. Raises InvalidRule.

    What is read with it must begin with a space: the expression takes the mark before the word, which is what it skips
    to. They are gathered by their letters, so that a word is compared with few of them.
    """
    if not texts:
        return None
    for text in texts:
        if _closing(f"({text})") != len(text) + 1:  # what two leave open and close may fit together
            compile_words(key, text)
    try:
        # The start of what is read is that space.
        spread = [re.sub(r"^\^", "(?<=^.)", one) for text in texts for one in _spread(text)]
        return compile_words(key, rf"[^a-z0-9](?:{_gathered(spread)})", end=end)
    except ValueError:
        for text in texts:
            compile_words(key, text)  # tells which of them is at fault
        raise


def _gathered(texts: list[str]) -> str:
    """Branches that begin with the same letters as one: « doit », « doive » and « sans » as « doi(?:t|ve)|sans »."""
    by_letter: dict[str, list[str]] = {}
    for text in map(_turned, texts):
        plain = text[:1].isalpha() and text[1:2] not in ("?", "*", "+", "{", "|") and len(_branches(text)) == 1
        by_letter.setdefault(text[0] if plain else "", []).append(text[1:] if plain else text)
    others = [_gathered_within(text) for text in by_letter.pop("", [])]
    branches = (
        letter + (rests[0] if len(rests) == 1 else f"(?:{_gathered(rests)})") for letter, rests in by_letter.items()
    )
    return "|".join((*branches, *others))


def _turned(text: str) -> str:
    """« (?<!du )(?<!le )cours » as « c(?<!du c)(?<!le c)ours »: the same, and other letters are told at once."""
    led = _AFTER.match(text)
    if led is None or len(_branches(text)) > 1:
        return text
    return led[2] + led[1].replace(")", f"{led[2]})") + text[led.end() :]


def _gathered_within(text: str) -> str:
    """The same of the group that a branch begins with."""
    end = _leading(text)
    return f"(?:{_gathered(_branches(text[3:end]))}{text[end:]}" if end > 0 else text


def _spread(text: str) -> list[str]:
    """« (?:an|mois)s? » as « ans? » and « moiss? », so that each has its first letter."""
    for name, value in MACROS.items():
        text = text.replace("{" + name + "}", value)
    end = _leading(text)
    if end < 0 or "(?P<" in text or "(" in text[3:end]:  # a name may stand once
        return [text]
    return [word + text[end + 1 :] for word in _branches(text[3:end])]


def _leading(text: str) -> int:
    """Where the group closes that a single branch begins with; -1 for none, or for one that may be repeated."""
    if not text.startswith("(?:") or len(_branches(text)) > 1:
        return -1
    end = _closing(text)
    return -1 if text[end + 1 : end + 2] in ("?", "*", "+", "{") else end


def _alternatives(text: str) -> tuple[str, ...]:
    """The branches of an expression, which brackets may hold together."""
    for name, value in MACROS.items():
        text = text.replace("{" + name + "}", value)
    branches = _branches(text)
    while len(branches) == 1 and branches[0].startswith("(?:") and _closing(branches[0]) == len(branches[0]) - 1:
        branches = _branches(branches[0][3:-1])
    return tuple(branches)


def _branches(text: str) -> list[str]:
    """The branches of an expression, split at the bars outside of its brackets."""
    found, depth, start = [], 0, 0
    for at, mark in _marks(text):
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def _closing(text: str) -> int:
    """Where the bracket closes that a text opens with; -1 where it does not."""
    depth = 0
    for at, mark in _marks(text):
        depth += (mark == "(") - (mark == ")")
        if depth == 0:
            return at
    return -1


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """The brackets and bars of an expression, but for those that stand for themselves."""
    return ((found.start(), found[0]) for found in _STRUCTURE.finditer(text) if found[0] in ("(", ")", "|"))


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
    led = compile_any("before", _alternatives(before), end="$") if before else None
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
