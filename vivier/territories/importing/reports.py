"""What an import did, for a person and for a program."""

from collections import Counter
from dataclasses import dataclass, field

from vivier.common.text import plural

#: Beyond this many, refusals are counted and no longer kept: a hostile file must not fill the memory.
MOST_REFUSALS = 100_000
#: How many refusals the screen shows; the report of --report holds all that are kept.
SHOWN_REFUSALS = 20


def printable(text: str) -> str:
    """Return a text that a terminal may show: names of files and values may hold line breaks, codes or half letters."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _count(number: int, one: str, many: str) -> str:
    """Return a count with its digits in groups of three, as French writes them: "37 590 lignes"."""
    return plural(number, one, many).replace(str(number), f"{number:,}".replace(",", "\u202f"), 1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that was not imported, and why. `line` counts from 1, as editors do."""

    file: str
    line: int
    reason: str


@dataclass
class FileReport:
    """What became of one recognised table of a file."""

    file: str
    kind: str
    label: str
    rows: int = 0
    kept: int = 0
    refused: int = 0


@dataclass
class Report:
    """Everything that an import has to say."""

    dry_run: bool
    files: list[FileReport] = field(default_factory=list)
    unrecognised: list[dict[str, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    refused_count: int = 0
    created: Counter = field(default_factory=Counter)
    updated: Counter = field(default_factory=Counter)
    unchanged: Counter = field(default_factory=Counter)
    absent: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def refuse(self, file: FileReport, line: int, reason: str) -> None:
        """Count a refused row and keep it while there is room."""
        file.refused += 1
        self.refused_count += 1
        if len(self.refused) < MOST_REFUSALS:
            self.refused.append(Refusal(file.file, line, printable(reason)))

    @property
    def changes(self) -> int:
        """Count the rows of the database that were created or updated (or would be, in a dry run)."""
        return self.created.total() + self.updated.total()

    def as_json(self) -> dict:
        """Return the report as plain data; the keys are a stable contract."""
        tables = sorted({*self.created, *self.updated, *self.unchanged})
        return {
            "dry_run": self.dry_run,
            "files": [vars(file) for file in self.files],
            "unrecognised": self.unrecognised,
            "changes": {
                table: {
                    "created": self.created[table],
                    "updated": self.updated[table],
                    "unchanged": self.unchanged[table],
                }
                for table in tables
            },
            "refused_count": self.refused_count,
            "refused": [{"file": row.file, "line": row.line, "reason": row.reason} for row in self.refused],
            "absent_communes": self.absent,
            "notes": self.notes,
            "seconds": round(self.seconds, 2),
        }

    def lines(self) -> list[str]:
        """Return the French sentences to print, the finding first."""
        written = "à écrire" if self.dry_run else "écrites"
        lines = [
            f"{_count(sum(file.kept for file in self.files), 'ligne valide', 'lignes valides')}, "
            f"{_count(self.refused_count, 'refusée', 'refusées')} ; fiches {written} : "
            f"{_count(self.created.total(), 'nouvelle', 'nouvelles')}, "
            f"{_count(self.updated.total(), 'modifiée', 'modifiées')} ; {self.seconds:.1f} s."
        ]
        lines += [
            f"  {file.file} : {file.label}, {_count(file.kept, 'ligne valide', 'lignes valides')}"
            + (f", {_count(file.refused, 'refusée', 'refusées')}" if file.refused else "")
            for file in self.files
        ]
        lines += [f"  {row['file']} : non reconnu, {row['reason']}" for row in self.unrecognised]
        lines += [f"  À savoir : {note}" for note in self.notes]
        if self.refused:
            lines.append("Lignes refusées :")
            lines += [f"  {row.file}:{row.line} : {row.reason}" for row in self.refused[:SHOWN_REFUSALS]]
            if self.refused_count > SHOWN_REFUSALS:
                lines.append(f"  … et {self.refused_count - SHOWN_REFUSALS} de plus ; --report FICHIER.json les liste.")
        if self.dry_run:
            lines.append("Essai à blanc : rien n’a été écrit. Relancez sans --dry-run pour écrire.")
        return lines
