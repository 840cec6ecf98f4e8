"""How the walks ask for a page: as somebody, once, and without a trace."""

import contextlib
import io
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, reset_queries, transaction
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.security.addresses import matrix
from tests.security.world import World


@contextlib.contextmanager
def undone(*, read_only: bool = False):
    """Undo everything that happens inside; with `read_only`, PostgreSQL refuses every write there."""
    with transaction.atomic():
        if read_only:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Answer:
    """What a page answered: the word of the matrix, its headers (lower case), its text, the statements it ran."""

    outcome: str
    headers: dict[str, str]
    text: str
    statements: list[str]

    @property
    def is_html(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


@dataclass
class Answers:
    """The answers of one world, asked for once."""

    world: World
    kept: dict[tuple[str, str, str], Answer] = field(default_factory=dict)

    def __call__(self, name: str, role: str, method: str = "GET") -> Answer:
        """Return the answer of page `name` to `role`. GET runs where nothing can be written."""
        key = name, role, method
        if key not in self.kept:
            self.kept[key] = self._ask(name, role, method)
        return self.kept[key]

    def _ask(self, name: str, role: str, method: str) -> Answer:
        address, client = matrix()[name], self.world.client(role)
        url = address.url(self.world)
        # A browser always sends this field: without it an empty form would look as if nothing had been sent.
        body = {"csrfmiddlewaretoken": "x"} | address.body(self.world)
        # Django empties its log of statements at each request, but not while they are captured, as they all are here:
        # thousands of answers would fill it, in some orders of the tests and not in others.
        reset_queries()
        with undone(read_only=method == "GET"), CaptureQueriesContext(connection) as queries:
            response = client.get(url) if method == "GET" else client.post(url, body)
            return Answer(
                outcome=outcome(response),
                headers={name.lower(): value for name, value in response.headers.items()},
                text=text_of(response),
                statements=[query["sql"] for query in queries],
            )


def outcome(response) -> str:
    """Return the word of the matrix for an answer."""
    if response.status_code in (301, 302, 303):
        return "login" if response["Location"].startswith(resolve_url(settings.LOGIN_URL)) else "302"
    return str(response.status_code)


def text_of(response) -> str:
    """Return the whole body; of a workbook, its cells."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheetml" in response.get("Content-Type", ""):
        book = load_workbook(io.BytesIO(body))
        return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return body.decode("utf-8", "replace")
