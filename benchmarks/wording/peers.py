"""Other engines on the first half of the work: finding every anchor of the rules in a folded text.

Each maker takes the anchors and gives a function from a folded advertisement to a number of hits; None when the engine
is not installed. They do less than the whole check: no sentence, no exception, no rewriting.
"""

import importlib
import re
from collections.abc import Callable

Count = Callable[[str, bytes], int]


def stdlib_re(anchors: list[str]) -> Count:
    """One alternation by Python's own engine."""
    pattern = re.compile("|".join(map(re.escape, sorted(anchors, key=len, reverse=True))))
    return lambda text, _: sum(1 for _ in pattern.finditer(text))


def google_re2(anchors: list[str]) -> Count | None:
    """One alternation by RE2."""
    re2 = _installed("re2")
    if re2 is None:
        return None
    options = re2.Options()
    options.max_mem = 1 << 28
    pattern = re2.compile("|".join(map(re2.escape, sorted(anchors, key=len, reverse=True))), options)
    return lambda text, _: sum(1 for _ in pattern.finditer(text))


def hyperscan(anchors: list[str]) -> Count | None:
    """All anchors at once by Hyperscan."""
    module = _installed("hyperscan")
    if module is None:
        return None
    database = module.Database()
    expressions = [re.escape(anchor).encode() for anchor in anchors]
    database.compile(expressions=expressions, ids=list(range(len(anchors))), flags=[0] * len(anchors))

    def count(_: str, data: bytes) -> int:
        hits = [0]

        def hit(*_: object) -> None:
            hits[0] += 1

        database.scan(data, match_event_handler=hit)
        return hits[0]

    return count


def spacy(anchors: list[str]) -> Count | None:
    """Tokens by a blank French pipeline, then its PhraseMatcher."""
    module = _installed("spacy")
    if module is None:
        return None
    from spacy.matcher import PhraseMatcher

    pipeline = module.blank("fr")
    matcher = PhraseMatcher(pipeline.vocab)
    matcher.add("anchors", [pipeline.make_doc(anchor.strip()) for anchor in anchors])
    return lambda text, _: len(matcher(pipeline.make_doc(text)))


PEERS = {"Python re": stdlib_re, "google-re2": google_re2, "hyperscan": hyperscan, "spaCy PhraseMatcher": spacy}


def _installed(name: str):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
