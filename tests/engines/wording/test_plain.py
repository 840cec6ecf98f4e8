"""Violations in the words that first come to mind are told, in the middle of an ordinary advertisement."""

from pathlib import Path

import pytest

from benchmarks import wording
from vivier.engines.wording.checker import check

SENTENCES, DESIGN, CLASSICS = (
    Path(wording.__file__).parent / "plain" / name for name in ("sentences.txt", "design.txt", "classics.txt")
)
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


def test_what_the_design_names_is_told_by_its_family():
    lines = [line.split("|") for line in DESIGN.read_text("utf-8").splitlines()]
    missed = []
    for family, sentence in lines:
        found = check("Chargé(e) de clientèle (H/F)", BEFORE + sentence + AFTER)
        if not any(one.rule.startswith(family) and one.match for one in found):
            missed.append(sentence)
    assert len(lines) == 174
    assert not missed


@pytest.mark.parametrize(
    "frame", ["Profil\n{}\nCDI à Grenoble.", "Vous suivez les dossiers. {} Le poste est à Grenoble.", "{}"]
)
def test_the_shortest_are_told_on_a_line_in_a_row_and_alone(frame):
    lines = CLASSICS.read_text("utf-8").splitlines()
    assert len(lines) == 88
    told_of = {line: check("Chargé(e) de clientèle (H/F)", frame.format(line)) for line in lines}
    assert not [line for line, found in told_of.items() if not any(one.severity in "EW" and one.match for one in found)]
