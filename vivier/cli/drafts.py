"""Outputs of a command: whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class Drafts:
    """Files written beside their place, and moved there together at the end: never half an output."""

    def __init__(self) -> None:
        self._moves: list[tuple[Path, Path, str]] = []

    def __enter__(self) -> Drafts:
        return self

    def __exit__(self, *_: object) -> None:
        for draft, _place, _path in self._moves:
            draft.unlink(missing_ok=True)

    def write(self, path: str, text: str) -> None:
        """Write a text beside `path`. Raises OSError with the name that was asked for."""
        place = Path(os.path.realpath(path))  # through a link, the file that it names
        draft = place.with_name(f".vivier-{secrets.token_hex(8)}")
        try:
            with draft.open("x", encoding="utf-8", newline="") as file:
                self._moves.append((draft, place, path))
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            error.filename = path
            raise

    def publish(self) -> None:
        """Move each draft to its place."""
        for draft, place, path in self._moves:
            try:
                draft.replace(place)
            except OSError as error:
                error.filename = path
                raise
