"""Who must say yes, for what, at what age, and where a set of answers stands. Pure: no database, `today` is given.

The rules are data (data/consent_rules.toml), checked when loaded: a table with a hole does not start.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "consent_rules.toml"
PURPOSES = ("data", "activity", "mentoring", "image")


class Band(StrEnum):
    """An age band, whole years at the date: below 15, 15 to 17, 18 and over."""

    UNDER_15 = "under_15"
    FROM_15_TO_17 = "15_17"
    ADULT = "adult"

    @property
    def label(self) -> str:
        return _BAND_LABELS[self]


_BAND_LABELS = {Band.UNDER_15: "moins de 15 ans", Band.FROM_15_TO_17: "15 à 17 ans", Band.ADULT: "18 ans et plus"}


class Signatory(StrEnum):
    """Who must answer."""

    SELF = "self"
    ONE_GUARDIAN = "one_guardian"
    ALL_GUARDIANS = "all_guardians"


class Outcome(StrEnum):
    """Where a purpose stands."""

    GRANTED = "granted"
    AWAITING = "awaiting"
    REFUSED = "refused"


class Reader(StrEnum):
    """To whom a text speaks."""

    GUARDIAN = "guardian"
    MINOR = "minor"
    ADULT = "adult"


@dataclass(frozen=True)
class Rule:
    """Who must sign one purpose in one age band. `months`: how long a yes lasts."""

    id: str
    purpose: str
    band: Band
    signatories: frozenset[Signatory]
    is_blocking: bool
    months: int
    is_certain: bool
    source: str
    note: str

    @property
    def asks_guardians(self) -> bool:
        return bool(self.signatories & {Signatory.ONE_GUARDIAN, Signatory.ALL_GUARDIANS})


@dataclass(frozen=True)
class Text:
    """What one reader reads about one purpose; `{prenom}`, `{de_prenom}` ("d’Inès") and `{structure}` are filled."""

    purpose: str
    reader: Reader
    version: str
    title: str
    asks: str
    yes: str
    silent: str
    no: str


@dataclass(frozen=True)
class Answer:
    """The last answer of one signatory to one purpose. `guardian`: her key, None for the person herself."""

    guardian: int | None
    is_yes: bool
    expires_on: date | None = None

    def counts_on(self, today: date) -> bool:
        """Tell whether it is still an answer: a yes ends, a no lasts until it is changed."""
        return not self.is_yes or self.expires_on is None or today <= self.expires_on


@dataclass(frozen=True)
class Missing:
    """An answer that is waited for. A guardian without key is one that nobody has named yet."""

    signatory: Signatory
    guardian: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where one purpose stands, and why. `refused_by`: None stands for the person herself.

    `ends_on`: when it stops being granted (an answer ends, or the birthday that hands the decision over), None if not
    granted or without end. `is_age_known` False: the most protective band was taken.
    """

    rule: Rule
    outcome: Outcome
    missing: tuple[Missing, ...] = ()
    refused_by: tuple[int | None, ...] = ()
    ends_on: date | None = None
    is_age_known: bool = True


class TableError(ValueError):
    """The table of rules has a hole or a contradiction."""


def age_on(birth_date: date, day: date) -> int:
    """Return whole years on `day`; who was born on 29 February has her birthday on 1 March of a common year."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def birthday(birth_date: date, years: int) -> date:
    """Return the first day on which she is `years` old."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def band_on(birth_date: date | None, day: date) -> Band:
    """Return the age band on `day`; the most protective when the birth date is unknown."""
    if birth_date is None:
        return Band.UNDER_15
    age = age_on(birth_date, day)
    return Band.UNDER_15 if age < 15 else Band.FROM_15_TO_17 if age < 18 else Band.ADULT


def next_hand_over(birth_date: date | None, today: date) -> date | None:
    """Return the coming birthday that changes who decides (15, 18); None for adults and unknown ages."""
    if birth_date is None:
        return None
    return next((day for years in (15, 18) if (day := birthday(birth_date, years)) > today), None)


def required(purpose: str, birth_date: date | None, today: date) -> Rule:
    """Return the rule for a purpose and a birth date on that day."""
    return rules()[purpose, band_on(birth_date, today)]


def text_for(purpose: str, reader: Reader) -> Text:
    """Return what that reader reads about a purpose."""
    return texts()[purpose, reader]


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")


def state(
    purpose: str, birth_date: date | None, today: date, answers: Iterable[Answer], guardians: Sequence[int]
) -> Standing:
    """Return where `purpose` stands: refused as soon as one who is listened to said no, granted once all have said yes.

    `answers`: the last one of each signatory for this purpose; those of people who are not known guardians are ignored.
    Her own no always counts. A guardian's no counts while guardians are asked, even where one suffices.
    """
    rule = required(purpose, birth_date, today)
    answers = tuple(answers)
    asked = set(guardians) if rule.asks_guardians else set()
    heard = {
        answer.guardian: answer
        for answer in answers
        if answer.counts_on(today) and (answer.guardian is None or answer.guardian in asked)
    }
    refused = tuple(sorted((key for key, answer in heard.items() if not answer.is_yes), key=lambda key: key or 0))
    is_age_known = birth_date is not None
    if refused:
        return Standing(rule, Outcome.REFUSED, refused_by=refused, is_age_known=is_age_known)
    missing = _missing(rule, heard, guardians)
    if missing:
        return Standing(rule, Outcome.AWAITING, missing=missing, is_age_known=is_age_known)
    ends_on = _end_in_band(rule, heard, guardians)
    hand_over = next_hand_over(birth_date, today)
    if hand_over and (ends_on is None or ends_on >= hand_over):
        later = state(purpose, birth_date, hand_over, answers, guardians)
        # At 15 her own yes, already given, goes on; at 18 she must answer what only her guardian had answered.
        ends_on = later.ends_on if later.outcome == Outcome.GRANTED else hand_over - timedelta(days=1)
    return Standing(rule, Outcome.GRANTED, ends_on=ends_on, is_age_known=is_age_known)


