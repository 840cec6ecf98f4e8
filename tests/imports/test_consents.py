"""What a file changes of an age or of a guardian reaches whoever follows authorisations, in the same transaction."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.imports.builders import as_csv
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.imports import operations
from vivier.imports.fields import REGISTRANTS
from vivier.imports.operations import Statement
from vivier.mentoring.models import Pair
from vivier.mentoring.operations import run_matching
from vivier.people.links import Bearer, ExpiredLink, read
from vivier.people.models import Guardianship
from vivier.workshops.models import Registration

pytestmark = pytest.mark.django_db

HEADINGS = ["Nom", "Prénom", "Date de naissance", "Mail responsable", "Tél responsable", "Ville", "Date"]
BORN, MAIL = date(2010, 3, 12), "nadia@exemple.fr"


@pytest.fixture(autouse=True)
def today(settings):
    """Stand on one day: Lina is 16."""
    settings.VIVIER_TODAY = "2026-03-18"


@pytest.fixture
def girl(programme):
    """Return a registrant of the programme who came once, and has a guardian."""
    found = make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=BORN)
    make.make_guardian(found, email=MAIL)
    make.make_registration(make.make_session(programme, days=-7), found, attended=True)
    return found


def bring(programme, born: str = "", mail: str = "", phone: str = "", city: str = "", day: str = ""):
    """Import one line about Lina."""
    return bring_rows(programme, [HEADINGS, ["Combe", "Lina", born, mail, phone, city, day]])


def bring_rows(programme, rows):
    return operations.import_now(
        by=SYSTEM, programme=programme, kind=REGISTRANTS, name="liste.csv", sheet="", statement=Statement(),
        content=as_csv(rows),
    )  # fmt: skip


def born_on(girl, day: date | None) -> None:
    girl.identity.birth_date = day
    girl.identity.save()


def coming_place(programme, girl, who: str, **details) -> Registration:
    """Return Lina's place in a session to come, for which one signatory said yes to all that blocks."""
    guardian = girl.guardianships.get().guardian if who == "guardian" else None
    for purpose in ("data", "activity"):
        make.make_consent(girl, purpose, "yes", guardian)
    return make.make_registration(make.make_session(programme), girl, **details)


def proposed(programme) -> Pair:
    """Return the pair that the matching proposes to Lina."""
    make.make_mentor(programme)
    run_matching(by=SYSTEM, programme=programme)
    return Pair.objects.get()


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [("guardian", "confirmed", "awaiting_consent"), ("self", "awaiting_consent", "confirmed")],
)
def test_a_place_follows_the_age_that_a_file_gives(programme, girl, who, before, after):
    born_on(girl, None)
    place = coming_place(programme, girl, who, state=before)
    bring(programme, mail=MAIL)
    place.refresh_from_db()
    assert place.state == before
    bring(programme, born="12/03/2000", mail=MAIL)
    place.refresh_from_db()
    assert place.state == after


def test_a_no_counts_again_when_a_file_brings_its_guardian_back(programme, girl):
    make.make_consent(girl, "mentoring", "no", girl.guardianships.get().guardian)
    Guardianship.objects.all().delete()
    assert proposed(programme).state == "proposed"
    bring(programme, mail=MAIL)
    assert Pair.objects.get().state == "superseded"


def test_what_a_file_completes_of_a_guardian_is_told_too(programme, girl):
    pair = proposed(programme)
    make.make_consent(girl, "mentoring", "no", girl.guardianships.get().guardian)
    bring(programme, mail=MAIL, phone="06 12 34 56 78")
    assert girl.guardianships.get().guardian.phone
    pair.refresh_from_db()
    assert pair.state == "superseded"


def test_a_file_that_cannot_be_written_moves_no_place(programme, girl):
    born_on(girl, None)
    place = coming_place(programme, girl, "guardian")
    site = programme.sites.get(commune__name="Valence")
    full = make.make_session(programme, days=3, site=site, capacity=1)
    make.make_registration(full)
    with pytest.raises(DomainError, match="il reste 0 place"):
        bring(programme, born="12/03/2000", city="Valence", day="21/03/2026")
    place.refresh_from_db()
    assert place.state == Registration.State.CONFIRMED


def test_a_new_address_in_a_file_cancels_the_links_sent_to_the_old_one(programme, girl):
    girl.identity.email = "ancienne@exemple.fr"
    girl.identity.save()
    token = Bearer(girl).token
    rows = [
        ["Nom", "Prénom", "Date de naissance", "Mail élève"],
        ["Combe", "Lina", "12/03/2010", "ancienne@exemple.fr"],
    ]
    for address, is_open in (("Ancienne@exemple.fr", True), ("nouvelle@exemple.fr", False)):
        rows[1][-1] = address
        bring_rows(programme, rows)
        girl.identity.refresh_from_db()
        assert girl.identity.email == address.lower()
        with nullcontext() if is_open else pytest.raises(ExpiredLink):
            read(token)


def test_a_file_that_changes_neither_age_nor_guardian_costs_nothing_more(programme, girl):
    bring(programme, born="12/03/2010", mail=MAIL)
    with CaptureQueriesContext(connection) as queries:
        assert bring(programme, born="12/03/2010", mail=MAIL).unchanged_count == 1
    assert not [one for one in queries if "people_consent" in one["sql"]]
