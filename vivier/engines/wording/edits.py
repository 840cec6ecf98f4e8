"""Apply what is proposed for a finding so that the sentence around it stays one.

A proposal that ends with a full stop is a sentence of its own: it takes the place of a clause, or follows the sentence
that the passage leaves. An empty one takes the passage out, with the words that led to it. Others take the place of the
passage, and the article before them is made to agree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .findings import Finding
from .folding import fold
from .inflection import is_feminine_of

_VOWELS = "aeiouyàâéèêëîïôöùûüœh"
# What ends a sentence, before a capital or the end of a line.
# Some texts lack the space after it: « ses projets ?Vous aimez ».
_END = re.compile(
    r"[.!?…]+[\"»”)]*(?=\s+[^a-zà-ÿ\s]|[ \t]*$)|(?<=[a-zà-ÿ]{3})(?:\.|[ \xa0\u202f]?[!?])(?=[A-ZÀ-Ý][a-zà-ÿ])|\n",
    re.MULTILINE,
)
_BULLET = re.compile(r"[ \t]*(?:[-–—•●▪*·►➢✓✔]|\d{1,2}[.)])?[ \t]*")
_WORDS = {
    "article": "un|une|des|le|la|les|au|aux|du|ce|cet|cette|ces|son|sa|ses|votre|vos|notre|nos|ton|ta|tes|leur|leurs"
    "|mon|ma|mes|aucun|aucune|chaque|tout|toute|tous|toutes|quelques|certains|certaines",
    "leading": "de|à|en|pour|avec|sans|par|dans|sur|chez|entre|vers|selon|comme|que|qui|dont|où|très|plutôt|plus|moins"
    "|pas|non|être|bien|assez|afin|et|ou|ni|mais|soit|idéalement|préférence|exclusivement|uniquement"
    "|donc|car|ainsi|surtout|notamment|si possible|par exemple|alors|puis",
    "verb": "est|es|êtes|sont|suis|sommes|sera|serez|seront|serait|soit|soyez|être|faut|faudra|a|as|ai|avez|ont|avoir"
    "|ayez|aura|aurez|auront|aurait|ayant|étant|reste|restez|semble|paraît|devez|doit|devra|doivent|devoir|peut|pouvez|peuvent"
    "|cherche|cherchons|cherchent|recherche|recherchons|recherchent|recrute|recrutons|souhaite|souhaitons|veut|veux"
    "|voulons|demande|demandons|exige|exigeons|privilégie|privilégions|préfère|préférons|prend|prenons|accepte"
    "|acceptons|refuse|refusons|attend|attendons|possédez|posséder|disposez|disposer|justifiez|portez|faites|fait|venez"
    "|habitez|indiquez|précisez|mentionnez|joignez|fournissez|envoyez|indiquer|préciser|mentionner|joindre|fournir"
    "|aime|aimons|aimez|vise|visons|réserve|réservons|réservé|réservée|destiné|destinée|ouvert|ouverte|adressé|adressée"
    "|fermé|fermée|vous|tu|il|elle|on|nous|ils|elles|je|se|ne",
}
# Words that say nothing without what they led to: « propose une place de … », « atout : être issu d’… ».
_LEADING = re.compile(
    rf"(?:(?<![\w-])(?:(?:{_WORDS['article']}|{_WORDS['leading']})(?![\w’'-])|(?:l|d|qu|s|n|c|jusqu|lorsqu)[’'])\s*"
    r"|[(«\"“]\s*)+$",
    re.IGNORECASE,
)
_JOINING = re.compile(r"(?:et|ou|ni)(?:\s+(?:une?|des?|d[’']|le|la|les))?", re.IGNORECASE)
_VERB = re.compile(rf"(?<![\w’'-])(?:[jltnmsd][’'])?(?:{_WORDS['verb']})(?:-(?:vous|tu|il|elle|on))?$", re.IGNORECASE)
# What is said to those whom the passage names goes with it.
_ANSWER = re.compile(
    r"^\W*(?:s[’']abst|merci|passe|non\b|ne\b|n[’']|même\b|inutile|dehors|mieux vaut|c[’']est|puisque|car\b|donc\b"
    r"|sont|est\b|seront|sera\b|pas |refus|exclu|interdit|voir\b|vu\b|selon"
    r"|(?:on|nous|vous|tu|il|elle|cela|ça|ce|cet|cette|notre|le|la|l[’'])\b[^.;:]*\b(?:ne|n[’']|pas|jamais|mieux|trop|non)\b)"
    r"|s[’']abstenir|non merci|(?:votre|ton) (?:chemin|tour)|pas (?:accept|retenu|re[çc]u|admis)|s[’']il vous pla[iî]t",
    re.IGNORECASE,
)
# What is said of the passage alone goes with it too.
_SAID_OF_IT = re.compile(
    r"\s+(?:(?:de préférence|uniquement|exclusivement|seulement|évidemment|bien sûr|svp|(?:très )?prononcée?s?"
    r"|si possible|impérati\w+|(?:(?:est|sont|serait|seraient) )?(?:exig|requis|demand|souhait|appréci|obligatoire"
    r"|indispensable|nécessaire|attendu|privilégi|bienvenu)\w*)(?![\w’'-]))+",
    re.IGNORECASE,
)
# A clause that goes on without the one before it.
_GOES_ON = re.compile(r",\s*(?=(?:vous|tu)\s)", re.IGNORECASE)
# Words that lead to a clause: alone, they say nothing.
_FRAGMENT = re.compile(
    r"(?:pour|en|dans|avec|si|afin|comme|lors|selon|de|d[’']|chez|par|sans|sur|à|au|aux)(?![\w-])", re.IGNORECASE
)
# The passage holds the verb of what stands before it: « les candidats d’ailleurs | ne seront pas reçus | ».
_OWN_VERB = re.compile(
    r"(?<![\w’'-])(?:ne|n[’'](?=\w)|est|sont|sera|seront|serait|doit|doivent|devra|devront)(?![\w-])", re.IGNORECASE
)
_QUANTITY = re.compile(r"\d|(?:moins|plus|entre|au plus|vingt|trente|quarante|cinquante)\b", re.IGNORECASE)
_STRONG = ".!?…;:\n()•●▪–—"
# Heads of what is proposed without an article.
_FEMININE = ("personne", "équipe", "capacité", "formation", "expérience")
_MASCULINE = ("profil", "niveau", "diplôme", "bac", "extrait", "esprit", "nom")
_BEFORE = re.compile(
    r"(?P<lead>(?<![\w’'-])d[’'])?(?<![\w-])(?P<article>une?|le|la|l[’']|du|de la|de l[’']|des|au|à la|à l[’']|les|aux"
    r"|ce|cet|cette|d[’']|de)(?P<space>\s*)$",
    re.IGNORECASE,
)
_OWN_ARTICLE = re.compile(r"(?:une?|des|la|les?|l[’'])(?:\s|(?<=[’']))", re.IGNORECASE)
_PAIR = re.compile(r"(?P<one>[\w-]+e) ou (?P<other>[\w-]+)", re.IGNORECASE)


class Edit(NamedTuple):
    """What takes the place of [start, end) of a text, in code points, and the proposal that it applies.

    is_whole  a whole sentence is taken out
    """

    start: int
    end: int
    text: str
    proposal: str = ""
    is_whole: bool = False

    def applied(self, text: str) -> str:
        """The text with it."""
        return text[: self.start] + self.text + text[self.end :]


def edits(finding: Finding, text: str) -> list[Edit]:
    """What each proposal for a finding changes in its field. Those that would leave nothing of it are left out.

    text  the field of the finding, title or text
    """
    proposals = finding.suggestions
    if finding.field == "title":  # no place for a sentence: the passage goes
        proposals = tuple(dict.fromkeys("" if is_sentence(one) else one for one in proposals))
    return [found for one in proposals if (found := edit(text, finding.start, finding.end, one)) is not None]


def edit(text: str, start: int, end: int, proposal: str) -> Edit | None:
    """What to change in a field for one proposal on its passage [start, end); None when nothing of it would be left."""
    words = proposal and not is_sentence(proposal)
    made = _replacing(text, start, end, proposal) if words else _removing(text, start, end, proposal)
    return made._replace(proposal=proposal) if made.applied(text).strip() else None


def is_sentence(proposal: str) -> bool:
    """Whether a proposal is a sentence of its own rather than words for the passage."""
    return proposal.endswith(".")


def _sentence(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Where the sentence begins, where its words end, and where its mark does."""
    low = 0
    for found in _END.finditer(text, 0, start):
        low = found.end()
    low = _BULLET.match(text, low).end() if low <= start else start  # type: ignore[union-attr]
    while low < start and text[low].isspace():
        low += 1
    found = _END.search(text, max(start, end - 1))
    while found and found.start() < end - 1:
        found = _END.search(text, found.end())
    if found is None:
        return min(low, start), len(text), len(text)
    if found[0] == "\n":
        return min(low, start), max(end, found.start()), max(end, found.start())
    return min(low, start), max(end, found.start()), found.end()