def _missing(rule: Rule, heard: dict[int | None, Answer], guardians: Sequence[int]) -> tuple[Missing, ...]:
    missing = []
    if Signatory.SELF in rule.signatories and None not in heard:
        missing.append(Missing(Signatory.SELF))
    for signatory in sorted(rule.signatories - {Signatory.SELF}):
        silent = [key for key in guardians if key not in heard]
        is_met = bool(guardians) and (
            not silent if signatory == Signatory.ALL_GUARDIANS else len(silent) < len(guardians)
        )
        if not is_met:
            missing += [Missing(signatory, key) for key in silent] or [Missing(signatory)]
    return tuple(missing)


def _end_in_band(rule: Rule, heard: dict[int | None, Answer], guardians: Sequence[int]) -> date | None:
    """Return the last day on which the answers given suffice for this rule; None: they have no end."""
    ends = [heard[None].expires_on] if Signatory.SELF in rule.signatories else []
    given = [heard[key].expires_on for key in guardians if key in heard]
    if Signatory.ALL_GUARDIANS in rule.signatories:
        ends += given
    elif Signatory.ONE_GUARDIAN in rule.signatories:
        ends.append(None if None in given else max(given))
    return min((end for end in ends if end is not None), default=None)


# --- The table ------------------------------------------------------------------------------------------------


@cache
def rules() -> dict[tuple[str, Band], Rule]:
    """Return the rules by purpose and band. Raises TableError."""
    return read_rules(_read(TABLE))


@cache
def texts() -> dict[tuple[str, Reader], Text]:
    """Return the texts by purpose and reader. Raises TableError."""
    return read_texts(_read(TABLE))


def _read(path: Path) -> dict:
    with path.open("rb") as file:
        return tomllib.load(file)


def read_rules(table: dict) -> dict[tuple[str, Band], Rule]:
    """Check and return the rules of a parsed table. Raises TableError with what is wrong."""
    found: dict[tuple[str, Band], Rule] = {}
    for row in table.get("rule", ()):
        rule = _rule(row)
        if (rule.purpose, rule.band) in found:
            raise TableError(f"{rule.id} : cette finalité a déjà une règle pour cet âge")
        found[rule.purpose, rule.band] = rule
    if holes := set(product(PURPOSES, Band)) - set(found):
        raise TableError(f"aucune règle pour {sorted(f'{purpose} / {band}' for purpose, band in holes)}")
    if len({rule.id for rule in found.values()}) != len(found):
        raise TableError("deux règles portent le même identifiant")
    return found


def _rule(row: dict) -> Rule:
    name = row.get("id", "sans identifiant")
    try:
        rule = Rule(
            id=row["id"],
            purpose=row["purpose"],
            band=Band(row["band"]),
            signatories=frozenset(Signatory(one) for one in row["signatories"]),
            is_blocking=row["is_blocking"],
            months=row["months"],
            is_certain={"certain": True, "to_check": False}[row["certainty"]],
            source=row["source"],
            note=row["note"],
        )
    except (KeyError, ValueError) as error:
        raise TableError(f"{name} : {error}") from error
    problems = {
        "finalité inconnue": rule.purpose not in PURPOSES,
        "aucun signataire": not rule.signatories,
        "un responsable et tous les responsables à la fois": len(rule.signatories - {Signatory.SELF}) > 1,
        "une personne majeure signe seule": rule.band == Band.ADULT and rule.signatories != {Signatory.SELF},
        "durée impossible": not 1 <= rule.months <= 60,
        "source absente": not rule.source.strip(),
    }
    for problem, is_there in problems.items():
        if is_there:
            raise TableError(f"{name} : {problem}")
    return rule


def read_texts(table: dict) -> dict[tuple[str, Reader], Text]:
    """Check and return the texts of a parsed table. Raises TableError with what is wrong."""
    found: dict[tuple[str, Reader], Text] = {}
    for row in table.get("text", ()):
        try:
            text = Text(**{**row, "reader": Reader(row["reader"])})
        except (KeyError, TypeError, ValueError) as error:
            raise TableError(f"{row.get('version', 'texte sans version')} : {error}") from error
        for sentence in (text.asks, text.yes, text.silent, text.no):
            try:
                sentence.format(prenom="", de_prenom="", structure="")
            except (KeyError, IndexError, ValueError) as error:
                raise TableError(
                    f"{text.version} : seuls {{prenom}}, {{de_prenom}} et {{structure}} se remplissent"
                ) from error
        if (text.purpose, text.reader) in found:
            raise TableError(f"{text.version} : cette finalité a déjà un texte pour ce lecteur")
        if len(text.version) > 20:
            raise TableError(f"{text.version} : une version tient en vingt caractères")
        found[text.purpose, text.reader] = text
    if holes := set(product(PURPOSES, Reader)) - set(found):
        raise TableError(f"aucun texte pour {sorted(f'{purpose} / {reader}' for purpose, reader in holes)}")
    if len({text.version for text in found.values()}) != len(found):
        raise TableError("deux textes portent la même version")
    return found
