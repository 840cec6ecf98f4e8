"""A page held on every screen without loading it again: all rules in light, colours alone in dark."""

from tests.browser.axe import _axe, assert_accessible, no_sideways_scroll, targets_are_wide

_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def held(page, widths=(360, 1280)) -> None:
    """Fail when the page, as it stands, is not accessible at one of these widths, in light or in dark."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        _dressed(page, "light")
        assert_accessible(page)
        no_sideways_scroll(page)
        targets_are_wide(page)
        _dressed(page, "dark")
        violations = _axe().run(page, options=_COLOURS).response["violations"]
        assert not violations, f"colours in dark on {page.url}: {violations[0]['nodes'][0]['html'][:300]}"


def _dressed(page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(120)  # colours that still turn would be judged half-way
