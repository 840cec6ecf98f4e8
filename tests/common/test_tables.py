"""Spreadsheets in and out: what is read is what was written, and what is written runs nothing."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.depth import examples
from tests.imports.builders import as_csv, as_ods, as_xls, as_xlsx
from vivier.common.tables import Output, UnreadableTable, neutralised, read_sheets, to_csv, to_xlsx
from vivier.common.tables.reading import decoded

ROWS = [["Nom", "Prénom", "Code"], ["Lefèvre", "Éva", "38000"], ["Œuvrard", "Noé", "01000"]]


def texts(content: bytes) -> list[tuple]:
    return [row.cells for row in read_sheets(content)[0].rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_text_file_is_read_whatever_its_encoding_and_separator(encoding, separator):
    assert texts(as_csv(ROWS, separator=separator, encoding=encoding)) == [tuple(row) for row in ROWS]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_the_encoding_that_makes_most_french_is_taken(encoding):
    assert decoded("Née à Évry, élève de première".encode(encoding)) == "Née à Évry, élève de première"


@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_xls])
def test_a_workbook_is_read_with_its_numbers(write):
    rows = [["Nom", "Nombre"], ["Lefèvre", 12.5], ["Œuvrard", 3]]
    assert texts(write(rows)) == [("Nom", "Nombre"), ("Lefèvre", 12.5), ("Œuvrard", 3.0)]


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_a_workbook_is_read_with_its_dates(write):
    assert texts(write([["Le"], [date(2010, 3, 12)]]))[1] == (date(2010, 3, 12),)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_lines_keep_the_number_that_a_spreadsheet_gives_them(write):
    rows = [["Titre"], [], ["a", "b"], [None, None], ["c"]]
    assert [row.number for row in read_sheets(write(rows))[0].rows] == [1, 3, 5]


def test_a_value_on_several_lines_counts_for_one():
    rows = read_sheets(as_csv([["Nom", "Note"], ["A", "un\ndeux"], ["B", "x"]]))[0].rows
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "Nom"), (2, "A"), (3, "B")]


def test_hidden_sheets_are_left_out():
    book = load_workbook(BytesIO(as_xlsx(ROWS, others={"Listes": [["oui"], ["non"]]})))
    book["Listes"].sheet_state = "hidden"
    content = BytesIO()
    book.save(content)
    assert [sheet.name for sheet in read_sheets(content.getvalue())] == ["Liste"]


_texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\ufffe\uffff"), max_size=20)


@settings(max_examples=examples(60), deadline=None)
@given(_texts)
def test_no_text_runs_as_a_formula(text):
    safe = neutralised(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\r\n")
    assert safe in (kept, f"'{kept}", text, f"'{text}")


def test_numbers_stay_numbers():
    assert [neutralised(value) for value in (-3, 2.5, None, True, date(2026, 1, 1))] == [
        -3, 2.5, None, True, date(2026, 1, 1),
    ]  # fmt: skip


_RISKY = [["=1+1", -3, date(2026, 1, 2)], ["@SUM(A1)", 2.5, None], ["+33 6", 0, None], ["\tx", 1, None], ["-", 1, None]]


def test_what_is_exported_and_read_again_is_the_same_text_made_harmless():
    for content in (to_xlsx([Output("Liste", ["=cmd", "b", "c"], _RISKY)]), to_csv(["=cmd", "b", "c"], _RISKY)):
        found = texts(content)
        assert [row[0] for row in found] == ["'=cmd", "'=1+1", "'@SUM(A1)", "'+33 6", "'\tx", "'-"]
    book = load_workbook(BytesIO(to_xlsx([Output("Liste", ["=cmd", "b", "c"], _RISKY)])))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert [book.active.cell(2, 2).value, book.active.cell(3, 2).value] == [-3, 2.5]


def test_sheets_get_names_that_excel_accepts():
    outputs = [Output("a/b:c" * 12, ["x"], []), Output("a/b:c" * 12, ["x"], []), Output("", ["x"], [])]
    names = load_workbook(BytesIO(to_xlsx(outputs))).sheetnames
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


@settings(max_examples=examples(80), deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"Nom;Pr\xe9nom\n"):
        try:
            read_sheets(start + content)
        except UnreadableTable as refusal:
            assert str(refusal)
