"""Read the cells of lines: each value once per column, errors and notices kept with their place. Pure."""

from collections.abc import Callable
from typing import Any

from vivier.common.tables import Cell
from vivier.common.text import folded, listed
from vivier.imports.grid import Grid, Line
from vivier.imports.headings import Column
from vivier.imports.issues import Issue, Severity, Spot, shown
from vivier.imports.values import Partly, Wrong

Parse = Callable[[Cell], Any]
#: What a cell without content becomes; False and 0 are answers.
_SILENT = (None, "", [])


class _Contradiction(Exception):
    """Two columns say different things of one person."""


def _completed(first: Any, other: Any) -> Any:
    """Return what two columns say together: part by part for pairs, added up for lists. Raises _Contradiction."""
    if first in _SILENT or other in _SILENT:
        return other if first in _SILENT else first
    if isinstance(first, tuple):
        return tuple(_completed(*parts) for parts in zip(first, other, strict=True))
    if isinstance(first, list):
        return list(dict.fromkeys((*first, *other)))
    if _compared(first) != _compared(other):
        raise _Contradiction
    return first


def _compared(value: Any) -> Any:
    """Return the form in which two cells are compared: accents and capitals say nothing, except in an address."""
    return (folded(value) or value) if isinstance(value, str) and "@" not in value else value


class LineReader:
    """Reads the fields of a grid's lines. `issues` holds what was wrong or left out, in the order met."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.issues: list[Issue] = []
        self._columns: dict[str, list[Column]] = {}
        for column in sorted(grid.columns, key=lambda column: bool(column.doubles)):
            if column.field:
                self._columns.setdefault(column.field, []).append(column)
        # Classes, cities and slots repeat: each different cell of a column is parsed once.
        self._memo: dict[tuple, Any] = {}

    def columns(self, field: str) -> list[Column]:
        """Return the columns that hold a field, the one that is believed first."""
        return self._columns.get(field, [])

    def has(self, *fields: str) -> bool:
        """Tell whether the file says one of these fields."""
        return any(field in self._columns for field in fields)

    def heading(self, field: str) -> str:
        """Return the heading of a field's column, or "" when the file has none."""
        columns = self.columns(field)
        return columns[0].heading if columns else ""

    def one(self, line: Line, field: str, parse: Parse, default: Any = None, *, is_kept: bool = True) -> Any:
        """Return the value of a field that one column holds; `default` where it is wrong or where no column is.

        Columns that hold the same field complete one another; where they contradict one another, the line is wrong.
        `is_kept`: a cell is parsed once for all lines; False where `parse` depends on the line.
        """
        columns = self._columns.get(field, ())
        found = None
        for column in columns:
            value = self._read(line, column, parse, is_kept)
            try:
                found = _completed(found, value)
            except _Contradiction:
                self._contradict(line, columns[0], column)
                return default
        return default if found is None else found

    def _contradict(self, line: Line, first: Column, other: Column) -> None:
        both = listed([f"« {heading} »" for heading in dict.fromkeys((first.heading, other.heading))])
        self.add(
            Severity.ERROR, "columns_contradict", line.spot, first.heading,
            f"{shown(line.cell(first))} / {shown(line.cell(other))}", f"les deux colonnes {both} se contredisent",
            "corrigez l’une d’elles, ou laissez de côté la colonne qui est fausse",
        )  # fmt: skip

    def every(self, line: Line, field: str, parse: Callable[[Cell, str], Any]) -> list[Any]:
        """Return the values of a field that several columns may hold; `parse` receives the heading too."""
        return [
            value
            for column in self._columns.get(field, ())
            if (value := self._read(line, column, lambda cell, heading=column.heading: parse(cell, heading)))
        ]

    def _read(self, line: Line, column: Column, parse: Parse, is_kept: bool = True) -> Any:
        """Return what a cell says; None where it says nothing, or something wrong that is added to the issues."""
        cell = line.cell(column)
        key = (column.place, type(cell), cell)
        if is_kept and key in self._memo:
            outcome = self._memo[key]
        else:
            try:
                outcome = parse(cell)
            except Wrong as wrong:
                outcome = wrong
            self._memo[key] = outcome
        if isinstance(outcome, Wrong):
            self.add(
                Severity.ERROR, outcome.code, line.spot, column.heading, shown(cell), outcome.wrong, outcome.instead
            )
            return None
        if isinstance(outcome, Partly):
            self.add(Severity.NOTICE, outcome.code, line.spot, column.heading, shown(cell), outcome.left_out)
            return outcome.value
        return outcome

    def add(
        self, severity: Severity, code: str, spot: Spot, heading: str, value: str, wrong: str, instead: str = ""
    ) -> None:
        """Keep one issue."""
        self.issues.append(Issue(severity, code, (spot,), heading, value, wrong, instead))

    def error(self, code: str, line: Line, field: str, value: str, wrong: str, instead: str) -> None:
        """Keep an error about a field of a line."""
        self.add(Severity.ERROR, code, line.spot, self.heading(field), value, wrong, instead)

    def notice(self, code: str, line: Line, field: str, value: str, wrong: str) -> None:
        """Keep a notice about a field of a line."""
        self.add(Severity.NOTICE, code, line.spot, self.heading(field), value, wrong)