def _removing(text: str, start: int, end: int, sentence: str) -> Edit:
    if rest := re.compile(r"[\w’'-]+").match(text, end):  # « pensez|-vous »
        end = rest.end()
    if said := _SAID_OF_IT.match(text, end):
        end = said.end()
    low, high, stop = _sentence(text, start, end)
    high, stop = max(high, end), max(stop, end)
    left, right = text[low:start], text[end:high]
    mark = right[len(right.rstrip()) :] + text[high:stop]
    if sentence and _is_alone(text, start, end):
        return Edit(start, end, _cased(sentence[:-1], text[start:end]))
    has_subject = not _is_open(_LEADING.sub("", left).rstrip())
    kept = None if has_subject and _OWN_VERB.search(text, start, end) else _kept(left, text[start:end], right)
    if kept is None and (";" in left or ";" in right):
        parts = left.rpartition(";")[0].rstrip(), right.partition(";")[2].strip()
        kept = " ; ".join(part for part in parts if part) if any(parts) else None
    if kept is None and not _ANSWER.search(right) and (going_on := _GOES_ON.search(right)):
        kept = right[going_on.end() :]
    if kept is None or (_FRAGMENT.match(kept) and "," not in kept):
        return _without_sentence(text, low, high, stop, sentence)
    kept = kept.rstrip()
    if left.strip()[:1].isupper() or (not left.strip() and text[start : start + 1].isupper()):
        kept = _capital(kept)
    if not sentence:
        return Edit(low, stop, kept + mark)
    return Edit(low, stop, f"{kept}{mark} {sentence}" if mark.strip() else f"{kept}. {sentence[:-1]}")


