"""Violations in the words that first come to mind are told, in the middle of an ordinary advertisement."""

from pathlib import Path

from benchmarks import wording
from vivier.engines.wording.checker import check

SENTENCES = Path(wording.__file__).parent / "plain" / "sentences.txt"
BEFORE = "Notre société accompagne ses clients depuis dix ans.\nVous allez accueillir et suivre les dossiers. "
AFTER = "\nLe poste est à pourvoir à Grenoble, en CDI, 2 100 € brut par mois."
#: What nothing tells yet: an age written in the middle of another sentence, a letter for a sex, what is only hinted at.
UNTOLD = 8


def told(sentence: str) -> bool:
    found = check("Chargé(e) de clientèle (H/F)", BEFORE + sentence + AFTER)
    return any(one.severity in "EW" for one in found)


def test_plain_violations_are_told_and_what_stands_around_is_not():
    assert not told("Vous travaillez avec cinq collègues.")
    lines = [line.split("|")[1] for line in SENTENCES.read_text("utf-8").splitlines()]
    missed = [line for line in lines if not told(line)]
    assert len(lines) == 318
    assert len(missed) <= UNTOLD, missed
