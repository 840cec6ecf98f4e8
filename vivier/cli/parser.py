"""An argument parser that speaks French and leaves the way out to `main`."""

import argparse
import re
from typing import NoReturn

from vivier.cli.errors import BadInput

#: What argparse says (Python 3.11 to 3.14) → what we say. {0}, {1} are the groups.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "il manque {0}"),
    (r"unrecognized arguments: (.+)", "argument inconnu : {0}"),
    (r"one of the arguments (.+) is required", "il faut l’un de : {0}"),
    (r"argument (\S+): expected one argument", "{0} attend une valeur"),
    (r"argument (\S+): expected at least one argument", "{0} attend au moins une valeur"),
    (r"argument (\S+): expected (\d+) arguments", "{0} attend {1} valeurs"),
    (r"argument (\S+): not allowed with argument (.+)", "{0} et {1} ne vont pas ensemble"),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", "{0} ne peut valoir {1}, mais l’un de : {2}"),
    (r"argument (\S+): invalid (?:int|float) value: (.+)", "{0} attend un nombre, et non {1}"),
    (r"argument (\S+): invalid \w+ value: (.+)", "{0} ne comprend pas {1}"),
    (r"argument (\S+): ignored explicit argument (.+)", "{0} n’attend pas de valeur"),
    (r"argument (\S+): (.+)", "{0} : {1}"),
)


class FrenchHelp(argparse.HelpFormatter):
    """Lay out the help, with « usage » as French writes it."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """Parse the arguments of one command; an error is a BadInput, options are never guessed from their beginning."""

    def __init__(self, prog: str, description: str):
        super().__init__(
            prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=FrenchHelp
        )
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        raise BadInput(None, None, in_french(message), f"lancez « {self.prog} --help »")


def in_french(message: str) -> str:
    """Translate one of argparse's own messages; what it does not know is a general sentence."""
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*match.groups())
    return "commande mal écrite"
