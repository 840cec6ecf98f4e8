"""The command line's contract: exit codes, one French line for what is wrong, an answer at once."""

import argparse
import os
import re
import subprocess
import sys

import pytest

from tests.cli.conftest import environment, vivier
from vivier import cli
from vivier.cli import COMMANDS, Command, Group, main
from vivier.cli.errors import BadInput
from vivier.cli.parser import FrenchParser, in_french

LEAVES = [
    (*prefix, name)
    for prefix, table in (((), COMMANDS), *(((n,), g.kinds) for n, g in COMMANDS.items() if isinstance(g, Group)))
    for name, entry in table.items()
    if isinstance(entry, Command) and not entry.raw
]


def run(*arguments: str, capsys) -> tuple[int, str, str]:
    code = main(arguments)
    written = capsys.readouterr()
    return code, written.out, written.err


def assert_one_french_line(err: str, code: int) -> None:
    assert code == 2
    assert err.endswith("\n")
    assert err.count("\n") == 1
    assert re.match(r"vivier : .+ ; .+", err), err
    assert "Traceback" not in err


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from vivier.cli import main; main(['--help']);"
        "print(sorted({'django', 'numpy', 'psycopg', 'procrastinate', 'openpyxl'} & set(sys.modules)))"
    )
    assert vivier_python(code).stdout.splitlines()[-1] == "[]"


def vivier_python(code: str):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), check=True, timeout=30)


def test_help_names_every_command(capsys):
    code, out, err = run("--help", capsys=capsys)
    assert (code, err) == (0, "")
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.help)}$", out, re.MULTILINE)


@pytest.mark.parametrize("names", LEAVES, ids=" ".join)
def test_every_command_explains_itself_in_french(names, capsys):
    code, out, err = run(*names, "--help", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"usage : vivier {' '.join(names)}")
    for english in ("usage:", "show this", "positional arguments", "optional", "exit"):
        assert english not in out


@pytest.mark.parametrize("names", LEAVES, ids=" ".join)
def test_a_wrong_option_of_any_command_is_one_line(names, capsys):
    code, out, err = run(*names, "--no-such-option", capsys=capsys)
    assert out == ""
    assert_one_french_line(err, code)


@pytest.mark.parametrize(
    "arguments",
    [(), ("-x",), ("unknown",), ("import",), ("import", "unknown"), ("demo", "--port", "many"), ("backup",)],
    ids=" ".join,
)
def test_a_wrong_command_is_one_line(arguments, capsys):
    code, out, err = run(*arguments, capsys=capsys)
    assert out == ""
    assert_one_french_line(err, code)


def test_a_mistyped_command_is_guessed(capsys):
    assert "vouliez-vous « vivier demo » ?" in run("dmeo", capsys=capsys)[2]


def test_options_are_not_guessed_from_their_beginning(capsys):
    assert run("demo", "--js", capsys=capsys)[0] == 2


@pytest.fixture
def behaves_like(monkeypatch):
    """Make `vivier check` do something else: what `main` makes of it is under test."""

    def set_behaviour(action):
        module = type(sys)("vivier.cli.pretend")
        module.configure, module.run = (lambda parser: None), action
        monkeypatch.setitem(sys.modules, "vivier.cli.pretend", module)
        monkeypatch.setitem(COMMANDS, "check", Command("pretend", "essaie"))

    return set_behaviour


def raising(error: BaseException):
    def action(args):
        raise error

    return action


def test_bad_input_says_the_file_the_line_and_the_remedy(behaves_like, capsys):
    behaves_like(raising(BadInput("a.csv", 3, "score vaut 12 000", "donnez 0 à 10 000")))
    assert run("check", capsys=capsys) == (2, "", "vivier : a.csv:3 : score vaut 12 000 ; donnez 0 à 10 000\n")


