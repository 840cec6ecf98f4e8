"""Read advertisements from texts: one in a text file, one a line in JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


class AdvertisementError(ValueError):
    """What cannot be read: `line` (from 1, or None), `problem` and `remedy` (French)."""

    def __init__(self, line: int | None, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


@dataclass(frozen=True, slots=True)
class Read:
    """An advertisement as it was read. `line`: its line in JSON lines, None for a text file."""

    ad: str
    title: str
    text: str
    line: int | None


def decode(data: bytes) -> str:
    """UTF-8 with an optional mark at its head. Raises AdvertisementError."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AdvertisementError(line, "ce n’est pas de l’UTF-8", "enregistrez-le en UTF-8") from error


def read_text(ad: str, text: str) -> Read:
    """A text file: its first line is the title, empty ones before it included, so that offsets count in the file."""
    empty = len(text) - len(text.lstrip())
    last = text.find("\n", empty)
    return Read(ad, text, "", None) if last < 0 else Read(ad, text[:last], text[last + 1 :], None)


def read_lines(lines: Iterable[str], seen: set[str] | None = None) -> Iterator[Read]:
    """One advertisement a line: id, title and text, other keys ignored. Raises AdvertisementError.

    seen  ids met before; None lets an id come twice
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line(number, line, seen)


def _line(number: int, line: str, seen: set[str] | None) -> Read:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise AdvertisementError(number, "cette ligne n’est pas du JSON", "mettez une annonce par ligne") from error
    if not isinstance(row, dict):
        raise AdvertisementError(number, "un objet JSON est attendu", 'écrivez {"id", "title", "text"}')
    for key in ("id", "title", "text"):
        if key not in row:
            raise AdvertisementError(number, f"il manque « {key} »", "chaque annonce a id, title et text")
    ad = str(row["id"]) if type(row["id"]) is int else row["id"]
    title, text = (row[key] if row[key] is not None else "" for key in ("title", "text"))
    if not all(isinstance(value, str) for value in (ad, title, text)):
        raise AdvertisementError(number, "id, title et text sont des textes", "mettez-les entre guillemets")
    if seen is not None:
        if ad in seen:
            raise AdvertisementError(number, f"l’id « {ad[:40]} » est déjà pris", "donnez un id à chaque annonce")
        seen.add(ad)
    return Read(ad, title, text, number)
