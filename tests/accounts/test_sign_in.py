"""Signing in by a code received by e-mail."""

import re

import pytest
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags

from tests.accounts.signing_in import ask_for_code, code_sent_to, mails, sign_in
from tests.factories import make_user
from vivier.accounts.models import User
from vivier.common.models import AuditEntry

pytestmark = pytest.mark.django_db

#: A word that says "tu" or "vous", or a verb that does.
CALLS_SOMEBODY = re.compile(r"(?i)\b(?:vous|votre|vos|tu|te|toi|ton|ta|tes|(?!chez|assez)\w+ez)\b")


@pytest.fixture
def nadia():
    return make_user("nadia@exemple.test", "Nadia")


def test_a_code_by_mail_opens_the_session_under_a_new_key(client, nadia):
    ask_for_code(client, "Nadia@Exemple.test")
    before = client.session.session_key
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent_to("nadia@exemple.test")})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(nadia.pk)
    assert client.session.session_key != before
    assert AuditEntry.objects.get(action="sign_in").actor == nadia


def test_the_code_is_read_with_or_without_its_dash(client, nadia):
    ask_for_code(client, nadia.email)
    code = code_sent_to(nadia.email).replace("-", " ")
    client.post(reverse("account_confirm_login_code"), {"code": f" {code} "})
    assert "_auth_user_id" in client.session


def test_the_mail_says_the_code_and_warns(client, nadia):
    ask_for_code(client, nadia.email)
    (mail,) = mails()
    assert mail["subject"].startswith("Code de connexion : ")
    assert "Personne de Vivier ne le demandera jamais" in mail["body"]
    assert "&#" not in mail["body"]


def test_a_used_code_opens_nothing(client, nadia):
    sign_in(client, nadia)
    code = code_sent_to(nadia.email)
    client.post(reverse("account_logout"))
    ask_for_code(client, nadia.email)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in client.session


def test_five_wrong_codes_end_the_attempt(client, nadia):
    ask_for_code(client, nadia.email)
    code = code_sent_to(nadia.email)
    url = reverse("account_confirm_login_code")
    for _ in range(4):
        answer = client.post(url, {"code": "1111-1111"})
        assert "Ce code n’est pas le bon" in answer.content.decode()
    assert client.post(url, {"code": "1111-1111"}).status_code == 302
    client.post(url, {"code": code})
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(action="sign_in_refused", about=f"accounts.User:{nadia.pk}").count() == 5


def test_another_device_cannot_use_the_code(client, nadia, django_user_model):
    from django.test import Client

    ask_for_code(client, nadia.email)
    thief = Client()
    ask_for_code(thief, "voleur@exemple.test")
    thief.post(reverse("account_confirm_login_code"), {"code": code_sent_to(nadia.email)})
    assert "_auth_user_id" not in thief.session


def shape(answer) -> tuple:
    return answer.status_code, answer.headers.get("Location"), sorted(answer.cookies)


def test_an_unknown_address_is_answered_like_a_known_one(nadia, django_assert_num_queries):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    answers, costs, pages = [], [], []
    for email in ("nadia@exemple.test", "inconnue@exemple.test"):
        client = Client()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answers.append(shape(ask_for_code(client, email)))
        costs.append([query["sql"].split(" ")[0] for query in queries])
        page = client.get(reverse("account_confirm_login_code")).content.decode()
        pages.append(page.replace(email, "ADRESSE"))
        wrong = client.post(reverse("account_confirm_login_code"), {"code": "1111-1111"}).content.decode()
        pages.append(wrong.replace(email, "ADRESSE"))
    assert answers[0] == answers[1]
    assert len(costs[0]) == len(costs[1])
    without_tokens = [_without_tokens(page) for page in pages]
    assert without_tokens[0] == without_tokens[2]
    assert without_tokens[1] == without_tokens[3]
    assert [mail["to"] for mail in mails()] == ["nadia@exemple.test"]


def _without_tokens(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value="|x-csrftoken": ")[^"]+', r"\1", page)


@pytest.mark.parametrize("code", ["", "0000-0000", "1234-5678"])
def test_no_code_opens_an_account_that_does_not_exist(client, code):
    ask_for_code(client, "inconnue@exemple.test")
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_a_closed_account_is_answered_like_an_unknown_one(client, nadia):
    User.objects.update(is_active=False)
    assert ask_for_code(client, nadia.email).status_code == 302
    assert mails() == []


