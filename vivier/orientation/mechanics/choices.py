"""Questions with answers to tick: one among several beside a chart or a table, or all that give a message away."""

from dataclasses import dataclass

from vivier.common.text import plural
from vivier.orientation.mechanics.plays import Answers, Play, Verdict, first, index
from vivier.orientation.tables import Row

_CHOOSE = "Choisis une réponse, puis valide."
_TICK = "Coche au moins un passage, puis valide."
_LEFT = "Ce que tu as coché est juste. Il reste {left} à trouver."
_NOT_THIS = "« {text} » : {why}"


@dataclass(frozen=True)
class Option:
    """One answer; `why`: what to think of it."""

    text: str
    is_right: bool
    why: str


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its figure as it is read, its height out of `Chart.HEIGHT`, its left edge."""

    label: str
    figure: str
    height: int
    x: int

    @property
    def top(self) -> int:
        return Chart.HEIGHT - self.height

    @property
    def middle(self) -> int:
        return self.x + 22


@dataclass(frozen=True)
class Chart:
    """Bars whose axis starts at `origin`, with the table that says the same."""

    HEIGHT = 180
    STEP = 64

    caption: str
    unit: str
    origin: str
    summit: str
    heading: str
    bars: tuple[Bar, ...]
    more: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        return len(self.bars) * self.STEP


@dataclass(frozen=True)
class Ticked:
    """An option as the page lists it."""

    position: int
    option: Option
    is_ticked: bool


@dataclass(frozen=True)
class Question:
    """What the page draws."""

    options: list[Ticked]
    chart: Chart | None
    is_code: bool

    #: Nothing changes on these pages before an answer is judged.
    announced = ""


@dataclass(frozen=True)
class Choice:
    """One right answer among several."""

    template = "orientation/partials/choice.html"

    options: tuple[Option, ...]
    chart: Chart | None
    is_code: bool

    def play(self, answers: Answers) -> Play:
        chosen = index(first(answers, "choix"), len(self.options))
        view = Question(
            [Ticked(n, option, n == chosen) for n, option in enumerate(self.options)], self.chart, self.is_code
        )
        if chosen is None:
            return Play(Verdict.OPEN, view, _CHOOSE if "valide" in answers else "")
        option = self.options[chosen]
        if option.is_right:
            return Play(Verdict.RIGHT, view)
        return Play(Verdict.WRONG, view, option.why)

    def solution(self) -> dict[str, list[str]]:
        return {"choix": [str(n) for n, option in enumerate(self.options) if option.is_right]}


@dataclass(frozen=True)
class Spot:
    """All the passages of a message that give it away, and no other."""

    template = "orientation/partials/spot.html"

    options: tuple[Option, ...]

    def play(self, answers: Answers) -> Play:
        ticked = {index(text, len(self.options)) for text in answers.get("indice", ())} - {None}
        view = Question([Ticked(n, option, n in ticked) for n, option in enumerate(self.options)], None, False)
        if not ticked:
            return Play(Verdict.OPEN, view, _TICK if "valide" in answers else "")
        for n in sorted(ticked):
            if not self.options[n].is_right:
                return Play(Verdict.WRONG, view, _NOT_THIS.format(text=self.options[n].text, why=self.options[n].why))
        left = sum(option.is_right for option in self.options) - len(ticked)
        if left:
            return Play(Verdict.WRONG, view, _LEFT.format(left=plural(left, "passage", "passages")))
        return Play(Verdict.RIGHT, view)

    def solution(self) -> dict[str, list[str]]:
        return {"indice": [str(n) for n, option in enumerate(self.options) if option.is_right]}


def read_choice(row: Row) -> Choice:
    """Return the question a table writes; raises BadTable unless one answer is right, and one only."""
    options = _options(row, needs_why=False)
    if sum(option.is_right for option in options) != 1:
        raise row.refuse("option", "one right answer, and one only")
    return Choice(options, _chart(row.row("chart")) if row.has("chart") else None, row.flag("is_code"))


def read_spot(row: Row) -> Spot:
    """Return the message a table writes; raises BadTable unless something gives it away and something does not."""
    options = _options(row, needs_why=True)
    if len({option.is_right for option in options}) != 2:
        raise row.refuse("option", "some right, some not")
    return Spot(options)


def _options(row: Row, *, needs_why: bool) -> tuple[Option, ...]:
    options = []
    for one in row.rows("option", 2):
        is_right = one.flag("right")
        options.append(Option(one.text("text"), is_right, one.text("why", "" if is_right and not needs_why else None)))
        one.done()
    return tuple(options)


def _chart(row: Row) -> Chart:
    low, high = row.number("from", -1e6, 1e6), row.number("to", -1e6, 1e6)
    if high <= low:
        raise row.refuse("to", "must be above from")
    unit, more = row.text("unit"), row.texts("columns", 0)
    bars, rows = [], []
    for n, one in enumerate(row.rows("bar", 2)):
        label, value, others = one.text("label"), one.number("value", low, high), one.texts("others", 0)
        if len(others) != len(more):
            raise one.refuse("others", f"one for each of the {len(more)} column(s)")
        one.done()
        share = (value - low) / (high - low)
        bars.append(Bar(label, _french(value), round(share * Chart.HEIGHT), n * Chart.STEP + 12))
        rows.append((label, _french(value), *others))
    chart = Chart(
        caption=row.text("caption"),
        unit=unit,
        origin=_french(low),
        summit=_french(high),
        heading=row.text("heading"),
        bars=tuple(bars),
        more=more,
        rows=tuple(rows),
    )
    row.done()
    return chart


def _french(value: float) -> str:
    return f"{value:g}".replace(".", ",")
