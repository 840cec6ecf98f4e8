"""How a command says that its input is wrong: one French line, exit code 2."""

from pathlib import Path


class BadInput(Exception):
    """What was given cannot be used. `str(error)` is `FICHIER:LIGNE : ce qui ne va pas ; que faire`, on one line.

    `path` and `line` (from 1) are left out when None; `problem` and `remedy` are French, without capital or full stop.
    Raise it before anything is written: a command leaves no partial output behind.
    """

    def __init__(self, path: Path | str | None, line: int | None, problem: str, remedy: str):
        super().__init__(path, line, problem, remedy)
        self.path, self.line, self.problem, self.remedy = path, line, problem, remedy

    def __str__(self) -> str:
        place = "" if self.path is None else str(self.path) + ("" if self.line is None else f":{self.line}")
        sentence = " ; ".join(part for part in (self.problem, self.remedy) if part)
        # A file's name or content may hold line breaks and terminal codes; the message stays one harmless line.
        text = " : ".join(part for part in (place, sentence) if part)
        return "".join(character if character.isprintable() else " " for character in text)
