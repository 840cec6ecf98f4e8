"""Rules that every template of the house keeps: strict content policy, our words, components that say their slots."""

import re
from pathlib import Path

import pytest
from django.template import engines

from vivier.portal.components_page import COMPONENTS, notes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "vivier").glob("**/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "/email" not in path.as_posix() and "/mail" not in path.as_posix()]
CSS = ROOT / "vivier" / "static" / "vivier" / "css"

_COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
_TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def named(paths):
    return pytest.mark.parametrize("path", paths, ids=[path.relative_to(ROOT / "vivier").as_posix() for path in paths])


def without_comments(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


@named(TEMPLATES)
def test_a_template_compiles(path):
    engines["django"].from_string(path.read_text(encoding="utf-8"))


@named(TEMPLATES)
def test_nothing_inline_that_the_content_policy_would_refuse(path):
    text = _TAG.sub("", without_comments(path))
    assert not re.search(r"\sstyle\s*=", text), "style in the page: write a class"
    assert not re.search(r"\son[a-z]+\s*=", text), "script in an attribute"
    assert not re.search(r"<style\b", text), "style in the page: write a class"
    assert not re.search(r"javascript:", text)
    for attributes in re.findall(r"<script\b([^>]*)>", without_comments(path)):
        assert "src=" in attributes or "json" in attributes, "script in the page"


@named(TEMPLATES)
def test_no_median_dot_inside_a_word(path):
    assert not re.search(r"\w(·|&middot;|&#183;)\w", path.read_text(encoding="utf-8"))


@named(TEMPLATES)
def test_no_exclamation_mark_in_what_is_read(path):
    text = _TAG.sub("", without_comments(path))
    read = re.sub(r"<[^>]*>", "", text)
    assert "!" not in read


@named(TEMPLATES)
def test_no_name_comes_after_a_de_that_could_lose_its_vowel(path):
    assert not re.search(r"\b[Dd]e {{", without_comments(path)), "write {{ name|of_name }}"


@named(PAGES)
def test_apostrophes_are_those_of_print(path):
    read = re.sub(r"<[^>]*>", "", _TAG.sub("", without_comments(path)))
    assert not re.search(r"\w'\w", read), "write ’"


@named(TEMPLATES)
def test_every_class_is_drawn_somewhere(path):
    drawn = {name for sheet in CSS.glob("*.css") for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", sheet.read_text())}
    used = set()
    for value in re.findall(r'\bclass="([^"]*)"', without_comments(path)):
        if "{{" not in value:
            used |= {name for name in _TAG.sub(" ", value).split() if re.fullmatch(r"[\w-]+", name)}
    assert used <= drawn


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_a_component_says_its_slots(name):
    assert "Slots:" in notes()[name]


_INCLUDE = re.compile(r'{%\s*include\s+"components/([\w/]+)\.html"(.*?)%}', re.DOTALL)
_BLOCK = re.compile(r'{%\s*component\s+"(\w+)"(.*?)%}', re.DOTALL)
_SLOT = re.compile(r"(?:^|\s)(\w+)=")


@named(TEMPLATES)
def test_components_are_given_only_the_slots_they_say(path):
    text = without_comments(path)
    for name, given in [*_INCLUDE.findall(text), *_BLOCK.findall(text)]:
        if name.startswith("illustrations/"):
            assert (COMPONENTS / f"{name}.html").exists()
            continue
        said = set(re.findall(r"\w+", notes()[name])) | {"csrf_token"}
        slots = set(_SLOT.findall(re.sub(r'"[^"]*"', '""', given)))
        assert slots <= said, f"{name} has no slot {sorted(slots - said)}"


def test_drawings_say_what_they_are():
    for path in (COMPONENTS / "illustrations").glob("*.html"):
        assert path.read_text(encoding="utf-8").startswith("{% comment %}")
        assert 'aria-hidden="true"' in path.read_text(encoding="utf-8")


def test_every_component_is_shown_on_the_components_page():
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in [*(ROOT / "vivier/templates/portal/specimens").glob("*.html"), ROOT / "vivier/templates/base.html"]
    )
    missing = [name for name in notes() if name not in shown]
    assert not missing


def test_pages_take_their_buttons_from_the_house():
    """A button without class has the browser's look: somebody forgot the component."""
    bare = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in PAGES
        for tag in re.findall(r"<button\b[^>]*>", without_comments(path))
        if "class=" not in tag and path.stem != "account"
    ]
    assert not bare
