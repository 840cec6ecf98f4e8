"""From the acceptance to two yeses on telephones, in a real browser, without JavaScript where it is told."""

import pytest
from django.urls import reverse

from tests import factories
from tests.browser.axe import held
from tests.mentoring.invitations import address_in, guardian_of, mails, make_accepted
from vivier.common import clock
from vivier.mentoring.models import Invitation, Pair
from vivier.mentoring.operations import invite
from vivier.people.models import BeneficiaryIdentity
from vivier.people.operations import record_paper

pytestmark = pytest.mark.django_db(transaction=True)

GIRL, MENTOR, PARENT = "anouk@exemple.test", "olga@exemple.test", "parent-anouk@exemple.test"


def link_to(address: str) -> str:
    return address_in([mail["body"] for mail in mails() if mail["to"] == address][-1])


def test_two_yeses_on_telephones(page_at, sign_in):
    world, pair = make_accepted(consent=False)
    camille = page_at(1280)
    sign_in(camille, world.coordinator)
    camille.goto(reverse("portal:programme", args=[world.programme.slug]))
    held(camille)
    camille.locator("li", has_text="accepté à annoncer").get_by_role("link").click()
    held(camille)
    camille.get_by_role("button", name="Inviter les deux personnes de chacun").click()
    camille.goto(reverse("mentoring:pair", args=[pair.public_id]))
    assert "deux réponses attendues" in camille.content()
    camille.get_by_text("Noter une réponse").click()
    held(camille)

    # The girl, on a telephone without JavaScript.
    anouk = page_at(360, javascript=False)
    anouk.goto(link_to(GIRL))
    assert "Une marraine pour toi" in anouk.content() and "Olga" in anouk.content()
    anouk.get_by_role("button", name="Oui").click()
    assert "Ton oui est noté." in anouk.content()

    olga = page_at(360)
    olga.goto(link_to(MENTOR))
    olga.get_by_text("Dire non").click()
    held(olga)
    assert "Anouk" not in olga.content()
    olga.get_by_role("button", name="Oui", exact=True).click()
    assert "Deux oui" in olga.content() and "Anouk" not in olga.content()
    held(olga)

    girl = pair.enrolment.beneficiary
    record_paper(
        by=world.actor,
        beneficiary=girl,
        guardian=guardian_of(girl),
        answers={"mentoring": True},
        signed_on=clock.today(),
        reference="classeur",
    )
    olga.goto(link_to(MENTOR))
    assert "Vous accompagnez Anouk." in olga.content() and "À parler ce mois-ci" in olga.content()
    held(olga)
    seen = page_at(360)
    seen.goto(link_to(GIRL))
    assert "Olga est ta marraine." in seen.content()
    held(seen)
    camille.goto(reverse("portal:programme", args=[world.programme.slug]))
    assert camille.locator("h3", has_text="des lycéennes").inner_text().startswith("100\u00a0%")
    camille.goto(reverse("mentoring:pair", args=[pair.public_id]))
    held(camille)

    # Their own spaces say the same.
    for record, address in (
        (pair.enrolment.beneficiary, "people:my_path"),
        (pair.mentor.volunteer, "mentoring:my_pairs"),
    ):
        record.user = factories.make_user()
        record.save()
        own = page_at(360)
        sign_in(own, record.user)
        own.goto(reverse(address))
        assert "À parler ce mois-ci" in own.content() and "par exemple le" in own.content()
        held(own)


def test_a_guardian_says_no_and_old_links_say_so(page_at):
    world, pair = make_accepted(birth_date=None)
    page = page_at(360)
    invite(by=world.actor, pair=pair)
    page.goto(link_to(PARENT))
    assert "Une marraine pour Anouk" in page.content()
    page.get_by_text("Dire non").click()
    held(page)
    page.get_by_label("Pourquoi").select_option("too_far")
    page.get_by_role("button", name="Non merci").click()
    assert "C’est noté" in page.content()
    held(page)
    assert Invitation.objects.get().state == "mentee_no" and Pair.objects.get(pk=pair.pk).state == "ended"
    BeneficiaryIdentity.objects.update(birth_date=clock.today().replace(year=clock.today().year - 16))
    page.goto(link_to(PARENT))
    assert "Ce lien n’ouvre aucune invitation" in page.content()
    held(page)
