"""A message that goes from router to router: by the tables of the routers, or by the fastest way."""

import heapq
from dataclasses import dataclass
from itertools import pairwise

from vivier.common.text import of
from vivier.orientation.mechanics.plays import Answers, Play, Verdict, first
from vivier.orientation.tables import Row

SIDES = ("above", "below", "left", "right")
_TABLE = "La table de {here} dit autre chose : cherche la ligne « {goal} »."
_CUT = "Le lien direct de {here} à {there} est coupé : le message ne peut pas y passer."
_NO_LINK = "Aucun lien ne va de {here} à {there}."
_READ = "C’est bien la ligne à lire : le message est à {there}."
_SLOW = "Le message est arrivé en {total} ms. Un autre chemin est plus rapide."


@dataclass(frozen=True)
class Router:
    """A place of the drawing, in its units; `side`: where its name is written, so that no link goes through it."""

    code: str
    name: str
    x: int
    y: int
    side: str


@dataclass(frozen=True)
class Link:
    """A line between two routers, the time it takes in milliseconds, and whether it is cut."""

    ends: frozenset[str]
    ms: int
    is_cut: bool


@dataclass(frozen=True)
class Line:
    """One line of a router's table: towards `goal`, go by `by`; when that link is cut, by `otherwise`."""

    goal: str
    by: str
    otherwise: str


@dataclass(frozen=True)
class DrawnLink:
    """A link as it is drawn and read."""

    x1: int
    y1: int
    x2: int
    y2: int
    names: str
    ms: int
    is_cut: bool
    is_used: bool

    @property
    def middle(self) -> tuple[int, int]:
        return (self.x1 + self.x2) // 2, (self.y1 + self.y2) // 2


@dataclass(frozen=True)
class Map:
    """What the page draws: where the message is, where it has been, where it can go, what the router's table says."""

    routers: list[Router]
    links: list[DrawnLink]
    here: Router
    goal: Router
    trail: list[Router]
    path: str
    hops: list[tuple[Router, int]]
    table: list[tuple[str, str, str]]
    has_delays: bool
    total: int

    @property
    def has_otherwise(self) -> bool:
        """Whether the table says what to do when a link is cut."""
        return any(otherwise for _, _, otherwise in self.table)

    @property
    def table_title(self) -> str:
        return f"Table du routeur {of(self.here.name)}"

    @property
    def announced(self) -> str:
        """What a screen reader says of the page as it has just changed."""
        return f"Le message est à {self.here.name}."


