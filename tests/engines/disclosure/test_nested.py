"""No attacker who adds and subtracts what is shown finds a group of one to four people."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.disclosure.nested import hide_small_groups, reveals

ROW = st.lists(st.integers(0, 40), min_size=3, max_size=3).map(lambda row: sorted(row, reverse=True))


def attacked(rows, hidden) -> list[list[int]]:
    """Every line that can be computed: the sums of shown lines, and the total less any of them."""
    shown = [row for n, row in enumerate(rows) if n not in hidden.rows]
    sums = [[sum(column) for column in zip(*chosen, strict=True)] for n in range(1, len(shown) + 1)
            for chosen in combinations(shown, n)]  # fmt: skip
    if hidden.total:
        return sums
    total = [sum(column) for column in zip(*rows, strict=True)]
    return [*sums, total, *([t - s for t, s in zip(total, one, strict=True)] for one in sums)]


@given(st.lists(ROW, min_size=1, max_size=6))
def test_nothing_that_can_be_computed_about_hidden_lines_is_small(rows):
    hidden = hide_small_groups(rows)
    shown = [row for n, row in enumerate(rows) if n not in hidden.rows]
    assert not any(reveals(row) for row in shown)
    if not hidden.total and hidden.rows:
        rest = [sum(column) for column in zip(*(rows[n] for n in hidden.rows), strict=True)]
        assert len(hidden.rows) >= 2 and not reveals(rest)
        assert rest in attacked(rows, hidden) or len(shown) == 0
    if not hidden.total:
        assert not reveals([sum(column) for column in zip(*rows, strict=True)])


@given(st.lists(ROW, min_size=1, max_size=6))
def test_nothing_is_hidden_without_need(rows):
    hidden = hide_small_groups(rows)
    total = [sum(column) for column in zip(*rows, strict=True)]
    if not any(map(reveals, [*rows, total])):
        assert not hidden.rows and not hidden.total


@pytest.mark.parametrize(
    ("rows", "lines", "total"),
    [
        ([(24, 24, 22), (24, 24, 23)], {0, 1}, True),  # 2, 1 and 3 without: the total would tell 3
        ([(30, 24, 18), (40, 30, 20), (24, 24, 22)], {0, 2}, False),  # the smallest other line goes with it
        ([(30, 24, 18), (40, 30, 20)], set(), False),
        ([(0, 0, 0), (40, 30, 20)], set(), False),
        ([(4, 4, 4)], {0}, True),
        ([], set(), False),
    ],
)
def test_known_tables(rows, lines, total):
    hidden = hide_small_groups(rows)
    assert (set(hidden.rows), hidden.total) == (lines, total)


@given(st.lists(ROW, min_size=1, max_size=6), st.data())
def test_two_tables_that_share_lines_tell_no_more_than_the_lines_they_show(rows, data):
    scopes = [data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1).map(sorted)) for _ in range(2)]
    tables = [hide_small_groups([rows[n] for n in scope], is_alone=False) for scope in scopes]
    shown = [
        {n for at, n in enumerate(scope) if at not in hidden.rows} for scope, hidden in zip(scopes, tables, strict=True)
    ]
    both = set(scopes[0]) & set(scopes[1])
    assert shown[0] & both == shown[1] & both
    for scope, hidden, lines in zip(scopes, tables, shown, strict=True):
        assert not any(reveals(rows[n]) for n in lines)
        assert hidden.total or lines == set(scope)
