"""How long people take: real pages in Chromium on a telephone (360 px), the hand and the eye by a published model.

`python -m benchmarks.journeys` writes its tables to docs/benchmarks.md. Human seconds = reading every word of every
page, plus the keystroke-level model; the machine's seconds are measured here, without network.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from benchmarks.database import throwaway
from benchmarks.report import write

#: Card, Moran, Newell, Communications of the ACM 23(7), 1980: M, P, H and a press, in seconds. P is that of a mouse.
MENTAL, POINT, HOME, PRESS = 1.35, 1.10, 0.40, 0.20
#: Words typed a minute (a word is five characters), words read a minute. Typing: Palin and others, MobileHCI 2019,
#: 37 370 people on telephones: 36.2 in the mean, 26 beyond fifty. Reading: Brysbaert, Journal of Memory and Language
#: 109, 2019: adults read 238 silently; Trauzettel-Klosinski, Dietz, IOVS 53(9), 2012: 184 ± 29 aloud, in 17
#: languages, hence 126, two standard deviations below, for who reads slowly.
TYPICAL, SLOW = (36.2, 238), (26.0, 126)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)

#: The lines of a page as they are seen (what is folded away, or only for screen readers, is not), each with whether it
#: asks something: a heading, a label, a choice, a button; on the page where she agrees, every line does.
_LINES = """() => {
  const shown = one => one.checkVisibility() && !one.closest('.visually-hidden');
  const lines = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const around = text.parentElement;
    const agrees = document.querySelector('main [name=accepts_data]');
    const asks = agrees || around.closest('h1, label, legend, button, .btn');
    if (text.data.trim() && shown(around)) lines.push([text.data.trim(), !!asks]);
  }
  return lines;
}"""
#: The fields that a page offers.
_FIELDS = """() => new Set([...document.querySelectorAll('main input, main select, main textarea')]
  .filter(one => one.type !== 'hidden' && one.type !== 'submit' && one.name && one.getClientRects().length)
  .map(one => one.name)).size"""


@dataclass
class Journey:
    """What one person did: pages, words on them, fields offered, presses, keys; and the machine's seconds."""

    page: object
    pages: int = 0
    words: int = 0
    asking: int = 0
    fields: int = 0
    presses: int = 0
    anticipated: int = 0
    typed: int = 0
    keys: int = 0
    machine: float = 0.0
    read: set[str] = field(default_factory=set)

    def arrive(self, address: str, *, reads: bool = True) -> None:
        """Open the page where it begins: a link of a mail, a poster's code."""
        self.page.goto(address)
        if reads:
            self.look()

    def type(self, label: str, text: str, *, exact: bool = False) -> None:
        """Write in a field, letter by letter as the model counts it."""
        self.page.get_by_label(label, exact=exact).first.fill(text)
        self.typed += 1
        self.keys += len(text)

    def choose(self, locator) -> None:
        """Press something that stays on the page."""
        locator.click()
        self.presses += 1

    def go_on(self, locator, *, reads: bool = True, anticipated: bool = False) -> None:
        """Press what opens the next page; the last page, once all is done, need not be read.

        `anticipated`: the press belongs to the answer just given, nothing is left to decide (rule 1 of the model).
        """
        started = time.perf_counter()
        with self.page.expect_navigation(wait_until="load"):
            locator.click()
        self.machine += time.perf_counter() - started
        self.presses += 1
        self.anticipated += anticipated
        if reads:
            self.look()

    def seconds(self, words_typed: float, words_read: float, *, all_words: bool) -> float:
        """Return how long a person takes: reading, deciding, pointing, pressing, typing, waiting."""
        reading = 60 * (self.words if all_words else self.asking) / words_read
        presses = self.presses * (MENTAL + POINT + PRESS) - self.anticipated * MENTAL
        fields = self.typed * (MENTAL + POINT + PRESS + HOME) + self.keys * 60 / (5 * words_typed)
        return reading + presses + fields + self.machine

    def look(self) -> None:
        """Read what is new on the page: nobody reads the same sentence twice."""
        self.pages += 1
        self.fields += self.page.evaluate(_FIELDS)
        for line, asks in self.page.evaluate(_LINES):
            for sentence in re.split(r"(?<=[.?:])\s+", line):
                if (words := sentence.strip(" .,")) not in self.read:
                    self.read.add(words)
                    count = len(re.findall(r"\w[\w’'@.-]*", words))
                    self.words += count
                    self.asking += count if asks else 0


