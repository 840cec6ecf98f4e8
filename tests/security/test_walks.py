"""Every page asked for by everybody: who opens it (tests/access_matrix.toml), what it shows and writes, its headers."""

import re

import pytest
from django.urls import reverse

from tests.security.addresses import MATRIX, ROLES, matrix, names, parameters, walk
from tests.security.asking import outcome, undone
from tests.security.world import SECRETS, STRANGERS
from vivier.common.read_only import writes
from vivier.organisations.middleware import SecondFactorMiddleware

LINES = sorted(name for name in matrix() if name != "admin")
#: Pages that whoever holds a signed link opens: the link is the right.
BY_LINK = {name for name in LINES if "jeton" in matrix()[name].query}
#: Pages about one object of the first association.
ABOUT_ONE = [name for name in LINES if matrix()[name].arguments and not name.startswith("demo:")]
#: Those that a visitor opens as well: they may say nothing of anybody.
PUBLIC = {name for name in ABOUT_ONE if "login" not in matrix()[name].expected["POST"].values()}
#: Public pages whose POST does nothing that could be abused.
HARMLESS = {
    "portal:components": "shows a specimen of a form",
    "account_logout": "closes the session, if there is one",
    "workshops:sign_up_restart": "forgets the draft of this device",
}
OUTSIDERS = ("visitor", "other_coordinator", *STRANGERS)


# --- Who opens what ---------------------------------------------------------------------------------------------------


def test_every_page_has_its_line():
    assert names() - set(matrix()) == set(), f"écrivez ces pages dans {MATRIX.name}"


def test_every_line_has_its_page():
    assert set(matrix()) - names() == set(), f"retirez ces lignes de {MATRIX.name}"


def test_every_line_gives_the_arguments_of_its_page():
    pages = dict(walk())
    for name in LINES:
        assert set(matrix()[name].arguments) == parameters(pages[name]), name


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", LINES)
def test_each_role_gets_what_the_matrix_says(answers, name, method):
    found = {role: answers(name, role, method).outcome for role in ROLES}
    assert found == matrix()[name].expected[method], f'{method} = "{" ".join(found.values())}"'


@pytest.mark.django_db  # one test must say so, for the database to be made where this file runs alone
def test_the_administration_exists_for_nobody_here(world):
    expected = matrix()["admin"].expected["GET"]
    pages = [reverse(name) for name, pattern in walk() if name.startswith("admin:") and _opens_alone(name, pattern)]
    assert reverse("admin:organisations_organisation_add") in pages
    for page in pages:
        for role in ROLES:
            with undone():
                answer = world.client(role).get(page, follow=role == "visitor")
            # A visitor is led to the sign-in page, in one step or two.
            assert outcome(answer) == ("200" if role == "visitor" else expected[role]), f"{page} {role}"


def _opens_alone(name: str, pattern) -> bool:
    return not name.endswith(":None") and not parameters(pattern) and "(?P" not in str(pattern.pattern)


# --- What one association has, nobody else reads or changes -----------------------------------------------------------


def leaks(text: str) -> list[str]:
    """Return the secrets of the first association that a text holds."""
    lowered = text.lower()
    return [secret for secret in SECRETS if secret.lower() in lowered]


def _refusals(name: str, role: str) -> set[str]:
    """Return what an outsider may be answered on a page about one object."""
    # A colleague without the administration sees that her own structure exists, and that it is not hers to change.
    is_colleague = role == "near_staff" and name.startswith("organisations:")
    # She is a plan officer too: what would join the plan of her structure is hers to decide.
    decides = role == "near_staff" and name == "programmes:decide"
    return {"404", "405", "login"} | ({"403"} if is_colleague else {"302"} if decides else set())


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_outsiders_read_nothing_of_one(answers, name):
    for role in OUTSIDERS:
        answer, allowed = answers(name, role), _refusals(name, role)
        if name in PUBLIC or (role == "near_staff" and name in ("organisations:sheet", "steering:pledge")):
            allowed |= {"200", "302"}
        assert answer.outcome in allowed, role
        assert leaks(answer.text) == [], role


@pytest.mark.parametrize("name", sorted(set(ABOUT_ONE) - PUBLIC))
def test_outsiders_change_nothing_of_one(answers, name):
    for role in OUTSIDERS:
        answer = answers(name, role, "POST")
        assert answer.outcome in _refusals(name, role), role
        assert leaks(answer.text) == [], role
        # The count of a refused form is all that it may leave behind.
        assert [sql for sql in answer.statements if writes(sql) and "common_ratecount" not in sql] == [], role


@pytest.mark.parametrize("name", sorted(set(LINES) - set(ABOUT_ONE) - BY_LINK))
def test_the_lists_of_others_show_nothing_of_here(answers, name):
    for role in OUTSIDERS:
        if not role.startswith("near_"):
            assert leaks(answers(name, role).text) == [], role


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_name_nobody(answers, name):
    for role in ("visitor", *STRANGERS):
        assert leaks(answers(name, role).text) == []
        assert leaks(answers(name, role, "POST").text) == []


