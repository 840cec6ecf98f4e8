"""The three CSV texts, read strictly and written to the byte."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching.certificate import certify
from vivier.engines.matching.files import (
    FileError,
    Seconds,
    decode,
    read_problem,
    write_assignments,
    write_mentees,
    write_mentors,
    write_pairs,
    write_report,
)
from vivier.engines.matching.problem import Options, Problem
from vivier.engines.matching.solver import solve

from .oracle import named_pairs, patient, problems

MENTEES = "mentee_id,tier\na,0\nb,1\n"
MENTORS = "mentor_id,capacity\nA,1\nB,2\n"
PAIRS = "mentee_id,mentor_id,score\na,A,9000\nb,A,9000\nb,B,5\n"

# Any text that UTF-8 can hold, but the null character and the empty text; the marks of CSV come often.
ids = st.text(
    st.one_of(
        st.sampled_from(list(' ,;"\n\r\t=+-@\ufeffé\u202e')),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    min_size=1,
    max_size=8,
)


@st.composite
def named_problems(draw):
    problem = draw(problems(mentees=5, mentors=4))
    mentees = draw(st.lists(ids, unique=True, min_size=problem.mentee_count, max_size=problem.mentee_count))
    mentors = draw(st.lists(ids, unique=True, min_size=problem.mentor_count, max_size=problem.mentor_count))
    return Problem(
        mentees,
        problem.tiers,
        mentors,
        problem.capacities,
        problem.pair_mentee,
        problem.pair_mentor,
        problem.pair_score,
    )


@patient
@given(named_problems())
def test_what_is_written_is_read_back_whatever_the_identifiers(problem):
    texts = write_mentees(problem), write_mentors(problem), write_pairs(problem)
    back = read_problem(*texts)
    assert back.mentee_ids == problem.mentee_ids
    assert back.mentor_ids == problem.mentor_ids
    for name in ("tiers", "capacities", "pair_mentee", "pair_mentor", "pair_score"):
        assert getattr(back, name).tolist() == getattr(problem, name).tolist()
    assert (write_mentees(back), write_mentors(back), write_pairs(back)) == texts


@patient
@given(named_problems())
def test_assignments_are_a_plain_csv_that_others_read(problem):
    solution = solve(problem)
    text = write_assignments(problem, solution)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["mentee_id"]: row["mentor_id"] for row in rows} == named_pairs(problem, solution.assignment)
    assert [row["mentee_id"] for row in rows] == [
        name for name, mentor in zip(problem.mentee_ids, solution.assignment, strict=True) if mentor >= 0
    ]
    again = read_problem(write_mentees(problem), write_mentors(problem), write_pairs(problem))
    assert write_assignments(again, solve(again)) == text


def problem_of(mentees=MENTEES, mentors=MENTORS, pairs=PAIRS) -> Problem:
    return read_problem(mentees, mentors, pairs)


def test_a_known_case_to_the_byte():
    problem = problem_of()
    solution = solve(problem, Options(score="linear"))
    assert write_assignments(problem, solution) == (
        "mentee_id,mentor_id,score,rank,mentor_price\na,A,9000,1,8995\nb,B,5,2,0\n"
    )


def test_the_report_of_a_known_case():
    problem = problem_of(mentors="mentor_id,capacity\nA,1\nB,0\n", mentees=MENTEES + "c,7\n")
    options = Options()
    solution = solve(problem, options)
    certificate = certify(problem, options, solution)
    report = json.loads(write_report(problem, options, solution, certificate, Seconds(1, 2, 3, 4, 5)))
    assert list(report) == [
        "matched",
        "matched_by_tier",
        "total_score",
        "objective",
        "score",
        "certificate",
        "seconds",
        "unmatched",
        "one_more_seat_serves_one_more",
    ]
    assert report["one_more_seat_serves_one_more"] == {"mentors": 2, "first": ["A", "B"]}
    assert report["matched"] == 1
    assert report["matched_by_tier"] == {"0": 1, "1": 0, "7": 0}
    assert report["total_score"] == 9_000
    assert report["objective"] == report["certificate"]["primal"] == report["certificate"]["dual"] == 9_900
    assert report["score"] == "concave"
    assert report["certificate"]["optimal"] is True
    assert report["seconds"] == {"read": 1, "build": 2, "solve": 3, "certify": 4, "write": 5}
    assert [(one["mentee_id"], one["reason"]) for one in report["unmatched"]] == [
        ("b", "all_taken"),
        ("c", "no_candidate"),
    ]
    assert all(one["text"].endswith(".") for one in report["unmatched"])


@pytest.mark.parametrize(
    ("mentees", "mentors", "pairs"),
    [
        (MENTEES.replace("\n", "\r\n"), MENTORS.replace("\n", "\r\n"), PAIRS.replace("\n", "\r\n")),
        (MENTEES.rstrip("\n"), MENTORS.rstrip("\n"), PAIRS.rstrip("\n")),
        (MENTEES + "\n\n", MENTORS + "\r\n", PAIRS + "\n"),
        ("note,tier,mentee_id\n,0,a\nx,1,b\n", "capacity,mentor_id\n1,A\n2,B\n", PAIRS),
        (MENTEES, MENTORS, "x,x,score,mentor_id,mentee_id\n1,2,9000,A,a\n,,9000,A,b\n,,5,B,b\n"),
        ('"mentee_id","tier"\n"a","0"\nb,"1"\n', MENTORS, PAIRS),
        (MENTEES, MENTORS, PAIRS.replace("score\n", "score,wish\n").replace("000\n", "000,\n").replace("5\n", "5,\n")),
        ("mentee_id,tier\na,00\nb,000000001\n", MENTORS, PAIRS),
    ],
)
def test_other_ways_of_writing_the_same(mentees, mentors, pairs):
    plain, other = problem_of(), read_problem(mentees, mentors, pairs)
    assert (write_mentees(other), write_mentors(other), write_pairs(other)) == (
        write_mentees(plain),
        write_mentors(plain),
        write_pairs(plain),
    )


def test_titles_without_rows_are_valid():
    problem = read_problem("mentee_id,tier", "mentor_id,capacity\n", "mentee_id,mentor_id,score\r\n")
    solution = solve(problem)
    assert certify(problem, None, solution).optimal
    assert write_assignments(problem, solution) == "mentee_id,mentor_id,score,rank,mentor_price\n"


def test_identifiers_are_kept_exactly():
    text = 'mentee_id,tier\n  a ,0\n"x, ""y""\nz",0\n=1+1,0\né,0\ne\u0301,0\n\u00a0,0\nab"c,0\n'
    problem = problem_of(mentees=text, pairs="mentee_id,mentor_id,score\n")
    assert problem.mentee_ids == ("  a ", 'x, "y"\nz', "=1+1", "é", "e\u0301", "\u00a0", 'ab"c')
    assert write_mentees(problem) == text.replace('ab"c', '"ab""c"')


BAD_NUMBERS = [
    "",
    " ",
    "1.0",
    " 3",
    "3 ",
    "+3",
    "-1",
    "-0",
    "\uff11",
    "\u0663",
    "1e2",
    "0x1",
    "1_0",
    "1 000",
    "x",
    "nan",
    "\u00b2",
]


@pytest.mark.parametrize("number", [*BAD_NUMBERS, "1000000000", "9" * 400])
def test_tiers_and_seats_that_are_no_numbers(number):
    with pytest.raises(FileError) as caught:
        problem_of(mentees=f"mentee_id,tier\na,0\nb,{number}\n")
    assert (caught.value.role, caught.value.line) == ("mentees", 3)
    with pytest.raises(FileError) as caught:
        problem_of(mentors=f"mentor_id,capacity\nA,{number}\n")
    assert (caught.value.role, caught.value.line) == ("mentors", 2)


@pytest.mark.parametrize("number", [*BAD_NUMBERS, "10001", "99999999999999999999"])
def test_scores_that_are_none(number):
    with pytest.raises(FileError) as caught:
        problem_of(pairs=f"mentee_id,mentor_id,score\na,A,1\nb,A,{number}\n")
    assert (caught.value.role, caught.value.line) == ("pairs", 3)


@pytest.mark.parametrize(
    ("texts", "role", "line", "words"),
    [
        ({"mentees": "mentee_id\na\n"}, "mentees", 1, "la colonne tier manque"),
        ({"mentees": "mentee_id;tier\na;0\n"}, "mentees", 1, "la colonne mentee_id manque"),
        ({"mentees": " mentee_id,tier\n"}, "mentees", 1, "la colonne mentee_id manque"),
        ({"mentees": "\nmentee_id,tier\n"}, "mentees", 1, "manque"),
        ({"mentees": "mentee_id,tier,tier\na,0,0\n"}, "mentees", 1, "la colonne tier est en double"),
        ({"mentees": "mentee_id,tier\na,0\nb,0\na,0\n"}, "mentees", 4, "déjà à la ligne 2"),
        ({"mentees": 'mentee_id,tier\n"a\na",0\nb,0\n"a\na",0\n'}, "mentees", 5, "déjà à la ligne 2"),
        ({"mentees": "mentee_id,tier\na,0\n,0\n"}, "mentees", 3, "mentee_id est vide"),
        ({"mentees": "mentee_id,tier\na,0\n\nb,0\n"}, "mentees", 3, "vide"),
        ({"mentees": "mentee_id,tier\na,0,9\n"}, "mentees", 2, "3 cellules au lieu de 2"),
        ({"mentees": "mentee_id,tier\na\n"}, "mentees", 2, "1 cellule au lieu de 2"),
        ({"mentees": 'mentee_id,tier\na,0\n"b,0\nc,0\n'}, "mentees", 3, "ne se lit pas"),
        ({"mentees": 'mentee_id,tier\n"a"x,0\n'}, "mentees", 2, "ne se lit pas"),
        ({"mentees": "mentee_id,tier\ra,0\r"}, "mentees", 1, "ne se lit pas"),
        ({"mentees": f"mentee_id,tier\n{'x' * 200_000},0\n"}, "mentees", 2, "ne se lit pas"),
        ({"mentors": "mentor_id,capacity\nA,1\nA,1\n"}, "mentors", 3, "déjà à la ligne 2"),
        ({"pairs": "mentee_id,mentor_id,score\na,A,1\nx,A,1\n"}, "pairs", 3, "« x » n’est pas dans le fichier mentees"),
        ({"pairs": "mentee_id,mentor_id,score\na,Z,1\n"}, "pairs", 2, "« Z » n’est pas dans le fichier mentors"),
        ({"pairs": "mentee_id,mentor_id,score\na ,A,1\n"}, "pairs", 2, "« a  » n’est pas"),
        (
            {"pairs": "mentee_id,mentor_id,score\na,A,1\nb,A,1\na,A,2\n"},
            "pairs",
            4,
            "cette paire est déjà à la ligne 2",
        ),
        ({"pairs": "mentee_id,mentor_id,score,wish\na,A,1,x\n"}, "pairs", 2, "wish vaut « x »"),
    ],
)
def test_what_is_refused_and_where(texts, role, line, words):
    with pytest.raises(FileError) as caught:
        problem_of(**texts)
    assert (caught.value.role, caught.value.line) == (role, line)
    assert words in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "vide"),
        (b"\xef\xbb\xbf", 1, "vide"),
        (b"mentee_id,tier\na,0\nb\0,0\n", 3, "caractère nul"),
        (b"mentee_id,tier\n\xe9,0\n", 2, "UTF-8"),
        ("mentee_id,tier\na,0\n".encode("utf-16"), 1, "UTF-8"),
        (b"mentee_id,tier\n\xed\xa0\x80,0\n", 2, "UTF-8"),
    ],
)
def test_bytes_that_are_no_text(data, line, words):
    with pytest.raises(FileError) as caught:
        decode("mentees", data)
    assert caught.value.line == line
    assert words in caught.value.problem


def test_a_byte_order_mark_is_left_out_once():
    assert decode("mentees", b"\xef\xbb\xbfmentee_id,tier\n") == "mentee_id,tier\n"
    assert decode("mentees", b"\xef\xbb\xbf\xef\xbb\xbfx") == "\ufeffx"


@patient
@given(st.text())
def test_any_text_is_a_problem_or_a_file_error(text):
    for name in ("mentees", "mentors", "pairs"):
        try:
            problem_of(**{name: text})
        except FileError as error:
            assert error.role in ("mentees", "mentors", "pairs")
            assert error.line >= 1


@patient
@given(
    st.lists(st.sampled_from(["a", "b", "A", "B", ",", "\n", "\r\n", '"', "1", "10000", "mentee_id,mentor_id,score"]))
)
def test_near_misses_are_a_problem_or_a_file_error(pieces):
    try:
        problem = problem_of(pairs="mentee_id,mentor_id,score\n" + "".join(pieces))
    except FileError as error:
        assert error.role == "pairs"
    else:
        assert certify(problem, None, solve(problem)).optimal
