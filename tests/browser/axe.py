"""What every page must hold in a real browser: no axe violation, no sideways scroll, targets wide enough."""

import functools

from axe_playwright_python.sync_playwright import Axe

#: The narrow and the wide screen, in light and in dark: `@pytest.mark.parametrize(("width", "scheme"), SCREENS)`.
SCREENS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]

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


@functools.cache
def _axe() -> Axe:
    return Axe()


def assert_accessible(page, context: str | None = None) -> None:
    """Fail with the list of axe's violations on the page, or on the part of it that `context` (CSS) names."""
    violations = _axe().run(page, context=context).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}) : {rule['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in rule["nodes"])
        for rule in violations
    ]
    assert not violations, f"axe on {page.url} at {page.viewport_size['width']} px\n" + "\n".join(lines)


def no_sideways_scroll(page) -> None:
    """Fail when the page is wider than its window, naming what sticks out."""
    wide, room = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {room}: {page.evaluate(_BEYOND_THE_EDGE)}"


def targets_are_wide(page, minimum: int = 44) -> None:
    """Fail when something to press is lower than `minimum` pixels; links within a sentence are exempt."""
    small = page.evaluate(_TOO_SMALL, minimum)
    assert not small, f"{page.url} at {page.viewport_size['width']} px: " + "\n".join(small)
