"""Rules that every template of the house keeps: strict content policy, our words, components that say their slots."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

from vivier.portal.components_page import COMPONENTS, notes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "vivier").glob("**/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "/email" not in path.as_posix() and "/mail" not in path.as_posix()]
CSS = ROOT / "vivier" / "static" / "vivier" / "css"

_COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
_TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)


def without_comments(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def read_by_people(path: Path) -> str:
    """Return the words of a template, without its tags and those of HTML."""
    return re.sub(r"<[^>]*>", "", _TAG.sub("", without_comments(path)))


def where(found, paths=TEMPLATES) -> dict[str, object]:
    """Return what `found` finds wrong in each template, by its path, of those where it finds something."""
    return {str(path.relative_to(ROOT)): wrong for path in paths if (wrong := found(path))}


def test_each_template_compiles():
    def broken(path):
        try:
            engines["django"].from_string(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            return str(error)

    assert where(broken) == {}


def test_nothing_inline_that_the_content_policy_would_refuse():
    def inline(path):
        refused = re.findall(r"\sstyle\s*=|\son[a-z]+\s*=|<style\b|javascript:", _TAG.sub("", without_comments(path)))
        scripts = re.findall(r"<script\b([^>]*)>", without_comments(path))
        return refused + [attributes for attributes in scripts if "src=" not in attributes and "json" not in attributes]

    assert where(inline) == {}, "write a class, or a file of script"


def test_no_median_dot_inside_a_word():
    assert where(lambda path: re.findall(r"\w+(?:·|&middot;|&#183;)\w", path.read_text(encoding="utf-8"))) == {}


def test_no_exclamation_mark_in_what_is_read():
    assert where(lambda path: re.findall(r".*!.*", read_by_people(path))) == {}


def test_no_name_comes_after_a_de_that_could_lose_its_vowel():
    assert where(lambda path: re.findall(r"\b[Dd]e {{.*", without_comments(path))) == {}, "write {{ name|of_name }}"


def test_apostrophes_are_those_of_print():
    assert where(lambda path: re.findall(r"\w+'\w+", read_by_people(path)), PAGES) == {}, "write ’"


def test_every_class_is_drawn_somewhere():
    drawn = {name for sheet in CSS.glob("*.css") for name in re.findall(r"\.(-?[a-zA-Z][\w-]*)", sheet.read_text())}

    def undrawn(path):
        values = re.findall(r'\bclass="([^"]*)"', without_comments(path))
        names = {name for value in values if "{{" not in value for name in _TAG.sub(" ", value).split()}
        return {name for name in names if re.fullmatch(r"[\w-]+", name)} - drawn

    assert where(undrawn) == {}


@pytest.mark.parametrize("name", sorted(path.stem for path in COMPONENTS.glob("*.html")))
def test_a_component_says_its_slots(name):
    assert "Slots:" in notes()[name]


_INCLUDE = re.compile(r'{%\s*include\s+"components/([\w/]+)\.html"(.*?)%}', re.DOTALL)
_BLOCK = re.compile(r'{%\s*component\s+"(\w+)"(.*?)%}', re.DOTALL)
_SLOT = re.compile(r"(?:^|\s)(\w+)=")


def test_components_are_given_only_the_slots_they_say():
    said = notes()

    def unknown(path):
        text, wrong = without_comments(path), []
        for name, given in [*_INCLUDE.findall(text), *_BLOCK.findall(text)]:
            if name.startswith("illustrations/"):
                assert (COMPONENTS / f"{name}.html").exists()
                continue
            slots = set(_SLOT.findall(re.sub(r'"[^"]*"', '""', given)))
            wrong += sorted(slots - set(re.findall(r"\w+", said[name])) - {"csrf_token"})
        return wrong

    assert where(unknown) == {}


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
