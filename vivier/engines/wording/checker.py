"""Check an advertisement against the rules: the passages, what lifts them, and how to write instead."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from .advertisement import LONGEST, Advertisement
from .asking import ASKS, BRIEF, LEADS, MEANWHILE, MORE, NOT_WANTING, REFUSES, SEEKS, WANTING
from .findings import SEVERITIES, Finding
from .folding import fold
from .language import is_foreign
from .occupations import Labels, shipped_labels
from .pay import is_below_minimum
from .prefilter import Prefilter
from .rewriting import rewrite
from .rule_files import shipped_rules
from .rules import LEAD, Allowance, Rule, RulePattern
from .titles import TitleReader

MASCULINE_TITLE, FEMININE_TITLE = "SEX-03", "SEX-04"
PROMISED = "EW"  # severities that a quality alone may earn
COUNTED = ("absence", "count", "language")
_NEAR = 25  # characters on either side of a passage in which a word is about the same thing
_AROUND = 50  # those in which it is asked for
_NOUN = re.compile(r"(?<![a-z])(?:la|une|de|ma|sa|votre|cette) $|[-']$")  # what makes a noun of « recherche »
_BUT = re.compile(
    r"[^a-z](?:mais|sauf|toutefois|cependant|en revanche|par contre|neanmoins|pourtant|hormis|tant que|du moment"
    r"|pourvu|a condition|a moins)(?![a-z])"
)
_ANSWER = re.compile(r"(?:[^.!?]{0,60}\?){0,4}[^.!?]{0,90}")  # what stands after a question, and others after it
_SPARSEST = 120  # characters for each small foreign word of a text whose language is worth a look


class Checker:
    """Rules made ready once, then applied to any number of advertisements.

    rules         by default those shipped
    labels        names of occupations, by default those shipped
    title_order   "masculine" or "feminine" first; title_style: "double" or "short" (see `titles`)
    """

    def __init__(
        self,
        rules: Sequence[Rule] | None = None,
        labels: Labels | None = None,
        title_order: str = "masculine",
        title_style: str = "double",
    ) -> None:
        self._titles = TitleReader(shipped_labels() if labels is None else labels, title_order, title_style)
        self.rules = tuple(shipped_rules() if rules is None else rules)
        allowances = {one.id: one for rule in self.rules for one in rule.allowances}
        self._owners: list[tuple[Rule | Allowance, RulePattern]] = [
            (owner, pattern) for owner in (*allowances.values(), *self.rules) for pattern in owner.patterns
        ]
        placed = {number: owner.id for number, (owner, _) in enumerate(self._owners) if _is_only_placed(owner)}
        # Ordinary advertisements, of the sixteenth set: what they lead to stands together in memory.
        ordinary = resources.files(__package__).joinpath("data", "ordinary.txt").read_text("utf-8")
        self._prefilter = Prefilter([pattern for _, pattern in self._owners], placed, fold(ordinary).data)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._absences = [(rule.id, rule.at_least, absent(rule)) for rule in self.rules if rule.kind == "absence"]
        self._counted = [(rule, absent(rule)) for rule in self.rules if rule.kind in ("count", "language")]

    def check(self, title: str, text: str) -> tuple[Finding, ...]:
        """The findings of one advertisement, the title's first, then by offset and rule."""
        ad = Advertisement(title, text)
        findings: list[Finding] = []
        ends: dict[str, int] = {}
        passages = self._prefilter.passages(ad.text, ad.data, ad.places, ad.sentence)
        for start, last, number, match, here, anchor in passages:
            rule, pattern = self._owners[number]
            end = -last
            if start < anchor and not ad.is_whole(start, end):
                # What leads to the anchor may stand nearer: « Profil », then on a line of its own « Vous avez … ».
                led = pattern.led(ad.text, anchor, ad.sentence(anchor, end)[0])
                if led is None:
                    continue
                start, here = led
            if rule.kind == "title":
                findings += self._name_in_text(rule, ad, start, end)
                continue
            if rule.kind == "pay" and not is_below_minimum(ad.text[start:end], ad.text):
                continue
            if start >= ends.get(rule.id, 0) and holds(rule, ad, start, end, pattern):
                ends[rule.id] = end
                if "here" in match.re.groupindex:
                    start, end = match.span("here")
                elif here >= 0:
                    start = here
                suggestions = rewrite(pattern.rewrites or rule.rewrites, match, ad, start, end)
                findings.append(finding(rule, ad, start, end, suggestions))
        findings += self._names_in_title(ad)
        places, length = ad.places, len(ad.text) - ad.title_end
        findings += [told for id, least, told in self._absences if id not in places and length > least]
        findings += [told for rule, told in self._counted if rule.id in places and _is_met(rule, ad)]
        if len({one.rule[:3] for one in findings}) < len(findings):
            findings = _without_echoes(findings)
        findings.sort(key=lambda one: (one.field == "text", one.start, one.rule))
        return tuple(findings)

    def _names_in_title(self, ad: Advertisement) -> Iterator[Finding]:
        """Titles in one gender. A feminine one is an error, unless the text tells both genders."""
        for name in self._titles.names(ad):
            rule = self._by_id.get(FEMININE_TITLE if name.is_feminine else MASCULINE_TITLE)
            if rule is None or (name.is_feminine and self._titles.text_tells_both(ad, name)):
                continue
            if not any(_lifts(one, ad, name.start, name.end) for one in rule.allowances):
                yield finding(rule, ad, name.start, name.end, self._titles.suggestions(name))

    def _name_in_text(self, rule: Rule, ad: Advertisement, start: int, end: int) -> Iterator[Finding]:
        """« Nous recherchons une assistante », where neither the title nor the text tells both genders."""
        name = self._titles.name_in_text(ad, end + 1)
        if name is None or not name.is_feminine or not ad.is_whole(start, name.end):
            return
        # Not « pré-embauche », nor « une recherche experte ».
        if start < ad.title_end or _NOUN.search(ad.text[max(0, start - 6) : start]):
            return
        if self._titles.text_tells_both(ad, name) or any(_lifts(one, ad, start, name.end) for one in rule.allowances):
            return
        yield finding(rule, ad, name.start, name.end, self._titles.suggestions(name))


