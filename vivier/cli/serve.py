"""`vivier serve`: the web site, behind a reverse proxy in production."""

import argparse
import errno
import socket
import sys

from vivier.cli.errors import BadInput


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--port", type=port_number, default=8000, metavar="N", help="port (8000)")
    parser.add_argument("--bind", default="127.0.0.1", metavar="ADRESSE", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--workers", type=_count, default=2, metavar="N", help="processus (2)")
    parser.add_argument("--threads", type=_count, default=4, metavar="N", help="fils d’exécution par processus (4)")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or TERM (0); 1 when the web server ended by itself."""
    from vivier.cli.database import close_connections, database
    from vivier.cli.migrations import pending
    from vivier.cli.processes import Children, web_command
    from vivier.cli.signals import Stopped

    claim(args.port, args.bind)
    try:
        with database():
            if waiting := pending():
                raise BadInput(None, None, f"{len(waiting)} migration(s) en attente", "lancez « vivier setup »")
            close_connections()
            bind = f"[{args.bind}]:{args.port}" if ":" in args.bind else f"{args.bind}:{args.port}"
            with Children() as children:
                children.start("site", web_command(bind=bind, workers=args.workers, threads=args.threads))
                print(f"Vivier écoute sur http://{bind} (Ctrl-C pour arrêter).", flush=True)
                children.watch()
    except Stopped:
        return 0
    print("vivier : le site s’est arrêté de lui-même ; lisez les lignes ci-dessus", file=sys.stderr)
    return 1


def claim(port: int, address: str = "127.0.0.1") -> None:
    """Raise BadInput when nobody can listen on `port` of `address`."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            problem = f"le port {port} est déjà pris" if taken else f"le port {port} de {address} est refusé"
            raise BadInput(
                None, None, problem, "arrêtez l’autre programme, ou donnez un autre port par --port"
            ) from error


def port_number(text: str) -> int:
    """Read a port number; argparse shows the French sentence."""
    if text.isdecimal() and 1 <= int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un port (de 1 à 65535)")


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre de 1 à 64")
