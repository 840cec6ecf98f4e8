"""Apply what is proposed for a finding so that the sentence around it stays one.

A proposal that ends with a full stop is a sentence of its own: it takes the place of a clause, or follows the sentence
that the passage leaves. An empty one takes the passage out, with the words that led to it. Others take the place of the
passage, and the article before them is made to agree.

Words are compared in folded text (see `folding`), of the same length as what is written.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .agreement import ARTICLE, agreed, elides
from .findings import Finding
from .folding import fold

_REACH = 600  # characters on either side of a passage in which its sentence is looked for
# What ends a sentence. Some texts lack the space after it: « ses projets ?Vous aimez ».
_END = re.compile(
    r"[.!?…]{1,9}[\"»”)]?(?=\s+[^a-zà-ÿ\s]|[ \t]*$)"
    r"|(?<=[a-zà-ÿ]{3})(?:\.(?=[A-ZÀ-Ý][a-zà-ÿ])|[ \xa0\u202f]?[!?](?=[A-ZÀ-Ý]))"
    r"|[\n\r\u2028]",
    re.MULTILINE,
)
_LINE = 50  # characters of a line from which on it may have been wrapped
_BREAKS = "\n\r\u2028"
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:MM?|M(?:me|lle|r)|Dr|Me|n|p|(?i:réf|ref|art|av|bd|ste?|tél|tel|cf|ex|att|vs|env|c\.v))\.$"
)
_BULLET = re.compile(r"[ \t\xa0]*(?:[-–—•●▪*·►➢✓✔]|o(?=\s)|(?:\d{1,2}|[a-h])[.)])?[ \t\xa0]*")
# The rest of the last word of a passage, and the gender of « un(e) collaborateur|(trice) ».
_REST = re.compile(r"[\w’'-]+|\(\w{1,6}\)")
# What is said of the passage alone goes with it.
_SAID_OF_IT = re.compile(
    r"\s+(?:(?:(?:(?:et|ou) (?:plus|moins) )?de preference|(?:et|ou) (?:plus|moins)(?= ?[,.;)]|$)"
    r"|uniquement|exclusivement|seulement|evidemment|bien sur|svp|(?:tres )?prononcee?s?"
    r"|si possible|imperati\w+|salariales?|actuelles?|(?:(?:est|sont|serait|seraient) )?(?:exig|requis|demand|souhait"
    r"|appreci|obligatoire|indispensable|necessaire|attendu|privilegi|bienvenu)\w*)(?![\w'-]))+"
)
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*'?|\S")
_TRAIL = 120  # characters before a passage in which the words that lead to it are looked for
_ARTICLES = frozenset(
    "un une des le la les au aux du ce cet cette ces son sa ses votre vos notre nos ton ta tes leur leurs mon ma mes"
    " aucun aucune chaque tout toute tous toutes quelques certains certaines l' d'un d'une".split()
)
# Words that say nothing without what they led to: « propose une place de … », « atout : être issu d’… ».
_LEADING = _ARTICLES | frozenset(
    "de a en pour avec sans par dans sur chez entre vers selon comme que qui dont ou tres plutot plus moins pas non"
    " bien assez afin et ni mais soit si idealement preference exclusivement uniquement donc car ainsi surtout"
    " notamment alors puis environ propre ayant d' qu' s' n' c' jusqu' lorsqu' ( \"".split()
)
_VERBS = frozenset(
    "est es etes sont suis sommes sera serez seront serait soit soyez etre faut faudra a as ai avez ont avoir ayez aura"
    " aurez auront aurait ayant etant reste semble parait doit devra doivent devoir dois peut peux peuvent cherche"
    " cherchons cherchent recherche recherchons recherchent recrute recrutons souhaite souhaitons veut veux voulons"
    " demande demandons exige exigeons privilegie privilegions prefere preferons prend prenons accepte acceptons refuse"
    " refusons attend attendons posseder disposer justifier portes porte fait indiquer preciser mentionner joindre"
    " fournir aime aimons vise visons reserve reservons reservee destine destinee ouvert ouverte adresse adressee ferme"
    " fermee etait vous tu il elle on nous ils elles je se ne celle celui celles ceux age agee ages agees"
    " confie confiee attribue propose possede detient habite vit dispose justifie".split()
)
_NO_VERBS = frozenset("chez assez nez rez patrons environs marrons barons".split())
# A negation that lost what completes it: « nous ne retiendrons | que … | », « qui n’est | pas … | ».
_UNFINISHED = re.compile(r"(?<![\w'])(?:ne |n')(?:(?:l|s|y|en|vous|le|la|les|se)['\s])?[a-z]+$")
_JOINING = re.compile(r"(?:et|ou|ni|mais)\s+")
_SEPARATORS = ",;:|/+&-\x01\x02"
# What is said to those whom the passage names goes with it.
_ANSWER = re.compile(
    r"^[^a-z0-9]*(?:s'abst|merci|passe|non (?:merci|plus)|non\s*[,.!]|non$|(?<!de )ne\b|n'|meme\b|inutile|dehors"
    r"|mieux vaut|c'est|puisque|car\b|donc\b|sont|est\b|seront|sera\b|pas |refus|exclu|interdit|voir\b|vu\b|selon"
    r"|(?:on|nous|vous|tu|il|elle|cela|ca|ce|cet|cette|notre|le|la|l')\b[^.;:]{0,40}(?<!de )\b"
    r"(?:ne|n'|pas|jamais|trop)\b)"
    r"|s'abstenir|non merci|(?:votre|ton) (?:chemin|tour)|pas (?:accept|retenu|recu|admis)|s'il vous plait"
)
# The answer may be the next sentence: « Mère de famille ? Ce poste n’est pas pour vous. »
_NEXT_ANSWER = re.compile(
    r"\s+(?:(?:ce|cet|cette|le|la|l'|nous|on|vous|c'est|n'|ne|merci|passe|inutile|non|pas|desole)\b[^.!?\n]{0,40}"
    r"\b(?:pas|plus|jamais|chemin|tour|comprehension|merci|ailleurs|inutile)\b[^.!?\n]{0,40}[.!?]+)"
)
# The passage holds the verb of what stands before it: « les candidats d’ailleurs | ne seront pas reçus | ».
_OWN_VERB = re.compile(
    r"(?<![\w'-])(?:ne|n'(?=\w)|est|sont|sera|seront|serait|doit|doivent|devra|devront|s'abst\w+"
    r"|non (?:accept|admis|retenu)\w*|exclu\w*|refuse\w*)(?![\w-])"
)
_NUMBER = re.compile(r"(?<!\w)\d{1,2}\s$")
_QUANTITY = re.compile(r"\d|(?:moins|plus|entre|au plus|environ|vingt|trente|quarante|cinquante)\b")
_VERDICT = re.compile(r"(?:est|sont|sera|seront|serait|seraient|ne|n'|doi|devr|peu|pourr)\b")
_REFUSED = re.compile(r"(?:ne|n')\b")
_HAS_SUBJECT = re.compile(r"(vous|tu|nous|on|il|elle) (avez|as|a|etes|es|est|avons|sommes)(?![a-z])")
# A clause that goes on without the one before it, and the last clause of a row.
_GOES_ON = re.compile(r",\s*(?=(?:vous|tu)\s)")
_LAST_CLAUSE = re.compile(r",\s|\s(?:et|mais)\s+(?=(?:vous|tu|nous|on|il|elle|[a-z]+ant)\s)")
_SHORT, _ROW = 80, 40  # characters of it that may be lost, and of what stands between two commas
# What is left of a sentence and says nothing: « profil », « le gérant ».
_STUB = re.compile(r"|(?:profil|candidate?|personne|poste|emploi|age|sexe)s?(?:\(e\)s?)?|(?:les?|la|l') ?[a-z]+")
_WHEREAS = re.compile(r"[^,;:.]*\b(?:n')?etant\b[^,;:.]*$")  # « nos vestiaires n’étant pas séparés »
# Words that lead to a clause: alone, they say nothing.
_FRAGMENT = re.compile(r"(?:pour|en|dans|avec|si|afin|comme|lors|selon|de|d'|chez|par|sans|sur|a|au|aux)(?![\w-])")
_TO = re.compile(r"(?:a|au|aux|par|pour|sous|avant|chez)\s")
_ORPHAN = re.compile(r"(?:qui|que|dont|[a-z]{4,}ant)(?![\w-])")
_STRONG = ".!?…;:\n\r\u2028()•●▪–—"
_BLANKS = " \t\xa0\u202f"
_ASKED = re.compile(rf"[{_BLANKS}]*[?!]+")
_CLOSED = {")": "(", "»": "«", "”": "“", '"': '"'}
_PRENOMINAL = ("jeune", "jeunes")
_YOUNG = re.compile(r"(?<=\s)jeunes?$")
_BEFORE_NOUN = re.compile(r"\s(?!(?:et|ou|ni|mais)\b)[^\W\d_]", re.IGNORECASE)
_COPULAS = frozenset("est es etes sont etre soyez sera serez seront soit".split())
_INFINITIVE = re.compile(r"(?:[a-z]{3,}(?:er|ir|dre|tre)|etre)$")
_YOU = re.compile(r"(?<![a-z])(vous) [a-z]+$")
# A verb of which what follows is the object: « rajeunir | nos effectifs », « vous fermera | nos portes ».
_VERB_LAST = re.compile(r"(?<![a-z])[a-z]{2,}(?:(?<!i)er|ir|dre|[eid]ra|[eid]ront)$")
_PRONOUNS = frozenset("vous tu nous on il elle je".split())


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
    found: dict[tuple[int, int, str], Edit] = {}
    for proposal in proposals:
        if (made := edit(text, finding.start, finding.end, proposal)) is not None:
            found.setdefault(made[:3], made)
    return list(found.values())


def edit(text: str, start: int, end: int, proposal: str) -> Edit | None:
    """What to change in a field for one proposal on its passage [start, end); None when nothing of it would be left."""
    words = proposal and not is_sentence(proposal)
    made = _replacing(text, start, end, proposal) if words else _removing(text, start, end, proposal)
    is_empty = not made.text.strip() and not text[: made.start].strip() and not text[made.end :].strip()
    return None if is_empty else made._replace(proposal=proposal)


def is_sentence(proposal: str) -> bool:
    """Whether a proposal is a sentence of its own rather than words for the passage."""
    return proposal.endswith(".")


def _removing(text: str, start: int, end: int, sentence: str) -> Edit:
    """Take a passage out of its sentence, or its sentence out of the text; put another sentence there, if any."""
    sentence = sentence[:1].upper() + sentence[1:]
    start, end = _widened(text, start, end)
    low, high, stop = _sentence(text, start, end)
    is_endless = start - low > _REACH - 10 or stop - end >= _REACH
    if sentence and fold(sentence[:-1]).text in fold(text[:low] + text[stop:]).text:
        sentence = ""  # it stands there already
    mark = text[high:stop]
    if sentence and _is_alone(text, start, end):
        closing = _ASKED.match(text, end)
        written = _cased(sentence[:-1], text[start:end]) + ("." if closing else "")
        return Edit(start, closing.end() if closing else end, written)
    left, right = text[low:start], text[end:high]
    kept = _kept(left, text[start:end], right)
    if is_endless:  # a text without full stops: only what is sure to stand beside the passage changes
        if kept is None or sentence:
            return Edit(start, end, _lower(sentence[:-1]))
        return Edit(low, stop, kept)
    if kept is None:
        return _without_sentence(text, low, high, stop, sentence)
    kept, blank = kept.rstrip(), right[len(right.rstrip()) :]
    first = (left.strip() or text[start:end])[:1]
    if first.isupper() or (first.isdigit() and mark.strip()):
        kept = kept[:1].upper() + kept[1:]
    if not sentence:
        return Edit(low, stop, kept + blank + mark)
    if mark.strip():
        return Edit(low, stop, f"{kept}{blank}{mark} {sentence}")
    return Edit(low, stop, f"{kept.rstrip(';, ')}. {sentence[:-1]}{mark}")


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with what goes along with it: the rest of its words, what is said of it alone, its brackets."""
    if rest := _REST.match(text, end):  # « pensez|-vous »
        end = rest.end()
    if _BEFORE_NOUN.match(text, end) and (young := _YOUNG.search(_plain(text[start:end]))):  # « un | jeune | diplômé »
        start += young.start()
    if _plain(text[start : start + 3]) in ("ans", "ann") and (number := _NUMBER.search(text, max(0, start - 8), start)):
        start = number.start()
    if said := _SAID_OF_IT.match(_plain(text[end : end + 60])):
        end += said.end()
    after = text[end : end + 4].lstrip(_BLANKS)
    if opening := _CLOSED.get(after[:1]):
        beyond = text.index(after[0], end) + 1
        is_same = opening == after[0]
        count = text.count(opening, start, end) - (0 if is_same else text.count(after[0], start, end))
        before = text[max(0, start - 4) : start].rstrip(_BLANKS)
        if count % 2 if is_same else count > 0:
            end = beyond
        elif opening != "(" and before.endswith(opening):
            start, end = text.rindex(opening, 0, start), beyond
    return start, end


