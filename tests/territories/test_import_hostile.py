"""Hostile files: no traceback, no partial write, a reason for each."""

import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.depth import examples
from tests.territories import official_files as official
from vivier.common.actors import SYSTEM
from vivier.territories import operations
from vivier.territories.importing import files
from vivier.territories.importing.reports import Report
from vivier.territories.importing.run import NothingRecognised, import_folder
from vivier.territories.models import Commune, CommuneAlias, Department, PostalCode, PriorityNeighbourhood, Region

#: A good file beside the hostile one shows that the rest is still imported.
GOOD = "insee_com,niveau_densite\n26362,Petites villes\n"


def bring(folder: Path, **options) -> Report:
    return import_folder(by=SYSTEM, folder=folder, **options)


def workbook(*rows: list) -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def far_cell(cell: bytes) -> bytes:
    """Return a workbook whose last cell is at the far end of the sheet."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = text.replace(b"</row>", cell + b"</row>", 1)
            new.writestr(name, text)
    return content.getvalue()


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("communes.csv", "a;b\n")
    return content.getvalue()


HOSTILE = {
    "empty": b"",
    "spaces": b" \n\t ",
    "binary": bytes(range(256)) * 20,
    "nul": b"codgeo,codbe,libbe\n" + b"\x00" * 5_000,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "one column": b"codgeo\n26362\n",
    "no heading": b"26362,Valence\n26281,Romans\n",
    "bad utf-16": b"\xff\xfe\x00\xd8\x00",
    "cut workbook": workbook(["CODGEO", "ZE2020"], ["26362", "8431"])[:400],
    "not a workbook": archive(),
    "far cell": far_cell(b'<c r="XFD1048576"><v>1</v></c>'),
    "far cell, spelt otherwise": far_cell(b"<c  s='0' r='XFD1048576'><v>1</v></c>"),
    "other workbook": workbook(["a", "b"], [1, 2]),
    "JSON number": b"[1, 2, 3]",
    "JSON object": b'{"a": 1, "b": {"c": []}}',
    "JSON empty": b"[]",
    "features empty": b'{"type": "FeatureCollection", "features": []}',
}
REGION = b'[{"code": "84", "nom": "Rh\xc3\xb4ne", "chefLieu": "69123"}'
BROKEN = {
    "cut JSON": (b'[\n{"code":"26362","nom":"Valence","type":"commune-actuelle",\n"departement":"26"', 3),
    "garbage": b"{\n\n]",
    "no comma": (REGION + b"\n" + REGION[1:] + b"]", 2),
    "NaN": (REGION + b',\n{"population": NaN}]', 2),
    "deep": b"[" * 100_000,
    "long number": b'[{"a": ' + b"9" * 5_000 + b"}]",
    "cut string": b'[{"a": "\\',
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_referential_is_listed_as_not_recognised(shipped, tmp_path, name):
    (tmp_path / "hostile").write_bytes(HOSTILE[name])
    (tmp_path / "good.csv").write_text(GOOD)
    report = bring(tmp_path)
    assert [row["file"] for row in report.unrecognised] == ["hostile"] and report.unrecognised[0]["reason"]
    assert report.refused == [] and report.updated["communes"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_broken_json_is_refused_whole_with_its_line(shipped, tmp_path, name):
    content = BROKEN[name]
    content, line = content if isinstance(content, tuple) else (content, None)
    (tmp_path / "hostile").write_bytes(content)
    (tmp_path / "good.csv").write_text(GOOD)
    report = bring(tmp_path)
    assert [row.file for row in report.refused] == ["hostile"]
    assert report.refused[0].reason.startswith("fichier refusé en entier : le JSON est coupé")
    assert line is None or report.refused[0].line == line
    assert report.updated["communes"] == 1


@pytest.mark.django_db
def test_a_file_cut_after_many_rows_is_refused_whole(shipped, tmp_path):
    rows = [official.commune(f"26{number:03}", f"Lieu {number}") for number in range(1, 400)]
    official.write_json(tmp_path / "communes.json", rows)
    text = (tmp_path / "communes.json").read_text(encoding="utf-8")
    (tmp_path / "communes.json").write_text(text[:-300], encoding="utf-8")
    before = Commune.objects.count()
    report = bring(tmp_path)
    assert Commune.objects.count() == before
    assert report.refused_count == 1 and report.refused[0].line > 390


@pytest.mark.django_db
def test_folders_links_and_unreadable_files_are_listed(shipped, tmp_path):
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    (tmp_path / ".hidden").write_text("x")
    report = bring(tmp_path)
    assert [row["file"] for row in report.unrecognised] == ["folder", "gone"]


@pytest.mark.django_db
def test_names_of_files_and_values_are_shown_harmlessly(shipped, tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n\x1b[31m.csv")).write_text("code;latitude\n")
    (tmp_path / "b.csv").write_text("codgeo;latitude;longitude\n26362;\x1b[31m;4.9\n")
    report = bring(tmp_path)
    text = "\n".join(report.lines())
    text.encode()
    assert "\x1b" not in text and report.unrecognised[0]["file"] == "a???[31m.csv"


@pytest.mark.django_db
def test_sizes_are_bounded(shipped, tmp_path, monkeypatch):
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "long.csv").write_text("insee_com,niveau_densite\n" + "26281,Petites villes\n" * 300)
    monkeypatch.setattr(files, "MOST_ROWS", 250)
    report = bring(tmp_path)
    assert [row.file for row in report.refused] == ["long.csv"] and "plus de 250 lignes" in report.refused[0].reason
    monkeypatch.setattr(files, "LARGEST_FILE", 1_000)
    report = bring(tmp_path)
    assert [row["file"] for row in report.unrecognised] == ["long.csv"]


@pytest.mark.django_db
def test_an_open_quote_is_said(shipped, tmp_path):
    (tmp_path / "good.csv").write_text(GOOD)
    (tmp_path / "open.csv").write_text('insee_com,niveau_densite\n26281,"Petites villes\n' + "26058,x\n" * 30_000)
    report = bring(tmp_path)
    assert [row.file for row in report.refused] == ["open.csv"] and "guillemet" in report.refused[0].reason


# --- Fuzz -----------------------------------------------------------------------------------------------------

HEADS = [
    "insee_com,lib_com,niveau_densite",
    "codgeo,libgeo,codze2020,libze2020",
    "reg,dep,codgeo,codbe,libbe",
    "Code_Officiel_Commune;latitude;longitude",
    "Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps",
    "departement,couverture_qpv,source,date",
]
cells = st.one_of(
    st.sampled_from(
        ["26362", "26281", "2A004", "26000", "4.9", "45.0", "45,0", "Valence", "8431", "45.0, 5.0", "5", ""]
    ),
    st.text(max_size=12),
    st.floats().map(str),
    st.integers().map(str),
)
texts = st.builds(
    lambda head, rows, end: end.join([head, *((";" if ";" in head else ",").join(row) for row in rows)]),
    st.sampled_from(HEADS),
    st.lists(st.lists(cells, max_size=7), max_size=8),
    st.sampled_from(["\n", "\r\n", "\r", "\x00\n"]),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), cells),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
ROWS = [*official.COMMUNES, *official.DEPARTMENTS, *official.REGIONS, *official.NEIGHBOURHOODS["features"]]


@st.composite
def mutated(draw) -> bytes:
    """Draw a JSON file: true rows whose values, deep inside too, are replaced or dropped."""
    rows = json.loads(json.dumps(draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=6))))
    for row in rows:
        for _ in range(draw(st.integers(0, 3))):
            target = row
            while True:
                keys = list(target) if isinstance(target, dict) else list(range(len(target)))
                if not keys:
                    break
                key = draw(st.sampled_from(keys))
                if isinstance(target[key], dict | list) and draw(st.booleans()):
                    target = target[key]
                    continue
                if isinstance(target, dict) and draw(st.booleans()):
                    del target[key]
                else:
                    target[key] = draw(values)
                break
    wrapped = {"type": "FeatureCollection", "features": rows} if draw(st.booleans()) else rows
    content = json.dumps(wrapped).encode()
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 9)) == 0 else content


def state() -> list:
    models = (Region, Department, Commune, CommuneAlias, PostalCode, PriorityNeighbourhood)
    return [list(model.objects.order_by("pk").values()) for model in models]


class Fuzz(TestCase):
    """Whatever the bytes, the import ends with a report, and a second one finds nothing to change."""

    @classmethod
    def setUpTestData(cls):
        operations.load_shipped(by=SYSTEM)

    def import_twice(self, *contents: bytes) -> None:
        folder = Path(tempfile.mkdtemp())
        try:
            for number, content in enumerate(contents):
                (folder / f"{number}").write_bytes(content)
            before = state()
            try:
                dry = bring(folder, dry_run=True)
            except NothingRecognised:
                self.assertEqual(state(), before)
                return
            self.assertEqual(state(), before)
            report = bring(folder)
            self.assertEqual((report.created, report.updated), (dry.created, dry.updated))
            self.assertTrue(all(row.reason and row.line > 0 for row in report.refused))
            self.assertTrue(all(file.kept + file.refused == max(file.rows, file.refused) for file in report.files))
            after = state()
            self.assertEqual(bring(folder).changes, 0)
            self.assertEqual(state(), after)
            json.dumps(report.as_json(), allow_nan=False, ensure_ascii=False).encode()
            "\n".join(report.lines()).encode()
        finally:
            shutil.rmtree(folder)

    @settings(max_examples=examples(12), suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(st.binary(max_size=300))
    def test_bytes(self, content):
        self.import_twice(content)

    @settings(max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(texts, st.sampled_from(["utf-8", "latin-1", "utf-16"]))
    def test_tables(self, text, encoding):
        self.import_twice(text.encode(encoding, "ignore"))

    @settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(mutated(), mutated())
    def test_json(self, first, second):
        self.import_twice(first, second)
