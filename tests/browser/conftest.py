"""A real Chromium for the tests of this folder; without it they skip, and say so."""

import functools
import os
import shutil

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Locator, sync_playwright

#: The headless shell first: it is Chromium without its windows, and takes a sixth less time on these tests.
_NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = os.environ.get("VIVIER_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
_ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"),
    # A page lives for a second: what would pay off later (optimised scripts, a process in reserve) only costs.
    *("--js-flags=--no-opt --no-maglev", "--disable-features=SpareRendererForSitePerProcess,BackForwardCache"),
]

#: The test server writes the headers, then the page: held together, these small packets wait 40 ms for each other.
QuietWSGIRequestHandler.disable_nagle_algorithm = True


def _kept_for_the_run(serve):
    """Style sheets do not change while the tests run: a browser would ask for those of a fresh clone on each page."""

    @functools.wraps(serve)
    def served(handler, request):
        response = serve(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    return served


StaticFilesHandlerMixin.serve = _kept_for_the_run(StaticFilesHandlerMixin.serve)


def _and_arrive(press):
    """A press ends where the next page has begun, which may still be empty: wait until what it leads to is there."""

    @functools.wraps(press)
    def pressed(locator, *args, **kwargs):
        press(locator, *args, **kwargs)
        locator.page.wait_for_load_state()

    return pressed


for _name in ("check", "click", "dblclick", "press"):
    setattr(Locator, _name, _and_arrive(getattr(Locator, _name)))


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium():
    """Start Chromium once for this folder. Its event loop ends there too: other tests may start theirs."""
    if CHROMIUM is None:
        pytest.skip("Chromium est absent : apt-get install chromium-headless-shell")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the loop is Playwright's own, no view runs in it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(scope="package")
def kept_pages(chromium):
    """Return JavaScript or not → a page that tests take one after the other: a new one costs as much as ten loads."""
    return {}


@pytest.fixture
def page_at(chromium, live_server, kept_pages):
    """Return `page_at(width, scheme, javascript=True)`: a page whose addresses start at the live server.

    It knows nothing of the others. The test fails when a page breaks the content policy or raises an error in its
    scripts.
    """
    taken, troubles = [], []

    def opened(javascript: bool):
        page = kept_pages.pop(javascript, None)
        if page is None or page.is_closed():
            context = chromium.new_context(
                base_url=live_server.url, java_script_enabled=javascript, locale="fr-FR", reduced_motion="reduce"
            )
            page = context.new_page()
            page.set_default_timeout(30_000)  # nothing takes so long, but on a machine that does other work as well
        taken.append((javascript, page))
        return page

    def open_page(width: int = 1280, scheme: str = "light", *, javascript: bool = True):
        page = opened(javascript)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", color_scheme=scheme)
        page.on("console", said)
        page.on("pageerror", raised)
        return page

    def said(message) -> None:
        if "Content Security Policy" in message.text:
            troubles.append(message.text)

    def raised(error) -> None:
        troubles.append(str(error))

    yield open_page
    for javascript, page in taken:
        if javascript in kept_pages or page.is_closed():
            page.context.close()
        else:
            page.remove_listener("console", said)
            page.remove_listener("pageerror", raised)
            page.goto("/static/vivier/img/favicon.svg")
            page.context.clear_cookies()
            kept_pages[javascript] = page
    assert not troubles, troubles


@pytest.fixture
def sign_in(live_server):
    """Return `sign_in(page, user)`: from there on the page is signed in as that user."""

    def enter(page, user) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return enter