def _sentence(text: str, start: int, end: int) -> tuple[int, int, int]:
    """Where the sentence begins, where its words end, and where its mark does."""
    low = max(0, start - _REACH)
    for found in _END.finditer(text, low, start):
        if _is_end(text, found):
            low = found.end()
    low = min(_BULLET.match(text, low).end(), start)  # type: ignore[union-attr]
    while low < start and text[low].isspace():
        low += 1
    last = min(len(text), end + _REACH)
    for found in _END.finditer(text, max(start, end - 1), last):
        if found.start() < end - 1 or not _is_end(text, found):
            continue
        high = max(end, found.start())
        return low, high, high if found[0] in _BREAKS else max(end, found.end())
    return low, last, last


def _is_end(text: str, mark: re.Match[str]) -> bool:
    """Whether a sentence ends there: not at an abbreviation, nor where a long line only goes on in the next one."""
    at = mark.start()
    if mark[0] in _BREAKS:
        is_long = at > _LINE and not any(one in text[at - _LINE : at] for one in _BREAKS)
        return not (is_long and text[at + 1 : at + 2].islower() and text[at - 1] not in ".!?:;…")
    return _ABBREVIATION.search(text, max(0, at - 6), at + 1) is None


def _kept(left: str, passage: str, right: str) -> str | None:
    """What a sentence becomes without a passage between these; None where what is left would say nothing."""
    cut = _cut(_plain(left), _plain(passage), _plain(right))
    if cut is None:
        return None
    first, joint, skip = cut
    kept = left[:first]
    if joint in ("et", "ou"):  # the end of a row is gone: its last comma becomes that word
        kept, joint = f" {joint} ".join(kept.rsplit(", ", 1)), ""
    elif joint.strip() and _plain(passage).startswith(joint.strip()):  # the subject, as it is written
        joint = passage[: len(joint.strip())] + " "
    kept += joint + right[skip:]
    start = _plain(kept).lstrip()
    is_fragment = _FRAGMENT.match(start) and "," not in kept and ":" not in kept
    is_stub = _STUB.fullmatch(start.strip(" .,;:")) is not None
    return None if is_stub or is_fragment or _WHEREAS.match(start) else kept


