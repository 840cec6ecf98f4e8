"""Lists of folded words that titles are read with."""

import tomllib
from functools import cache
from importlib import resources


@cache
def words_of_titles(kind: str) -> frozenset[str]:
    """The words of a list of data/title_words.toml."""
    text = resources.files(__package__).joinpath("data", "title_words.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)[kind].split())
