"""The loop, whole, in a real browser: 12 wait, a partner is asked, somebody says yes on a phone, 11 wait."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.browser.axe import held
from tests.demo.conftest import DAY
from tests.factories import make_member
from tests.steering.test_loop import address_in
from vivier.accounts.models import User
from vivier.common import clock
from vivier.demo import story
from vivier.demo.roles import ROLES
from vivier.mentoring.models import MatchingRun, Mentor, Pair
from vivier.organisations.models import Role
from vivier.programmes.models import Programme
from vivier.steering.models import Ask, Contribution
from vivier.steering.queries import pledge_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def programme(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    story.build(DAY)
    return Programme.objects.get(slug=story.SLUG)


def last_mail() -> dict:
    return ProcrastinateJob.objects.filter(task_name__endswith="send_mail").order_by("-id").first().args


def mails_to(part: str) -> list[dict]:
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="send_mail").order_by("id")
    return [job.args for job in jobs if part in job.args["to"]]


def counts(programme) -> tuple[int, int]:
    run = programme.matching_runs.order_by("-number").first()
    return Pair.objects.filter(programme=programme, state__in=Pair.LIVE).count(), run.waiting.count()


def test_from_twelve_who_wait_to_eleven(page_at, sign_in, programme):
    accepted = set(Pair.objects.filter(state="accepted").values_list("pk", "mentor"))
    assert counts(programme) == (138, 12)
    camille = page_at(1280)
    sign_in(camille, User.objects.get(email=ROLES["coordinator"].email))
    camille.goto(reverse("demo:loop"))
    held(camille)

    # Ask: from the day's list to the mail, in three presses.
    camille.goto(reverse("portal:programme", args=[programme.slug]))
    assert "10 marraines manquent à Valence" in camille.content()
    camille.locator("li", has_text="manquent à Valence").get_by_role("link").click()
    assert "10 personnes attendent à Valence." in camille.content()
    held(camille)
    camille.get_by_role("button", name="Envoyer la demande").click()
    ask = Ask.objects.get()
    assert (ask.quantity, ask.answers.count()) == (10, 3)
    held(camille)
    camille.goto(reverse("portal:programme", args=[programme.slug]))
    assert "manquent à Valence" not in camille.content()

    # A partner names somebody, from the link of the mail.
    [asked] = mails_to("drome-fibre")
    partner = page_at(360)
    partner.goto(address_in(asked["body"]))
    held(partner)
    form = partner.locator("form", has=partner.locator("input[value=oui]"))
    form.get_by_label("Prénom").first.fill("Fatou")
    form.get_by_label("Nom", exact=True).first.fill("Belval")
    form.get_by_label("Adresse e-mail").first.fill("fatou@exemple.test")
    form.get_by_role("button", name="Proposer").click()
    assert "1 personne proposée" in partner.content()
    held(partner)

    # She says yes on a telephone.
    fatou = page_at(360)
    fatou.goto(address_in(last_mail()["body"]))
    assert "vous propose de devenir marraine à Valence" in fatou.content()
    held(fatou)
    assert (
        fatou.locator("form").last.locator("input:not([type=hidden]):not([type=checkbox]):not([type=radio])").count()
        <= 12
    )
    fatou.get_by_label("Votre commune").fill("Valence 26")
    fatou.get_by_label("Votre métier").fill("Technicienne fibre")
    fatou.get_by_label("mercredi après-midi", exact=False).check()
    fatou.get_by_label("J’ai lu la charte").check()
    fatou.get_by_role("button", name="Oui, je m’inscris").click()
    assert "Une courte formation" in fatou.content()
    held(fatou)
    fatou.get_by_label("Je lui réponds par la structure", exact=False).check()
    fatou.get_by_label("Je l’écoute", exact=False).check()
    fatou.get_by_label("Je lui raconte", exact=False).check()
    fatou.get_by_role("button", name="J’ai fini la formation").click()
    assert "La suite est un entretien." in fatou.content()
    held(fatou)

    # Interview, verification, and the run again.
    mentor = Mentor.objects.get(volunteer__contributions__isnull=False)
    camille.goto(reverse("portal:programme", args=[programme.slug]))
    assert "1 nouvelle marraine à rencontrer" in camille.content()
    camille.goto(reverse("mentoring:mentor", args=[mentor.public_id]))
    held(camille)
    camille.get_by_label("Entretien mené le").fill(DAY.isoformat())
    camille.get_by_role("button", name="Noter l’entretien").click()
    camille.get_by_label("Vérifiée le").fill(DAY.isoformat())
    camille.get_by_role("button", name="Enregistrer la vérification").click()
    camille.goto(reverse("portal:programme", args=[programme.slug]))
    assert "1 marraine de plus est prête" in camille.content()
    camille.goto(reverse("mentoring:runs", args=[programme.slug]))
    camille.get_by_role("button", name="Relancer", exact=False).click()

    assert counts(programme) == (139, 11)
    run = MatchingRun.objects.order_by("-number").first()
    assert run.is_certified and run.objective == run.bound
    assert accepted <= set(Pair.objects.filter(state="accepted").values_list("pk", "mentor"))
    assert mentor.pairs.filter(state="proposed").count() == 1
    pledge = Contribution.objects.get().answer.pledge
    assert [row.done for row in pledge_rows(type(pledge).objects.filter(pk=pledge.pk))] == [1]
    camille.goto(reverse("steering:charter", args=["changeons-les-codes"]))
    assert "1 sur 5 marraines" in camille.content()
    held(camille)
    camille.goto(reverse("demo:loop"))
    assert "139 lycéennes ont une marraine, 11 attendent." in camille.content()

    ana = page_at(360)
    sign_in(ana, User.objects.get(email=ROLES["partner"].email))
    ana.goto(reverse("portal:start"))
    assert "Mon engagement" in ana.content()
    ana.goto(reverse("steering:my_engagement"))
    assert "1 sur 5 marraines" in ana.content() and "vérifiée et formée" in ana.content()
    held(ana)
    ana.get_by_role("link", name="Ce que font tous les partenaires").click()
    ana.get_by_text("Visite d’un central fibre").first.wait_for()
    held(ana)
    answer, officer = Contribution.objects.get().answer, page_at()
    sign_in(officer, make_member(pledge.plan.organisation, Role.PLAN_OFFICER))
    for page, address in (
        (ana, reverse("steering:new_action", args=[pledge.plan.slug])),
        (ana, reverse("steering:pledge", args=[pledge.public_id])),
        (ana, reverse("steering:my_answer", args=[answer.public_id])),
        (camille, reverse("steering:ask", args=[answer.ask.public_id])),
        (camille, reverse("steering:new_ask", args=[programme.slug]) + "?quoi=internships"),
        (officer, reverse("programmes:plans")),
    ):
        assert page.goto(address).status == 200, address
        held(page)