def holds(rule: Rule, ad: Advertisement, start: int, end: int, pattern: RulePattern) -> bool:
    """Whether a passage is one that the rule means: its field, its sentence, what stands beside it, its exceptions."""
    if rule.field != "both" and (rule.field == "title") != (start < ad.title_end):
        return False
    is_sure = pattern.is_sure
    # What the rule itself leaves alone is most of what is no fault, and known at least cost; then what words around or
    # anywhere lift; then what the sentence must say.
    if not (is_sure or pattern.is_sought) and _is_left_alone(rule, ad, start, end, pattern):
        if not _is_wanted(ad, start, end):
            return False
        is_sure = True
    for one in rule.allowances:
        if one.id in ad.places and (one.is_absolute or not is_sure) and _lifts(one, ad, start, end):
            return False
    if not is_sure and not _is_in_context(rule, ad, start, end, pattern):
        return False
    if not ad.is_whole(start, end) or (not is_sure and _is_quoted(ad, start, end)):
        return False
    for one in rule.allowances:
        if one.cue is not None and (one.is_absolute or not is_sure) and _lifts(one, ad, start, end):
            if one.is_absolute or not _is_wanted(ad, start, end):
                return False
            is_sure = True
    return True


def _is_wanted(ad: Advertisement, start: int, end: int) -> bool:
    """Whether the words right before ask for the passage, which is not a quotation.

    Whatever else the sentence names, a public or a product, these words say whom it asks for.
    """
    text, at = ad.text, start
    while at > max(0, start - LEAD):
        first = max(text.rfind(" ", 0, at - 1), text.rfind("'", max(0, at - 30), at - 1)) + 1
        word = text[first:at].rstrip()
        if word and word not in MEANWHILE:
            is_wanting = word.startswith(WANTING) and not word.startswith(NOT_WANTING) and word != "recherche"
            is_needless = word == "besoin" and text.endswith("pas ", 0, first)
            return is_wanting and not is_needless and '"' not in text[slice(*ad.sentence(start, end))]
        at = first
    return False


