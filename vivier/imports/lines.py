"""Read the cells of lines: each value once per column, errors and notices kept with their place. Pure."""

from collections.abc import Callable
from typing import Any

from vivier.common.tables import Cell
from vivier.imports.grid import Grid, Line
from vivier.imports.headings import Column
from vivier.imports.issues import Issue, Severity, Spot, shown
from vivier.imports.values import Partly, Wrong

Parse = Callable[[Cell], Any]


class LineReader:
    """Reads the fields of a grid's lines. `issues` holds what was wrong or left out, in the order met."""

    def __init__(self, grid: Grid):
        self.grid = grid
        self.issues: list[Issue] = []
        self._columns: dict[str, list[Column]] = {}
        for column in grid.columns:
            if column.is_read:
                self._columns.setdefault(column.field, []).append(column)
        # Classes, cities and slots repeat: each different cell of a column is parsed once.
        self._memo: dict[tuple, Any] = {}

    def columns(self, field: str) -> list[Column]:
        """Return the columns that hold a field."""
        return self._columns.get(field, [])

    def has(self, *fields: str) -> bool:
        """Tell whether the file says one of these fields."""
        return any(field in self._columns for field in fields)

    def heading(self, field: str) -> str:
        """Return the heading of a field's column, or "" when the file has none."""
        columns = self.columns(field)
        return columns[0].heading if columns else ""

    def one(self, line: Line, field: str, parse: Parse, default: Any = None) -> Any:
        """Return the value of a field that one column holds; `default` where it is wrong or where no column is."""
        columns = self._columns.get(field)
        return self._read(line, columns[0], parse, default) if columns else default

    def every(self, line: Line, field: str, parse: Callable[[Cell, str], Any]) -> list[Any]:
        """Return the values of a field that several columns may hold; `parse` receives the heading too."""
        return [
            value
            for column in self._columns.get(field, ())
            if (value := self._read(line, column, lambda cell, heading=column.heading: parse(cell, heading), None))
        ]

    def _read(self, line: Line, column: Column, parse: Parse, default: Any) -> Any:
        cell = line.cell(column)
        key = (column.place, type(cell), cell)
        if key in self._memo:
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
            return default
        if isinstance(outcome, Partly):
            self.add(Severity.NOTICE, outcome.code, line.spot, column.heading, shown(cell), outcome.left_out)
            return outcome.value
        return default if outcome is None else outcome

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
