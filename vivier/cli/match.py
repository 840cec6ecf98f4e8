"""`vivier match`: pair mentees and mentors from three CSV files, with the proof that nothing better exists."""

from __future__ import annotations

import argparse
import gc
import os
import stat
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vivier.cli.drafts import Drafts
from vivier.cli.errors import BadInput

_INPUTS = ("mentees", "mentors", "pairs", "previous")
_OUTPUTS = ("out", "report")
_NOT_PROVEN = 1
_Result = TypeVar("_Result")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `vivier match`."""
    parser.add_argument("--mentees", required=True, metavar="F", help="colonnes mentee_id,tier (0 : à servir d’abord)")
    parser.add_argument("--mentors", required=True, metavar="F", help="colonnes mentor_id,capacity")
    parser.add_argument("--pairs", required=True, metavar="F", help="colonnes mentee_id,mentor_id,score (0 à 10000)")
    parser.add_argument("--out", required=True, metavar="F", help="paires formées (CSV)")
    parser.add_argument("--report", metavar="F", help="totaux, preuve, et qui attend et pourquoi (JSON)")
    parser.add_argument("--score", choices=("concave", "linear"), default="concave", help="total à rendre maximal")
    parser.add_argument("--previous", metavar="F", help="paires actuelles (mentee_id,mentor_id), à garder sauf gain")
    parser.add_argument("--stickiness", metavar="N", help="points en faveur d’une paire actuelle (0 à 10000)")
    parser.add_argument("--group", metavar="N", help="jusqu’à N à la fois par mentor, s’il manque des places")
    parser.add_argument("--floor", action="store_true", help="rendre aussi la pire paire la meilleure possible")


def run(args: argparse.Namespace) -> int:
    """Read, solve, prove and write. Returns 0, or 1 if the proof failed. Raises BadInput before anything is written."""
    if args.stickiness is not None and args.previous is None:
        raise BadInput(None, None, "--stickiness demande --previous", "donnez aussi le fichier des paires actuelles")
    asked = _Asked(_number(args, "stickiness", 0, 10_000, 0), _number(args, "group", 1, 1_000, 1))
    _check_paths(args)
    collecting = gc.isenabled()
    gc.disable()  # a million rows hold no cycles; looking for some would double the time of reading them
    try:
        return _match(args, asked)
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True)
class _Asked:
    """Numbers that options give: points in favour of an existing pair; mentees at once (1: as many as offered)."""

    stickiness: int
    group: int


def _match(args: argparse.Namespace, asked: _Asked) -> int:
    from vivier.engines.matching import certificate, files, groups, problem, solver

    clock = _Clock()
    texts = {role: _text(role, path) for role in _INPUTS if (path := getattr(args, role)) is not None}
    clock.lap("read")
    previous = texts.pop("previous", None)
    matter = _located(args, lambda: files.read_problem(**texts))
    options = problem.Options(
        score=args.score,
        floor=args.floor,
        previous=None if previous is None else _located(args, lambda: files.read_previous(previous)),
        stickiness=asked.stickiness,
    )
    clock.lap("build")
    whole, mentor_of = groups.with_groups(matter, asked.group) if asked.group > 1 else (matter, None)
    solution = solver.solve(whole, options)
    clock.lap("solve")
    proof = certificate.certify(whole, options, solution)
    clock.lap("certify")
    extra = None
    if mentor_of is not None:
        solution, extra = groups.without_groups(matter, solution, mentor_of)
    with Drafts() as drafts:
        drafts.write(args.out, files.write_assignments(matter, solution))
        clock.lap("write")
        if args.report is not None:
            seconds = files.Seconds(**clock.seconds)
            drafts.write(args.report, files.write_report(matter, options, solution, proof, seconds, extra_seats=extra))
        drafts.publish()
    return 0 if proof.optimal else _NOT_PROVEN


def _number(args: argparse.Namespace, name: str, low: int, high: int, default: int) -> int:
    """The number of an option. Raises BadInput."""
    text = getattr(args, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        problem = f"--{name} vaut « {text[:20]} »"
        raise BadInput(None, None, problem, f"mettez un nombre entier de {low} à {high}")
    return int(text)


def _check_paths(args: argparse.Namespace) -> None:
    """Refuse outputs that could not be written, or that would replace an input, before any work is done."""
    taken = {os.path.realpath(path): f"--{name}" for name in _INPUTS if (path := getattr(args, name)) is not None}
    for name in _OUTPUTS:
        path = getattr(args, name)
        if path is None:
            continue
        real = os.path.realpath(path)
        if real in taken:
            raise BadInput(path, None, f"c’est aussi le fichier de {taken[real]}", f"donnez un autre nom à --{name}")
        taken[real] = f"--{name}"
        if not Path(real).parent.is_dir():
            raise BadInput(path, None, "son dossier n’existe pas", "créez-le ou donnez un autre chemin")
        try:
            mode = Path(real).stat().st_mode
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(mode):
            raise BadInput(path, None, "ce n’est pas un fichier ordinaire", f"donnez un autre nom à --{name}")


def _text(role: str, path: str) -> str:
    from vivier.engines.matching import files

    data = Path(path).read_bytes()
    return _located({role: path}, lambda: files.decode(role, data))


def _located(paths: argparse.Namespace | Mapping[str, str], read: Callable[[], _Result]) -> _Result:
    """Call `read`; what it refuses is told with the path of the file."""
    from vivier.engines.matching import files

    named = paths if isinstance(paths, Mapping) else vars(paths)
    try:
        return read()
    except files.FileError as error:
        raise BadInput(named[error.role], error.line, error.problem, error.remedy) from error


class _Clock:
    """Seconds of each step, one after the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = now - self._last
        self._last = now