def _is_quoted(ad: Advertisement, start: int, end: int) -> bool:
    """Whether the passage is one of several between quotation marks: « bonne présentation », « sans enfant »."""
    if '"' not in ad.text[end : end + 2] or '"' not in ad.text[max(0, start - 2) : start]:
        return False
    return ad.text.count('"', *ad.sentence(start, end)) >= 4


def _is_left_alone(rule: Rule, ad: Advertisement, start: int, end: int, pattern: RulePattern) -> bool:
    """Whether what follows the passage, stands beside it or somewhere in its sentence says that it is no fault."""
    if rule.not_after is not None and rule.not_after.match(ad.text, end):
        return True
    if pattern.refuses:
        return False
    if rule.negatives is not None and _says(ad, rule.id, rule.negatives, *ad.sentence(start, end)):
        return True
    return rule.beside is not None and rule.beside.search(_around(ad, start, end, _NEAR)) is not None


def _around(ad: Advertisement, start: int, end: int, width: int) -> str:
    """What stands around a passage in its sentence, from the start of a word, a space before it."""
    low, high = ad.sentence(start, end)
    first = max(low, start - width)
    while first > low and ad.text[first - 1].isalnum():
        first -= 1
    return f" {ad.text[first : min(high, end + width)]}"


def _is_in_context(rule: Rule, ad: Advertisement, start: int, end: int, pattern: RulePattern) -> bool:
    low, high = ad.sentence(start, end)
    before = f" {ad.text[max(low, start - LEAD) : start]}"
    if pattern.is_sought:
        return SEEKS.search(before) is not None
    if pattern.is_led and not LEADS.search(before):
        return False
    if pattern.refuses:
        # The answer to a question stands after it: « Enceinte ? Passez votre chemin. »
        last = min(high + BRIEF, len(ad.text)) if ad.text[high - 1 : high] == "?" else high
        fits = _says(ad, "refuses", REFUSES, low, last)
    elif pattern.asks:
        fits = _asks(ad, start, end, low, high)
    elif pattern.is_plain or pattern.is_led or rule.requires is None:
        fits = True
    else:
        fits = _says(ad, f"requires {rule.id}", rule.requires, low, high) or (
            rule.severity in PROMISED and _is_brief(ad, low, high)
        )
    return fits and (rule.not_before is None or not rule.not_before.search(before))


def _asks(ad: Advertisement, start: int, end: int, low: int, high: int) -> bool:
    """Whether the words around ask for somebody, or turn somebody away; or the sentence is a quality alone."""
    if not _says(ad, "asks", ASKS, low, high):
        return _is_brief(ad, low, high)
    return ASKS.search(_around(ad, start, end, _AROUND)) is not None or _is_brief(ad, low, high)


def _is_brief(ad: Advertisement, low: int, high: int) -> bool:
    """Whether a sentence of the text is a quality alone, as a profile lists them: « Né en France. »"""
    return low > ad.title_end and high - low <= BRIEF and not _says(ad, "more", MORE, low, high)


def _says(ad: Advertisement, name: str, words: re.Pattern[str] | None, low: int, high: int) -> bool:
    """Whether a sentence holds some of these words, which the advertisement remembers by their name."""
    if words is None:
        return False
    key = (name, low, high)
    found = ad.contexts.get(key)
    if found is None:
        found = ad.contexts[key] = words.search(f" {ad.text[low:high]}") is not None
    return found


def _lifts(allowance: Allowance, ad: Advertisement, start: int, end: int) -> bool:
    cue = allowance.cue
    places = ad.places.get(allowance.id, ())
    if cue is None and not places:
        return False
    if allowance.passage is not None and not allowance.passage.search(ad.text[start:end]):
        return False
    if cue is None:
        if allowance.scope == "advertisement":
            # A scheme that says which ages it allows may name itself in the passage: « Apprentissage de 16 à 29 ans ».
            return allowance.passage is not None or any(not start <= at < end for at in places)
        return _is_near(ad, start, end, places, allowance.scope == "within")
    if allowance.scope == "title":
        low, high = 0, ad.title_end
    else:
        low, high = ad.sentence(start, end)
    if allowance.scope == "clause":
        low, high = _clause(ad.text, low, high, start, end)
    if cue.search(f" {ad.text[low:high]}") is None:
        return False
    # What the passage says itself is no exception to it, unless the law makes one.
    parts = (ad.text[low:start], ad.text[end:high])
    return allowance.is_absolute or any(cue.search(f" {part}") for part in parts)