def sign_up(journey: Journey, code: str, age: int) -> None:
    """Go from the button of a session's page to her place."""
    from tests.people.worlds import born

    page = journey.page

    def go_on() -> None:
        journey.go_on(page.get_by_role("button", name="Continuer"), anticipated=True)

    journey.arrive(f"/seances/{code}/", reads=False)
    journey.go_on(page.get_by_role("link", name="Réserver ma place"))
    journey.type("Prénom", "Inès")
    journey.type("Nom", "Rivière", exact=True)
    go_on()
    journey.type("Date de naissance", f"{born(age):%d %m %Y}")
    go_on()
    journey.choose(page.get_by_text("4e" if age < 15 else "2de", exact=True))
    go_on()
    journey.type("Commune", "Valence 26")
    go_on()
    journey.type("Adresse e-mail", "ines@exemple.test")
    go_on()
    if age < 18:
        journey.type("Son prénom", "Nadia")
        journey.type("Son adresse e-mail", "nadia@exemple.test")
        go_on()
    journey.choose(page.locator("label", has_text="Je suis d’accord"))
    journey.go_on(page.get_by_role("button", name="ma place"), reads=False)


def volunteer(journey: Journey, address: str) -> None:
    """Say yes to being a marraine, from the link of a mail."""
    page = journey.page
    journey.arrive(address)
    journey.type("Votre commune", "Valence 26")
    journey.type("Votre métier", "Technicienne fibre")
    for label in ("mercredi après-midi", "J’ai lu la charte"):
        journey.choose(page.get_by_label(label, exact=False))
    journey.go_on(page.get_by_role("button", name="Oui, je m’inscris"), reads=False)


def training(journey: Journey) -> None:
    """Follow the short training, right after the yes."""
    page = journey.page
    journey.look()
    for label in ("Je lui réponds par la structure", "Je l’écoute", "Je lui raconte"):
        journey.choose(page.get_by_label(label, exact=False))
    journey.go_on(page.get_by_role("button", name="J’ai fini la formation"), reads=False)


def ask(journey: Journey, slug: str) -> None:
    """Ask partners for the marraines that one city lacks, from "Mon programme"."""
    page = journey.page
    journey.arrive(f"/programmes/{slug}/")
    journey.go_on(page.locator("li", has_text="manquent à Valence").get_by_role("link"))
    journey.go_on(page.get_by_role("button", name="Envoyer la demande"), reads=False)


