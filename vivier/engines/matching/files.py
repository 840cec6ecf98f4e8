"""The texts that the command line and the web exchange with the engine: three CSV files in, one CSV and one JSON out.

Pure: text in, text out. Identifiers are any text, given back exactly as read; values are strict. The same problem and
solution always give the same bytes: UTF-8 without BOM, LF, commas, quotes only where they are needed.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .counterfactuals import seats_that_serve_more
from .explain import explain_waiting, ranks
from .limits import MAX_NUMBER, MAX_SCORE, UNMATCHED
from .problem import Certificate, Options, Problem, Solution
from .reasons import waiting_text
from .scoring import existing

Role = Literal["mentees", "mentors", "pairs", "previous"]

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "mentees": ("mentee_id", "tier"),
    "mentors": ("mentor_id", "capacity"),
    "pairs": ("mentee_id", "mentor_id", "score"),
    "previous": ("mentee_id", "mentor_id"),
    "assignments": ("mentee_id", "mentor_id", "score", "rank", "mentor_price"),
}
_DIGITS = re.compile(r"[0-9]{1,9}")  # ASCII only: no sign, no space, no decimal part
_SHOWN = 40
_LISTED = 100  # mentors named in the report


class FileError(ValueError):
    """A file that cannot be read: which one, the line (from 1), what is wrong and what to do about it (French)."""

    def __init__(self, role: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{role}:{line}: {problem} ; {remedy}")
        self.role, self.line, self.problem, self.remedy = role, line, problem, remedy


# --- reading ---------------------------------------------------------------------------------------------------------


def decode(role: Role, data: bytes) -> str:
    """Text of a file: UTF-8 with or without BOM. Raises FileError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(role, line, "ce texte n’est pas en UTF-8", "enregistrez le fichier en CSV UTF-8") from error
    if not text:
        raise FileError(role, 1, "le fichier est vide", f"mettez au moins la ligne de titres {_titles(role)}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileError(role, line, "un caractère nul est dans le fichier", "enregistrez le fichier en CSV UTF-8")
    return text


def read_problem(mentees: str, mentors: str, pairs: str) -> Problem:
    """The problem that three texts hold. Raises FileError at the first thing wrong: mentees, mentors, then pairs.

    A column `wish` of the pairs is read where there is one: 1 for a first wish; empty or 0 for none.
    """
    mentee_table, mentor_table = _Table("mentees", mentees), _Table("mentors", mentors)
    mentee_at, mentor_at = mentee_table.identifiers("mentee_id"), mentor_table.identifiers("mentor_id")
    tiers = mentee_table.numbers("tier", MAX_NUMBER)
    capacities = mentor_table.numbers("capacity", MAX_NUMBER)
    pair_table = _Table("pairs", pairs, optional=("wish",))
    pair_mentee = pair_table.positions("mentee_id", mentee_at, "mentees")
    pair_mentor = pair_table.positions("mentor_id", mentor_at, "mentors")
    scores = pair_table.numbers("score", MAX_SCORE)
    wishes = pair_table.numbers("wish", MAX_NUMBER, empty=0) if "wish" in pair_table.columns else []
    _refuse_twice(pair_table, pair_mentee, pair_mentor, len(mentor_at))
    return Problem(
        mentee_ids=tuple(mentee_at),
        tiers=_array(tiers),
        mentor_ids=tuple(mentor_at),
        capacities=_array(capacities),
        pair_mentee=_array(pair_mentee),
        pair_mentor=_array(pair_mentor),
        pair_score=_array(scores),
        pair_wish=_array(wishes) if any(wishes) else None,
    )


def read_previous(text: str) -> dict[str, str]:
    """mentee id → mentor id of the pairs that exist, from an assignments.csv. Raises FileError."""
    table = _Table("previous", text)
    mentees = table.identifiers("mentee_id")
    return dict(zip(mentees, table.columns["mentor_id"], strict=True))


def _array(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def _refuse_twice(table: _Table, mentee: list[int], mentor: list[int], width: int) -> None:
    keys = [i * width + j for i, j in zip(mentee, mentor, strict=True)]
    if len(set(keys)) == len(keys):
        return
    first: dict[int, int] = {}
    for row, key in enumerate(keys):
        if key in first:
            problem = f"cette paire est déjà à la ligne {table.line(first[key])}"
            raise table.error(row, problem, "gardez une seule des deux lignes")
        first[key] = row


class _Table:
    """The needed columns of one CSV text, by name, and the line of each row."""

    def __init__(self, role: Role, text: str, optional: tuple[str, ...] = ()) -> None:
        self.role: Role = role
        self.text = text
        rows = self._rows()
        header = rows.pop(0)
        while rows and not rows[-1]:  # empty lines at the end lose nothing
            rows.pop()
        names = [*HEADINGS[role], *(name for name in optional if name in header)]
        places = [self._place(header, name) for name in names]
        self._refuse_ragged(rows, len(header))
        self.count = len(rows)
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
        self.columns = {name: columns[place] for name, place in zip(names, places, strict=True)}

    def _reader(self) -> Any:
        # Lines end at LF only: a CR alone outside quotes is an error, inside quotes it belongs to the identifier.
        return csv.reader(io.StringIO(self.text, newline="\n"), strict=True)

    def _rows(self) -> list[list[str]]:
        try:
            return list(self._reader()) or [[]]
        except csv.Error as error:
            raise self._broken_quotes() from error

    def _broken_quotes(self) -> FileError:
        reader, line = self._reader(), 1
        try:
            while True:
                line = reader.line_num + 1
                next(reader)
        except (csv.Error, StopIteration):
            problem = "cette ligne de CSV ne se lit pas (guillemets, retour chariot ou champ trop long)"
            return FileError(self.role, line, problem, "fermez les guillemets, doublez ceux qui sont dans un texte")

    def _place(self, header: Sequence[str], name: str) -> int:
        found = [place for place, title in enumerate(header) if title == name]
        if len(found) == 1:
            return found[0]
        problem = f"la colonne {name} est en double" if found else f"la colonne {name} manque"
        remedy = "gardez-en une seule" if found else f"la ligne de titres doit contenir {_titles(self.role)}"
        raise FileError(self.role, 1, problem, remedy)

    def _refuse_ragged(self, rows: list[list[str]], width: int) -> None:
        if all(len(row) == width for row in rows):
            return
        at = next(n for n, row in enumerate(rows) if len(row) != width)
        cells = len(rows[at])
        if not cells:
            raise self.error(at, "cette ligne est vide", "supprimez-la")
        problem = f"il y a {cells} cellule{'s' if cells > 1 else ''} au lieu de {width}"
        raise self.error(at, problem, "complétez la ligne, ou mettez entre guillemets un texte qui a des virgules")

    def line(self, row: int) -> int:
        """First line of a row: identifiers may hold line breaks, so it is found by reading again."""
        reader = self._reader()
        for _ in range(row + 1):  # the header, then the rows before
            next(reader)
        return reader.line_num + 1

    def error(self, row: int, problem: str, remedy: str) -> FileError:
        return FileError(self.role, self.line(row), problem, remedy)

    def identifiers(self, name: str) -> dict[str, int]:
        """Each identifier's position, in order. Refuses empty ones and doubles."""
        column = self.columns[name]
        position = {value: n for n, value in enumerate(column)}
        if len(position) == len(column) and "" not in position:
            return position
        first: dict[str, int] = {}
        for row, value in enumerate(column):
            if not value:
                raise self.error(row, f"{name} est vide", "donnez un identifiant")
            if value in first:
                problem = f"l’identifiant {shown(value)} est déjà à la ligne {self.line(first[value])}"
                raise self.error(row, problem, "gardez une seule des deux lignes")
            first[value] = row
        raise AssertionError("unreachable")

    def positions(self, name: str, position: Mapping[str, int], owner: Role) -> list[int]:
        """Positions of known identifiers."""
        remedy = "ajoutez cette personne ou retirez la paire"
        return self._mapped(
            name, position.get, lambda value: (f"{name} {shown(value)} n’est pas dans le fichier {owner}", remedy)
        )

    def numbers(self, name: str, highest: int, empty: int | None = None) -> list[int]:
        """Integers from 0 to `highest`; `empty`: what an empty cell stands for, where it may be empty."""
        known: dict[str, int] = {} if empty is None else {"": empty}
        for value in set(self.columns[name]):
            if _DIGITS.fullmatch(value) and int(value) <= highest:
                known[value] = int(value)
        remedy = f"mettez un nombre entier de 0 à {highest}, en chiffres seuls"
        return self._mapped(name, known.get, lambda value: (f"{name} vaut {shown(value)}", remedy))

    def _mapped(
        self, name: str, convert: Callable[[str], int | None], complain: Callable[[str], tuple[str, str]]
    ) -> list[int]:
        values = [convert(value) for value in self.columns[name]]
        if None in values:
            row = values.index(None)
            raise self.error(row, *complain(self.columns[name][row]))
        return values


def shown(value: str) -> str:
    """A value as one short, printable quotation for a message of one line."""
    short = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    return "« " + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short) + " »" if value else "rien"


def _titles(role: str) -> str:
    return ",".join(HEADINGS[role])


# --- writing ---------------------------------------------------------------------------------------------------------


def write_mentees(problem: Problem) -> str:
    """mentees.csv of a problem."""
    return _csv("mentees", zip(problem.mentee_ids, problem.tiers.tolist(), strict=True))


def write_mentors(problem: Problem) -> str:
    """mentors.csv of a problem."""
    return _csv("mentors", zip(problem.mentor_ids, problem.capacities.tolist(), strict=True))


def write_pairs(problem: Problem) -> str:
    """pairs.csv of a problem, with the column of wishes where there is one."""
    mentees, mentors = problem.mentee_ids, problem.mentor_ids
    numbers = [problem.pair_score.tolist(), *([] if problem.pair_wish is None else [problem.pair_wish.tolist()])]
    pairs = zip(problem.pair_mentee.tolist(), problem.pair_mentor.tolist(), *numbers, strict=True)
    further = () if problem.pair_wish is None else ("wish",)
    return _csv("pairs", ((mentees[i], mentors[j], *counts) for i, j, *counts in pairs), further)


def write_previous(previous: Mapping[str, str]) -> str:
    """The pairs that exist, mentee id → mentor id, as `--previous` reads them."""
    return _csv("previous", previous.items())


def write_assignments(problem: Problem, solution: Solution) -> str:
    """assignments.csv: matched mentees only, in the order of the problem; rank and price of their mentor."""
    chosen = np.flatnonzero(solution.assignment[problem.pair_mentee] == problem.pair_mentor)
    score = np.zeros(problem.mentee_count, dtype=np.int64)
    score[problem.pair_mentee[chosen]] = problem.pair_score[chosen]
    matched = np.flatnonzero(solution.assignment != UNMATCHED)
    mentor = solution.assignment[matched]
    rows = zip(
        (problem.mentee_ids[n] for n in matched.tolist()),
        (problem.mentor_ids[n] for n in mentor.tolist()),
        score[matched].tolist(),
        ranks(problem, solution)[matched].tolist(),
        solution.duals.mentor[mentor].tolist(),
        strict=True,
    )
    return _csv("assignments", rows)


def _csv(name: str, rows: Iterable[Sequence[str | int]], further: tuple[str, ...] = ()) -> str:
    lines = [",".join((*HEADINGS[name], *further))]
    lines.extend(",".join(_cell(value) if isinstance(value, str) else str(value) for value in row) for row in rows)
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    if any(mark in value for mark in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


@dataclass(frozen=True, slots=True)
class Seconds:
    """Wall-clock seconds of each step. solve: arrays → assignment, indices included."""

    read: float
    build: float
    solve: float
    certify: float
    write: float


def _asked(problem: Problem, options: Options, solution: Solution) -> dict[str, Any]:
    """What only some runs ask for: the floor; how many of the existing pairs are kept, change, or are no pair here."""
    told: dict[str, Any] = {}
    if options.floor:
        told["floor"] = None if solution.floor is None else solution.floor.score
    if options.previous is not None:
        mentor = [None if at == UNMATCHED else problem.mentor_ids[at] for at in solution.assignment.tolist()]
        now = dict(zip(problem.mentee_ids, mentor, strict=True))
        kept = sum(now.get(mentee) == held for mentee, held in options.previous.items())
        eligible = int(existing(problem, options).sum())
        told["previous"] = {
            "pairs": len(options.previous),
            "kept": kept,
            "changed": eligible - kept,
            "not_possible": len(options.previous) - eligible,
            "stickiness": options.stickiness,
        }
    if problem.pair_wish is not None:
        wish = problem.pair_wish[solution.assignment[problem.pair_mentee] == problem.pair_mentor]
        ranks, counts = np.unique(wish[wish > 0], return_counts=True)
        told["wishes"] = {str(rank): count for rank, count in zip(ranks.tolist(), counts.tolist(), strict=True)}
    return told


def write_report(
    problem: Problem,
    options: Options,
    solution: Solution,
    certificate: Certificate,
    seconds: Seconds,
    *,
    extra_seats: int | None = None,
) -> str:
    """report.json: counts, totals, proof, times, why each one who waits does, and whose next seat would serve one.

    extra_seats: seats taken beyond what mentors offer, where a group was asked for.
    """
    stats = solution.stats
    waiting = list(explain_waiting(problem, solution))
    useful = [problem.mentor_ids[at] for at in seats_that_serve_more(problem).tolist()] if waiting else []
    report = {
        "matched": stats.matched,
        "matched_by_tier": {str(tier): count for tier, count in stats.matched_by_tier.items()},
        "total_score": stats.total_score,
        "objective": stats.objective,
        "score": options.score,
        **_asked(problem, options, solution),
        **({} if extra_seats is None else {"extra_seats": extra_seats}),
        "certificate": {
            "optimal": certificate.optimal,
            "primal": certificate.primal,
            "dual": certificate.dual,
            "checks": dict(certificate.checks),
        },
        "seconds": {step: round(getattr(seconds, step), 6) for step in ("read", "build", "solve", "certify", "write")},
        "unmatched": [
            {
                "mentee_id": problem.mentee_ids[reason.mentee],
                "reason": reason.code.value,
                "text": waiting_text(reason),
            }
            for reason in waiting
        ],
        "one_more_seat_serves_one_more": {"mentors": len(useful), "first": useful[:_LISTED]},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
