"""The typeface: Atkinson Hyperlegible (SIL Open Font License 1.1), taken from its font package when pages are built."""

import importlib.util
from pathlib import Path

#: Where the style sheets look for it, under STATIC_URL.
STATIC_PREFIX = "vivier/fonts"


def font_directories() -> list[tuple[str, Path]]:
    """Return the entries of STATICFILES_DIRS that serve the font's files; none without the package (system fonts)."""
    package = importlib.util.find_spec("fontpkg_atkinson_hyperlegible")
    if package is None or package.origin is None:
        return []
    return [(STATIC_PREFIX, Path(package.origin).parent / "files")]
