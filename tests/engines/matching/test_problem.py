"""What a problem refuses."""

import numpy as np
import pytest

from vivier.engines.matching.problem import InvalidProblem, Options, Problem

GOOD = {
    "mentee_ids": ("a", "b"),
    "tiers": [0, 3],
    "mentor_ids": ("A",),
    "capacities": [2],
    "pair_mentee": [0, 1],
    "pair_mentor": [0, 0],
    "pair_score": [10_000, 0],
}


def test_lists_become_private_read_only_arrays():
    tiers = np.array([0, 3])
    problem = Problem(**{**GOOD, "tiers": tiers})
    tiers[0] = 9
    assert problem.tiers.tolist() == [0, 3]
    assert problem.tiers.dtype == np.int64
    for name in ("tiers", "capacities", "pair_mentee", "pair_mentor", "pair_score"):
        assert not getattr(problem, name).flags.writeable
    assert (problem.mentee_count, problem.mentor_count, problem.pair_count) == (2, 1, 2)


def test_small_and_unsigned_types_are_widened():
    problem = Problem(**{**GOOD, "tiers": np.array([0, 200], dtype=np.uint8), "pair_score": np.array([1, 2], np.int16)})
    assert problem.tiers.tolist() == [0, 200]
    assert problem.pair_score.dtype == np.int32


@pytest.mark.parametrize(
    ("change", "code", "index"),
    [
        ({"mentee_ids": ("a", "a")}, "duplicate_id", 1),
        ({"mentee_ids": ("a", "")}, "empty_id", 1),
        ({"mentee_ids": ("a", 7)}, "type", 1),
        ({"mentor_ids": ("A", "A"), "capacities": [1, 1]}, "duplicate_id", 1),
        ({"tiers": [0]}, "length", None),
        ({"tiers": [0, -1]}, "range", 1),
        ({"tiers": [0, 10**9]}, "range", 1),
        ({"tiers": [0, 10**30]}, "range", 1),
        ({"tiers": [0, 2**63]}, "range", 1),
        ({"tiers": [0.0, 1.0]}, "type", None),
        ({"tiers": [True, False]}, "type", None),
        ({"tiers": ["0", "1"]}, "type", None),
        ({"tiers": [None, 1]}, "type", None),
        ({"tiers": [[0, 1]]}, "shape", None),
        ({"tiers": 0}, "shape", None),
        ({"capacities": [-1]}, "range", 0),
        ({"capacities": [1, 2]}, "length", None),
        ({"pair_mentee": [0, 2]}, "range", 1),
        ({"pair_mentee": [-1, 1]}, "range", 0),
        ({"pair_mentor": [0, 1]}, "range", 1),
        ({"pair_mentor": [0]}, "length", None),
        ({"pair_score": [0, 10_001]}, "range", 1),
        ({"pair_score": [-1, 1]}, "range", 0),
        ({"pair_score": [1]}, "length", None),
        ({"pair_mentee": [0, 0]}, "duplicate_pair", 1),
        ({"pair_wish": [1]}, "length", None),
        ({"pair_wish": [1, -1]}, "range", 1),
    ],
)
def test_what_it_refuses(change, code, index):
    with pytest.raises(InvalidProblem) as caught:
        Problem(**{**GOOD, **change})
    assert (caught.value.code, caught.value.index) == (code, index)


def test_the_same_pair_written_far_apart_is_found():
    pairs = {"pair_mentee": [0, 1, 0], "pair_mentor": [0, 0, 0], "pair_score": [1, 2, 3]}
    with pytest.raises(InvalidProblem) as caught:
        Problem(**{**GOOD, **pairs})
    assert caught.value.index == 2


def test_nothing_at_all_is_a_problem():
    problem = Problem((), [], (), [], [], [], [])
    assert (problem.mentee_count, problem.mentor_count, problem.pair_count) == (0, 0, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"score": "square"}, {"stickiness": -1}, {"stickiness": 1.5}, {"stickiness": True}, {"stickiness": 10_001}],
)
def test_options_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Options(**wrong)
