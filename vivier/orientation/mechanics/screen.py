"""A screen to repair: the colour of its text, the words and the height of its button, judged by what they are."""

import re
from dataclasses import dataclass

from vivier.orientation.mechanics.plays import Answers, Play, Verdict, first, index
from vivier.orientation.tables import Row, typeset

#: WCAG 2.2, 1.4.3 (text) and the 44 pixels of 2.5.5.
LEAST_CONTRAST, LEAST_HEIGHT = 4.5, 44
PAPER = "#ffffff"
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_MISSING = "Choisis une réponse à chaque question, puis regarde l’écran."


def contrast(ink: str, paper: str = PAPER) -> float:
    """Return the contrast ratio of two colours "#rrggbb", from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    levels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class Setting:
    """One thing to set. `kind`: "ink", "words" or "height"; `options`: (label, value, why it does not do, or "")."""

    kind: str
    label: str
    options: tuple[tuple[str, str, str], ...]

    @property
    def right(self) -> int:
        """The position of the option that does."""
        return next(n for n, (_, _, why) in enumerate(self.options) if not why)


@dataclass(frozen=True)
class ShownSetting:
    """A setting as the page lists it; `options`: (position, label, whether it is chosen)."""

    kind: str
    label: str
    options: list[tuple[int, str, bool]]


@dataclass(frozen=True)
class Preview:
    """The screen as it is set, with its settings; `in_words` says what it looks like."""

    settings: list[ShownSetting]
    ink: str
    words: str
    height: int
    in_words: str

    @property
    def button_top(self) -> int:
        """Where the button begins, so that it stays centred whatever its height."""
        return 338 - self.height // 2

    @property
    def announced(self) -> str:
        """What a screen reader says of the page as it has just changed."""
        return self.in_words


@dataclass(frozen=True)
class Screen:
    """A screen and what can be set on it."""

    template = "orientation/partials/screen.html"

    settings: tuple[Setting, ...]
    ink: str
    words: str
    height: int

    def play(self, answers: Answers) -> Play:
        chosen = {one.kind: index(first(answers, one.kind), len(one.options)) for one in self.settings}
        view = self._preview(chosen)
        if "valide" not in answers:
            return Play(Verdict.OPEN, view)
        if None in chosen.values():
            return Play(Verdict.OPEN, view, _MISSING)
        for one in self.settings:
            if why := one.options[chosen[one.kind]][2]:
                return Play(Verdict.WRONG, view, why)
        return Play(Verdict.RIGHT, view)

    def solution(self) -> dict[str, list[str]]:
        return {one.kind: [str(one.right)] for one in self.settings} | {"valide": ["1"]}

    def _preview(self, chosen: dict[str, int | None]) -> Preview:
        values = {"ink": self.ink, "words": self.words, "height": str(self.height)}
        for one in self.settings:
            if (position := chosen[one.kind]) is not None:
                values[one.kind] = one.options[position][1]
        ratio = f"{contrast(values['ink']):.1f}".replace(".", ",")
        return Preview(
            settings=[
                ShownSetting(
                    one.kind,
                    one.label,
                    [(n, label, n == chosen[one.kind]) for n, (label, _, _) in enumerate(one.options)],
                )
                for one in self.settings
            ],
            ink=values["ink"],
            words=values["words"],
            height=int(values["height"]),
            in_words=typeset(
                f"L’écran d’une sortie nature. Contraste du texte : {ratio} pour 1. "
                f"Bouton : « {values['words']} », {values['height']} pixels de haut."
            ),
        )


def read(row: Row) -> Screen:
    """Return the screen a table writes; raises BadTable unless one option of each setting does, and one only."""
    settings = []
    for one in row.rows("setting"):
        kind = one.text("kind")
        if kind not in ("ink", "words", "height") or kind in [other.kind for other in settings]:
            raise one.refuse("kind", "ink, words or height, each once")
        options = tuple(_option(option, kind) for option in one.rows("option", 2))
        if sum(not why for _, _, why in options) != 1:
            raise one.refuse("option", "one option without why, and one only")
        settings.append(Setting(kind, one.text("label"), options))
        one.done()
    ink, words = _checked(row, "ink", "ink"), row.text("words")
    return Screen(tuple(settings), ink, words, int(_checked(row, "height", "height")))


def _option(row: Row, kind: str) -> tuple[str, str, str]:
    label, value, why = row.text("label"), _checked(row, "value", kind), row.text("why", "")
    row.done()
    enough = {"ink": lambda: contrast(value) >= LEAST_CONTRAST, "height": lambda: int(value) >= LEAST_HEIGHT}
    if kind in enough and enough[kind]() == bool(why):
        raise row.refuse("why", "what is legible and wide enough does, what is not does not")
    return label, value, why


def _checked(row: Row, key: str, kind: str) -> str:
    if kind == "height":
        return str(int(row.number(key, 8, 80)))
    value = row.text(key)
    if kind == "ink" and not _COLOUR.fullmatch(value):
        raise row.refuse(key, "a colour such as #1b2330")
    return value