@pytest.mark.parametrize("name", [name for name in LINES if not name.startswith("demo:")])
def test_what_a_visitor_may_send_is_counted(answers, name):
    answer = answers(name, "visitor", "POST")
    if answer.outcome in ("login", "405", "404") or name in HARMLESS:
        return
    assert any("common_ratecount" in sql for sql in answer.statements), "@limited(…) au-dessus de la vue"


@pytest.mark.parametrize(
    ("role", "name", "secret"),
    [
        ("coordinator", "portal:people", "Quintefeuille"),
        ("coordinator", "mentoring:workbook", "Brocéliande"),
        ("guardian", "people:my_authorisations", "Zéphirine"),
        ("beneficiary", "people:my_path", "visio-secrete"),
    ],
)
def test_those_who_may_do_read_it(answers, role, name, secret):
    """Without this the walk could pass on pages that show nothing to anybody."""
    method = "POST" if name == "mentoring:workbook" else "GET"
    assert secret in leaks(answers(name, role, method).text)


# --- Staff without the second factor open nothing ---------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ["coordinator", "administrator", "near_staff"])
def test_a_session_without_its_second_factor_opens_nothing(world, settings, role, method):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    for name in LINES:
        if name in SecondFactorMiddleware.OPEN:
            continue
        client = world.client(role)  # signing in writes, the first time
        with undone(read_only=True):
            answer = getattr(client, method)(matrix()[name].url(world))
        assert answer.status_code == 302, name
        assert answer["Location"] == reverse("mfa_activate_totp"), name


#: Pages that take no CSRF token: the signed link in their form is the proof, and the session is not asked.
WITHOUT_TOKEN = {
    "people:consent_by_link",
    "people:new_link",
    "workshops:place",
    "mentoring:invitation",
    "steering:answer",
    "steering:join",
    "workshops:here_by_link",
    "workshops:survey",
}


def test_few_pages_take_forms_from_elsewhere():
    exempt = {name for name, pattern in walk() if getattr(pattern.callback, "csrf_exempt", False)}
    assert exempt == WITHOUT_TOKEN


# --- GET never writes (PostgreSQL itself refuses, see asking.undone) --------------------------------------------------


def everywhere(answers, wrong, roles=ROLES) -> dict[str, object]:
    """Return what `wrong(answer, name)` finds in the answers of every page to these roles, where it finds something."""
    asked = ((name, role) for name in LINES for role in roles)
    return {f"{name}, {role}": found for name, role in asked if (found := wrong(answers(name, role), name))}


def test_reading_writes_nothing(answers):
    def written(answer, _):
        assert not (answer.outcome.isdigit() and int(answer.outcome) >= 500), answer.text
        return [sql for sql in answer.statements if writes(sql)]

    assert everywhere(answers, written, (*ROLES, *STRANGERS)) == {}


def test_a_page_costs_few_questions(answers):
    """Twelve at most, the frame's included; each room shows that its lists do not cost more with more rows."""

    def dear(answer, _):
        asked = [sql for sql in answer.statements if sql.startswith(("SELECT", "WITH"))]
        return asked if len(asked) > 12 else []

    assert everywhere(answers, dear) == {}


# --- Headers ----------------------------------------------------------------------------------------------------------

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'",
}  # fmt: skip


CLOSED = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_closed(answers, role):
    def open_door(answer, name):
        headers = answer.headers
        wrong = {header: headers.get(header) for header, value in CLOSED.items() if headers.get(header) != value}
        if set(headers["content-security-policy"].split("; ")) != POLICY:
            wrong["content-security-policy"] = headers["content-security-policy"]
        if "camera=()" not in headers["permissions-policy"]:
            wrong["permissions-policy"] = headers["permissions-policy"]
        if (role != "visitor" or name in BY_LINK) and "no-store" not in headers["cache-control"]:
            wrong["cache-control"] = headers["cache-control"]
        return wrong

    assert everywhere(answers, open_door, [role]) == {}


def test_no_other_site_learns_where_one_was(answers):
    hidden = {"no-referrer", "no-referrer, strict-origin"}

    def told(answer, name):
        said = answer.headers["referrer-policy"]
        if said not in (hidden if name in BY_LINK else hidden | {"same-origin"}):
            return said
        return name in BY_LINK and "noindex" not in answer.headers["x-robots-tag"] and "no noindex"

    assert everywhere(answers, told) == {}


def test_no_page_holds_a_script_or_a_style_of_its_own(answers):
    def inline(answer, _):
        if not answer.is_html:
            return []
        # What the browser fetches or sends by itself stays here; links that people follow may leave.
        without_links = re.sub(r"<a\s[^>]*>", "", answer.text)
        return [
            *re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|<[^>]+\son[a-z]+\s*=|javascript:", answer.text),
            *re.findall(r'(?:src|href|action)="(?:https?:)?//(?!testserver|localhost)[^"]*', without_links),
        ]

    assert everywhere(answers, inline) == {}
