"""The contrasts that the tokens promise, computed from the style sheet itself (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "vivier" / "static" / "vivier" / "css"
_PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
_FALLBACK = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")

TOKENS = {name: (light, dark) for name, light, dark in _PAIR.findall((CSS / "tokens.css").read_text())}

#: Text of any size: 4.5 to 1.
TEXT = [
    *[("ink", surface) for surface in ("paper", "card", "sunken", "water-soft", "water-mid", "coral-soft", "sun-soft")],
    ("ink", "leaf-soft"),
    *[("muted", surface) for surface in ("paper", "card", "sunken", "water-soft")],
    *[("water", surface) for surface in ("paper", "card", "sunken", "water-soft")],
    ("water-strong", "water-soft"),
    ("water-strong", "paper"),
    ("on-water", "water"),
    ("on-water", "water-strong"),
    *[("coral", surface) for surface in ("paper", "card", "coral-soft", "water-soft")],
    *[("sun", surface) for surface in ("card", "sun-soft", "water-soft")],
    *[("leaf", surface) for surface in ("card", "leaf-soft")],
]
#: Edges of fields, bars and the focus ring: 3 to 1.
SHAPES = [
    ("muted", "card"),
    ("muted", "paper"),
    ("water", "water-soft"),
    ("sun", "sun-soft"),
    ("coral", "card"),
    ("leaf", "card"),
    *[("focus", surface) for surface in ("paper", "card", "sunken", "water-soft")],
]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, from 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_ratios():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), TEXT)
def test_text_is_legible(text, surface, scheme):
    assert contrast(TOKENS[text][scheme], TOKENS[surface][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "surface"), SHAPES)
def test_shapes_stand_out(shape, surface, scheme):
    assert contrast(TOKENS[shape][scheme], TOKENS[surface][scheme]) >= 3


def test_telephones_without_light_dark_get_the_same_light_theme():
    sheet = (CSS / "tokens.css").read_text()
    fallback = dict(_FALLBACK.findall(sheet[sheet.index("@supports not") :]))
    assert fallback == {name: light for name, (light, _) in TOKENS.items()}


def test_no_colour_is_written_outside_the_tokens():
    # Paper and QR codes are black on white whatever the theme; the sun of the drawing is a moon at night.
    allowed = {"#ffffff", "#000000", "#999999", "#f8dc93", "#f2c14e"}
    written = {
        f"{path.name}: {colour}"
        for path in CSS.glob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
        if colour not in allowed
    }
    assert not written