def _cut(left: str, passage: str, right: str) -> tuple[int, str, int] | None:
    """How much of the left is kept, what comes between, and from where on the right is; None to keep nothing."""
    if left.count("(") > left.count(")") and ")" in right:
        return _cut_in_brackets(left, passage, right)
    cut = _cut_of(left, passage, right)
    if cut is not None:
        return cut
    if ";" in left or ";" in right:
        first, skip = left.rfind(";"), right.find(";") + 1
        if first > 0 or skip:
            before = len(left[: max(first, 0)].rstrip())
            return before, " ; " if before and skip else "", _next(right, skip) if skip else len(right)
    if _ANSWER.search(right):
        return None
    if going_on := _GOES_ON.search(right):
        return 0, "", going_on.end()
    if (row := _out_of_row(left, right)) is not None:
        return row
    border = max((found.start() for found in _LAST_CLAUSE.finditer(left)), default=-1)
    if not right.strip() and len(left) - border < _SHORT and border > 0:
        return len(left[:border].rstrip(" ,")), "", len(right)
    return None


def _out_of_row(left: str, right: str) -> tuple[int, str, int] | None:
    """« …, titulaire du | permis B | depuis peu, … » without what stands between the two commas."""
    border = max(left.rfind(", "), left.rfind(": "))
    comma = right.find(", ")
    if border < 1 or len(left) - border > _ROW or not 0 <= comma < _ROW // 2 or _VERDICT.search(right[:comma]):
        return None
    return (border + 1, " ", comma + 2) if left[border] == ":" else (border, "", comma)


