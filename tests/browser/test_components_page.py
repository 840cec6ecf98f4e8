"""/composants in a real browser: every component, in every state, on every screen."""

import pytest

from tests.browser.axe import held, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def components_at(page_at):
    """Return `components_at(width, scheme)`: the components page, open."""

    def open_components(*screen, **options):
        page = page_at(*screen, **options)
        assert page.goto("/composants/").status == 200
        return page

    return open_components


def test_every_component_is_accessible(components_at):
    page = components_at()
    held(page)


def test_nothing_scrolls_sideways_on_the_narrowest_telephone(components_at):
    page = components_at(320)
    no_sideways_scroll(page)


@pytest.mark.parametrize("width", [639, 700, 900])
def test_nothing_scrolls_sideways_between_telephone_and_desk(components_at, width):
    page = components_at(width)
    no_sideways_scroll(page)


def test_the_reasons_open_without_javascript(components_at):
    page = components_at(360, javascript=False)
    reasons = page.locator("#dire details.why", has_text="Elle travaille à Romans").first
    assert not reasons.locator(".why-body").is_visible()
    reasons.locator("summary").click()
    assert reasons.locator(".why-body").is_visible()


def test_a_table_becomes_labelled_cards_on_a_telephone(components_at):
    page = components_at(360)
    cell = page.locator("#lister td[data-label='Marraines']").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "block"
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Marraines')
    wide = components_at(1280)
    assert (
        wide.locator("#lister td[data-label='Marraines']").first.evaluate("c => getComputedStyle(c).display")
        == "table-cell"
    )


def test_the_words_of_a_list_stop_before_its_chevron(components_at):
    selects = components_at().locator(".field select:not([multiple])")
    room = selects.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).paddingInlineEnd))")
    assert room and min(room) >= 32


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(components_at):
    page = components_at(1280)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Aller au contenu"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("element => !!element.closest('main')")
    assert focused.evaluate("element => getComputedStyle(element).outlineWidth") == "3px"


def test_the_typeface_of_the_project_is_the_one_shown(components_at):
    page = components_at(1280)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible\"')")
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert any("Atkinson" in family for family in loaded)


def test_printing_leaves_out_what_paper_cannot_use(components_at):
    page = components_at(1280)
    page.emulate_media(media="print")
    for selector in (".site-nav", ".site-foot", ".filters", ".pagination"):
        assert page.locator(selector).first.is_hidden()
    assert page.locator(".sheet").is_visible()
