"""`vivier wording audit`: read a whole corpus of advertisements and write each finding as a row of a Parquet file."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
from collections import Counter
from pathlib import Path

from vivier.cli.errors import BadInput
from vivier.cli.wording import labels_of

_INPUTS = (".jsonl", ".ndjson", ".parquet")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `vivier wording audit`."""
    parser.add_argument("ads", metavar="ANNONCES", help=".jsonl ou .parquet : id, title, text")
    parser.add_argument("--out", required=True, metavar="F", help="signalements, un par ligne (Parquet)")
    parser.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="sur ce poste, ou sur une grappe Ray"
    )
    parser.add_argument("--jobs", metavar="N", help="processus de ce poste (par défaut, un par cœur)")
    parser.add_argument("--labels", metavar="F", help="intitulés de métiers en plus (appellations ROME, CSV ou lignes)")


def run(args: argparse.Namespace) -> int:
    """Audit, resuming what an interrupted audit of the same file left. Returns 1 when an error was found, else 0.

    Raises BadInput: then nothing is left behind.
    """
    _need("pyarrow", "lancez « make setup-audit »")
    if args.engine == "ray":
        for module in ("daft", "ray"):
            _need(module, "lancez « make setup-cluster »")
    jobs = _jobs(args.jobs)
    out = Path(os.path.realpath(args.out))
    _check_paths(args.ads, args.out, out)
    if args.labels is not None:
        labels_of(args.labels)
    from vivier.cli import wording_corpus as corpus

    parts = out.with_name(f".{out.name}.parts")
    with corpus.prepared(parts, corpus.signature(args.ads, args.labels)):
        try:
            counts = _audit(args, parts, jobs)
            corpus.join(parts, out)
        except BadInput:
            shutil.rmtree(parts, ignore_errors=True)
            raise
    shutil.rmtree(parts)
    print(_summary(counts))
    return int(any(severity == "E" for _rule, severity in counts))


def _audit(args: argparse.Namespace, parts: Path, jobs: int) -> Counter[tuple[str, str]]:
    """Write the missing parts in order, and count findings by rule and severity in all of them."""
    from vivier.cli import wording_corpus as corpus

    done = corpus.finished(parts)
    chunks = corpus.chunks(args.ads)
    run_chunks = corpus.run_on_ray if args.engine == "ray" else corpus.run_here
    progress = _Progress(corpus.size(args.ads))
    todo = progress.follow(chunks)
    for number, rows in run_chunks(args.ads, args.labels, (chunk for chunk in todo if chunk.number not in done), jobs):
        corpus.write_part(parts, number, rows)
    progress.end()
    return corpus.count(parts)


def _need(module: str, remedy: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise BadInput(None, None, f"il manque le paquet {module}", remedy)


def _jobs(text: str | None) -> int:
    if text is None:
        return os.cpu_count() or 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 256):
        raise BadInput(None, None, f"--jobs vaut « {text[:20]} »", "mettez un nombre entier de 1 à 256")
    return int(text)


def _check_paths(ads: str, asked: str, out: Path) -> None:
    if not ads.endswith(_INPUTS):
        raise BadInput(ads, None, "son format n’est pas reconnu", f"donnez un fichier {', '.join(_INPUTS)}")
    with Path(ads).open("rb"):
        pass
    if out == Path(os.path.realpath(ads)):
        raise BadInput(asked, None, "c’est aussi le fichier des annonces", "donnez un autre nom à --out")
    if not out.parent.is_dir():
        raise BadInput(asked, None, "son dossier n’existe pas", "créez-le ou donnez un autre chemin")
    if out.exists() and not out.is_file():
        raise BadInput(asked, None, "ce n’est pas un fichier ordinaire", "donnez un autre nom à --out")


def _summary(counts: Counter[tuple[str, str]]) -> str:
    from vivier.engines.wording.rule_files import shipped_rules

    titles = {rule.id: rule.title for rule in shipped_rules()}
    lines = [f"{rule:<7} {severity} {count:>9}  {titles[rule]}" for (rule, severity), count in sorted(counts.items())]
    return "\n".join([*lines, f"total     {counts.total():>9}"])


class _Progress:
    """A bar on the standard error, by what was read of the input."""

    _WIDTH = 30

    def __init__(self, total: int) -> None:
        self._total, self._ads, self._shown = max(total, 1), 0, -1

    def follow(self, chunks):
        """The same chunks, each told when it is taken."""
        for chunk in chunks:
            yield chunk
            self._ads += len(chunk.ads)
            self._show(chunk.read)

    def end(self) -> None:
        """Show that all was read."""
        self._show(self._total)
        print(file=sys.stderr)

    def _show(self, read: int) -> None:
        percent = min(100, 100 * read // self._total)
        if percent != self._shown:
            self._shown = percent
            bar = "#" * (self._WIDTH * percent // 100)
            print(f"\r[{bar:<{self._WIDTH}}] {percent:3d} %  {self._ads} annonces", end="", file=sys.stderr, flush=True)