def test_an_account_closed_between_the_two_pages_does_not_enter(client, nadia):
    ask_for_code(client, nadia.email)
    User.objects.update(is_active=False)
    code = code_sent_to(nadia.email)
    answer = client.post(reverse("account_confirm_login_code"), {"code": code}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "Ce compte est fermé" in answer.content.decode()


def test_a_mistyped_address_can_be_corrected(client, nadia):
    ask_for_code(client, "nadja@exemple.test")
    assert client.get(reverse("account_login")).status_code == 200
    sign_in(client, nadia)
    assert "_auth_user_id" in client.session


def test_ten_codes_an_hour_for_one_address_whoever_asks(nadia):
    from django.test import Client

    for _ in range(10):
        ask_for_code(Client(), nadia.email)
    answer = ask_for_code(Client(), nadia.email)
    assert answer.status_code == 200
    assert "Trop de codes ont été demandés" in answer.content.decode()
    assert len(mails()) == 10


def test_ten_requests_a_quarter_of_an_hour_from_one_device(client):
    client.get(reverse("account_login"))
    statuses = [ask_for_code(client, f"personne{n}@exemple.test").status_code for n in range(12)]
    assert statuses == [302] * 10 + [429] * 2
    page = ask_for_code(client, "personne@exemple.test")
    assert page["Retry-After"] == "900"
    assert "Un nouvel essai est possible dans 15 minutes" in page.content.decode()


def test_before_the_role_is_known_nobody_is_called_tu_or_vous(client, nadia):
    """Pupils are told "tu", adults "vous"; a page that chose would tell strangers whose address it is."""
    code_page = reverse("account_confirm_login_code")
    read = [client.get(reverse("account_login")), ask_for_code(client, ""), ask_for_code(client, "nadia@exemple")]
    ask_for_code(client, nadia.email)
    read += [client.get(code_page)] + [client.post(code_page, {"code": said}) for said in ("", "1" * 50, "1111-1111")]
    limited = [ask_for_code(client, "nadja@exemple.test") for _ in range(12)][-1]
    client.force_login(nadia)
    for answer in (*read, limited, client.get(reverse("account_logout"))):
        assert not CALLS_SOMEBODY.findall(strip_tags(re.search("<main.*</main>", answer.content.decode(), re.S)[0]))
    assert limited.status_code == 429
    assert not CALLS_SOMEBODY.findall(mails()[-1]["subject"] + mails()[-1]["body"])


def test_the_address_form_says_what_is_wrong(client):
    answer = ask_for_code(client, "nadia@exemple")
    assert "Cette adresse n’est pas complète" in answer.content.decode()


def test_after_signing_in_she_is_where_she_was_going(client, nadia):
    client.post(reverse("account_login"), {"email": nadia.email, "next": "/structure/"})
    answer = client.post(
        reverse("account_confirm_login_code"), {"code": code_sent_to(nadia.email), "next": "/structure/"}
    )
    assert answer["Location"] == "/structure/"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.test/", "//ailleurs.test", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, nadia, elsewhere):
    client.post(reverse("account_login"), {"email": nadia.email, "next": elsewhere})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent_to(nadia.email), "next": elsewhere})
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")


def test_signing_out_takes_a_post(client, nadia):
    client.force_login(nadia)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get(action="sign_out").actor == nadia


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_set_password", "account_change_password", "account_reset_password",
     "account_reauthenticate", "account_inactive", "mfa_download_recovery_codes"],
)  # fmt: skip
def test_other_pages_of_allauth_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_password_opens_nothing(client, nadia):
    from django.contrib.auth import authenticate

    nadia.set_password("un-mot-de-passe-tout-de-même")
    nadia.save()
    assert authenticate(username=nadia.email, email=nadia.email, password="un-mot-de-passe-tout-de-même") is None
    assert not client.login(email=nadia.email, password="un-mot-de-passe-tout-de-même")


def test_the_first_administrator_of_the_platform_is_made_without_password(capsys):
    call_command("createsuperuser", "Chef@Exemple.test", name="Chef")
    user = User.objects.get(email="chef@exemple.test")
    assert user.is_superuser
    assert not user.has_usable_password()


def test_an_existing_account_becomes_administrator_and_keeps_its_name(nadia):
    call_command("createsuperuser", "nadia@exemple.test", name="Autre nom")
    nadia.refresh_from_db()
    assert nadia.is_superuser
    assert nadia.name == "Nadia"


def test_signing_in_writes_nothing_on_get(client, nadia):
    # The guard of read views raises; a page that writes would answer 500 or raise here.
    for name in ("account_login", "account_logout"):
        assert client.get(reverse(name)).status_code in (200, 302)
    ask_for_code(client, nadia.email)
    assert client.get(reverse("account_confirm_login_code")).status_code == 200


@pytest.mark.parametrize(("ticked", "lasts"), [(False, False), (True, True)])
def test_the_session_outlives_the_browser_only_on_her_own_device(client, nadia, ticked, lasts):
    ask_for_code(client, nadia.email)
    data = {"code": code_sent_to(nadia.email)} | ({"remember": "on"} if ticked else {})
    client.post(reverse("account_confirm_login_code"), data)
    assert "_auth_user_id" in client.session
    assert bool(client.cookies["sessionid"]["max-age"]) is lasts
