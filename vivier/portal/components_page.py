"""The components page: every component of the house, in every state it can meet."""

import functools
import re
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render

from vivier.portal import components_samples as samples

COMPONENTS = Path(__file__).resolve().parents[1] / "templates" / "components"
_COMMENT = re.compile(r"{%\s*comment\s*%}(.*?){%\s*endcomment\s*%}", re.DOTALL)


@functools.cache
def notes() -> dict[str, str]:
    """Return what each component's own comment says of its slots, by the component's name."""
    return {path.stem: described(path) for path in sorted(COMPONENTS.glob("*.html"))}


def described(path: Path) -> str:
    """Return the comment at the head of a template; raises ValueError when it has none."""
    found = _COMMENT.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path.name} has no comment that lists its slots")
    return found[1].strip()


@functools.cache
def drawings() -> list[str]:
    """Return the names of the drawings."""
    return sorted(path.stem for path in (COMPONENTS / "illustrations").glob("*.html"))


@login_not_required
def components(request):
    """Show the design system to whoever builds or judges a page."""
    context = {
        "notes": notes(),
        "drawings": drawings(),
        "samples": samples.everything(),
        "groups": samples.GROUPS,
        "swatches": samples.SWATCHES,
        "icons": samples.ICONS,
        "blank_form": samples.SampleForm(prefix="vierge"),
        "wrong_form": samples.wrong_form(),
        "filter_form": samples.FilterForm(prefix="filtre"),
        "guardian_form": samples.GuardianForm(prefix="responsable"),
        "wrong_guardian_form": samples.wrong_guardian_form(),
        "session_address": samples.SESSION_ADDRESS,
        "first_page": Paginator(range(1), 25).page(1),
        "middle_page": Paginator(range(10_000), 25).page(200),
    }
    return render(request, "portal/components.html", context)
