"""Orders that lead a heron to its fish on a grid: a sequence, or a body that is repeated."""

from dataclasses import dataclass

from vivier.common.text import plural
from vivier.orientation.mechanics.plays import Answers, Play, Verdict, first, index
from vivier.orientation.tables import Row, typeset

Cell = tuple[int, int]
#: Letter in the address → step in columns and lines, and what is read.
MOVES = {
    "h": ((0, -1), "Monte"),
    "b": ((0, 1), "Descends"),
    "g": ((-1, 0), "Va à gauche"),
    "d": ((1, 0), "Va à droite"),
}
#: Side of a cell in the drawing, in its own units.
SIDE = 56
_HERON, _FISH, _REEDS, _WATER = "HFR."

_EMPTY = "Il n’y a pas encore d’ordre : ajoute le premier, puis lance le programme."
_OUT = "{when}, le héron sort de l’étang : il s’est arrêté au bord."
_REED = "{when}, le héron rencontre des roseaux : il s’est arrêté devant."
_PASSED = "Le héron est passé sur le poisson sans s’y arrêter : il reste des ordres après."
_SHORT = "Le programme est fini, et le héron n’est pas encore arrivé."


@dataclass(frozen=True)
class Order:
    """One order of the program, as the page lists it; `position` counts from 0."""

    position: int
    label: str


@dataclass(frozen=True)
class Board:
    """What the page draws; `trail`: points of a polyline; cells count from 0, `heron` is where it stands now."""

    width: int
    height: int
    heron: Cell
    fish: Cell
    reeds: list[Cell]
    trail: str
    letters: str
    orders: list[Order]
    room: int
    times: int
    times_choices: tuple[int, ...]
    in_words: str
    is_given: bool

    @property
    def announced(self) -> str:
        """What a screen reader says of the page as it has just changed."""
        return self.count

    @property
    def box(self) -> str:
        """The view box of the drawing, a margin of 4 around it."""
        return f"-4 -4 {self.width * SIDE + 8} {self.height * SIDE + 8}"

    @property
    def cells(self) -> list[Cell]:
        """The corners of all cells, in units of the drawing."""
        return [(x * SIDE, y * SIDE) for y in range(self.height) for x in range(self.width)]

    @property
    def reeds_at(self) -> list[Cell]:
        return [(x * SIDE, y * SIDE) for x, y in self.reeds]

    @property
    def heron_at(self) -> Cell:
        return self.heron[0] * SIDE, self.heron[1] * SIDE

    @property
    def fish_at(self) -> Cell:
        return self.fish[0] * SIDE, self.fish[1] * SIDE

    @property
    def count(self) -> str:
        """How much is written, in words."""
        room = f"encore {self.room} au plus" if self.room else "c’est le nombre permis"
        return f"{plural(len(self.orders), 'ordre écrit', 'ordres écrits')}, {room}."

    @property
    def moves(self) -> list[tuple[str, str]]:
        """The orders that can be added: letter, words."""
        return [(letter, words) for letter, (_, words) in MOVES.items()]