def _kept(left: str, passage: str, right: str) -> str | None:
    """What a sentence becomes without a passage between these; None where what is left would say nothing."""
    if left.count("(") > left.count(")") and ")" in right:
        opened = left.rindex("(")
        within = _kept(left[opened + 1 :], passage, right[: right.index(")")])
        after = right[right.index(")") + 1 :]
        if within:
            return f"{left[: opened + 1]}{within}){after}"
        return _kept(left[:opened], passage, after) if left[:opened].strip() else None
    before = _LEADING.sub("", left)
    led = left[len(before) :].strip()
    if led.lower() in ("de", "d’", "d'") and _QUANTITY.match(passage) and not _VERB.search(before.rstrip()):
        led = ""  # « une personne de | 30 ans | »: the noun does without
    before, after = before.rstrip(), right.strip()
    is_open = _is_open(before)
    if _ANSWER.search(after) and (is_open or not after[:1].isalnum()):
        return None
    if not is_open and led and not _JOINING.fullmatch(led):
        return None
    if not is_open and _VERB.search(before):
        return None
    joining = re.match(r"(?:et|ou|ni|mais)\s+", after, re.IGNORECASE)
    if is_open and after[:1].isalnum() and not joining:
        return None
    if not before:
        rest = after[joining.end() :] if joining else after.lstrip(",;:/–— ")
        return rest or None
    if not after:
        return before.rstrip(",;/–— ") if not before.endswith(":") else None
    if after[0] in ",;:/":
        if before.endswith(":"):
            return f"{before} {after.lstrip(',;:/ ')}"
        return before.rstrip(",;/ ") + (f" {after}" if after[0] in ";:" else after)
    return f"{before.rstrip(',; ') if joining and before.endswith(',') else before} {after}"


