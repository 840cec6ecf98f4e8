"""Reads a TOML table key by key, and says file, line and key of whatever is wrong. Pure."""

import re
import tomllib
from datetime import date
from pathlib import Path

#: French parts these signs from their word by a space at which no line may break.
_BEFORE, _AFTER = re.compile(r" (?=[:;?»%])"), re.compile(r"(?<=«) ")


class BadTable(ValueError):
    """A table of data that cannot be used: file, line and key are in the message."""


class Row:
    """One table of a TOML file. Each key is asked for once, with its type; `done` refuses those nobody asked for."""

    def __init__(self, values: dict, place: str):
        self._values, self._place, self._asked = values, place, set()

    def refuse(self, key: str, why: str) -> BadTable:
        """Return the error to raise about `key`."""
        return BadTable(f"{self._place}, key {key}: {why}")

    def has(self, key: str) -> bool:
        """Tell whether an optional key was written."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty; `default` makes it optional."""
        value = self._get(key, str, default)
        if default is None and not value.strip():
            raise self.refuse(key, "is empty")
        return typeset(value)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """Return a number from `low` to `high`, both included."""
        value = self._get(key, (int, float), default)
        if isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(key, f"must be a number from {low} to {high}")
        return value

    def numbers(self, key: str, count: int, low: int, high: int) -> tuple[int, ...]:
        """Return a list of `count` whole numbers from `low` to `high`, both included."""
        values = self._get(key, list, None)
        if len(values) != count or not all(type(value) is int and low <= value <= high for value in values):
            raise self.refuse(key, f"must be a list of {count} whole numbers from {low} to {high}")
        return tuple(values)

    def day(self, key: str) -> date:
        """Return a date."""
        return self._get(key, date, None)

    def flag(self, key: str) -> bool:
        """Return true or false; false where it is not written."""
        return self._get(key, bool, False)

    def texts(self, key: str, least: int = 1) -> tuple[str, ...]:
        """Return a list of texts, none empty, `least` of them or more."""
        values = self._get(key, list, [] if least == 0 else None)
        if len(values) < least or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.refuse(key, f"must be a list of {least} text(s) or more")
        return tuple(map(typeset, values))

    def rows(self, key: str, least: int = 1) -> list["Row"]:
        """Return the tables of a list, `least` of them or more."""
        values = self._get(key, list, [] if least == 0 else None)
        if len(values) < least or not all(isinstance(value, dict) for value in values):
            raise self.refuse(key, f"must be a list of {least} table(s) or more")
        return [Row(value, f"{self._place}, {key} {n}") for n, value in enumerate(values, start=1)]

    def row(self, key: str) -> "Row":
        """Return one table."""
        return Row(self._get(key, dict, None), f"{self._place}, {key}")

    def done(self) -> None:
        """Raise BadTable when a key was written that means nothing: a slip of the keyboard, most often."""
        if unknown := sorted(set(self._values) - self._asked):
            raise self.refuse(unknown[0], "means nothing here")

    def _get(self, key: str, kind, default):
        self._asked.add(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.refuse(key, "is missing")
        if not isinstance(value, kind):
            raise self.refuse(key, f"is a {type(value).__name__}")
        return value


def typeset(text: str) -> str:
    """Return a French text whose signs of punctuation never begin a line."""
    return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", text))


def read_table(path: Path, parts: str) -> tuple[Row, list[Row]]:
    """Return the table at the head of a file and those of its list `parts`, which know their line.

    The table `[each_…]` (each_step for the list step) holds what every part begins with and may say otherwise.
    Raises BadTable for a file that is not TOML, with tomllib's line and column.
    """
    text = path.read_text(encoding="utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTable(f"{path.name}: {error}") from error
    found, common = values.pop(parts, []), values.pop(f"each_{parts}", {})
    if not isinstance(found, list) or not all(isinstance(value, dict) for value in found):
        raise BadTable(f"{path.name}, key {parts}: must be a list of tables")
    header = re.compile(rf"\s*\[\[\s*{parts}\s*\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if header.match(line)]
    places = [f"{path.name}, line {line}, {parts} {n}" for n, line in enumerate(lines, start=1)]
    places += [f"{path.name}, {parts} {n}" for n in range(len(places) + 1, len(found) + 1)]
    return Row(values, path.name), [Row(common | value, place) for value, place in zip(found, places, strict=False)]