@dataclass(frozen=True)
class Program:
    """A grid, and at most `limit` orders; with `repeats`, they are the body of a loop. `given`: written already."""

    template = "orientation/partials/program.html"

    width: int
    height: int
    start: Cell
    goal: Cell
    reeds: frozenset[Cell]
    limit: int
    repeats: tuple[int, ...]
    given: str
    answer: str
    answer_times: int

    def play(self, answers: Answers) -> Play:
        """Add, take away or run orders, as the button that was pressed says."""
        letters = self._letters(answers)
        times = index(first(answers, "fois"), 100) if self.repeats else 1
        times = times if times in self.repeats else (self.repeats or (1,))[0]
        if "lance" not in answers:
            return Play(Verdict.OPEN, self._board(letters, times, [self.start]), focus=self._focus(answers, letters))
        if not letters:
            return Play(Verdict.OPEN, self._board(letters, times, [self.start]), _EMPTY)
        trail, trouble = self._run(letters, times)
        verdict = Verdict.WRONG if trouble else Verdict.RIGHT
        return Play(verdict, self._board(letters, times, trail), trouble)

    def solution(self) -> dict[str, list[str]]:
        return {"programme": [self.answer], "fois": [str(self.answer_times)], "lance": ["1"]}

    def _letters(self, answers: Answers) -> str:
        if "programme" not in answers:
            return self.given
        letters = "".join(letter for letter in first(answers, "programme")[:100] if letter in MOVES)[: self.limit]
        if (gone := index(first(answers, "enleve"), len(letters))) is not None:
            return letters[:gone] + letters[gone + 1 :]
        added = first(answers, "ajoute")
        return (letters + added)[: self.limit] if added in MOVES else letters

    def _focus(self, answers: Answers, letters: str) -> str:
        """Return what the keyboard goes on from: the order just added while there is room, the list after a removal."""
        added = first(answers, "ajoute")
        if added in MOVES:
            return f"ajoute-{added}" if len(letters) < self.limit else "lance"
        return "programme-titre" if "enleve" in answers else ""

    def _run(self, letters: str, times: int) -> tuple[list[Cell], str]:
        """Return the cells gone through, and what went wrong ("" when it ends on the fish)."""
        trail = [self.start]
        for done, letter in enumerate(letters * times):
            (right, down), _ = MOVES[letter]
            cell = trail[-1][0] + right, trail[-1][1] + down
            if not (0 <= cell[0] < self.width and 0 <= cell[1] < self.height):
                return trail, _OUT.format(when=self._when(done, len(letters)))
            if cell in self.reeds:
                return trail, _REED.format(when=self._when(done, len(letters)))
            trail.append(cell)
        if trail[-1] == self.goal:
            return trail, ""
        return trail, _PASSED if self.goal in trail else _SHORT

    def _when(self, done: int, length: int) -> str:
        """Return which order it was, after `done` of them; in a loop of `length` orders, at which turn."""
        turn, order = divmod(done, length)
        return f"Au tour {turn + 1}, à l’ordre {order + 1}" if self.repeats else f"À l’ordre {order + 1}"

    def _board(self, letters: str, times: int, trail: list[Cell]) -> Board:
        return Board(
            width=self.width,
            height=self.height,
            heron=trail[-1],
            fish=self.goal,
            reeds=sorted(self.reeds),
            trail=" ".join(f"{x * SIDE + SIDE // 2},{y * SIDE + SIDE // 2}" for x, y in trail) if trail[1:] else "",
            letters=letters,
            orders=[Order(position, MOVES[letter][1]) for position, letter in enumerate(letters)],
            room=self.limit - len(letters),
            times=times,
            times_choices=self.repeats,
            in_words=self._in_words(trail[-1]),
            is_given=bool(self.given),
        )

    def _in_words(self, heron: Cell) -> str:
        lines = []
        for y in range(self.height):
            closed = [str(x + 1) for x in range(self.width) if (x, y) in self.reeds]
            if closed:
                lines.append(f"ligne {y + 1}, case{'s' if closed[1:] else ''} {', '.join(closed)}")
        return typeset(
            f"Étang de {self.width} cases de large, {self.height} lignes. "
            f"Héron : ligne {heron[1] + 1}, case {heron[0] + 1}. "
            f"Poisson : ligne {self.goal[1] + 1}, case {self.goal[0] + 1}. Roseaux : {' ; '.join(lines) or 'aucun'}."
        )


def read(row: Row) -> Program:
    """Return the puzzle a table writes; raises BadTable, also when its own solution does not solve it."""
    lines = [line.strip() for line in row.text("grid").split()]
    width = len(lines[0])
    if not all(len(line) == width for line in lines) or set("".join(lines)) - set("HFR."):
        raise row.refuse("grid", "lines of one length, of H (heron), F (fish), R (reeds) and . (water)")
    cells = {(x, y): sign for y, line in enumerate(lines) for x, sign in enumerate(line)}
    if [list(cells.values()).count(sign) for sign in (_HERON, _FISH)] != [1, 1]:
        raise row.refuse("grid", "one heron and one fish")
    places = {sign: cell for cell, sign in cells.items()}
    repeats = row.number("most_repeats", 0, 9, 0)
    puzzle = Program(
        width=width,
        height=len(lines),
        start=places[_HERON],
        goal=places[_FISH],
        reeds=frozenset(cell for cell, sign in cells.items() if sign == _REEDS),
        limit=int(row.number("limit", 1, 20)),
        repeats=tuple(range(2, int(repeats) + 1)) if repeats else (),
        given=row.text("given", ""),
        answer=row.text("answer"),
        answer_times=int(row.number("answer_times", 1, 9, 1)),
    )
    for key, letters in (("given", puzzle.given), ("answer", puzzle.answer)):
        if set(letters) - set(MOVES) or len(letters) > puzzle.limit:
            raise row.refuse(key, f"at most {puzzle.limit} letters of {''.join(MOVES)}")
    if puzzle.play(puzzle.solution()).verdict is not Verdict.RIGHT:
        raise row.refuse("answer", "does not lead the heron to the fish")
    return puzzle
