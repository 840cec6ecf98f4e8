"""What the pages show of a file that is understood: sentences, lines and columns, in small frozen records."""

from collections.abc import Sequence
from dataclasses import dataclass

from vivier.common.tables import Output
from vivier.common.text import listed, plural
from vivier.imports.entries import Entry, Registrant
from vivier.imports.fields import MENTORS, REGISTRANTS
from vivier.imports.grid import ALL_SHEETS
from vivier.imports.headings import Source, choosable
from vivier.imports.issues import IssueGroup, shown
from vivier.imports.plans import Plan, state_of
from vivier.imports.understanding import Understanding, first_rows
from vivier.mentoring.vocabulary import mentor_words
from vivier.people.vocabulary import Interest, Language, QpvStatus, SchoolLevel, Slot
from vivier.programmes.models import Programme

#: Notices shown of one nature; the file to download has them all.
NOTICES_SHOWN = 3
#: What a column is in the form: nobody knows, or set aside. Neither is a field.
UNKNOWN, ASIDE = "", "-"
_STATES = {"new": ("à ajouter", "info"), "updated": ("à mettre à jour", "wait"), "unchanged": ("déjà à jour", "ok")}

#: What is read of a person at first sight; the rest is one press away, where there is more than a few.
_FIRST, _FEW = frozenset({"Naissance", "Classe", "Atelier", "Métier", "Filleules à la fois", "Vérification"}), 4


@dataclass(frozen=True)
class ShownPerson:
    """One person as the file was understood: (what, value) that the file gives, `facts` first, then the `others`."""

    name: str
    lines: str
    facts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    state: str
    tone: str
    changes: str


@dataclass(frozen=True)
class ShownColumn:
    """One column: what it is taken for, two of its values, and what she may say instead."""

    heading: str
    key: str
    samples: str
    chosen: str
    state: str
    tone: str
    note: str


@dataclass(frozen=True)
class ShownNotice:
    """Notices of one nature, in sentences: the first ones, and how many lines are concerned in all."""

    heading: str
    sentences: tuple[str, ...]
    total: int


def heading(understood: Understanding, programme: Programme) -> str:
    """Return the finding that heads the preview."""
    if understood.refusal:
        return "Ce fichier ne peut pas être importé."
    if understood.lacks_names:
        return "Il reste à dire où sont les noms."
    if understood.errors:
        count = understood.lines_in_error
        verb = "est" if count == 1 else "sont"
        return f"{plural(count, 'ligne', 'lignes')} {verb} à corriger avant d’importer."
    one, many = nouns(understood.kind, programme)
    count = len(understood.entries)
    return f"{plural(count, one, many)} : tout est compris."


def nouns(kind: str, programme: Programme) -> tuple[str, str]:
    """Return the singular and the plural of whom a file is about."""
    words = programme.words if kind == REGISTRANTS else mentor_words(programme.audience)
    return words.one, words.many


def what_will_happen(understood: Understanding) -> str:
    """Return "148 à ajouter, 2 à mettre à jour et 3 déjà à jour"."""
    counts = [(understood.planned.count(state), words) for state, (words, _) in _STATES.items()]
    return listed([f"{count} {words}" for count, words in counts if count])


def sheet_heading(understood: Understanding) -> str:
    """Return which sheet was read, among how many."""
    count = len(understood.grid.sheets)
    if understood.grid.sheet == ALL_SHEETS:
        return f"Ce classeur a {count} feuilles : toutes celles qui ont des noms sont lues."
    return f"Ce classeur a {count} feuilles : seule « {understood.grid.sheet} » est lue."


def people(understood: Understanding, plans: Sequence[Plan]) -> list[ShownPerson]:
    """Return what is shown of some people of the file."""
    return [_person(understood, plan) for plan in plans]


def _person(understood: Understanding, plan: Plan) -> ShownPerson:
    entry, state = plan.entry, state_of(plan)
    words, tone = _STATES[state]
    numbers = [str(spot) for spot in entry.spots]
    told = [(label, value) for label, value in (*_facts(understood, entry), *_contact(entry)) if value]
    first = [fact for fact in told if fact[0] in _FIRST] if len(told) > _FEW else told
    return ShownPerson(
        name=f"{entry.first_name} {entry.last_name}",
        lines=listed(numbers),
        facts=tuple(first),
        others=tuple(fact for fact in told if fact not in first),
        state=words,
        tone=tone,
        changes=", ".join(plan.changes) if state == "updated" else "",
    )


def _contact(entry: Entry) -> tuple[tuple[str, str], ...]:
    return ("E-mail", entry.email), ("Téléphone", entry.phone)