def _is_open(before: str) -> bool:
    """Whether nothing of the same clause stands before."""
    return not before or before[-1] in ",;:–—/"


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a passage is all that stands between two strong marks, or in its line."""
    before, after = text[:start].rstrip(' \t«"“'), text[end:].lstrip(' \t»"”')
    is_begun = not before or before[-1] in _STRONG or _BULLET.fullmatch(before[before.rfind("\n") + 1 :]) is not None
    return is_begun and (not after or after[0] in _STRONG)


def _without_sentence(text: str, low: int, high: int, stop: int, sentence: str) -> Edit:
    if sentence:
        return Edit(low, stop, sentence if text[high:stop] else sentence[:-1], is_whole=True)
    line, line_end = text.rfind("\n", 0, low) + 1, text.find("\n", stop)
    line_end = len(text) if line_end < 0 else line_end
    if _BULLET.fullmatch(text[line:low]) and not text[stop:line_end].strip():
        return (
            Edit(line, line_end + 1, "", is_whole=True)
            if line_end < len(text)
            else Edit(max(line - 1, 0), stop, "", is_whole=True)
        )
    while text[stop : stop + 1] == " ":
        stop += 1
    if stop >= line_end:  # the last sentence of its line takes the space before it
        while low > line and text[low - 1] == " ":
            low -= 1
    return Edit(low, stop, "", is_whole=True)


def _replacing(text: str, start: int, end: int, proposal: str) -> Edit:
    before = _BEFORE.search(text, max(0, start - 12), start)
    if before is None:
        return Edit(start, end, proposal)
    article = before["article"].lower().replace("'", "’")
    at = before.start("article")
    proposal = proposal[:1].lower() + proposal[1:]
    written = _agreed(article, proposal, _OWN_ARTICLE.match(proposal) is not None)
    if written is None:
        return Edit(start, end, proposal)
    if before["article"][0].isupper():
        written = _capital(written)
    if before["lead"]:  # « d’un » before what has no vowel
        lead = before["lead"] if _elides(written) else "de "
        return Edit(before.start("lead"), end, lead + written)
    return Edit(at, end, written)


def _agreed(article: str, proposal: str, is_own: bool) -> str | None:
    """A proposal with the article that stood before the passage, made to agree; None when it stays."""
    head = re.match(r"[\w-]*", proposal)[0].lower()  # type: ignore[index]
    of = {"du": "de", "de la": "de", "de l’": "de", "des": "de", "au": "à", "à la": "à", "à l’": "à", "aux": "à"}
    if is_own:
        if article in ("de", "d’"):
            return _of(proposal)
        return proposal if article not in of else (_of(proposal) if of[article] == "de" else f"à {proposal}")
    if article in ("de", "d’"):
        return _of(proposal)
    if article in ("des", "les", "aux"):
        return None
    pair = _PAIR.match(proposal)
    if pair and is_feminine_of(fold(pair["other"]).text, fold(pair["one"]).text):
        one, other = pair.groups()
        return (
            f"{_article(article, one, True)}{one} ou {_article(article, other, False)}{other}{proposal[pair.end() :]}"
        )
    if head in _FEMININE or head in _MASCULINE:
        return f"{_article(article, proposal, head in _FEMININE)}{proposal}"
    if article in ("l’", "de l’", "à l’") and not _elides(proposal):
        either = {"l’": "la ou le ", "de l’": "de la ou du ", "à l’": "à la ou au "}[article]
        return f"{either}{proposal}"
    return None


def _article(article: str, word: str, is_feminine: bool) -> str:
    if article in ("un", "une"):
        return "une " if is_feminine else "un "
    if article in ("ce", "cet", "cette"):
        return "cette " if is_feminine else "cet " if _elides(word) else "ce "
    kind = "de" if article in ("du", "de la", "de l’") else "à" if article in ("au", "à la", "à l’") else ""
    if _elides(word):
        return f"{kind} l’".lstrip()
    if is_feminine:
        return f"{kind} la ".lstrip()
    return {"": "le ", "de": "du ", "à": "au "}[kind]


def _of(proposal: str) -> str:
    if re.match(r"(?:les|le)\s", proposal, re.IGNORECASE):
        return ("des " if proposal[:3].lower() == "les" else "du ") + proposal.split(" ", 1)[1]
    return f"d’{proposal}" if _elides(proposal) else f"de {proposal}"


def _elides(word: str) -> bool:
    """Whether an article loses its vowel before a word. None of those proposed begins with an aspirate h."""
    return fold(word[:1]).text in "aeiouh" and word[:1] != ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cased(text: str, model: str) -> str:
    return text if model[:1].isupper() or not model[:1].isalpha() else text[:1].lower() + text[1:]
