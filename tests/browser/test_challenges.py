"""The challenges in a real browser: on every screen, by keyboard alone, without JavaScript, and as htmx swaps them."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.browser.axe import held
from tests.factories import make_organisation, make_programme, make_session
from tests.orientation.test_pages import address, wrong_answer
from vivier.orientation.challenges import all_challenges, find
from vivier.orientation.progress import Progress

pytestmark = pytest.mark.django_db(transaction=True)
SLUGS = pytest.mark.parametrize("slug", [one.slug for one in all_challenges()])


def query(answers: dict) -> str:
    """Return the parameters of an address."""
    return "?" + urlencode(answers, doseq=True)


@SLUGS
def test_every_step_is_accessible_open_wrong_and_solved(page_at, slug):
    """A wrong answer stands below the open step, of which it hides nothing: the first alone is judged without."""
    page, found = page_at(), find(slug)
    for number, step in enumerate(found.steps):
        word = {"suivi": Progress(number, 2).word(found)}
        for answers in ([{}] if number == 0 else []) + [wrong_answer(step), step.puzzle.solution()]:
            assert page.goto(address(slug) + query(word | answers)).status == 200
            for details in page.locator("details.why").all():
                details.locator("summary").click()
            held(page)


def test_the_pages_around_are_accessible(page_at):
    make_session(make_programme(make_organisation("Les Passerelles")), title="Crée ta première page web")
    page = page_at()
    done = query({"suivi": Progress(3).word(find("code"))})
    for where in (
        reverse("portal:home"),
        reverse("orientation:list"),
        address("code", "end"),
        address("code", "end") + done,
        address("code", "end") + query({"commune": "Trifouillis"}),
        address("reseau", "workshop"),
    ):
        assert page.goto(where).status == 200
        held(page)
    assert page.goto(address("code") + "?suivi=x").status == 410
    held(page)


def press(page, name: str) -> None:
    """Reach a button with the Tab key and press it with Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText?.trim() || ''").startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {name}")


def test_a_program_is_written_and_run_by_keyboard_alone(page_at):
    page = page_at(360)
    page.goto(address("code"))
    for count, name in enumerate(("Descends", "Descends", "Va à droite", "Va à droite", "Va à droite"), start=1):
        press(page, name)
        page.locator(".orders li").nth(count - 1).wait_for()
        # The keyboard stays where it was, and a screen reader hears what has changed.
        page.locator("button:focus", has_text=name).wait_for()
        page.wait_for_function(
            "begun => document.querySelector('#annonce').innerText.startsWith(begun)", arg=f"{count} ordre"
        )
    press(page, "Lancer le programme")
    page.get_by_role("heading", name="Pas encore").wait_for()
    page.locator(".verdict:focus").wait_for()
    press(page, "Descends")
    page.locator(".orders li").nth(5).wait_for()
    press(page, "Lancer le programme")
    page.get_by_role("heading", name="C’est ça").wait_for()
    press(page, "Étape suivante")
    page.get_by_role("heading", level=1, name="Deux ordres et une boucle suffisent").wait_for()
    page.locator("#question:focus").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_keyboard_is_never_lost(page_at, javascript):
    """What was pressed may be gone from the next page: the keyboard goes on from what is there."""
    page = page_at(360, javascript=javascript)
    page.goto(address("code") + query({"programme": "bbdddbb"}))
    seventh = page.get_by_role("button", name="Enlever l’ordre 7")
    seventh.press("Enter")
    seventh.wait_for(state="detached")  # the next press must meet the next page, not the one that goes
    page.locator("#programme-titre:focus").wait_for()
    page.get_by_role("button", name="Monte", exact=True).press("Enter")
    seventh.wait_for()
    page.locator("#ajoute-h:focus").wait_for()
    page.get_by_role("button", name="Monte", exact=True).press("Enter")
    page.locator("#lance:focus").wait_for()
    word = {"suivi": Progress(2).word(find("reseau"))}
    page.goto(address("reseau") + query(word))
    page.get_by_role("button", name="Grenoble").press("Enter")
    page.locator("#sauts:focus").wait_for()


def test_a_focus_moved_at_once_is_not_taken_back(page_at):
    """Whoever goes on as soon as the next page has the keyboard keeps it: nothing of the swap comes later."""
    page = page_at(360)
    page.goto(address("code") + query({"programme": "bb"}))
    page.evaluate(
        """const goOn = event => {
            if (event.target.id !== "programme-titre") return
            document.removeEventListener("focusin", goOn)
            document.querySelector("#ajoute-h").focus()
        }
        document.addEventListener("focusin", goOn)
        document.addEventListener("htmx:afterSettle", () => setTimeout(() => document.body.dataset.settled = "1", 100))
        """
    )
    page.get_by_role("button", name="Enlever l’ordre 2").press("Enter")
    page.locator("body[data-settled]").wait_for()
    assert page.evaluate("document.activeElement.id") == "ajoute-h"
    page.keyboard.press("Enter")
    page.locator(".orders li").nth(1).wait_for()


def test_the_way_back_undoes_and_a_reload_changes_nothing(page_at):
    page = page_at()
    page.goto(address("code"))
    page.get_by_role("button", name="Descends").click()
    page.locator(".orders li").nth(0).wait_for()
    page.get_by_role("button", name="Va à droite").click()
    page.locator(".orders li").nth(1).wait_for()
    before = page.locator("#defi").inner_text()
    page.reload()
    assert page.locator("#defi").inner_text() == before
    page.go_back()
    page.locator(".orders li").nth(1).wait_for(state="detached")
    assert page.locator(".orders li").count() == 1


def test_a_message_travels_without_javascript_to_the_end(page_at):
    page = page_at(360, javascript=False)
    page.goto(reverse("orientation:list"))
    page.get_by_role("link", name="Fais voyager un message").click()
    ways = (
        ["Lyon", "Saint-Étienne", "Clermont-Ferrand"],
        ["Lyon", "Clermont-Ferrand"],
        ["Grenoble", "Valence", "Saint-É"],
    )
    for way in ways:
        for town in way:
            page.get_by_role("button", name=town).click()
        page.get_by_role("heading", name="C’est ça").wait_for()
        page.locator("p.actions > a.btn").click()
    assert page.get_by_role("heading", level=1).inner_text() == find("reseau").skill
    page.get_by_role("link", name="Fais parler un graphique").click()
    page.get_by_label(re.compile("quatre fois plus")).check()
    page.get_by_role("button", name="Valider").click()
    assert page.get_by_role("heading", name="Pas encore").is_visible()
    assert page.get_by_label(re.compile("quatre fois plus")).is_checked()


def test_the_screen_follows_the_choice_at_once(page_at):
    page = page_at(360)
    page.goto(address("design"))
    page.get_by_label("Bleu nuit").check()
    page.get_by_text("12,6 pour 1").first.wait_for()
    assert page.get_by_label("Bleu nuit").is_checked()
    page.locator("#ink-2:focus").wait_for()  # the keyboard stays where it was
    page.get_by_role("button", name="Valider").click()
    page.get_by_role("heading", name="C’est ça").wait_for()


def test_a_phishing_mail_is_seen_through_by_ticking(page_at):
    page = page_at(360)
    page.goto(address("securite"))
    for passage in ("Livraison", "20 minutes"):
        page.get_by_label(re.compile(passage)).check()
    page.get_by_role("button", name="Valider").click()
    page.get_by_text("Il reste 1 passage à trouver").wait_for()
    page.get_by_label(re.compile("six chiffres")).check()
    page.get_by_role("button", name="Valider").click()
    page.get_by_role("heading", name="C’est ça").wait_for()
