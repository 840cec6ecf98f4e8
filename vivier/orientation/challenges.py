"""The challenges as their tables write them (data/*.toml), checked when they are loaded. Pure."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vivier.orientation.mechanics import READERS, Puzzle
from vivier.orientation.tables import BadTable, Row, read_table

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Occupation:
    """A job that does this every day, by both its names; `followed_by`: the words that end either."""

    feminine: str
    masculine: str
    followed_by: str
    does: str

    @property
    def name(self) -> str:
        """Both names, or the one where they are the same."""
        names = [self.feminine] if self.feminine.lower() == self.masculine.lower() else [self.feminine, self.masculine]
        return f"{' ou '.join(names)} {self.followed_by}".strip()


@dataclass(frozen=True)
class Step:
    """One thing to solve. `hints`: from the vaguest to the plainest; `teaches`: what the answer shows."""

    title: str
    text: str
    hints: tuple[str, ...]
    teaches: str
    puzzle: Puzzle


@dataclass(frozen=True)
class Challenge:
    """A few steps that show one skill. `did`: what somebody has just done, in words she can repeat."""

    slug: str
    position: int
    field: str
    title: str
    promise: str
    minutes: int
    skill: str
    did: str
    talk: tuple[str, ...]
    steps: tuple[Step, ...]
    occupations: tuple[Occupation, ...]


@cache
def all_challenges() -> tuple[Challenge, ...]:
    """Return every challenge in order. Raises BadTable with the file, line and key of what is wrong."""
    found = sorted((read_challenge(path) for path in FOLDER.glob("*.toml")), key=lambda one: (one.position, one.slug))
    return tuple(found)


def find(slug: str) -> Challenge | None:
    """Return the challenge that has this slug, or None."""
    return next((one for one in all_challenges() if one.slug == slug), None)


def read_challenge(path: Path) -> Challenge:
    """Return the challenge of one file, named after it. Raises BadTable."""
    head, parts = read_table(path, "step")
    if len(parts) < 2:
        raise BadTable(f"{path.name}, key step: must be a list of 2 tables or more")
    challenge = Challenge(
        slug=path.stem,
        position=int(head.number("position", 1, 99)),
        field=head.text("field"),
        title=head.text("title"),
        promise=head.text("promise"),
        minutes=int(head.number("minutes", 3, 5)),
        skill=head.text("skill"),
        did=head.text("did"),
        talk=head.texts("talk", 2),
        steps=tuple(_step(part) for part in parts),
        occupations=tuple(_occupation(row) for row in head.rows("occupation", 2)),
    )
    head.done()
    return challenge


def _step(row: Row) -> Step:
    kind = row.text("kind")
    if kind not in READERS:
        raise row.refuse("kind", f"one of {', '.join(READERS)}")
    step = Step(row.text("title"), row.text("text"), row.texts("hints", 2), row.text("teaches"), READERS[kind](row))
    row.done()
    return step


def _occupation(row: Row) -> Occupation:
    occupation = Occupation(row.text("feminine"), row.text("masculine"), row.text("followed_by", ""), row.text("does"))
    row.done()
    return occupation