def _cut_in_brackets(left: str, passage: str, right: str) -> tuple[int, str, int] | None:
    """Within brackets what they still hold stays; empty, they go."""
    opened, closed = left.rindex("("), right.index(")")
    within = _cut_of(left[opened + 1 :], passage, right[:closed])
    if within is not None and (within[0] or within[1] or right[within[2] : closed].strip()):
        first, joint, skip = within
        return opened + 1 + first, joint, skip
    outside = _cut(left[:opened], passage, right[closed + 1 :])
    return outside and (outside[0], outside[1], closed + 1 + outside[2])


def _cut_of(left: str, passage: str, right: str) -> tuple[int, str, int] | None:
    """The smallest cut: the passage, the words that led to it, one of two separators."""
    first, led = _led(left)
    before, skip = left[:first].rstrip(), _next(right, 0)
    after = right[skip:]
    is_open = not before or before[-1] in _SEPARATORS
    goes_on = after[:1].isalnum()
    if passage.strip() in _PRENOMINAL and goes_on and not _VERDICT.match(after):
        return len(left.rstrip()), " " if left.strip() else "", skip  # « une | jeune | vendeuse »
    if _ANSWER.search(after) and (is_open or not goes_on):
        return None
    if not is_open:
        if _OWN_VERB.search(passage) or _REFUSED.match(after) or _UNFINISHED.search(before):
            return None
        following = _TOKEN.match(after)
        if following and following[0] in _ARTICLES and _VERB_LAST.search(passage):
            return None
        if (led and not _is_adjunct(led, passage, before, after)) or _ends_with_verb(before):
            return _next_of_row(before, led, passage, after, skip)
    joining = _JOINING.match(after)
    if before.endswith(",") and _TO.match(after):  # « lettre, | photo | à M. Durand »
        return len(before) - 1, " ", skip
    if goes_on and not joining and (is_open or _ORPHAN.match(after)):
        return None
    if not before:
        return _headless(passage, after, skip, joining)
    kept = len(before)
    if not after:
        if before.endswith(":"):
            return None
        if led and led[-1] in ("et", "ou") and 0 < kept - before.rfind(", ") < 40:
            return kept, led[-1], len(right)
        return len(before.rstrip(_SEPARATORS + " ")), "", len(right)
    if after[0] in _SEPARATORS:
        if before[-1] == ":":
            return kept, " ", _next(right, skip + 1)
        if before[-1] in _SEPARATORS:
            kept = len(before.rstrip(_SEPARATORS + " "))
        return kept, right[:skip] if after[0] not in "," else "", skip
    if (joining or after[0] == "(") and before[-1] == ",":
        kept -= 1
    return kept, " ", skip


