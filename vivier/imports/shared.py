"""What registrants and mentors have in common: names, addresses, commune, lists. Pure."""

from functools import partial

from vivier.common.text import folded
from vivier.imports import values, words
from vivier.imports.grid import Grid, Line
from vivier.imports.issues import Severity
from vivier.imports.lines import LineReader
from vivier.imports.places import Found, PlaceIndex, PlaceText


def place_texts(grid: Grid) -> set[PlaceText]:
    """Return the different texts by which the lines of a grid name communes; what cannot be read names none."""
    reader = LineReader(grid)
    return {text for line in grid.lines if (text := place_text(reader, line))}


def place_text(reader: LineReader, line: Line) -> PlaceText:
    """Return what a line says of the commune where somebody lives."""
    postal, beside = reader.one(line, "postal_code", values.postal_code, ("", ""))
    name = reader.one(line, "commune", values.plain_text, "")
    if not name and beside:
        name = beside
    return PlaceText(name, postal, reader.one(line, "insee_code", values.insee_code, ""))


def commune_of(reader: LineReader, line: Line, index: PlaceIndex) -> Found:
    """Return the commune of a line; what is wrong is kept under the heading that said it."""
    text = place_text(reader, line)
    if not text:
        return Found()
    found = index.find(text)
    field = "commune" if reader.has("commune") and text.name else "postal_code"
    field = field if reader.has(field) else "insee_code"
    shown = " ".join(filter(None, (text.postal or text.insee, text.name)))
    if found.code == "place_ambiguous" and not reader.has("commune"):
        # A file without names of communes refuses nobody for that.
        wrong = f"{found.wrong} : sans colonne « Commune », laissée vide"
        reader.notice(found.code, line, field, shown, wrong)
    elif found.is_error:
        reader.error(found.code, line, field, shown, found.wrong, found.instead)
    elif found.wrong:
        reader.notice(found.code, line, field, shown, found.wrong)
    return found


def names_of(reader: LineReader, line: Line) -> tuple[str, str]:
    """Return (first name, surname); what is missing is an error, and gives ("", "")."""
    before = len(reader.issues)
    first = reader.one(line, "first_name", values.name, "")
    last = reader.one(line, "last_name", values.name, "")
    if not (first and last) and reader.has("full_name"):
        starts_with_first = folded(reader.heading("full_name")).startswith("prenom")
        split = partial(values.split_name, first_name_first=starts_with_first)
        whole = reader.one(line, "full_name", lambda cell: None if cell is None else split(cell), ("", ""))
        first, last = first or whole[0], last or whole[1]
    if first and last:
        return first, last
    if all(issue.severity is Severity.NOTICE for issue in reader.issues[before:]):
        missing = ("le prénom et le nom manquent", "le prénom manque", "le nom manque")[bool(last) + 2 * bool(first)]
        field = next((one for one in ("first_name", "full_name", "last_name") if reader.has(one)), "")
        if first and reader.has("last_name"):
            field = "last_name"
        reader.error(
            "name_missing", line, field, f"{first} {last}".strip(), missing,
            "complétez la ligne, ou supprimez-la si ce n’est pas une personne",
        )  # fmt: skip
    return "", ""


def slots_of(reader: LineReader, line: Line) -> tuple[str, ...]:
    """Return the half-days of a line, from words and from columns that each stand for one."""
    found = [code for codes in reader.every(line, "slots", lambda cell, _: words.slots(cell)) for code in codes]
    found += [code for codes in reader.every(line, "slot_column", words.slots) for code in codes]
    return tuple(sorted(set(found)))


def list_of(reader: LineReader, line: Line, field: str) -> tuple[str, ...]:
    """Return the codes of "interests" or "languages" of a line."""
    parse = words.interests if field == "interests" else words.languages
    found = [code for codes in reader.every(line, field, lambda cell, _: parse(cell)) for code in codes]
    return tuple(dict.fromkeys(found))
