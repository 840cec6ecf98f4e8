"""A corpus in chunks: read a little at a time, checked here or on a cluster, kept as parts until all are there."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vivier.cli.errors import BadInput
from vivier.engines.wording import advertisement_files, reports
from vivier.engines.wording.checker import Checker, default_checker
from vivier.engines.wording.occupations import read_labels, shipped_labels
from vivier.engines.wording.suppressions import Baseline, Settings, judge

CHUNK = 2_000  # advertisements read, checked and written at a time: a few megabytes
_BASIS = pa.struct(
    [
        ("text", pa.string()),
        ("article", pa.string()),
        ("url", pa.string()),
        ("checked_on", pa.string()),
        ("certain", pa.bool_()),
    ]
)
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("file", "ad", "field", "rule", "severity")]
    + [(name, pa.int64()) for name in ("start", "end", "line", "column")]
    + [
        ("match", pa.string()),
        ("message", pa.string()),
        ("basis", pa.list_(_BASIS)),
        ("suggestions", pa.list_(pa.string())),
    ]
)
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Chunk:
    """Advertisements in order: (id, title, text, line). `read`: how far in the input, in the unit of `size`."""

    number: int
    ads: list[tuple[str, str, str, int]]
    read: int


def size(path: str) -> int:
    """Bytes of JSON lines, rows of a Parquet file."""
    return _parquet(path).metadata.num_rows if path.endswith(".parquet") else Path(path).stat().st_size


def _parquet(path: str) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise BadInput(path, None, "ce n’est pas un fichier Parquet", "vérifiez-le") from error


def chunks(path: str) -> Iterator[Chunk]:
    """The corpus, a little at a time. Raises BadInput."""
    return _parquet_chunks(path) if path.endswith(".parquet") else _line_chunks(path)


def _line_chunks(path: str) -> Iterator[Chunk]:
    with Path(path).open("rb") as file:
        first = 1
        for number in itertools.count():
            lines = list(itertools.islice(file, CHUNK))
            if not lines:
                return
            try:
                text = advertisement_files.decode(b"".join(lines))
                read = [
                    (one.ad, one.title, one.text, one.line) for one in advertisement_files.read_lines(text.split("\n"))
                ]
            except advertisement_files.AdvertisementError as error:
                raise BadInput(path, first + (error.line or 1) - 1, error.problem, error.remedy) from error
            yield Chunk(number, [(ad, title, body, first + line - 1) for ad, title, body, line in read], file.tell())
            first += len(lines)


def _parquet_chunks(path: str) -> Iterator[Chunk]:
    file = _parquet(path)
    for column in ("id", "title", "text"):
        if column not in file.schema_arrow.names:
            raise BadInput(path, None, f"il manque la colonne « {column} »", "chaque annonce a id, title et text")
    first = 1
    for number, batch in enumerate(file.iter_batches(batch_size=CHUNK, columns=["id", "title", "text"])):
        columns = [batch.column(name).cast(pa.string()).to_pylist() for name in ("id", "title", "text")]
        ads = [
            (ad, title or "", text or "", first + at) for at, (ad, title, text) in enumerate(zip(*columns, strict=True))
        ]
        first += len(ads)
        if missing := next((line for ad, _, _, line in ads if ad is None), None):
            raise BadInput(path, missing, "il manque « id »", "chaque annonce a id, title et text")
        yield Chunk(number, ads, first - 1)


def check_chunk(path: str, labels: str | None, ads: list[tuple[str, str, str, int]]) -> Rows:
    """The rows of a chunk: the same here and on a cluster."""
    checker = _checker(labels)
    found: Rows = []
    for ad, title, text, line in ads:
        judged = judge(ad, title, text, checker.check(title, text), Settings(), Baseline())
        found += reports.rows(reports.Checked(path, ad, line, title, text, *judged))
    return found


@cache
def _checker(labels: str | None) -> Checker:
    if labels is None:
        return default_checker()
    return Checker(labels=shipped_labels().with_more(read_labels(Path(labels).read_text("utf-8-sig"))))


def run_here(path: str, labels: str | None, todo: Iterable[Chunk], jobs: int) -> Iterator[tuple[int, Rows]]:
    """Check on this machine; no more chunks are held than twice the processes."""
    if jobs == 1:
        for chunk in todo:
            yield chunk.number, check_chunk(path, labels, chunk.ads)
        return
    waiting: deque[tuple[int, Future[Rows]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for chunk in todo:
            waiting.append((chunk.number, pool.submit(check_chunk, path, labels, chunk.ads)))
            if len(waiting) > 2 * jobs:
                number, rows = waiting.popleft()
                yield number, rows.result()
        for number, rows in waiting:
            yield number, rows.result()


def run_on_ray(path: str, labels: str | None, todo: Iterable[Chunk], jobs: int) -> Iterator[tuple[int, Rows]]:
    """Check through Daft on Ray, eight chunks at a time for each of `jobs`. `RAY_ADDRESS`: the cluster, else here."""
    import daft

    daft.set_runner_ray()

    @daft.func(return_dtype=daft.DataType.string())
    def checked(chunk: str) -> str:
        return json.dumps(check_chunk(path, labels, json.loads(chunk)), ensure_ascii=False)

    chunks_left = iter(todo)
    while window := list(itertools.islice(chunks_left, 8 * jobs)):
        frame = daft.from_pydict({"number": [c.number for c in window], "chunk": [json.dumps(c.ads) for c in window]})
        frame = frame.into_partitions(len(window)).select(daft.col("number"), checked(daft.col("chunk")).alias("rows"))
        done = frame.sort("number").to_pydict()
        for number, rows in zip(done["number"], done["rows"], strict=True):
            yield number, json.loads(rows)


def signature(path: str, labels: str | None) -> dict[str, Any]:
    """What parts depend on: an audit resumes only what the same input and the same rules left."""
    state = Path(path).stat()
    digest = hashlib.sha256()
    folder = Path(advertisement_files.__file__).parent
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".py", ".toml", ".txt"):
            digest.update(file.read_bytes())
    if labels is not None:
        digest.update(Path(labels).read_bytes())
    return {
        "file": os.path.realpath(path),
        "size": state.st_size,
        "time": state.st_mtime_ns,
        "rules": digest.hexdigest(),
    }


@contextmanager
def prepared(parts: Path, wanted: dict[str, Any]) -> Iterator[None]:
    """A folder for parts, emptied of those of another audit."""
    manifest = parts / "audit.json"
    if not manifest.is_file() or json.loads(manifest.read_text("utf-8")) != wanted:
        shutil.rmtree(parts, ignore_errors=True)
        parts.mkdir()
        manifest.write_text(json.dumps(wanted), encoding="utf-8")
    yield


def write_part(parts: Path, number: int, rows: Rows) -> None:
    """Write one part, whole or not at all."""
    draft = parts / f"{number:08d}.draft"
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), draft, compression="zstd")
    draft.replace(parts / f"{number:08d}.parquet")


def finished(parts: Path) -> frozenset[int]:
    """Numbers of the parts that are there."""
    return frozenset(int(file.stem) for file in parts.glob("*.parquet"))


def count(parts: Path) -> Counter[tuple[str, str]]:
    """Findings by rule and severity."""
    found: Counter[tuple[str, str]] = Counter()
    for file in sorted(parts.glob("*.parquet")):
        table = pq.read_table(file, columns=["rule", "severity"])
        found.update(zip(table.column("rule").to_pylist(), table.column("severity").to_pylist(), strict=True))
    return found


def join(parts: Path, out: Path) -> None:
    """Write all parts as one file, a part at a time, then move it to its place."""
    draft = parts / "whole.draft"
    with pq.ParquetWriter(draft, SCHEMA, compression="zstd") as writer:
        for file in sorted(parts.glob("*.parquet")):
            writer.write_table(pq.read_table(file, schema=SCHEMA))
    draft.replace(out)
