"""The `vivier` command: `main(argv)` finds the subcommand, imports its module only, and turns errors into one line.

A module of a subcommand has `configure(parser)`, which adds its arguments, and `run(args) -> int`, the exit code:
0 success, 1 findings or rows refused; it raises BadInput (exit 2) before it writes anything. Nothing heavy, such as
Django or numpy, is imported here or at the head of such a module: `vivier --help` answers at once.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from vivier.cli.errors import BadInput

__all__ = ["BadInput", "main"]

BAD_INPUT = 2
BUG = 70


@dataclass(frozen=True)
class Command:
    """One subcommand: its module below vivier.cli, and the line that the help gives it.

    `raw`: the arguments go to `run` as they are (a list), for somebody else's parser.
    """

    module: str
    help: str
    raw: bool = False


@dataclass(frozen=True)
class Group:
    """A subcommand that asks which one, such as `import`; the answer is `args.kind`."""

    help: str
    kinds: dict[str, Command] = field(default_factory=dict)


COMMANDS: dict[str, Command | Group] = {
    "setup": Command("setup", "prépare la base de données et les dossiers de ce poste"),
    "demo": Command("demo", "installe la démonstration, puis l’ouvre sur http://localhost:8000"),
    "serve": Command("serve", "ouvre le site"),
    "worker": Command("worker", "envoie les courriels et fait les tâches de fond"),
    "resend": Command("resend", "relance les courriels et les tâches qui ont échoué"),
    "check": Command("check", "dit quelle base est utilisée, et si tout va bien"),
    "manage": Command("manage", "donne accès aux commandes de Django", raw=True),
    "backup": Command("backup", "sauvegarde la base dans un fichier"),
    "restore": Command("restore", "remplace la base par une sauvegarde"),
    "match": Command("match", "apparie filleules et marraines depuis trois fichiers CSV, avec sa preuve"),
    "wording": Group(
        "relit des annonces : ce que la loi interdit, ce qui écarte, et comment l’écrire",
        {
            "check": Command("wording", "relit des annonces et dit, passage par passage, quoi écrire à la place"),
            "audit": Command("wording_audit", "relit un corpus entier (JSONL ou Parquet) vers un fichier Parquet"),
            "docs": Command("wording_docs", "écrit une page par règle"),
        },
    ),
    "import": Group(
        "lit des fichiers officiels ou des fichiers de personnes",
        {
            "territories": Command("territories", "communes, zones d’emploi, densité, quartiers prioritaires"),
            "registrants": Command("people_files", "les inscrites et inscrits d’un programme"),
            "mentors": Command("people_files", "les marraines et mentors d’un programme"),
        },
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `vivier` with `argv` (by default the process's arguments) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _dispatch(arguments, COMMANDS, "vivier")
        sys.stdout.flush()
        return code
    except BadInput as error:
        return _complain(str(error), BAD_INPUT)
    except SystemExit as leaving:  # argparse after --help, Django's own commands
        return _exit_code(leaving)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `vivier … | head`: the reader has gone, which is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if os.environ.get("VIVIER_TRACE"):
            raise
        return _complain(str(_unusable(error)), BAD_INPUT)
    except Exception as error:
        if os.environ.get("VIVIER_TRACE"):
            raise
        fault = BadInput(
            None, None, f"erreur interne ({type(error).__name__} : {error})", "relancez avec VIVIER_TRACE=1"
        )
        return _complain(str(fault), BUG)


def _dispatch(arguments: list[str], table: dict, prog: str) -> int:
    if arguments and arguments[0] in ("-h", "--help"):
        _print_help(table, prog)
        return 0
    name = _choose(arguments, table, prog)
    chosen, rest = table[name], arguments[1:]
    if isinstance(chosen, Group):
        return _dispatch(rest, chosen.kinds, f"{prog} {name}")
    module = importlib.import_module(f"vivier.cli.{chosen.module}")
    if chosen.raw:
        return module.run(rest)
    from vivier.cli.parser import FrenchParser

    parser = FrenchParser(f"{prog} {name}", chosen.help[0].upper() + chosen.help[1:] + ".")
    parser.set_defaults(kind=name)
    module.configure(parser)
    return module.run(parser.parse_args(rest))


def _choose(arguments: list[str], table: dict, prog: str) -> str:
    remedy = f"lancez « {prog} --help »"
    if not arguments:
        raise BadInput(None, None, f"il manque ce qu’il faut faire ({', '.join(table)})", remedy)
    name = arguments[0]
    if name in table:
        return name
    if name.startswith("-"):
        raise BadInput(None, None, f"option inconnue : {name}", remedy)
    from difflib import get_close_matches

    if close := get_close_matches(name, table, n=1):
        remedy = f"vouliez-vous « {prog} {close[0]} » ?"
    raise BadInput(None, None, f"commande inconnue : {name}", remedy)


def _print_help(table: dict, prog: str) -> None:
    width = max(map(len, table)) + 2
    lines = [f"usage : {prog} COMMANDE …", "", "commandes :"]
    lines += [f"  {name:<{width}}{chosen.help}" for name, chosen in table.items()]
    lines += ["", f"« {prog} COMMANDE --help » dit les options de chacune."]
    print("\n".join(lines))


def _unusable(error: OSError) -> BadInput:
    """Say in French what the system refused."""
    problem, remedy = {
        FileNotFoundError: ("ce fichier est introuvable", "vérifiez son nom"),
        IsADirectoryError: ("c’est un dossier", "donnez un fichier"),
        NotADirectoryError: ("ce n’est pas un dossier", "vérifiez le chemin"),
        PermissionError: ("l’accès est refusé", "vérifiez les droits sur ce fichier"),
    }.get(type(error), (f"le système refuse ({error.strerror or error})", "vérifiez la place libre et les droits"))
    return BadInput(error.filename, None, problem, remedy)


def _exit_code(leaving: SystemExit) -> int:
    if leaving.code is None or isinstance(leaving.code, int):
        return leaving.code or 0
    return _complain(str(leaving.code), 1)


def _complain(sentence: str, code: int) -> int:
    sys.stdout.flush()
    print(f"vivier : {sentence}", file=sys.stderr)
    return code
