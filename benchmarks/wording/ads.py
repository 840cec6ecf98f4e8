"""Seeded advertisements of the length of real ones, clean or with a fault planted in them."""

import json
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.wording.quality import Sentence, sentences
from vivier.engines.wording.checker import default_checker

PARTS = ("intro", "tasks", "profile", "offer", "inclusion")
_HEADINGS = {
    "intro": "Qui sommes-nous ?",
    "tasks": "Vos missions",
    "profile": "Profil",
    "offer": "Conditions",
    "inclusion": "",
}


@dataclass(frozen=True)
class Ad:
    """An advertisement and the labelled sentence planted in its text, if any."""

    id: str
    title: str
    text: str
    planted: Sentence | None = None


@cache
def _paragraphs() -> dict:
    return tomllib.loads((Path(__file__).parent / "paragraphs.toml").read_text("utf-8"))


def clean(seed: int) -> Ad:
    """A clean advertisement of one register, of one or two paragraphs a part and three to eight neutral ones."""
    chance = random.Random(f"ad {seed}")
    register = chance.choice(sorted(set(_paragraphs()) - {"neutral"}))
    known = _paragraphs()[register]
    pieces = []
    for part in PARTS:
        chosen = chance.sample(known[part], chance.choice((1, 1, 2)))
        if part == "tasks" and chance.random() < 0.5:
            chosen = ["- " + line for text in chosen for line in text.rstrip(".").split(", ")]
        heading = [_HEADINGS[part]] if _HEADINGS[part] and chance.random() < 0.7 else []
        pieces.append(chance.choice(["\n", "\n\n"]).join([*heading, *chosen]))
    for text in chance.sample(_paragraphs()["neutral"]["texts"], chance.randint(3, 8)):
        pieces.insert(chance.randint(1, len(pieces)), text)
    return Ad(f"clean-{seed}", chance.choice(known["titles"]), "\n\n".join(pieces))


def with_fault(seed: int, planted: Sentence) -> Ad:
    """A clean advertisement of the fault's register, with its sentence as a paragraph of its own."""
    for attempt in range(1_000):
        ad = clean(seed * 1_000 + attempt)
        if ad.title in _paragraphs()[planted.register]["titles"]:
            break
    paragraphs = ad.text.split("\n\n")
    paragraphs.insert(random.Random(seed).randint(1, len(paragraphs)), planted.text)
    return Ad(f"planted-{seed}", ad.title, "\n\n".join(paragraphs), planted)


def faults() -> list[Sentence]:
    """The labelled sentences of the text, without a title, that tell an error or indirect discrimination."""
    severity = {rule.id: rule.severity for rule in default_checker().rules}
    return [one for one in sentences() if not one.title and any(severity[rule] in "EW" for rule in one.rules)]


def corpus(count: int) -> list[Ad]:
    """That many clean advertisements."""
    return [clean(seed) for seed in range(count)]


def as_lines(ads: list[Ad]) -> str:
    """JSON lines, as `vivier wording audit` reads them."""
    rows = ({"id": ad.id, "title": ad.title, "text": ad.text} for ad in ads)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
