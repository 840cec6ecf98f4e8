"""What every page must hold in a real browser: no axe violation, no sideways scroll, targets wide enough."""

import functools
import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

#: In this order each step changes one thing.
SCREENS = ((360, "light"), (360, "dark"), (1280, "dark"), (1280, "light"))
#: A page is dark by the CSS function `light-dark()`, which takes nothing but colours (test_components_frame.py holds
#: it): there, only the rules about colours can find what the light page does not show.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
#: Where a pseudo-element may lie behind a text axe does not judge its contrast, and takes four fifths of its time to
#: find that out: judging it all the same can only find more.
_JUDGE_ALL = ";axe.configure({checks: [{id: 'color-contrast', options: {ignorePseudo: true}}]});"
_RUN = """
([part, rules]) => axe.run(part || document, {resultTypes: ['violations'], ...(rules && {runOnly: rules})})
  .then(results => [results.violations,
    `${innerWidth} px, ${matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'}`])
"""
_TOO_SMALL = """
minimum => [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
  .filter(element => {
    const style = getComputedStyle(element), label = element.closest('label') || element;
    if (style.visibility === 'hidden' || !element.getClientRects().length) return false;
    if (element.matches('a') && style.display === 'inline') return false;  // a link within a sentence is exempt
    if (element.classList.contains('skip')) return false;
    const box = label.getBoundingClientRect();
    return box.height < minimum - 0.5 || box.width < 24;
  })
  .map(element => {
    const box = element.getBoundingClientRect();
    return `${element.outerHTML.slice(0, 120)} (${Math.round(box.width)} × ${Math.round(box.height)})`;
  })
"""
_BEYOND_THE_EDGE = """
() => [...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5).map(element => element.outerHTML.slice(0, 120))
"""


def held(page) -> None:
    """Fail when the page, as it stands, is not accessible on one of the four screens, without loading it again.

    VIVIER_PICTURES names a folder where whoever works on the look finds a picture of each.
    """
    for width, scheme in SCREENS:
        if page.viewport_size["width"] != width:
            page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # without motion no colour is judged half-way
        if scheme == "dark":
            assert_accessible(page, rules=_OF_COLOURS)
        else:
            assert_accessible(page)
            no_sideways_scroll(page)
            targets_are_wide(page)
        _picture(page, width, scheme)


def assert_accessible(page, context: str | None = None, *, rules: list[str] | None = None) -> None:
    """Fail with the list of axe's violations on the page, or on the part of it that `context` (CSS) names.

    `rules` names the only ones of axe's rules to judge by; None is all of them.
    """
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe())
        page.add_init_script(_axe())  # the pages to come bring it along: sending it takes longer than judging
    found, screen = page.evaluate(_RUN, [context, rules])
    lines = [
        f"{rule['id']} ({rule['impact']}) : {rule['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in rule["nodes"])
        for rule in found
    ]
    assert not lines, f"axe on {page.url} ({screen})\n" + "\n".join(lines)


@functools.cache
def _axe() -> str:
    return Axe().axe_script + _JUDGE_ALL


def _picture(page, width: int, scheme: str) -> None:
    if folder := os.environ.get("VIVIER_PICTURES"):
        name = re.sub(r"[^a-z0-9]+", "-", page.evaluate("location.pathname + location.search").lower()).strip("-")
        page.screenshot(path=Path(folder) / f"{name or 'home'}-{width}-{scheme}.png", full_page=True)


def no_sideways_scroll(page) -> None:
    """Fail when the page is wider than its window, naming what sticks out."""
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {room}: {page.evaluate(_BEYOND_THE_EDGE)}"


def targets_are_wide(page, minimum: int = 44) -> None:
    """Fail when something to press is lower than `minimum` pixels; links within a sentence are exempt."""
    small = page.evaluate(_TOO_SMALL, minimum)
    assert not small, f"{page.url} at {page.viewport_size['width']} px: " + "\n".join(small)
