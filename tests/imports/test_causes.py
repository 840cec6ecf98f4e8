"""Errors gathered by cause: said once, and every line named or counted."""

import re

from hypothesis import given
from hypothesis import strategies as st

from vivier.imports.causes import SHOWN, shown_group
from vivier.imports.issues import Issue, IssueGroup, Severity, Spot

WRONG = ("trop court", "trop long", "vide")


def group_of(*rows: tuple[str, int, str, str]) -> IssueGroup:
    """Return errors of one column from (sheet, line, value, what is wrong)."""
    issues = [
        Issue(Severity.ERROR, "x", (Spot(sheet, line),), "Tél", value, wrong, "corrigez")
        for sheet, line, value, wrong in sorted(rows)
    ]
    return IssueGroup("Tél", tuple(issues))


def lines_in(words: str) -> list[int]:
    """Return the lines that "lignes 2, 6 à 8 et 15" names."""
    found = []
    for first, last in re.findall(r"(\d+)(?: à (\d+))?", words):
        found += range(int(first), int(last or first) + 1)
    return found


def test_one_cause_on_many_lines_is_one_row():
    (cause,) = shown_group(group_of(*[("", line, "Lyon", "inconnue") for line in range(60, 154)])).causes
    assert cause.places == (("Lyon", "lignes 60 à 153"),)
    assert cause.more == 0


def test_lines_are_told_value_by_value_and_sheet_by_sheet():
    rows = [("", 2, "12", "court"), ("", 3, "1", "court"), ("", 4, "1", "court"), ("", 9, "12", "court")]
    (cause,) = shown_group(group_of(*rows)).causes
    assert cause.places == (("12", "lignes 2 et 9"), ("1", "lignes 3 et 4"))
    (cause,) = shown_group(group_of(("Avril", 3, "", "vide"), ("Mars", 4, "", "vide"), ("Mars", 6, "", "vide"))).causes
    assert cause.places == (("", "Avril, ligne 3 ; Mars, lignes 4 et 6"),)


@given(
    st.dictionaries(
        st.integers(2, 400), st.tuples(st.sampled_from("abcdefghijklmn"), st.sampled_from(WRONG)), min_size=1
    )
)
def test_every_line_is_named_under_its_own_value_or_counted(rows):
    shown = shown_group(group_of(*[("", line, value, wrong) for line, (value, wrong) in rows.items()]))
    told = shown.more
    for cause in shown.causes:
        assert len(cause.places) <= SHOWN
        for value, words in cause.places:
            lines = lines_in(words)
            assert lines == sorted(set(lines)) and all(rows[line] == (value, cause.wrong) for line in lines)
            told += len(lines)
        told += cause.more
    assert told == len(rows)
