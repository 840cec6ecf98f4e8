"""What importing mentors writes: volunteers, what they offer, verifications; and what a second file changes."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.imports.builders import as_csv
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.imports import operations
from vivier.imports.fields import MENTORS
from vivier.imports.operations import Stated, Statement
from vivier.imports.understanding import understand
from vivier.mentoring.models import Mentor
from vivier.people.models import Vetting, Volunteer, VolunteerIdentity

pytestmark = pytest.mark.django_db

NAMES = ["Nom", "Prénom"]
CHECKED = date(2026, 2, 3)


@pytest.fixture(autouse=True)
def today(settings):
    """Stand on one day: what is past and what is to come must not move."""
    settings.VIVIER_TODAY = "2026-03-11"


def bring(programme, rows, statement: Statement | None = None):
    """Import rows as they would come in a file."""
    return operations.import_now(
        by=SYSTEM, programme=programme, kind=MENTORS, name="liste.csv", content=as_csv(rows), sheet="",
        statement=statement or Statement(),
    )  # fmt: skip


def vettings() -> set:
    rows = Vetting.objects.values_list("volunteer__identity__first_name", "checked_on", "outcome", "basis")
    return set(rows)


def test_what_they_offer_comes_in(programme):
    rows = [[*NAMES, "Métier", "Commune", "Nb filleules max", "Disponibilités", "Domaines", "Langues"]]
    bring(programme, [*rows, ["Roche", "Anne", "dev", "Valence", "3", "sam. matin", "web", "français"], ["Val", "Ida"]])
    anne = Mentor.objects.select_related("volunteer__commune").get(volunteer__identity__first_name="Anne")
    assert (anne.capacity, anne.slots, anne.volunteer.commune.name) == (3, ["sat_am"], "Valence")
    assert (anne.volunteer.interests, anne.volunteer.languages) == (["web"], ["fr"])
    assert Mentor.objects.get(volunteer__identity__first_name="Ida").capacity == 1


def test_zero_is_a_capacity(programme):
    bring(programme, [[*NAMES, "Nb filleules"], ["Roche", "Anne", "0"]])
    assert Mentor.objects.get().capacity == 0


def test_verifications_are_those_of_the_file_and_those_she_attests(programme):
    rows = [[*NAMES, "Vérifiée le"], ["Roche", "Anne", CHECKED], ["Val", "Ida", ""], ["Gué", "Léa", "oui"]]
    rows += [["Clos", "Eve", "non"], ["Rieu", "Zoé", "en cours"]]
    assert bring(programme, rows).attested_on is None
    assert vettings() == {("Anne", CHECKED, "ok", "file")}
    again = bring(programme, rows, Statement(Stated.ATTESTED, date(2026, 3, 1)))
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 2, 3)
    assert again.attested_on == date(2026, 3, 1)
    assert vettings() == {
        ("Anne", CHECKED, "ok", "file"), ("Ida", date(2026, 3, 1), "ok", "file"),
        ("Léa", date(2026, 3, 1), "ok", "file"),
    }  # fmt: skip
    assert bring(programme, rows, Statement(Stated.ATTESTED, date(2026, 3, 1))).unchanged_count == 5


def test_a_verification_ends_on_the_day_of_the_file(programme):
    ends = date(2026, 9, 1)
    bring(programme, [[*NAMES, "Vérifiée le", "Valable jusqu'au"], ["Roche", "Anne", CHECKED, ends]])
    assert Vetting.objects.get().expires_on == ends


def test_a_verification_that_is_over_is_told(programme):
    rows = [[*NAMES, "Vérifiée le"], ["Roche", "Anne", date(2020, 1, 1)]]
    understood = understand(as_csv(rows), kind=MENTORS, programme=programme, choices={})
    assert understood.is_ready
    assert [issue.code for issue in understood.notices] == ["vetting_expired"]


def test_who_was_refused_is_not_attested(programme):
    refused = make.make_volunteer(programme.controller, vetted=False, first_name="Anne", last_name="Roche")
    Vetting.objects.create(
        volunteer=refused, outcome="not_ok", basis="individual", checked_on=CHECKED,
        expires_on=CHECKED + timedelta(days=365), recorded_at=clock.now(),
    )  # fmt: skip
    rows = [NAMES, ["Roche", "Anne"]]
    notices = understand(as_csv(rows), kind=MENTORS, programme=programme, choices={}).notices
    assert "refused" in {issue.code for issue in notices}
    bring(programme, rows, Statement(Stated.ATTESTED, date(2026, 3, 1)))
    assert Vetting.objects.get().outcome == "not_ok"


def test_a_second_file_changes_what_it_says_only(programme):
    bring(programme, [[*NAMES, "Mail", "Nb filleules", "Entreprise"], ["Roche", "Anne", "a@exemple.fr", 2, "Héron"]])
    done = bring(programme, [[*NAMES, "Mail", "Nb filleules"], ["ROCHE", "ANNE", "A@exemple.fr", 3]])
    assert (done.created_count, done.updated_count) == (0, 1)
    assert (Mentor.objects.get().capacity, Volunteer.objects.get().employer) == (3, "Héron")


def test_the_same_name_with_another_address_is_added_apart_and_told(programme):
    bring(programme, [[*NAMES, "Mail"], ["Roche", "Anne", "a@exemple.fr"]])
    rows = [[*NAMES, "Mail"], ["Roche", "Anne", "b@exemple.fr"]]
    notices = understand(as_csv(rows), kind=MENTORS, programme=programme, choices={}).notices
    assert [issue.code for issue in notices] == ["doubtful"]
    for added in (1, 0):
        assert bring(programme, rows).created_count == added
    assert VolunteerIdentity.objects.count() == 2


def test_a_volunteer_of_the_structure_joins_another_programme(programme):
    make.make_volunteer(programme.controller, first_name="Anne", last_name="Roche")
    done = bring(programme, [NAMES, ["Roche", "Anne"]])
    assert (done.created_count, done.updated_count) == (0, 1)
    assert Mentor.objects.get().programme == programme


def test_mentors_have_no_places(programme):
    with pytest.raises(DomainError):
        bring(programme, [NAMES, ["Roche", "Anne"]], Statement(Stated.PLACES, date(2026, 3, 1)))
    assert not Volunteer.objects.exists()
