"""Regular expressions of rules: written plainly, then put so that they fail at once where they do not match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .macros import MACROS

#: Capitals that belong to the language of expressions.
_MARKS = re.compile(r"\\[A-Z]|\(\?P[<=>]")
#: A word that may stand between, last in its group: taken whole, since what follows begins another.
_SKIPPED = re.compile(r"((?: |\((?:\?:)? |\)|\|)\[[a-z0-9'-]+\]\+)(?=\)(?:\{0,\d\}|\?))")
#: Escaped characters, sets, what opens a group, what closes it with its quantifier, anything else.
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<?[=!]|[:>]))?|\)(?:[?*+]|\{[^}]*\})?[?+]?|[^\\\[()]+|."
)
#: Escaped characters, sets, and what gives an expression its shape.
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
#: What must not or must stand before a branch, and the letter that it begins with.
_AFTER = re.compile(r"((?:\(\?<[!=][^()|]*\))+)([a-z])(?![?*+{])")


class InvalidRule(ValueError):
    """A rule that cannot be used; `key` names the part at fault (empty: the whole rule), `nth` which of that name."""

    def __init__(self, key: str, problem: str, nth: int = 0) -> None:
        super().__init__(problem)
        self.key, self.problem, self.nth = key, problem, nth


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


def alternatives(text: str) -> tuple[str, ...]:
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
