"""Spreadsheets: what people send (bytes → rows), and what they are given (rows → XLSX or CSV bytes)."""

from vivier.common.tables.cells import Cell, Row, Sheet
from vivier.common.tables.formats import MAX_BYTES, MAX_ROWS, SENTENCES, UnreadableTable
from vivier.common.tables.reading import read_sheets
from vivier.common.tables.writing import CSV_TYPE, XLSX_TYPE, Output, neutralised, to_csv, to_xlsx

__all__ = [
    "CSV_TYPE",
    "MAX_BYTES",
    "MAX_ROWS",
    "SENTENCES",
    "XLSX_TYPE",
    "Cell",
    "Output",
    "Row",
    "Sheet",
    "UnreadableTable",
    "neutralised",
    "read_sheets",
    "to_csv",
    "to_xlsx",
]
