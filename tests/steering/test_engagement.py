"""The charter's facts, and what a structure sees of its own engagement."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mentoring.test_pages import client_of, text_of
from tests.steering.test_loop import name_fatou
from tests.steering.worlds import make_ask, make_lacking
from vivier.common import clock
from vivier.common.actors import SYSTEM, Actor
from vivier.common.errors import NotAllowed
from vivier.steering import operations
from vivier.steering.models import Answer, Ask, Charter, Pledge, Signature

pytestmark = pytest.mark.django_db


def test_the_charter_is_told_as_its_sources_tell_it():
    lacking = make_lacking()
    charter = operations.load_charter(by=SYSTEM, plan=lacking.plan)
    operations.load_charter(by=SYSTEM, plan=lacking.plan)
    waves = Signature.objects.values_list("wave__signed", flat=True)
    assert sorted(waves) == ["30 juin 2020"] * 17 + ["mars 2019"] * 17
    page = text_of(Client().get(reverse("steering:charter", args=[charter.slug])))
    assert "34 structures ont signé, en 2 vagues." in page
    assert page.count("aucun engagement chiffré connu") == 34
    assert "Pôle Emploi aujourd’hui France Travail" in page
    assert "Rives Numériques 0" in page and "0 sur 2 marraines" in page
    with pytest.raises(NotAllowed):
        operations.load_charter(by=Actor(), plan=lacking.plan)
    assert Charter.objects.count() == 1


def test_who_holds_the_plan_opens_what_a_pledge_counts_and_a_visitor_does_not():
    lacking = make_lacking(partners=1)
    charter = operations.load_charter(by=SYSTEM, plan=lacking.plan)
    page, pledge = (
        reverse("steering:charter", args=[charter.slug]),
        reverse("steering:pledge", args=[lacking.pledges[0].public_id]),
    )
    officer, coordinator = Client(), client_of(lacking.world)
    officer.force_login(factories.make_member(lacking.plan.organisation, "plan_officer"))
    assert pledge in officer.get(page).content.decode()
    assert "Rien n’est encore compté." in text_of(officer.get(pledge))
    assert pledge not in Client().get(page).content.decode()
    assert coordinator.get(pledge).status_code == 404


def test_a_pledge_is_written_by_who_takes_it_or_holds_the_plan():
    lacking = make_lacking(partners=0)
    words = {"metric": "mentors", "target": 3, "wording": "Trois", "source": "Test", "plan": lacking.plan}
    partner = factories.make_organisation("Rives")
    for structure in (partner, lacking.plan.organisation):
        actor = factories.actor_of(factories.make_member(structure, "administrator"))
        operations.record_pledge(by=actor, organisation=partner, **words)
    with pytest.raises(NotAllowed):
        operations.record_pledge(by=lacking.world.actor, organisation=partner, **words)
    assert Pledge.objects.count() == 2


def test_a_partner_reads_its_own_engagement_and_answers_signed_in():
    lacking = make_lacking()
    answer = make_ask(lacking).answers.order_by("pk").first()
    client, stranger = Client(), Client()
    client.force_login(factories.make_member(answer.organisation, "administrator"))
    stranger.force_login(factories.make_member(lacking.partners[1], "administrator"))
    home = reverse("steering:my_engagement")
    assert "1 demande attend votre réponse." in text_of(client.get(home))
    page = reverse("steering:my_answer", args=[answer.public_id])
    assert stranger.get(page).status_code == 404
    said = client.post(page, {"reponse": "oui", "first_name_1": "Fatou", "email_1": "fatou@exemple.test"})
    assert said.status_code == 303 and said.url == home
    answer.refresh_from_db()
    assert (answer.state, str(answer.answered_by_id)) == ("accepted", client.session["_auth_user_id"])
    assert "Fatou" in text_of(client.get(home)) and page in client.get(home).content.decode()
    assert "Fatou" not in text_of(stranger.get(home))
    operations.close_ask(by=lacking.world.actor, ask=answer.ask)
    assert page not in client.get(home).content.decode()


def test_what_waits_is_counted_over_structures_told_apart_and_never_hidden_by_what_is_closed():
    lacking = make_lacking()
    ana = factories.make_member(lacking.partners[0], "administrator")
    factories.make_member(lacking.partners[1], "administrator", ana)
    ask = make_ask(lacking)
    Ask.objects.bulk_create(
        Ask(
            programme=ask.programme, metric="mentors", quantity=1, answer_before=clock.today(), created_at=clock.now(),
            closed_at=clock.now(),
        )
        for _ in range(100)
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(ask=one, organisation=lacking.partners[0], sent_at=clock.now()) for one in Ask.objects.exclude(pk=ask.pk)
    )
    client = Client()
    client.force_login(ana)
    said = text_of(client.get(reverse("steering:my_engagement")))
    assert "2 demandes attendent votre réponse." in said and said.count("2 marraines à Valence, mercredi") == 4


@pytest.mark.parametrize(
    ("partners", "asked", "says"),
    [
        (1, 0, "Ce partenaire a promis des marraines et n’a pas encore tout tenu. Un message lui part"),
        (2, 0, "Ces partenaires ont promis des marraines et n’ont pas encore tout tenu. Un message part à chacun"),
        (1, 1, "Aucun partenaire ne peut être sollicité maintenant."),
        (0, 0, "Aucun partenaire n’a d’engagement encore ouvert."),
    ],
)
def test_the_page_of_a_new_ask_counts_whom_it_would_write_to(partners, asked, says):
    lacking = make_lacking(partners=partners)
    if asked:
        make_ask(lacking, site=None)
    page = client_of(lacking.world).get(reverse("steering:new_ask", args=[lacking.world.programme.slug]))
    assert says in text_of(page)
    assert ("Personne à qui demander" in text_of(page)) == (partners == 0)


def test_a_partner_never_reads_who_is_accompanied_nor_whom_others_named():
    lacking = make_lacking()
    ask = make_ask(lacking)
    first, second = ask.answers.order_by("pk")
    name_fatou(first)
    girl = lacking.world.mentees[0].beneficiary.identity.full_name
    client = Client()
    client.force_login(factories.make_member(second.organisation, "administrator"))
    pages = [reverse("steering:my_engagement"), reverse("steering:my_answer", args=[second.public_id])]
    for page in pages:
        said = text_of(client.get(page))
        assert "Fatou" not in said and girl not in said


def test_a_no_is_read_before_asking_again():
    lacking = make_lacking()
    ask = make_ask(lacking)
    first, _ = ask.answers.order_by("pk")
    operations.answer_no(by=SYSTEM, answer=first, reason="place")
    site = lacking.world.programme.sites.get()
    page = client_of(lacking.world).get(
        reverse("steering:new_ask", args=[lacking.world.programme.slug]), {"ville": site.pk}
    )
    assert "pas à cet endroit." in text_of(page) and "A dit non le" in text_of(page)
    assert page.context["form"].initial["partners"] == []
    assert "à moins de 1 km" in text_of(page)
    assert "Rives Numériques 1 : n’a pas encore répondu" in text_of(page)


def test_a_partner_asked_meanwhile_is_told_so():
    lacking = make_lacking()
    new = reverse("steering:new_ask", args=[lacking.world.programme.slug])
    make_ask(lacking, site=None, partners=lacking.partners[:1])
    sent = client_of(lacking.world).post(
        new,
        {
            "quantity": 1,
            "answer_before": clock.today().isoformat(),
            "partners": [str(one.public_id) for one in lacking.partners],
        },
    )
    assert sent.status_code == 422 and "Un partenaire ne peut plus être choisi" in text_of(sent)