def _led(left: str) -> tuple[int, list[str]]:
    """Where the words begin that lead to a passage and say nothing without it, and these words."""
    first = len(left)
    window = max(0, first - _TRAIL)
    led: list[str] = []
    for token in reversed(list(_TOKEN.finditer(left, window))):
        if token[0] not in _LEADING:
            break
        led.insert(0, token[0])
        first = token.start()
    return first, led


def _is_adjunct(led: list[str], passage: str, before: str, after: str) -> bool:
    """Whether the words that led to a passage may go with it: « et | patient | », « secrétaire avec une | … | »."""
    if led[0] in ("et", "ou", "ni") and _ARTICLES.issuperset(word for word in led[1:] if word not in ("de", "d'")):
        return True
    if _ends_with_verb(before) or _VERDICT.match(after):
        return False
    if led[0] in ("avec", "ayant", "sans"):
        return True
    return {"de", "d'", "entre", "environ"}.issuperset(led) and _QUANTITY.match(passage) is not None


def _ends_with_verb(before: str) -> bool:
    word = _last_word(before)
    return word in _VERBS or (word.endswith(("ez", "rons")) and word not in _NO_VERBS)


def _last_word(text: str) -> str:
    """The last word of a folded text, « êtes » of « êtes-vous »."""
    tokens = _TOKEN.findall(text, max(0, len(text) - 40))
    return tokens[-1].split("-")[0] if tokens else ""


def _next_of_row(before: str, led: list[str], passage: str, after: str, skip: int) -> tuple[int, str, int] | None:
    """« vous avez une | … |, le permis C », « être | … | et mobile »: the next of a row takes the passage's place."""
    found = re.match(r"(?:,|,? ?(?:et|ou))\s+(([a-z]+'?)(?: l[a']\b)?)", after)
    if found is None:
        return None
    phrase, head = found.groups()
    if head.endswith("ez") and (subject := _YOU.search(before)):  # « vous êtes | … | et aimez »
        return subject.end(1), " ", skip + found.start(1)
    is_article = head in _ARTICLES or (head == "de" and phrase != head)
    if not led and _last_word(before) in _PRONOUNS:  # the passage held the verb
        return None
    if led and led[0] not in _ARTICLES:
        is_alike = head == led[0]
    elif not led and _last_word(before) in _COPULAS:
        is_alike = not (is_article or head in _PRONOUNS or head.endswith("ez") or _INFINITIVE.match(head))
    elif _INFINITIVE.match(passage.split()[0] if passage.split() else ""):
        is_alike = _INFINITIVE.match(head) is not None
    else:
        is_alike = is_article
    return (len(before), " ", skip + found.start(1)) if is_alike else None