def _clause(text: str, low: int, high: int, start: int, end: int) -> tuple[int, int]:
    """What is said of a passage in its sentence: no farther than « mais », with the answer when the sentence asks."""
    for found in _BUT.finditer(text, max(low - 1, 0), start):  # from the mark before the word
        low = found.end()
    if text[high - 1 : high] == "?":
        high = _ANSWER.match(text, high).end()
    found = _BUT.search(text, end - 1, high)
    return low, found.start() if found else high


def _is_near(ad: Advertisement, start: int, end: int, places: Sequence[int], is_within: bool) -> bool:
    """Whether some words stand in the title, the first sentence, or beside the passage; in it only if they may."""
    low, high = ad.sentence(start, end)
    others = []
    for at in places:
        if start <= at < end and not is_within:
            continue
        if at < ad.title_end or low <= at < high:
            return True
        if at < ad.title_end + LONGEST or low - LONGEST < at < low:
            others.append(at)
    if not others:
        return False
    nearest = max((at for at in others if at < low), default=-1)
    return min(others) < ad.opening or (nearest >= 0 and nearest >= ad.before(low))


def finding(rule: Rule, ad: Advertisement, start: int, end: int, suggestions: Sequence[str] = ()) -> Finding:
    """The finding of a rule on a passage of the folded advertisement."""
    field, first, last = ad.place(start, end)
    match = ad.raw[slice(*ad.folded.origin(start, end))]
    return Finding(rule.id, rule.severity, field, first, last, match, rule.message, rule.basis, tuple(suggestions))


def absent(rule: Rule) -> Finding:
    """The finding of a rule about what the whole advertisement says or does not say."""
    return Finding(rule.id, rule.severity, "text", 0, 0, "", rule.message, rule.basis, rule.rewrites)


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """Leave what a graver finding of the same family says of the same words."""
    told: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        told[one.rule[:3], one.field].append(one)
    kept: list[Finding] = []
    for some in told.values():
        if len({one.severity for one in some}) == 1:
            kept += some
            continue
        starts: list[int] = []  # of the graver ones, merged where they touch
        ends: list[int] = []
        for severity in SEVERITIES:
            here = [one for one in some if one.severity == severity and not _is_covered(one, starts, ends)]
            kept += here
            spans = sorted([*zip(starts, ends, strict=True), *((one.start, one.end) for one in here)])
            starts, ends = [], []
            for start, end in spans:
                if ends and start <= ends[-1]:
                    ends[-1] = max(ends[-1], end)
                else:
                    starts.append(start)
                    ends.append(end)
    return kept


def _is_covered(one: Finding, starts: list[int], ends: list[int]) -> bool:
    """Whether a finding shares a character with one of these spans, which are in order and apart."""
    at = bisect_left(starts, one.end) - 1
    return at >= 0 and one.start < ends[at]


def _is_only_placed(owner: Rule | Allowance) -> bool:
    """Whether it matters only where the patterns are, or how many: those of exceptions and of rules that count."""
    return isinstance(owner, Allowance) or owner.kind in COUNTED


def _is_met(rule: Rule, ad: Advertisement) -> bool:
    count = len(ad.places[rule.id])
    if rule.kind == "count":
        return count >= rule.at_least
    return count >= max(rule.at_least, len(ad.text) // _SPARSEST) and is_foreign(ad.data)


@cache
def default_checker() -> Checker:
    """The checker of the rules that come with the engine."""
    return Checker()


def check(title: str, text: str) -> tuple[Finding, ...]:
    """The findings of one advertisement by the rules that come with the engine."""
    return default_checker().check(title, text)