@dataclass(frozen=True)
class Route:
    """A network. With `tables`, each hop is what the router's table says; without, the way must be the fastest."""

    template = "orientation/partials/route.html"

    routers: dict[str, Router]
    links: tuple[Link, ...]
    start: str
    goal: str
    tables: dict[str, tuple[Line, ...]]

    def play(self, answers: Answers) -> Play:
        """Go one hop further, if the router does so."""
        path = self._path(first(answers, "chemin"))
        there = first(answers, "saut")
        if there not in self.routers or path[-1] == self.goal:
            return self._end(path) if path[-1] == self.goal else Play(Verdict.OPEN, self._map(path))
        names = {"here": self.routers[path[-1]].name, "there": self.routers[there].name}
        link = self._link(path[-1], there)
        if link is None or link.is_cut:
            return Play(Verdict.WRONG, self._map(path), (_CUT if link else _NO_LINK).format(**names))
        if self.tables and there != self._next(path[-1]):
            return Play(Verdict.WRONG, self._map(path), _TABLE.format(goal=self.routers[self.goal].name, **names))
        path = [*path, there]
        if there == self.goal:
            return self._end(path)
        return Play(Verdict.OPEN, self._map(path), _READ.format(**names) if self.tables else "", focus="sauts")

    def solution(self) -> dict[str, list[str]]:
        return {"chemin": [".".join(self.best())]}

    def best(self) -> list[str]:
        """Return the codes of the routers on the right way, from start to goal; raises ValueError if there is none."""
        return self._by_tables() if self.tables else self._fastest()

    def _by_tables(self) -> list[str]:
        path = [self.start]
        while path[-1] != self.goal:
            following = self._next(path[-1])
            link = self._link(path[-1], following)
            if following in path or link is None or link.is_cut:
                raise ValueError(f"the tables lead nowhere after {path[-1]}")
            path.append(following)
        return path

    def _fastest(self) -> list[str]:
        waiting, seen = [(0, [self.start])], set()
        while waiting:
            total, path = heapq.heappop(waiting)
            if path[-1] == self.goal:
                return path
            if path[-1] not in seen:
                seen.add(path[-1])
                for code, link in self._neighbours(path[-1]):
                    heapq.heappush(waiting, (total + link.ms, [*path, code]))
        raise ValueError("no way leads to the goal")

    def _path(self, text: str) -> list[str]:
        """Return the way gone so far, as far as it makes sense; never shorter than its start."""
        path = [self.start]
        for code in text[:400].split(".")[1:] if text.split(".")[0] == self.start else []:
            link = self._link(path[-1], code)
            if link is None or link.is_cut or path[-1] == self.goal or len(path) > len(self.routers):
                break
            if self.tables and code != self._next(path[-1]):
                break
            path.append(code)
        return path

    def _end(self, path: list[str]) -> Play:
        total = self._total(path)
        if self.tables or total == self._total(self.best()):
            return Play(Verdict.RIGHT, self._map(path))
        return Play(Verdict.WRONG, self._map([self.start]), _SLOW.format(total=total))

    def _next(self, here: str) -> str:
        for line in self.tables.get(here, ()):
            if line.goal == self.goal:
                link = self._link(here, line.by)
                return line.otherwise if line.otherwise and link and link.is_cut else line.by
        return ""

    def _link(self, here: str, there: str) -> Link | None:
        return next((link for link in self.links if link.ends == {here, there} and here != there), None)

    def _neighbours(self, here: str) -> list[tuple[str, Link]]:
        """Return each router that a link in service joins to `here`, in the order of the data."""
        found = {next(iter(link.ends - {here})): link for link in self.links if here in link.ends and not link.is_cut}
        return [(code, found[code]) for code in self.routers if code in found]

    def _total(self, path: list[str]) -> int:
        return sum(self._link(here, there).ms for here, there in pairwise(path))

    def _map(self, path: list[str]) -> Map:
        used = [{here, there} for here, there in pairwise(path)]
        here = path[-1]
        hops = [] if here == self.goal else self._neighbours(here)
        name = {code: router.name for code, router in self.routers.items()} | {"": ""}
        return Map(
            routers=list(self.routers.values()),
            links=[self._drawn(link, link.ends in used) for link in self.links],
            here=self.routers[here],
            goal=self.routers[self.goal],
            trail=[self.routers[code] for code in path],
            path=".".join(path),
            hops=[(self.routers[code], link.ms) for code, link in hops],
            table=[(name[line.goal], name[line.by], name[line.otherwise]) for line in self.tables.get(here, ())],
            has_delays=not self.tables,
            total=self._total(path),
        )

    def _drawn(self, link: Link, is_used: bool) -> DrawnLink:
        one, other = (router for code, router in self.routers.items() if code in link.ends)
        return DrawnLink(
            one.x,
            one.y,
            other.x,
            other.y,
            f"{one.name} – {other.name}",
            link.ms,
            link.is_cut,
            is_used and not link.is_cut,
        )


def read(row: Row) -> Route:
    """Return the puzzle a table writes; raises BadTable for a name nobody bears, or a goal nobody reaches."""
    routers = {}
    for one in row.rows("router", 2):
        code, side = one.text("code"), one.text("side")
        if side not in SIDES:
            raise one.refuse("side", f"one of {', '.join(SIDES)}")
        x, y = int(one.number("x", 0, 400)), int(one.number("y", 0, 300))
        routers[code] = Router(code, one.text("name"), x, y, side)
        one.done()

    def known(part: Row, key: str, default: str | None = None) -> str:
        code = part.text(key, default)
        if code != default and (code not in routers or "." in code):
            raise part.refuse(key, f"no router is called {code}")
        return code

    cut = {frozenset(pair.split(".")) for pair in row.texts("cut", 0)}
    links = []
    for one in row.rows("link"):
        ends = frozenset({known(one, "one"), known(one, "other")})
        if len(ends) != 2:
            raise one.refuse("other", "a link joins two routers")
        links.append(Link(ends, int(one.number("ms", 1, 999)), ends in cut))
        one.done()
    if unknown := cut - {link.ends for link in links}:
        raise row.refuse("cut", f"no link joins {' and '.join(sorted(unknown.pop()))}")
    tables: dict[str, tuple[Line, ...]] = {}
    for one in row.rows("line", 0):
        line = Line(known(one, "goal"), known(one, "by"), known(one, "otherwise", ""))
        here = known(one, "at")
        tables[here] = (*tables.get(here, ()), line)
        one.done()
    puzzle = Route(routers, tuple(links), known(row, "start"), known(row, "goal"), tables)
    try:
        puzzle.best()
    except ValueError as error:
        raise row.refuse("goal", str(error)) from error
    return puzzle
