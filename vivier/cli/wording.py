"""`vivier wording check`: what advertisements say that the law or good practice questions, with another wording."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from vivier.cli.drafts import Drafts
from vivier.cli.errors import BadInput

if TYPE_CHECKING:
    from vivier.engines.wording.advertisement_files import Read
    from vivier.engines.wording.checker import Checker
    from vivier.engines.wording.occupations import Labels
    from vivier.engines.wording.reports import Checked
    from vivier.engines.wording.suppressions import Baseline, Settings

Result = TypeVar("Result")
SETTINGS = ".vivier-wording.toml"
_ERRORS_FOUND = 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `vivier wording check`."""
    parser.add_argument("files", nargs="*", metavar="FICHIER", help=".txt (titre, puis texte), .jsonl ou -")
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="ce qui est écrit")
    parser.add_argument("--baseline", metavar="F", help="signalements déjà acceptés (JSON) : ils ne sont plus dits")
    parser.add_argument("--write-baseline", metavar="F", help="écrit ce fichier avec les signalements d’aujourd’hui")
    parser.add_argument("--labels", metavar="F", help="intitulés de métiers en plus (appellations ROME, CSV ou lignes)")
    parser.add_argument("--settings", metavar="F", help=f"réglages ; par défaut {SETTINGS} près du fichier, puis ici")


def run(args: argparse.Namespace) -> int:
    """Check and print. Returns 1 when a finding of severity E is kept, else 0. Raises BadInput before it prints."""
    from vivier import __version__
    from vivier.engines.wording import reports, suppressions
    from vivier.engines.wording.checker import default_checker

    _check_files(args.files)
    baseline = suppressions.Baseline()
    if args.baseline is not None:
        baseline = located(args.baseline, lambda: suppressions.read_baseline(text_of(args.baseline)))
    checked = list(_checked(args, baseline))
    if args.write_baseline is not None:
        entries = [(one.rule, ad.ad, one.match) for ad in checked for one in ad.accountable()]
        with Drafts() as drafts:
            drafts.write(args.write_baseline, suppressions.write_baseline(entries))
            drafts.publish()
    if args.format == "json":
        sys.stdout.write(reports.as_json(checked))
    elif args.format == "sarif":
        sys.stdout.write(reports.as_sarif(checked, default_checker().rules, __version__))
    else:
        sys.stdout.write(reports.as_text(checked))
    return _ERRORS_FOUND if any(one.severity == "E" for ad in checked for one in ad.kept()) else 0


def _check_files(files: list[str]) -> None:
    if len(set(files)) != len(files):
        twice = next(file for file in files if files.count(file) > 1)
        raise BadInput(twice, None, "ce fichier est donné deux fois", "donnez-le une fois")


def _checked(args: argparse.Namespace, baseline: Baseline) -> Iterator[Checked]:
    """Each advertisement of each file, judged."""
    from vivier.engines.wording import reports, suppressions
    from vivier.engines.wording.coded_words import coded_words

    checkers: dict[Settings, Checker] = {}
    labels = None if args.labels is None else labels_of(args.labels)
    for file in args.files or ["-"]:
        settings = _settings(args.settings, file)
        if settings not in checkers:
            checkers[settings] = checker_of(labels, settings)
        for read in located(file, lambda file=file: list(_read(file))):
            findings = checkers[settings].check(read.title, read.text)
            judged = suppressions.judge(read.ad, read.title, read.text, findings, settings, baseline)
            coded = "" if args.format != "text" else coded_words(read.text).told()
            yield reports.Checked(file, read.ad, read.line, read.title, read.text, *judged, coded)


def _read(file: str) -> Iterator[Read]:
    """The advertisements of a file. Raises AdvertisementError."""
    from vivier.engines.wording import advertisement_files as files

    text = files.decode(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    head = text.lstrip()[:1]
    if file.endswith((".jsonl", ".ndjson")) or (file == "-" and head == "{"):
        yield from files.read_lines(text.split("\n"), set())
    else:
        yield files.read_text("stdin" if file == "-" else Path(file).stem, text)


def _settings(asked: str | None, file: str) -> Settings:
    """The settings asked for, or those beside the file, or those of the current folder."""
    from vivier.engines.wording import suppressions

    folders = [Path()] if file == "-" else [Path(file).parent, Path()]
    found = [asked] if asked is not None else [str(path) for f in folders if (path := f / SETTINGS).is_file()]
    if not found:
        return suppressions.Settings()
    return located(found[0], lambda: suppressions.read_settings(text_of(found[0])))


def checker_of(labels: Labels | None, settings: Settings) -> Checker:
    """The checker of these labels and settings."""
    from vivier.engines.wording.checker import Checker, default_checker
    from vivier.engines.wording.suppressions import Settings

    if labels is None and (settings.title_order, settings.title_style) == (Settings.title_order, Settings.title_style):
        return default_checker()
    return Checker(labels=labels, title_order=settings.title_order, title_style=settings.title_style)


def labels_of(path: str) -> Labels:
    """The labels of the engine and those of a file. Raises BadInput, OSError."""
    from vivier.engines.wording.occupations import InvalidLabels, read_labels, shipped_labels

    try:
        return shipped_labels().with_more(read_labels(text_of(path)))
    except InvalidLabels as error:
        raise BadInput(path, 1, str(error), "donnez les appellations du ROME, ou un intitulé par ligne") from error


def text_of(path: str) -> str:
    """A file of UTF-8. Raises BadInput, OSError."""
    from vivier.engines.wording.advertisement_files import decode

    return located(path, lambda: decode(Path(path).read_bytes()))


def located(path: str, read: Callable[[], Result]) -> Result:
    """Call `read`; what it refuses is told with the path of the file. Raises BadInput."""
    from vivier.engines.wording.advertisement_files import AdvertisementError
    from vivier.engines.wording.suppressions import InvalidSettings

    try:
        return read()
    except AdvertisementError as error:
        raise BadInput(path, error.line, error.problem, error.remedy) from error
    except InvalidSettings as error:
        raise BadInput(path, error.line, error.problem, "corrigez ce fichier") from error
