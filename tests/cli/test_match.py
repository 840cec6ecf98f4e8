"""`vivier match` as a user runs it: files in, files out, one French line when something is wrong."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from vivier.cli import main
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.files import read_problem, write_assignments
from vivier.engines.matching.problem import Options
from vivier.engines.matching.solver import solve

MENTEES = "mentee_id,tier\na,0\nb,1\nc,7\n"
MENTORS = "mentor_id,capacity\nA,1\nB,1\n"
PAIRS = "mentee_id,mentor_id,score\na,A,9000\nb,A,9500\nb,B,5000\n"
ASSIGNMENTS = "mentee_id,mentor_id,score,rank,mentor_price\na,A,9000,1,2475\nb,B,5000,2,0\n"


class Folder:
    """A folder with the three files, and the command on them."""

    def __init__(self, path: Path, capsys) -> None:
        self.path, self.capsys = path, capsys
        for name, text in (("mentees", MENTEES), ("mentors", MENTORS), ("pairs", PAIRS)):
            self.write(name, text)

    def write(self, name: str, text: str | bytes) -> None:
        file = self.path / f"{name}.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def arguments(self, *more: str, **changed: object) -> list[str]:
        places = {name: self.path / f"{name}.csv" for name in ("mentees", "mentors", "pairs", "out")}
        places["report"] = self.path / "report.json"
        places |= changed
        named = [item for name, path in places.items() if path is not None for item in (f"--{name}", str(path))]
        return ["match", *named, *more]

    def run(self, *more: str, **changed: object) -> tuple[int, str]:
        """Exit code and what was said on stderr; nothing may be said on stdout."""
        code = main(self.arguments(*more, **changed))
        said = self.capsys.readouterr()
        assert said.out == ""
        return code, said.err

    @property
    def out(self) -> str:
        return (self.path / "out.csv").read_bytes().decode()

    @property
    def report(self) -> dict:
        return json.loads((self.path / "report.json").read_text("utf-8"))

    def names(self) -> set[str]:
        return {entry.name for entry in self.path.iterdir()}


INPUTS = {"mentees.csv", "mentors.csv", "pairs.csv"}


@pytest.fixture
def folder(tmp_path, capsys) -> Folder:
    return Folder(tmp_path, capsys)


def test_three_files_in_two_files_out(folder):
    assert folder.run() == (0, "")
    assert folder.out == ASSIGNMENTS
    report = folder.report
    assert report["matched_by_tier"] == {"0": 1, "1": 1, "7": 0}
    assert report["certificate"]["optimal"] is True
    assert set(report["seconds"]) == {"read", "build", "solve", "certify", "write"}
    assert [one["mentee_id"] for one in report["unmatched"]] == ["c"]
    assert folder.names() == INPUTS | {"out.csv", "report.json"}


def test_the_report_is_optional(folder):
    assert folder.run(report=None) == (0, "")
    assert folder.names() == INPUTS | {"out.csv"}


def test_the_plain_sum_is_another_choice(folder):
    folder.write("mentees", "mentee_id,tier\na,0\nb,0\n")
    folder.write("pairs", "mentee_id,mentor_id,score\na,A,10000\na,B,4900\nb,A,5000\nb,B,0\n")
    assert folder.run("--score", "linear") == (0, "")
    assert folder.report["score"] == "linear"
    assert folder.report["objective"] == folder.report["total_score"] == 10_000
    assert folder.run("--score", "concave") == (0, "")
    assert folder.report["total_score"] == 9_900


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_rows(folder):
    shuffle = random.Random(3)
    mentees = [f"f{n},{n % 3}" for n in range(40)]
    mentors = [f"m{n},{n % 3}" for n in range(25)]
    pairs = [f"f{i},m{j},{shuffle.randrange(4)}" for i in range(40) for j in range(25) if shuffle.random() < 0.3]

    def table(header, rows):
        return "\n".join([header, *rows]) + "\n"

    seen = set()
    for _ in range(3):
        folder.write("mentees", table("mentee_id,tier", mentees))
        folder.write("mentors", table("mentor_id,capacity", mentors))
        folder.write("pairs", table("mentee_id,mentor_id,score", pairs))
        assert folder.run()[0] == 0
        seen.add(folder.out)
        shuffle.shuffle(pairs)
        shuffle.shuffle(mentors)
    assert len(seen) == 1
    shuffle.shuffle(mentees)
    folder.write("mentees", table("mentee_id,tier", mentees))
    assert folder.run()[0] == 0
    assert sorted(folder.out.splitlines()) == sorted(seen.pop().splitlines())


def test_the_web_and_the_command_give_the_same_bytes(folder):
    """What the web does: the same engine on the same texts, without the command."""
    problem = read_problem(MENTEES, MENTORS, PAIRS)
    solution = solve(problem, Options())
    assert certify(problem, Options(), solution).optimal
    folder.run()
    assert folder.out == write_assignments(problem, solution)


def test_titles_without_rows(folder):
    for name, header in (
        ("mentees", "mentee_id,tier"),
        ("mentors", "mentor_id,capacity"),
        ("pairs", "mentee_id,mentor_id,score"),
    ):
        folder.write(name, header)
    assert folder.run() == (0, "")
    assert folder.out == "mentee_id,mentor_id,score,rank,mentor_price\n"
    assert folder.report["matched"] == 0
    assert folder.report["matched_by_tier"] == {}
    assert folder.report["certificate"]["optimal"] is True


def test_identifiers_come_back_as_they_were(folder):
    odd = '"  =1+1, ""é""\n\u00a0"'
    folder.write("mentees", f"\ufeffmentee_id,tier\r\n{odd},0\r\n")
    folder.write("pairs", f"mentee_id,mentor_id,score\r\n{odd},A,3\r\n")
    assert folder.run() == (0, "")
    assert folder.out.startswith(f"mentee_id,mentor_id,score,rank,mentor_price\n{odd},A,3,1,0\n")
    assert folder.report["unmatched"] == []


def test_outputs_replace_older_ones_and_keep_links(folder):
    target = folder.path / "elsewhere.csv"
    target.write_text("old")
    (folder.path / "out.csv").symlink_to(target)
    assert folder.run() == (0, "")
    assert target.read_text() == ASSIGNMENTS
    assert (folder.path / "out.csv").is_symlink()


def test_outputs_are_readable_as_any_new_file(folder):
    before = os.umask(0o027)
    try:
        assert folder.run() == (0, "")
    finally:
        os.umask(before)
    assert (folder.path / "out.csv").stat().st_mode & 0o777 == 0o640


def refused(folder: Folder, *more: str, **changed: object) -> str:
    """Run a command that must be refused: exit 2, one line, nothing written; returns the line."""
    before = {name: (folder.path / name).read_bytes() for name in folder.names() if (folder.path / name).is_file()}
    code, said = folder.run(*more, **changed)
    assert code == 2
    assert said.startswith("vivier : ")
    assert said.endswith("\n")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    after = {name: (folder.path / name).read_bytes() for name in folder.names() if (folder.path / name).is_file()}
    assert after == before
    return said


BAD = [
    ("mentees", b"", ":1 :", "vide"),
    ("mentees", b"mentee_id,tier\na,0\n\xe9,0\n", ":3 :", "UTF-8"),
    ("mentees", b"mentee_id,tier\na\0,0\n", ":2 :", "nul"),
    ("mentees", "mentee_id,rank\na,0\n", ":1 :", "tier manque"),
    ("mentees", "mentee_id,tier\na,0\nb,1\na,1\n", ":4 :", "déjà à la ligne 2"),
    ("mentees", "mentee_id,tier\na,0\nb,-1\n", ":3 :", "tier vaut « -1 »"),
    ("mentees", 'mentee_id,tier\n"a\n\x1b[31m",0\nb,1.0\n', ":4 :", "1.0"),
    ("mentors", "mentor_id,capacity\nA,many\n", ":2 :", "capacity vaut « many »"),
    ("mentors", "mentor_id,capacity\nA,1\nA,2\n", ":3 :", "déjà à la ligne 2"),
    ("pairs", "mentee_id,mentor_id,score\na,A,10001\n", ":2 :", "de 0 à 10000"),
    ("pairs", "mentee_id,mentor_id,score\na,A,1\na,A,1\n", ":3 :", "déjà à la ligne 2"),
    ("pairs", "mentee_id,mentor_id,score\nx\n,A,1\n", ":2 :", "1 cellule au lieu de 3"),
    ("pairs", 'mentee_id,mentor_id,score\n"x\n\x07",A,1\n', ":2 :", "n’est pas dans le fichier mentees"),
    ("pairs", "mentee_id,mentor_id,score\na,Z,1\n", ":2 :", "n’est pas dans le fichier mentors"),
    ("pairs", 'mentee_id,mentor_id,score\n"a,A,1\n', ":2 :", "guillemets"),
]


@pytest.mark.parametrize(("name", "text", "place", "words"), BAD)
def test_a_bad_file_is_one_french_line_with_its_place(folder, name, text, place, words):
    folder.write(name, text)
    (folder.path / "out.csv").write_text("kept")
    said = refused(folder)
    assert f"{name}.csv{place}" in said
    assert words in said
    assert " ; " in said


def test_missing_files_and_folders(folder):
    assert "introuvable" in refused(folder, mentees=folder.path / "absent.csv")
    assert "dossier" in refused(folder, mentors=folder.path)
    assert "dossier n’existe pas" in refused(folder, out=folder.path / "absent" / "out.csv")
    assert "dossier n’existe pas" in refused(folder, report=folder.path / "absent" / "r.json")
    assert "fichier ordinaire" in refused(folder, out=folder.path)
    assert "fichier ordinaire" in refused(folder, out="/dev/null")


def test_an_unreadable_file(folder):
    if os.geteuid() == 0:
        pytest.skip("root reads every file")
    (folder.path / "pairs.csv").chmod(0)
    try:
        code, said = folder.run()
        assert (code, said.count("\n")) == (2, 1)
        assert "accès" in said
    finally:
        (folder.path / "pairs.csv").chmod(0o600)


def test_a_folder_where_one_may_not_write(folder):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    closed = folder.path / "closed"
    closed.mkdir(mode=0o500)
    assert "out.csv" in refused(folder, out=closed / "out.csv")


@pytest.mark.parametrize("name", ["mentees", "mentors", "pairs"])
def test_an_output_never_replaces_an_input(folder, name):
    assert f"--{name}" in refused(folder, out=folder.path / f"{name}.csv")
    (folder.path / "link.json").symlink_to(folder.path / f"{name}.csv")
    assert f"--{name}" in refused(folder, report=folder.path / "link.json")
    assert f"--{name}" in refused(folder, out=folder.path / ".." / folder.path.name / f"{name}.csv")


def test_two_outputs_need_two_names(folder):
    assert "--out" in refused(folder, report=folder.path / "out.csv")


def test_existing_pairs_are_kept_unless_it_pays(folder):
    (folder.path / "mentees.csv").write_text("mentee_id,tier\na,0\nb,0\n")
    (folder.path / "mentors.csv").write_text("mentor_id,capacity\nA,1\nB,1\n")
    (folder.path / "pairs.csv").write_text("mentee_id,mentor_id,score\na,A,900\na,B,800\nb,A,800\nb,B,900\n")
    old = folder.path / "old.csv"
    old.write_text("mentor_id,mentee_id,score\nB,a,1\nA,b,1\ngone,left,1\n")
    kept = {}
    for stickiness in ("0", "50", "100", "101"):
        code, said = folder.run("--score", "linear", "--previous", str(old), "--stickiness", stickiness)
        assert code == 0, said
        report = json.loads((folder.path / "report.json").read_text())
        assert report["certificate"]["optimal"]
        kept[stickiness] = report["previous"]["kept"]
        assert report["previous"]["pairs"] == 3 and report["previous"]["not_possible"] == 1
    assert (kept["0"], kept["50"], kept["101"]) == (0, 0, 2)


def test_a_floor_and_wishes_are_told_in_the_report(folder):
    (folder.path / "mentees.csv").write_text("mentee_id,tier\na,0\nb,0\n")
    (folder.path / "mentors.csv").write_text("mentor_id,capacity\nA,1\nB,1\n")
    pairs = "mentee_id,mentor_id,score,wish\na,A,9000,\na,B,4000,{}\nb,A,4000,0\nb,B,10,\n"
    for wish, options, expected in (("", (), "A"), ("", ("--floor",), "B"), ("1", (), "B")):
        (folder.path / "pairs.csv").write_text(pairs.format(wish))
        code, said = folder.run("--score", "linear", *options)
        assert code == 0, said
        assert f"a,{expected}," in (folder.path / "out.csv").read_text()
        report = json.loads((folder.path / "report.json").read_text())
        assert report.get("floor") == (4_000 if options else None)
        assert report.get("wishes") == ({"1": 1} if wish else None)


def test_wrong_previous_pairs_and_points(folder):
    assert "--previous" in refused(folder, "--stickiness", "3")
    old = folder.path / "old.csv"
    old.write_text("mentee_id,mentor_id\na,A\na,B\n")
    assert "old.csv:3" in refused(folder, "--previous", str(old))
    old.write_text("mentee,mentor\n")
    assert "mentee_id manque" in refused(folder, "--previous", str(old))
    old.write_text("mentee_id,mentor_id\n")
    for points in ("10001", "-1", "x", "²"):
        assert "0 à 10000" in refused(folder, "--previous", str(old), f"--stickiness={points}")
    assert "absent" in (said := refused(folder, "--previous", str(folder.path / "absent.csv"))), said


def test_wrong_options(folder):
    assert "square" in refused(folder, "--score", "square")
    assert "--nothing" in refused(folder, "--nothing")
    assert "--mentees" in refused(folder, mentees=None)
    assert "--out" in refused(folder, out=None)


def test_a_failure_while_writing_leaves_nothing(folder, monkeypatch):
    """The disk fills up at the second file."""
    real, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    assert "report.json" in refused(folder)
    assert folder.names() == INPUTS


def test_help_needs_no_numpy():
    program = (
        "import sys; from vivier.cli import main; code = main(sys.argv[1:]);"
        "sys.exit(code or sum(name in sys.modules for name in ('numpy', 'django')))"
    )
    for arguments in (["--help"], ["match", "--help"]):
        done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "match" in done.stdout


def test_the_command_in_its_own_process_reads_from_a_pipe(folder):
    """`--pairs <(…)` is a way to give a file; the exit code and the bytes are those of the process."""
    command = [sys.executable, "-m", "vivier.cli", *folder.arguments(pairs="/dev/stdin")]
    done = subprocess.run(command, input=PAIRS.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert folder.out == ASSIGNMENTS


def test_groups_serve_who_would_wait_and_open_no_seat_that_is_not_needed(folder):
    (folder.path / "mentees.csv").write_text("mentee_id,tier\na,0\nb,0\nc,0\n")
    (folder.path / "mentors.csv").write_text("mentor_id,capacity\nA,1\nB,1\nC,0\n")
    (folder.path / "pairs.csv").write_text("mentee_id,mentor_id,score\na,A,9000\na,B,1\nb,A,9000\nc,A,1\nc,C,9\n")
    for group, matched, extra in ((None, 2, None), ("1", 2, None), ("2", 3, 1), ("3", 3, 1)):
        code, said = folder.run("--score", "linear", *(("--group", group) if group else ()))
        assert code == 0, said
        report = folder.report
        assert (report["matched"], report.get("extra_seats")) == (matched, extra)
        assert report["certificate"]["optimal"]
        assert "C" not in [line.split(",")[1] for line in folder.out.splitlines()]
    assert "1 à 1000" in refused(folder, "--group", "0")
