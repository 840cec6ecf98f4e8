"""Each mechanic by its public functions: what solves it, what does not, and whatever an address may hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vivier.orientation.challenges import all_challenges, find
from vivier.orientation.mechanics import Verdict
from vivier.orientation.mechanics.screen import contrast

STEPS = [(one.slug, number, step) for one in all_challenges() for number, step in enumerate(one.steps, start=1)]
NAMES = (
    "programme", "fois", "lance", "ajoute", "enleve", "chemin", "saut", "choix", "indice", "valide",
    "ink", "words", "height", "montre",
)  # fmt: skip
#: What an address may hold: words that mean something here, numbers, and anything.
values = st.one_of(
    st.sampled_from(["grenoble", "lyon", "grenoble.lyon.lyon", "annecy.grenoble.valence", "d", "1", "-1", "999999"]),
    st.text("hbgd", max_size=12),
    st.integers(-5, 12).map(str),
    st.text(max_size=20),
)
addresses = st.dictionaries(st.sampled_from(NAMES), st.lists(values, max_size=3), max_size=6)


def step(slug: str, number: int):
    return find(slug).steps[number - 1]


def verdict(slug: str, number: int, **answers: str):
    return step(slug, number).puzzle.play({name: [value] for name, value in answers.items()}).verdict


@pytest.mark.parametrize(("slug", "number", "found"), STEPS)
def test_the_answer_of_the_data_solves_the_step(slug, number, found):
    assert found.puzzle.play({}).verdict is Verdict.OPEN
    assert found.puzzle.play(found.puzzle.solution()).verdict is Verdict.RIGHT


@pytest.mark.parametrize(("slug", "number", "found"), STEPS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first text ever drawn takes seconds
@given(answers=addresses)
def test_nothing_that_an_address_holds_breaks_a_step(slug, number, found, answers):
    play = found.puzzle.play(answers)
    assert (play.verdict is Verdict.WRONG) <= bool(play.said), "a wrong answer is told what to look at"


@given(st.text("hbgd", max_size=8))
def test_a_program_solves_the_grid_exactly_when_its_walk_ends_on_the_fish(letters):
    """An independent walk: by hand, on the picture of the first grid."""
    grid = ["H.R..", "..R..", ".....", "...F."]
    x = y = 0
    stopped = False
    for letter in letters:
        to = x + {"d": 1, "g": -1}.get(letter, 0), y + {"b": 1, "h": -1}.get(letter, 0)
        if not (0 <= to[0] < 5 and 0 <= to[1] < 4) or grid[to[1]][to[0]] == "R":
            stopped = True
            break
        x, y = to
    arrived = not stopped and grid[y][x] == "F"
    found = verdict("code", 1, programme=letters, lance="1")
    assert found is (Verdict.RIGHT if arrived else Verdict.WRONG if letters else Verdict.OPEN)


def test_orders_are_added_and_taken_away_up_to_the_limit():
    puzzle = step("code", 1).puzzle
    board = puzzle.play({"programme": ["bd"], "ajoute": ["h"]}).view
    assert (board.letters, board.room) == ("bdh", 5)
    assert puzzle.play({"programme": ["bdh"], "enleve": ["1"]}).view.letters == "bh"
    assert puzzle.play({"programme": ["bbbbbbbb"], "ajoute": ["h"]}).view.letters == "bbbbbbbb"


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("h", "À l’ordre 1, le héron sort de l’étang"),
        ("dd", "À l’ordre 2, le héron rencontre des roseaux"),
        ("bb", "pas encore arrivé"),
        ("bbdddbg", "sans s’y arrêter"),
        ("", "pas encore d’ordre"),
    ],
)
def test_the_heron_says_where_it_stopped(letters, said):
    assert said in step("code", 1).puzzle.play({"programme": [letters], "lance": ["1"]}).said


def test_in_a_loop_the_heron_says_at_which_turn_it_stopped():
    play = step("code", 2).puzzle.play({"programme": ["dh"], "fois": ["5"], "lance": ["1"]})
    assert play.said.startswith("Au tour 5, à l’ordre 1, le héron sort")


def test_the_keyboard_goes_on_from_what_is_still_there():
    puzzle = step("code", 2).puzzle
    assert puzzle.play({"programme": [""], "ajoute": ["d"]}).focus == "ajoute-d"
    assert puzzle.play({"programme": ["d"], "ajoute": ["h"]}).focus == "lance", "no room is left: the orders are gone"
    assert puzzle.play({"programme": ["dh"], "enleve": ["1"]}).focus == "programme-titre"


@pytest.mark.parametrize(("times", "expected"), [("4", "right"), ("3", "wrong"), ("5", "wrong"), ("400", "wrong")])
def test_a_loop_runs_as_often_as_it_says(times, expected):
    assert verdict("code", 2, programme="dh", fois=times, lance="1") == expected


def test_a_message_goes_hop_by_hop_as_the_tables_say():
    puzzle = step("reseau", 1).puzzle
    first = puzzle.play({"chemin": ["grenoble"], "saut": ["lyon"]})
    assert (first.verdict, first.view.path) == (Verdict.OPEN, "grenoble.lyon")
    assert puzzle.play({"chemin": [first.view.path], "saut": ["clermont"]}).verdict is Verdict.WRONG
    second = puzzle.play({"chemin": [first.view.path], "saut": ["saint-etienne"]})
    last = puzzle.play({"chemin": [second.view.path], "saut": ["clermont"]})
    assert last.verdict is Verdict.RIGHT
    assert [router.name for router in last.view.trail] == ["Grenoble", "Lyon", "Saint-Étienne", "Clermont-Ferrand"]


def test_a_forged_way_goes_only_as_far_as_it_makes_sense():
    puzzle = step("reseau", 1).puzzle
    for forged in ("grenoble.clermont", "clermont", "grenoble.valence.saint-etienne.clermont", "x.y", "..."):
        assert puzzle.play({"chemin": [forged]}).view.path == "grenoble"


def test_a_cut_link_takes_no_message():
    puzzle = step("reseau", 2).puzzle
    refused = puzzle.play({"chemin": ["grenoble.lyon"], "saut": ["saint-etienne"]})
    assert refused.verdict is Verdict.WRONG and "coupé" in refused.said
    assert verdict("reseau", 2, chemin="grenoble.lyon", saut="clermont") is Verdict.RIGHT


def test_only_the_fastest_way_wins_and_the_slow_one_is_told_its_time():
    puzzle = step("reseau", 3).puzzle
    slow = puzzle.play({"chemin": ["annecy.lyon"], "saut": ["saint-etienne"]})
    assert slow.verdict is Verdict.WRONG and "26 ms" in slow.said
    assert slow.view.path == "annecy", "the message begins again"
    assert verdict("reseau", 3, chemin="annecy.grenoble.valence.saint-etienne") is Verdict.RIGHT


def test_a_choice_without_answer_is_asked_again_and_not_judged():
    play = step("donnees", 1).puzzle.play({"valide": ["1"]})
    assert play.verdict is Verdict.OPEN and "Choisis" in play.said


def test_each_wrong_choice_says_why():
    for slug, number, found in STEPS:
        if hasattr(found.puzzle, "options"):
            for position, option in enumerate(found.puzzle.options):
                play = found.puzzle.play({"choix": [str(position)], "indice": [str(position)]})
                if not option.is_right:
                    assert play.verdict is Verdict.WRONG and option.why in play.said, (slug, number)


@given(st.sets(st.integers(0, 5), min_size=1))
def test_a_message_is_seen_through_by_all_its_traps_and_no_other(ticked):
    play = step("securite", 1).puzzle.play({"indice": [str(n) for n in ticked]})
    assert (play.verdict is Verdict.RIGHT) == (ticked == {0, 3, 4})
    if ticked < {0, 3, 4}:
        assert f"Il reste {3 - len(ticked)} passage" in play.said


def test_the_bars_start_where_the_axis_says():
    bars = step("donnees", 1).puzzle.chart.bars
    assert bars[3].height == 4 * bars[0].height, "the title says four times, the drawing too"


@pytest.mark.parametrize(
    ("ink", "expected"), [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)]
)
def test_contrast_is_that_of_wcag(ink, expected):
    assert contrast(ink) == pytest.approx(expected, abs=0.005)


def test_the_preview_follows_what_is_chosen_before_anything_is_judged():
    play = step("design", 1).puzzle.play({"ink": ["2"]})
    assert (play.verdict, play.view.ink) == (Verdict.OPEN, "#26344a")
    assert "12,6 pour 1" in play.view.in_words
    assert verdict("design", 2, words="2", height="1", valide="1") is Verdict.WRONG
