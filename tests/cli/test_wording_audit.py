"""`vivier wording audit`: a corpus in, a Parquet file out, whatever happens on the way."""

import importlib.util
import json

import pytest

from vivier.cli import main

pa = pytest.importorskip("pyarrow", reason="pyarrow is missing: make setup-audit")
pq = pytest.importorskip("pyarrow.parquet")

ADS = [
    {"id": f"a{number}", "title": "Vendeuse" if number % 3 == 0 else "Comptable H/F", "text": text}
    for number, text in enumerate(["Bonjour.", "Équipe jeune.", "Homme uniquement.", "Célibataire exigé."] * 10)
]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "ads.jsonl"
    path.write_text("".join(json.dumps(ad) + "\n" for ad in ADS))
    return path


@pytest.fixture
def small_chunks(monkeypatch):
    from vivier.cli import wording_corpus

    monkeypatch.setattr(wording_corpus, "CHUNK", 7)
    return wording_corpus


def audit(*arguments: object) -> int:
    return main(["wording", "audit", *map(str, arguments), "--jobs", "1"])


def test_one_row_a_finding_with_the_columns_of_the_json(corpus, tmp_path, capsys):
    assert audit(corpus, "--out", tmp_path / "out.parquet") == 1
    said = capsys.readouterr()
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    main(["wording", "check", str(corpus), "--format", "json"])
    assert found == json.loads(capsys.readouterr().out)
    assert "100 %" in said.err and f"{len(ADS)} annonces" in said.err
    count = sum(row["rule"] == "SEX-01" for row in found)
    assert any(line.split()[:3] == ["SEX-01", "E", str(count)] for line in said.out.splitlines())
    assert {path.name for path in tmp_path.iterdir()} == {"ads.jsonl", "out.parquet"}


def test_parquet_in_gives_the_same_findings(corpus, tmp_path, capsys):
    pq.write_table(pa.Table.from_pylist(ADS), tmp_path / "ads.parquet")
    audit(tmp_path / "ads.parquet", "--out", tmp_path / "a.parquet")
    audit(corpus, "--out", tmp_path / "b.parquet")
    of_parquet, of_lines = (pq.read_table(tmp_path / name).drop(["file"]) for name in ("a.parquet", "b.parquet"))
    assert of_parquet == of_lines


def test_an_interrupted_audit_goes_on_where_it_stopped(corpus, tmp_path, capsys, small_chunks, monkeypatch):
    audit(corpus, "--out", tmp_path / "whole.parquet")
    write, written = small_chunks.write_part, []

    def stop_at_the_third(parts, number, rows):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(number)
        write(parts, number, rows)

    monkeypatch.setattr(small_chunks, "write_part", stop_at_the_third)
    assert audit(corpus, "--out", tmp_path / "out.parquet") == 130
    assert not (tmp_path / "out.parquet").exists()
    later = []
    monkeypatch.setattr(small_chunks, "write_part", lambda *part: (later.append(part[1]), write(*part)))
    assert audit(corpus, "--out", tmp_path / "out.parquet") == 1
    assert written == [0, 1] and later == [2, 3, 4, 5]
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_parts_of_another_corpus_are_not_resumed(corpus, tmp_path, capsys, small_chunks, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(small_chunks, "join", stop)
        assert audit(corpus, "--out", tmp_path / "out.parquet") == 130
    corpus.write_text(json.dumps({"id": "z", "title": "Comptable H/F", "text": "Homme uniquement."}) + "\n")
    audit(corpus, "--out", tmp_path / "out.parquet")
    assert [row["ad"] for row in pq.read_table(tmp_path / "out.parquet").to_pylist()] == ["z"]


def test_processes_give_the_same_bytes(corpus, tmp_path, capsys):
    audit(corpus, "--out", tmp_path / "one.parquet")
    main(["wording", "audit", str(corpus), "--out", str(tmp_path / "two.parquet"), "--jobs", "2"])
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("daft", "ray")),
    reason="Daft or Ray is missing: make setup-cluster",
)
def test_a_cluster_gives_the_same_bytes(corpus, tmp_path, capsys):
    audit(corpus, "--out", tmp_path / "here.parquet")
    assert audit(corpus, "--out", tmp_path / "there.parquet", "--engine", "ray") == 1
    assert (tmp_path / "here.parquet").read_bytes() == (tmp_path / "there.parquet").read_bytes()


def test_a_bad_line_is_refused_and_leaves_nothing(corpus, tmp_path, capsys, small_chunks):
    with corpus.open("a") as file:
        file.write("{}\n")
    assert audit(corpus, "--out", tmp_path / "out.parquet") == 2
    assert f"ads.jsonl:{len(ADS) + 1} : " in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir()} == {"ads.jsonl"}


@pytest.mark.parametrize("name", ["absent.jsonl", "ads.csv", "bad.parquet"])
def test_what_cannot_be_read_is_refused(tmp_path, capsys, name):
    (tmp_path / "ads.csv").write_text("id\n")
    (tmp_path / "bad.parquet").write_text("non")
    assert audit(tmp_path / name, "--out", tmp_path / "out.parquet") == 2
    assert capsys.readouterr().err.count("\n") >= 1
    assert not (tmp_path / "out.parquet").exists()