@contextmanager
def site():
    """Serve the demonstration's pages on a free port; returns their address."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    from vivier.cli.processes import web_command

    command = web_command(bind=f"127.0.0.1:{port}", workers=1, threads=4)
    server = subprocess.Popen(command)
    try:
        for _ in range(300):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def main() -> int:
    """Take every journey and write the tables; returns 1 when one is longer than it may be."""
    if CHROMIUM is None:
        raise SystemExit("Chromium is absent (apt install chromium-headless-shell): nothing was measured.")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with throwaway(), site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])

        def somebody() -> Journey:
            size = {"width": 360, "height": 780}
            context = browser.new_context(base_url=address, viewport=size, locale="fr-FR", has_touch=True)
            return Journey(context.new_page())

        taken = dict(_taken(somebody))
        browser.close()
    text, is_over = _tables(taken)
    print(text)
    write({"How long people take": text}, "python -m benchmarks.journeys")
    return int(is_over)


#: Journey → what its issue allows: (what is counted, at most).
TARGETS: dict[str, tuple[tuple[str, float], ...]] = {
    "sign-up at 13": (("fields", 12), ("minutes", 2)),
    "sign-up at 16": (("fields", 12), ("minutes", 2)),
    "sign-up at 18": (("fields", 12), ("minutes", 2)),
    "volunteer: the yes": (("minutes", 3),),
    "volunteer: the training, after it": (),
    "coordinator: an ask": (("presses", 3),),
}


def _taken(somebody: Callable[[], Journey]):
    from vivier.demo import story

    code, links = _world()
    journey = somebody()
    journey.page.goto(links["coordinator"])
    journey.page.get_by_role("button", name="Me connecter").click()
    ask(journey, story.SLUG)
    asked = journey
    for age in (13, 16, 18):
        journey = somebody()
        sign_up(journey, code, age)
        yield f"sign-up at {age}", journey
    journey = somebody()
    volunteer(journey, _named())
    yield "volunteer: the yes", journey
    after = Journey(journey.page)
    training(after)
    yield "volunteer: the training, after it", after
    yield "coordinator: an ask", asked


def _world() -> tuple[str, dict[str, str]]:
    """Build the demonstration and a session for every age; return the session's code and the roles' pages."""
    from vivier.common import clock
    from vivier.common.actors import SYSTEM
    from vivier.demo import story
    from vivier.programmes.models import Programme
    from vivier.workshops.operations import create_session

    links = story.build(clock.today())["links"]
    programme = Programme.objects.get(slug=story.SLUG)
    day = clock.today() + timedelta(days=10)
    session = create_session(
        by=SYSTEM,
        programme=programme,
        site=programme.sites.order_by("position").first(),
        title="Crée ta première page web",
        place="Maison des associations",
        starts_at=clock.at(day, 14),
        ends_at=clock.at(day, 16),
        capacity=20,
    )
    return session.code, links


def _named() -> str:
    """Let a partner name somebody in answer to the coordinator's ask; return the page that her mail opens."""
    from vivier.common.actors import VISITOR
    from vivier.steering import operations as steering
    from vivier.steering.links import join_token
    from vivier.steering.models import Answer

    answer = Answer.objects.order_by("pk").first()
    steering.answer_yes(by=VISITOR, answer=answer, people=[steering.Named("Fatou", "Belval", "fatou@exemple.test")])
    return f"/devenir-marraine/?jeton={join_token(answer.contributions.get())}"


_HEAD = f"""Pages in Chromium, 360 px wide; nobody was watched with a stopwatch. Fields: all that are offered. Typed,
keys, presses: what she does. Words that ask: headings, labels, choices, buttons, and everything on the page where she
agrees; a sentence is read once. A sign-up goes from the button of the session's page to the last button. Machine: from
presses to loaded pages, without network.

Time = reading + the keystroke-level model (Card, Moran, Newell 1980: deciding {MENTAL} s, which a press that ends an
answer needs not, pointing {POINT} s as with a mouse, moving to the keyboard {HOME} s, a press {PRESS} s) + machine.
Typical: 36.2 words typed a minute (Palin and others 2019), 238 read (Brysbaert 2019). Slow: 26 typed (beyond fifty),
126 read (two standard deviations below Trauzettel-Klosinski and Dietz 2012). Minutes are read against a typical person
who reads what asks: who reads slowly, or every word, takes longer, as the last columns say.

| journey | pages | fields | typed | keys | presses | words that ask | all words | machine s | typical min:s |
 reads all | slow | slow, reads all | at most | |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
""".replace("|\n reads", "| reads")


def _tables(taken: dict[str, Journey]) -> tuple[str, bool]:
    """Return the tables, and whether a journey is longer than it may be."""
    lines, is_over = [], False
    for name, targets in TARGETS.items():
        journey = taken[name]
        typical = journey.seconds(*TYPICAL, all_words=False)
        measured = {"fields": journey.fields, "presses": journey.presses, "minutes": typical / 60}
        over = [what for what, most in targets if measured[what] > most]
        is_over |= bool(over)
        cells = (
            *(name, journey.pages, journey.fields, journey.typed, journey.keys, journey.presses),
            *(journey.asking, journey.words, f"{journey.machine:.1f}", _clock(typical)),
            _clock(journey.seconds(*TYPICAL, all_words=True)),
            *(_clock(journey.seconds(*SLOW, all_words=everything)) for everything in (False, True)),
            ", ".join(f"{most:g} {what}" for what, most in targets) or "none",
            f"over: {', '.join(over)}" if over else "held",
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return _HEAD + "\n".join(lines), is_over


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


if __name__ == "__main__":
    sys.exit(main())
