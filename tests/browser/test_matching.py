"""The coordinator's journey through a matching in a real browser, without JavaScript too; and every page judged."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.axe import held
from tests.mentoring.worlds import World, add_mentee, add_mentor, make_empty_world
from vivier.common import clock
from vivier.common.tables import read_sheets
from vivier.mentoring import operations
from vivier.mentoring.models import Pair
from vivier.people.models import Consent, Vetting

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Marie-Appoline-Hermengarde Delafontaine-Montgolfier de Saint-Nizier-du-Moucherotte"


@pytest.fixture
def world() -> World:
    """Return two cities, eight pupils, seven places; people in every state of verification and authorisation."""
    world = make_empty_world(("Grenoble", "Valence"), name="ELL’OWEB des rives")
    for n, name in enumerate(("Anouk", "Béatrice", "Chloé", "Dina", "Élise", "Fatou", "Garance")):
        city = "Grenoble" if n < 3 else "Valence"
        enrolment = add_mentee(
            world,
            city,
            first_name=name,
            last_name=f"Rivière{n}",
            slots=["wed_pm"],
            interests=["web"],
            school_level="2de",
        )
        guardian = factories.make_guardian(enrolment.beneficiary)
        if n % 2:
            Consent.objects.create(
                beneficiary=enrolment.beneficiary,
                purpose="mentoring",
                guardian=guardian,
                answer="yes",
                channel="link",
                wording="essai.1",
                answered_at=clock.now(),
            )
    add_mentee(world, "Grenoble", first_name=LONG, last_name="", qpv="unknown")
    # Grenoble has one place more than it needs: whoever is refused there finds another.
    for name, city, capacity in (
        ("Olga", "Grenoble", 2),
        ("Paule", "Grenoble", 2),
        ("Sonia", "Grenoble", 1),
        ("Quitterie", "Valence", 1),
        ("Rose", "Valence", 1),
    ):
        user = factories.make_user("olga@exemple.test", "Olga") if name == "Olga" else None
        add_mentor(
            world,
            city,
            capacity=capacity,
            slots=["wed_pm"],
            interests=["web"],
            first_name=name,
            last_name="Fontaine",
            user=user,
            vetted=name != "Rose",
            occupation="ingénieure en intelligence artificielle embarquée",
        )
    return world


def check(page) -> None:
    """Judge a page as it stands, every disclosure open."""
    page.evaluate("document.querySelectorAll('main details').forEach(element => { element.open = true })")
    held(page)


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def line(page, name: str):
    """Return the line of the list about somebody."""
    return page.get_by_role("row").filter(has_text=name)


def notice(page, text: str):
    """Wait for what the last press did, and return it."""
    said = page.locator("#messages").get_by_text(text)
    said.wait_for()
    return said


@pytest.mark.parametrize("javascript", [True, False])
def test_a_coordinator_runs_reads_decides_runs_again_and_exports(page_at, sign_in, world, javascript):
    page = page_at(1280, javascript=javascript)
    sign_in(page, world.coordinator)
    page.goto(reverse("mentoring:runs", args=[world.programme.slug]))
    assert heading(page) == "8 lycéennes attendent une marraine. Lancez l’appariement."
    page.get_by_role("button", name="Lancer l’appariement").click()
    assert heading(page) == "6 lycéennes ont une marraine proposée. 2 attendent, à Valence."
    assert "Prouvé" in page.locator("main").inner_text()

    # She accepts one, and the page tells it where she is.
    line(page, "Béatrice").get_by_role("button", name="Accepter").click()
    notice(page, "La proposition est acceptée.")
    assert "acceptée" in line(page, "Béatrice").inner_text()
    assert heading(page) == "1 lycéenne a sa marraine, 5 une proposition. 2 attendent, à Valence."

    # She locks one, refuses one with a reason.
    line(page, "Chloé").get_by_role("button", name="Verrouiller").click()
    notice(page, "La proposition est verrouillée")
    refused = line(page, "Anouk")
    refused.get_by_text("Refuser", exact=False).first.click()
    page.set_viewport_size({"width": 360, "height": 900})
    asked, pressed = (
        box.bounding_box() for box in (refused.get_by_label("Pourquoi"), refused.get_by_role("button").last)
    )
    assert pressed["y"] - asked["y"] - asked["height"] >= 8
    page.set_viewport_size({"width": 1280, "height": 900})
    refused.get_by_label("Pourquoi").select_option(label="leurs horaires ne vont pas ensemble")
    refused.get_by_role("button", name="Refuser cette proposition").click()
    notice(page, "La proposition est refusée")
    assert "leurs horaires ne vont pas ensemble" in line(page, "Anouk").inner_text()
    assert heading(page).endswith("3 attendent, surtout à Valence.")

    # What she sees after the presses is what a reload shows.
    swapped = {part: page.locator(part).inner_html() for part in ("#constat", "#par-ville", "#liste")}
    page.reload()
    for part, content in swapped.items():
        assert without_tokens(page.locator(part).inner_html()) == without_tokens(content), part

    # Who waits and why.
    page.locator("#liste nav.tabs").get_by_role("link", name="En attente").click()
    assert "Sa proposition a été refusée depuis" in line(page, "Anouk").inner_text()
    assert "Une place de plus" in page.locator("#liste").inner_text()

    # She runs again: what she decided stays, Anouk gets somebody else.
    before = {pair.pk: pair.state for pair in Pair.objects.filter(state__in=Pair.HELD)}
    page.get_by_role("button", name="Relancer l’appariement").click()
    assert heading(page) == "1 lycéenne a sa marraine, 5 une proposition. 2 attendent, à Valence."
    assert {pair.pk: pair.state for pair in Pair.objects.filter(state__in=Pair.HELD)} == before
    refusal = Pair.objects.get(state="refused")
    again = Pair.objects.get(enrolment=refusal.enrolment, state="proposed")
    assert again.mentor_id != refusal.mentor_id

    # She accepts what is shown: what cannot be yet stays, with the reason.
    page.get_by_role("button", name="Accepter").first.click()
    notice(page, "propositions sont acceptées")
    assert Pair.objects.filter(state="proposed").count() == 1
    assert "Vérifier d’abord" in page.locator("#liste").inner_text()

    # She exports.
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter vers Excel").click()
    sheets = read_sheets(download.value.path().read_bytes())
    assert [sheet.name for sheet in sheets] == ["Accompagnements", "En attente", "Le calcul et sa preuve"]
    assert "Béatrice" in str(sheets[0].rows)


def without_tokens(html: str) -> str:
    import re

    return re.sub(r'csrfmiddlewaretoken" value="\w+|autofocus=""', "", html)


def test_the_place_of_the_keyboard_is_kept_after_a_press(page_at, sign_in, world):
    run = operations.run_matching(by=world.actor, programme=world.programme)
    page = page_at(1280)
    sign_in(page, world.coordinator)
    page.goto(reverse("mentoring:run", args=[run.public_id]))
    button = line(page, "Béatrice").get_by_role("button", name="Accepter")
    button.focus()
    page.keyboard.press("Enter")
    notice(page, "La proposition est acceptée.")
    page.wait_for_function("document.activeElement && document.activeElement.id.startsWith('agir-')")
    focused = page.evaluate("document.activeElement.innerText")
    assert "Béatrice" in focused and "Ouvrir" in focused


def test_every_page_of_the_matching_is_accessible(page_at, sign_in, world):
    operations.run_matching(by=world.actor, programme=world.programme)
    pairs = {pair.enrolment.beneficiary.identity.first_name: pair for pair in Pair.objects.filter(state="proposed")}
    operations.accept(by=world.actor, pair=pairs["Béatrice"])
    operations.lock(by=world.actor, pair=pairs["Chloé"])
    operations.refuse(by=world.actor, pair=pairs["Anouk"], reason="known", note="x" * 150)
    old = world.programme.matching_runs.get()
    run = operations.run_matching(by=world.actor, programme=world.programme)
    empty = factories.make_programme(world.organisation, ("Lyon",))
    for wished in world.mentors[:2]:
        operations.add_wish(by=world.actor, enrolment=world.mentees[0], mentor=wished)
    page = page_at()
    sign_in(page, world.coordinator)
    slug, mentor = world.programme.slug, world.mentors[0]
    run_address = reverse("mentoring:run", args=[run.public_id])
    for address in (
        reverse("mentoring:runs", args=[slug]),
        reverse("mentoring:runs", args=[empty.slug]),
        reverse("mentoring:rules", args=[slug]),
        reverse("mentoring:wishes", args=[world.mentees[0].public_id]) + "?q=a",
        reverse("mentoring:wishes", args=[world.mentees[1].public_id]) + "?q=zzzz",
        run_address,
        f"{run_address}?vue=attente",
        f"{run_address}?q=zzzz",
        reverse("mentoring:run", args=[old.public_id]),
        reverse("mentoring:pair", args=[Pair.objects.filter(state="proposed").first().public_id]),
        reverse("mentoring:pair", args=[pairs["Béatrice"].public_id]),
        reverse("mentoring:pair", args=[pairs["Anouk"].public_id]),
        reverse("mentoring:mentors", args=[slug]),
        reverse("mentoring:mentors", args=[empty.slug]),
        reverse("mentoring:mentor", args=[mentor.public_id]),
    ):
        page.goto(address)
        check(page)


def test_mistakes_are_told_beside_their_field(page_at, sign_in, world):
    page = page_at()
    sign_in(page, world.coordinator)
    page.goto(reverse("mentoring:mentor", args=[world.mentors[0].public_id]))
    page.get_by_label("Filleules à la fois").fill("99")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "Mettez 30 au plus." in page.content()
    check(page)


def test_the_home_of_a_marraine_is_accessible(page_at, sign_in, world):
    operations.run_matching(by=world.actor, programme=world.programme)
    olga = world.mentors[0]
    for pair in Pair.objects.filter(mentor=olga):
        operations.accept(by=world.actor, pair=pair)
    page = page_at()
    sign_in(page, olga.volunteer.user)
    page.goto(reverse("mentoring:my_pairs"))
    check(page)
    page.goto(reverse("mentoring:my_offer", args=[olga.public_id]))
    check(page)
    Vetting.objects.update(checked_on=clock.today() - timedelta(days=9), expires_on=clock.today() - timedelta(days=1))
    page.goto(reverse("mentoring:my_pairs"))
    check(page)
    sign_in(page, factories.make_user())
    page.goto(reverse("mentoring:my_pairs"))
    check(page)