def _facts(understood: Understanding, entry: Entry) -> list[tuple[str, str]]:
    places = understood.places
    home = places[entry.commune].label if entry.commune in places else ""
    tastes = "Goûts" if isinstance(entry, Registrant) else "Domaines"
    shared = [
        ("Créneaux", listed([Slot(code).label for code in sorted(entry.slots, key=list(Slot).index)])),
        (tastes, listed([Interest(code).label for code in entry.interests])),
        ("Langues", listed([Language(code).label for code in entry.languages])),
    ]  # fmt: skip
    if not isinstance(entry, Registrant):
        capacity = "" if entry.capacity is None else str(entry.capacity)
        return [
            ("Métier", ", ".join(filter(None, (entry.occupation, entry.employer)))),
            ("Habite", home),
            ("Filleules à la fois", capacity),
            *shared,
            ("Vérification", _vetting(entry)),
        ]
    city = places[entry.city].name if entry.city in places else ""
    return [
        ("Naissance", shown(entry.birth_date)),
        ("Classe", SchoolLevel(entry.school_level).label if entry.school_level else ""),
        ("Établissement", entry.school_name),
        ("Habite", home),
        ("QPV", QpvStatus(entry.qpv).label if entry.qpv else ""),
        ("Atelier", listed([_visit(visit, city) for visit in entry.visits if _visit(visit, city)])),
        ("Responsable", listed([_guardian(guardian) for guardian in entry.guardians])),
        *shared,
    ]


def _visit(visit, city: str) -> str:
    came = {True: "présente", False: "absente", None: ""}[visit.attended]
    return ", ".join(filter(None, (city, shown(visit.day), came)))


def _guardian(guardian) -> str:
    name = f"{guardian.first_name} {guardian.last_name}".strip()
    return ", ".join(filter(None, (name, guardian.email, guardian.phone)))


def _vetting(entry) -> str:
    if entry.vetted_on:
        return f"faite le {shown(entry.vetted_on)}"
    return {True: "faite, sans date", False: "pas encore faite", None: ""}[entry.vetted]


def columns(understood: Understanding) -> list[ShownColumn]:
    """Return the columns of a file, with samples of what they hold."""
    grid = understood.grid
    found = []
    for column in grid.columns:
        samples = list(dict.fromkeys(text for line in grid.lines[:40] if (text := shown(line.cell(column), 28))))[:2]
        if column.doubles:
            state, tone, note = "comparée", "info", f"ne doit pas contredire « {column.doubles} »"
        elif column.field is None:
            state, tone, note = "non reconnue", "wait", ""
        elif not column.field:
            state, tone, note = "de côté", "info", ""
        else:
            state, tone, note = "reconnue", "ok", "selon votre choix" if column.source is Source.CHOICE else ""
        chosen = UNKNOWN if column.field is None else column.field or ASIDE
        found.append(ShownColumn(column.heading, column.key, ", ".join(samples), chosen, state, tone, note))
    return found


def column_choices(kind: str) -> list[tuple[str, str]]:
    """Return (value, label) of what a column may be said to hold."""
    return [(UNKNOWN, "Non reconnue"), (ASIDE, "À laisser de côté"), *choosable(kind)]


def notices(found: Sequence[IssueGroup]) -> list[ShownNotice]:
    """Return groups of notices as sentences: "Ligne 12, « 1 ou 2 » : lu comme un maximum de 2"."""
    shown_groups = []
    for group in found:
        sentences = []
        for issue in group.issues[:NOTICES_SHOWN]:
            value = f"« {issue.value} »" if issue.value and issue.value not in issue.wrong else ""
            where = ", ".join(filter(None, (issue.place, value)))
            sentences.append(f"{where} : {issue.sentence}" if where else issue.sentence)
        shown_groups.append(ShownNotice(group.heading, tuple(sentences), len(group.issues)))
    return shown_groups


def issue_table(understood: Understanding) -> Output:
    """Return every error, then every notice, as a sheet to download."""
    rows = [
        (
            "à corriger" if issue in understood.errors else "à savoir",
            issue.place,
            issue.heading,
            issue.value,
            issue.wrong,
            issue.instead,
        )
        for found in (understood.errors, understood.notices)
        for issue in sorted(found, key=lambda issue: issue.spots)
    ]
    return Output("À corriger", ("Nature", "Où", "Colonne", "Valeur lue", "Ce qui ne va pas", "Que faire"), rows)


def raw_rows(content: bytes, sheet: str) -> list[tuple[int, str]]:
    """Return (line number, its cells) of the first lines as they stand, where the headings say nothing."""
    rows = first_rows(content, sheet, 6)
    cells = {row.number: filter(None, (shown(cell, 24) for cell in row.cells)) for row in rows}
    return [(number, ", ".join(f"« {text} »" for text in texts)) for number, texts in cells.items()]


#: Headings of the empty workbook that a coordinator may start from.
_MODELS = {
    REGISTRANTS: (
        "Ville de l’atelier", "Date de l’atelier", "Présence", "Nom", "Prénom", "Date de naissance", "Lycée", "Classe",
        "Commune", "Code postal", "Mail élève", "Tél", "Nom responsable légal", "Mail responsable", "Tél responsable",
        "Langues", "Disponibilités", "Ce qui l’intéresse", "QPV",
    ),
    MENTORS: (
        "Nom", "Prénom", "Mail", "Téléphone", "Métier", "Entreprise", "Commune", "Code postal", "Nb filleules max",
        "Disponibilités", "Domaines", "Langues", "Vérifiée le",
    ),
}  # fmt: skip


def model_table(kind: str) -> Output:
    """Return an empty sheet with the headings that are all understood."""
    return Output("Liste", _MODELS[kind], ())
