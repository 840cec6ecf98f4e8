"""`vivier demo`: a fictional plan with its people, one proven matching, and a page to enter as each of them."""

import argparse
import datetime
import json
import os
import socket
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from vivier.cli.errors import BadInput
from vivier.cli.serve import claim, port_number

_WEB_PATIENCE = 60.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--port", type=port_number, default=8000, metavar="N", help="port du site (8000)")
    parser.add_argument("--no-serve", action="store_true", help="prépare la démonstration sans ouvrir le site")
    parser.add_argument("--json", action="store_true", help="écrit le résumé en JSON, sur la dernière ligne")
    parser.add_argument("--today", type=_date, metavar="DATE", help="fixe la date de la démonstration (AAAA-MM-JJ)")


def run(args: argparse.Namespace) -> int:
    """Build the demonstration and serve it until Ctrl-C or TERM (0); 1 when a process ended by itself."""
    from vivier.cli.database import DEMO_SETTINGS, database
    from vivier.cli.signals import Stopped

    _refuse_production()
    if not args.no_serve:
        claim(args.port)
    os.environ["VIVIER_URL"] = f"http://localhost:{args.port}"  # for the links in mails
    if args.today:
        os.environ["VIVIER_TODAY"] = args.today.isoformat()
    try:
        with database(DEMO_SETTINGS) as server:
            story = _build(args.port)
            if args.no_serve:
                _tell(story, args)
                return 0
            return _serve(story, args, has_own_database=server.data_dir is not None)
    except Stopped:
        print("Vivier est arrêté.", file=sys.stderr)
        return 0


def _refuse_production() -> None:
    if os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".prod"):
        raise BadInput(
            None,
            None,
            "la démonstration n’écrit jamais ses personnages dans une base de production",
            "retirez DJANGO_SETTINGS_MODULE et DATABASE_URL",
        )


def _build(port: int) -> dict:
    """Migrate, build the story unless it is there, and point its links at `port`."""
    from vivier.cli.migrations import apply_pending
    from vivier.common import clock
    from vivier.demo import story

    print("Préparation de la démonstration…", file=sys.stderr, flush=True)
    apply_pending()
    told = story.build(clock.today())
    links = {role: _at_port(url, port) for role, url in told["links"].items()}
    return {**told, "links": links}


def _serve(story: dict, args: argparse.Namespace, *, has_own_database: bool) -> int:
    from vivier.cli.database import close_connections
    from vivier.cli.processes import Children, web_command, worker_command

    close_connections()
    with Children() as children:
        children.start("site", web_command(bind=f"127.0.0.1:{args.port}", workers=2, threads=4))
        children.start("travail de fond", worker_command())
        _wait_for_first_page(args.port, children)
        _tell(story, args)
        if not args.json:
            everything = "site, courriels et base de données" if has_own_database else "site et courriels"
            print(f"\nCtrl-C arrête tout ({everything}).", flush=True)
        ended = children.watch()
    print(f"vivier : « {ended} » s’est arrêté de lui-même ; lisez les lignes ci-dessus", file=sys.stderr)
    return 1


def _wait_for_first_page(port: int, children) -> None:
    """Return once `/` answers; a process that ends meanwhile is told by whoever watches next."""
    deadline = time.monotonic() + _WEB_PATIENCE
    while time.monotonic() < deadline and children.ended() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as web:
                web.sendall(f"GET / HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode())
                if web.recv(12).startswith(b"HTTP/"):
                    return
        except OSError:
            pass
        time.sleep(0.1)


def _tell(story: dict, args: argparse.Namespace) -> None:
    """Print what there is to see; the last line is JSON when asked."""
    if args.json:
        keys = ("links", "matched", "matched_by_tier", "waiting")
        print(json.dumps({key: story[key] for key in keys}, ensure_ascii=False), flush=True)
        return
    from vivier.common.text import plural
    from vivier.demo.roles import ROLES

    print("Vivier, démonstration : personnes et partenaires sont fictifs.")
    print(f"{story['matched']} lycéennes ont une marraine, {story['waiting']} attendent.")
    served, waiting = story["adults"]["matched"], story["adults"]["waiting"]
    print(
        "Deuxième histoire, des femmes en reconversion près de Valence : "
        f"{plural(served, 'a', 'ont')} une ou un mentor, {plural(waiting, 'attend', 'attendent')}. "
        "Sandra, 35 ans, est l’une d’elles."
    )
    if args.no_serve:
        return
    print(f"\nLe site : http://localhost:{args.port}")
    print(f"La boucle, pas à pas : http://localhost:{args.port}/demo/boucle/\nEntrer comme :")
    names = {role: ROLES[role].name if role in ROLES else role for role in story["links"]}
    width = max(map(len, names.values()))
    for role, url in story["links"].items():
        print(f"  {names[role]:<{width}}  {url}")


def _at_port(url: str, port: int) -> str:
    """Return `url` (an address or a path) on this machine's site. Passkeys need the name, not 127.0.0.1."""
    parts = urlsplit(url)
    return urlunsplit(("http", f"localhost:{port}", parts.path or "/", parts.query, parts.fragment))


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date (AAAA-MM-JJ)") from None
