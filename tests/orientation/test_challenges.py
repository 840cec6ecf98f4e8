"""The tables of the challenges: what they hold, and how a bad one is refused."""

import re
from pathlib import Path

import pytest

from vivier.orientation.challenges import FOLDER, all_challenges, read_challenge
from vivier.orientation.checks import challenges_can_be_read
from vivier.orientation.tables import BadTable

CODE = (FOLDER / "code.toml").read_text(encoding="utf-8")


def strings(value):
    """Yield every text of a challenge, whatever holds it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from strings(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from strings(getattr(value, name))


def test_five_challenges_each_of_three_to_five_minutes():
    assert [one.slug for one in all_challenges()] == ["code", "reseau", "donnees", "securite", "design"]
    for one in all_challenges():
        assert 3 <= one.minutes <= 5
        assert one.skill and one.did.startswith("Tu as")
        assert len(one.occupations) >= 2


def test_an_occupation_is_named_by_both_its_names_once():
    names = [occupation.name for one in all_challenges() for occupation in one.occupations]
    assert "Technicienne ou technicien fibre optique" in names
    assert "Analyste de données" in names
    assert len(set(names)) == len(names)


def test_the_words_keep_the_rules_of_the_house():
    for text in strings(all_challenges()):
        assert not re.search(r"\w·\w|\w'\w|!", text), text
        assert not re.search(r"\b[vV]ous\b|\b[vV]otre\b", text), text


def test_no_line_begins_with_a_sign_of_punctuation():
    for text in strings(all_challenges()):
        assert not re.search(r" [:;?»%]|« ", text), text


def test_no_address_of_the_texts_can_be_owned_by_anybody():
    for text in strings(all_challenges()):
        for host in re.findall(r"(?:https://|@)([\w.-]+)", text):
            assert host.endswith((".example", ".test")), host


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('field = "Code"', "", "code.toml, key field: is missing"),
        ("minutes = 5", "minutes = 50", "code.toml, key minutes: must be a number from 3 to 5"),
        ("minutes = 5", 'minutes = "5"', "code.toml, key minutes: is a str"),
        ("minutes = 5", "minutes = 5\nlevel = 1", "code.toml, key level: means nothing here"),
        ("minutes = 5", "minutes = ", r"code.toml: .*line 7"),
        ("limit = 2", "limit = 1", r"code.toml, line \d+, step 2, key answer: at most 1 letters"),
        ('answer = "bbdddb"', 'answer = "bbddd"', r"step 1, key answer: does not lead the heron to the fish"),
        ("H.R..", "H.RF.", r"step 1, key grid: one heron and one fish"),
        ("H.R..", "H.R.", r"step 1, key grid: lines of one length"),
        ('kind = "program"', 'kind = "magic"', r"step 1, key kind: one of program"),
        ('feminine = "Roboticienne"', 'feminine = " "', r"code.toml, occupation 3, key feminine: is empty"),
        ('given = "dddbbdbg"', 'given = "xyz"', r"step 3, key given: at most 8 letters"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_its_place(tmp_path, old, new, where):
    assert old in CODE
    with pytest.raises(BadTable, match=where):
        read_challenge(_written(tmp_path, "code", CODE.replace(old, new, 1)))


def test_the_line_of_a_step_is_the_one_it_begins_at(tmp_path):
    with pytest.raises(BadTable) as refused:
        read_challenge(_written(tmp_path, "code", CODE.replace("limit = 2", "limit = 0")))
    line = int(re.search(r"line (\d+)", str(refused.value))[1])
    assert CODE.splitlines()[line - 1] == "[[step]]"
    assert "most_repeats" in "\n".join(CODE.splitlines()[line : line + 16])


@pytest.mark.parametrize(
    ("slug", "old", "new", "where"),
    [
        ("reseau", 'by = "lyon", otherwise', 'by = "lion", otherwise', "no router is called lion"),
        ("reseau", 'by = "saint-etienne" }', 'by = "grenoble" }', "step 1, key goal: the tables lead nowhere"),
        ("reseau", '"lyon.saint-etienne"', '"lyon.valence"', "key cut: no link joins lyon and valence"),
        ("donnees", "right = true", 'why = "non"', "step 1, key option: one right answer"),
        ("donnees", "to = 103", "to = 94", "chart, key to: must be above from"),
        ("donnees", 'others = ["90"]', "others = []", "chart, bar 1, key others: one for each of the 1 column"),
        ("donnees", 'value = 96', "value = 93", "bar 1, key value: must be a number from 94 to 103"),
        ("securite", 'why = "on te presse', 'why = 1 # "on te presse', "option 4, key why: is a int|Unclosed"),
        ("design", 'value = "#26344a" }', 'value = "#9aa5b1" }', "setting 1, option 3, key why: what is legible"),
        ("design", "value = 48 }", "value = 40 }", "setting 2, option 3, key why: what is legible"),
        ("design", 'value = "#c3ccd6"', 'value = "gris"', "option 1, key value: a colour such as"),
    ],
)  # fmt: skip
def test_each_mechanic_refuses_a_table_that_errs(tmp_path, slug, old, new, where):
    text = (FOLDER / f"{slug}.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BadTable, match=where):
        read_challenge(_written(tmp_path, slug, text.replace(old, new, 1)))


def test_the_site_says_at_its_start_which_tables_cannot_be_read(tmp_path):
    assert challenges_can_be_read(None) == []
    _written(tmp_path, "code", CODE.replace("limit = 2", "limit = 0"))
    _written(tmp_path, "good", CODE)
    (error,) = challenges_can_be_read(None, folder=tmp_path)
    assert "step 2, key limit" in error.msg and error.hint.endswith("code.toml")


def _written(folder: Path, slug: str, text: str) -> Path:
    path = folder / f"{slug}.toml"
    path.write_text(text, encoding="utf-8")
    return path