def test_a_file_s_own_text_cannot_break_the_line(behaves_like, capsys):
    behaves_like(raising(BadInput("a\n\x1b[31m.csv", 1, "valeur « x\r\n »", "corrigez-la")))
    code, _, err = run("check", capsys=capsys)
    assert_one_french_line(err, code)
    assert "\x1b" not in err


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(2, "x", "absent.csv"), "absent.csv : ce fichier est introuvable ; vérifiez son nom"),
        (IsADirectoryError(21, "x", "folder"), "folder : c’est un dossier ; donnez un fichier"),
        (PermissionError(13, "x", "secret"), "secret : l’accès est refusé ; vérifiez les droits sur ce fichier"),
        (OSError(28, "No space left", "out"), "out : le système refuse (No space left) ; vérifiez la place libre"),
    ],
)
def test_what_the_system_refuses_is_said_in_french(error, sentence, behaves_like, capsys):
    behaves_like(raising(error))
    code, _, err = run("check", capsys=capsys)
    assert_one_french_line(err, code)
    assert sentence in err


def test_a_bug_is_not_mistaken_for_a_finding(behaves_like, capsys, monkeypatch):
    behaves_like(raising(ZeroDivisionError("nothing left")))
    code, _, err = run("check", capsys=capsys)
    assert code == 70
    assert err.startswith("vivier : erreur interne (ZeroDivisionError : nothing left)")
    monkeypatch.setenv("VIVIER_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        main(["check"])


@pytest.mark.parametrize(("result", "code"), [(0, 0), (1, 1)])
def test_the_command_s_own_code_is_returned(result, code, behaves_like):
    behaves_like(lambda args: result)
    assert main(["check"]) == code


def test_an_interruption_is_silent(behaves_like, capsys):
    behaves_like(raising(KeyboardInterrupt()))
    assert run("check", capsys=capsys) == (130, "", "")


def test_a_reader_that_leaves_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "vivier.cli", "--help"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, env=environment(), check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


class TestFrenchParser:
    def parser(self) -> FrenchParser:
        parser = FrenchParser("vivier essai", "Essaie.")
        parser.add_argument("--number", type=int)
        parser.add_argument("--pair", nargs=2)
        parser.add_argument("--some", nargs="+")
        parser.add_argument("--score", choices=["concave", "linear"])
        parser.add_argument("--flag", action="store_true")
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("--left", action="store_true")
        either.add_argument("--right", action="store_true")
        parser.add_argument("file")
        return parser

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["--left"], "il manque file"),
            (["f"], "il faut l’un de : --left --right"),
            (["f", "--left", "--right"], "--right et --left ne vont pas ensemble"),
            (["f", "--left", "--number"], "--number attend une valeur"),
            (["f", "--left", "--number", "x"], "--number attend un nombre, et non 'x'"),
            (["f", "--left", "--pair", "x"], "--pair attend 2 valeurs"),
            (["f", "--left", "--some"], "--some attend au moins une valeur"),
            (["f", "--left", "--flag=1"], "--flag n’attend pas de valeur"),
            (["f", "--left", "--else"], "argument inconnu : --else"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )
    def test_says_each_error_of_argparse_in_french(self, arguments, sentence):
        with pytest.raises(BadInput, match=re.escape(sentence)):
            self.parser().parse_args(arguments)

    def test_names_the_choices(self):
        with pytest.raises(BadInput, match=r"--score ne peut valoir 'x', mais l’un de : .*concave.*linear"):
            self.parser().parse_args(["f", "--left", "--score", "x"])

    def test_has_a_sentence_for_what_it_does_not_know(self):
        assert in_french("something new in a later Python") == "commande mal écrite"

    def test_keeps_the_sentence_of_our_own_types(self):
        def odd(text):
            raise argparse.ArgumentTypeError("« 2 » n’est pas impair")

        parser = FrenchParser("vivier essai", "Essaie.")
        parser.add_argument("--odd", type=odd)
        with pytest.raises(BadInput, match="--odd : « 2 » n’est pas impair"):
            parser.parse_args(["--odd", "2"])


def test_the_module_is_also_a_program():
    done = vivier("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage : vivier")
    assert cli.__all__