def _headless(passage: str, after: str, skip: int, joining: re.Match[str] | None) -> tuple[int, str, int] | None:
    """What a sentence becomes that began with the passage: it may have held the subject, and the verb."""
    if joining and _OWN_VERB.search(passage):  # what follows has lost its subject
        return None
    gone = joining.end() if joining else len(after) - len(after.lstrip(_SEPARATORS + " "))
    rest = after[gone:]
    if not rest:
        return None
    subject = _HAS_SUBJECT.match(passage)
    if subject and re.match(r"(?:vous|tu|nous|on|il|elle)\b", rest) is None:
        is_verb = re.match(r"[a-z]+(?:ez|ons)\b", rest) is not None
        return 0, f"{subject[1] if is_verb else subject[0]} ", skip + gone
    return 0, "", skip + gone


def _next(text: str, at: int) -> int:
    """Where the next character stands that is no space."""
    return at + len(text[at:]) - len(text[at:].lstrip())


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a passage is all that stands between two strong marks, or in its line."""
    before, after = text[max(0, start - 40) : start], text[end : end + 10]
    before, after = before.rstrip(_BLANKS + '«"“'), after.lstrip(_BLANKS + '»"”')
    line = max(before.rfind(mark) for mark in _BREAKS) + 1
    is_begun = (not before and start < 40) or before[-1:] in _STRONG or _BULLET.fullmatch(before[line:]) is not None
    return is_begun and (not after or after[0] in _STRONG)


def _without_sentence(text: str, low: int, high: int, stop: int, sentence: str) -> Edit:
    """Take a whole sentence out, with its line where nothing else stands there; or put another in its place."""
    if answer := _NEXT_ANSWER.match(_plain(text[stop : stop + 120])):
        stop += answer.end()
    if sentence:
        return Edit(low, stop, sentence if text[high:stop].strip() else sentence[:-1], is_whole=True)
    line, line_end = text.rfind("\n", 0, low) + 1, text.find("\n", stop)
    line_end = len(text) if line_end < 0 else line_end
    if _BULLET.fullmatch(text, line, low) and not text[stop:line_end].strip():
        is_last = line_end == len(text)
        return Edit(max(line - 1, 0) if is_last else line, stop if is_last else line_end + 1, "", is_whole=True)
    while text[stop : stop + 1] == " ":
        stop += 1
    if stop >= line_end:  # the last sentence of its line takes the space before it
        while low > line and text[low - 1] == " ":
            low -= 1
    return Edit(low, stop, "", is_whole=True)


def _replacing(text: str, start: int, end: int, proposal: str) -> Edit:
    """Put words in the place of a passage: its article, its capitals and the words beside it agree."""
    if re.search(r"(?:minimum|au moins) $", _plain(text[max(0, start - 9) : start])):
        proposal = proposal.removeprefix("au moins ")
    if echo := re.match(rf"\s+{re.escape(_plain(proposal).split()[-1])}(?![a-z0-9])", _plain(text[end : end + 30])):
        end += echo.end()  # « une | équipe jeune | motivée »
    told = re.search(r"([a-z]+)\s$", _plain(text[max(0, start - 30) : start]))
    if told and _plain(proposal).startswith(f"{told[1]} "):  # « formation | grande école | »
        proposal = proposal.split(" ", 1)[1]
    if text[start:end].isupper() and end - start > 3:
        proposal = proposal.upper()
    before = ARTICLE.search(text, max(0, start - 12), start)
    if before is None:
        return Edit(start, end, proposal)
    at, lower = before.start("article"), _lower(proposal)
    written = agreed(before["article"].lower().replace("'", "’"), lower)
    if written is None:
        return Edit(start, end, lower)
    if before["article"][0].isupper():
        written = written[:1].upper() + written[1:]
    if before["lead"]:  # « d’un » before what has no vowel
        return Edit(before.start("lead"), end, (before["lead"] if elides(written) else "de ") + written)
    return Edit(at, end, written)


def _plain(text: str) -> str:
    """Folded text of the same length: where folding would drop characters, lower case alone."""
    folded = fold(text)
    if not folded.gaps:
        return folded.text
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)


def _lower(text: str) -> str:
    """Without the first capital, unless it is one of several: « CV », « SMIC »."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _cased(text: str, model: str) -> str:
    return text if model[:1].isupper() or not model[:1].isalpha() else _lower(text)
