"""What importing registrants writes: people, places in sessions, guardians; and what a second file changes."""

from datetime import date, timedelta

import pytest

from tests import factories as make
from tests.imports.builders import as_csv, as_xlsx
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.common.errors import DomainError
from vivier.imports import operations
from vivier.imports.fields import REGISTRANTS
from vivier.imports.operations import Stated, Statement
from vivier.imports.understanding import understand
from vivier.people.models import Beneficiary, BeneficiaryIdentity, Consent, Guardian, Guardianship
from vivier.programmes.models import Enrolment
from vivier.programmes.operations import create_programme
from vivier.workshops.models import Registration, Session

pytestmark = pytest.mark.django_db

NAMES = ["Nom", "Prénom"]
PAST = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def today(settings):
    """Stand on one day: what is past and what is to come must not move."""
    settings.VIVIER_TODAY = "2026-03-11"


def bring(programme, rows, statement: Statement | None = None, by=SYSTEM):
    """Import rows as they would come in a file."""
    return operations.import_now(
        by=by, programme=programme, kind=REGISTRANTS, name="liste.csv", content=as_csv(rows), sheet="",
        statement=statement or Statement(),
    )  # fmt: skip


def counts(done) -> tuple[int, int, int]:
    return done.created_count, done.updated_count, done.unchanged_count


def identity(**names) -> BeneficiaryIdentity:
    return BeneficiaryIdentity.objects.select_related("beneficiary__commune").get(**names)


# --- Columns ---------------------------------------------------------------------------------------------------------


def test_columns_with_one_meaning_complete_one_another(programme):
    birth = "Date de naissance"
    bring(programme, [
        [*NAMES, "Lycée", birth, "Lycée", birth, "Mail parent", "Mail des parents"],
        ["Combe", "Lina", "Vaucanson", "", "VAUCANSON", "12/03/2010", "a@exemple.fr", "b@exemple.fr"],
    ])  # fmt: skip
    lina = identity(first_name="Lina")
    assert (lina.beneficiary.school_name, lina.birth_date) == ("Vaucanson", date(2010, 3, 12))
    assert set(Guardian.objects.values_list("email", flat=True)) == {"a@exemple.fr", "b@exemple.fr"}


def test_columns_that_contradict_one_another_refuse_their_line_only(programme):
    rows = [[*NAMES, "Classe", "Classe"], ["Combe", "Lina", "2de", "1re"], ["Roche", "Zoé", "2nde", "Seconde 4"]]
    understood = understand(as_csv(rows), kind=REGISTRANTS, programme=programme, choices={})
    assert [(issue.code, issue.place, issue.value) for issue in understood.errors] == [
        ("columns_contradict", "Ligne 2", "2de / 1re")
    ]
    assert [entry.first_name for entry in understood.entries] == ["Zoé"]
    set_aside = understand(as_csv(rows), kind=REGISTRANTS, programme=programme, choices={"classe 2": ""})
    assert set_aside.is_ready


# --- Presence -----------------------------------------------------------------------------------------------------


def test_a_session_is_made_for_each_city_and_day(programme):
    rows = [[*NAMES, "Ville de l'atelier", "Date de l'atelier", "Présence"]]
    rows += [["Rivière", "Inès", "Grenoble", PAST, "oui"], ["Roche", "Zoé", "Grenoble", PAST, "absente"]]
    rows += [["Combe", "Lina", "Valence", PAST, "x"], ["Lande", "Eva", "Valence", date(2026, 2, 25), "oui"]]
    bring(programme, rows)
    sessions = Session.objects.order_by("starts_at", "pk").select_related("site__commune")
    assert [(one.title, one.site.commune.name, one.capacity, one.is_public) for one in sessions] == [
        ("Atelier de Valence", "Valence", 1, False),
        ("Atelier de Grenoble", "Grenoble", 2, False),
        ("Atelier de Valence", "Valence", 1, False),
    ]
    came = Registration.objects.values_list("beneficiary__identity__first_name", "attended", "state", "source")
    assert set(came) == {
        ("Inès", True, "confirmed", "file"), ("Zoé", False, "confirmed", "file"), ("Lina", True, "confirmed", "file"),
        ("Eva", True, "confirmed", "file"),
    }  # fmt: skip
    assert Registration.objects.filter(attendance_at=None).count() == 0


def test_a_session_that_exists_that_day_is_joined(programme):
    site = programme.sites.get(commune__name="Valence")
    session = make.make_session(programme, days=-7, site=site)
    bring(programme, [[*NAMES, "Ville", "Date", "Présence"], ["Combe", "Lina", "Valence", PAST, "oui"]])
    assert Session.objects.get() == session
    assert session.registrations.get().attended is True


def test_a_cancelled_session_is_not_joined(programme):
    site = programme.sites.get(commune__name="Valence")
    make.make_session(programme, days=-7, site=site, state="cancelled", cancelled_at=clock.now())
    bring(programme, [[*NAMES, "Ville", "Date", "Présence"], ["Combe", "Lina", "Valence", PAST, "oui"]])
    assert Session.objects.count() == 2


def test_presence_is_attested_for_the_whole_file_but_not_against_it(programme):
    rows = [[*NAMES, "Ville", "Présence"], ["Combe", "Lina", "Valence", ""], ["Roche", "Zoé", "Valence", "absente"]]
    done = bring(programme, rows, Statement(Stated.ATTESTED, PAST))
    assert done.attested_on == PAST
    came = dict(Registration.objects.values_list("beneficiary__identity__first_name", "attended"))
    assert came == {"Lina": True, "Zoé": False}
    assert Session.objects.get().starts_at == clock.at(PAST, 14)


def test_without_day_nor_statement_they_join_the_programme_and_no_session(programme):
    bring(programme, [[*NAMES, "Présence"], ["Combe", "Lina", "oui"]])
    assert Enrolment.objects.count() == 1
    assert Session.objects.count() == Registration.objects.count() == 0


def test_places_for_a_day_to_come_wait_for_authorisations(programme):
    bring(programme, [NAMES, ["Combe", "Lina"]], Statement(Stated.PLACES, clock.today() + timedelta(days=7)))
    place = Registration.objects.get()
    assert (place.attended, place.state) == (None, Registration.State.AWAITING_CONSENT)


@pytest.mark.parametrize(
    "statement",
    [Statement(Stated.ATTESTED, date(2026, 3, 12)), Statement(Stated.ATTESTED), Statement(Stated.PLACES)],
)
def test_what_cannot_be_stated_is_refused(programme, statement):
    with pytest.raises(DomainError):
        bring(programme, [NAMES, ["Combe", "Lina"]], statement)
    assert not Beneficiary.objects.exists()


def test_a_file_gives_no_authorisation(programme):
    bring(programme, [[*NAMES, "Mail parent", "Date", "Présence"], ["Combe", "Lina", "p@exemple.fr", PAST, "oui"]])
    assert not Consent.objects.exists()


# --- Where --------------------------------------------------------------------------------------------------------


def test_without_its_own_column_the_city_is_the_nearest_one(programme):
    bring(
        programme, [[*NAMES, "Commune", "CP"], ["Combe", "Lina", "Romans", 26100], ["Roche", "Zoé", "Échirolles", None]]
    )
    cities = Enrolment.objects.values_list("beneficiary__identity__first_name", "site__commune__name")
    assert set(cities) == {("Lina", "Valence"), ("Zoé", "Grenoble")}


def test_a_programme_without_city_takes_those_of_the_file(communes):
    empty = create_programme(by=SYSTEM, controller=make.make_organisation(), name="Vide", slug="vide", communes=[])
    bring(empty, [[*NAMES, "Ville de l'atelier"], ["Combe", "Lina", "Valence"], ["Roche", "Zoé", "Lyon"]])
    assert list(empty.sites.order_by("position").values_list("commune__name", flat=True)) == ["Valence", "Lyon"]


def test_a_commune_that_this_installation_does_not_know_is_left_empty_and_told(programme):
    content = as_csv([[*NAMES, "Commune", "CP"], ["Combe", "Lina", "Montreuil-sur-Mer", "62170"]])
    understood = understand(content, kind=REGISTRANTS, programme=programme, choices={})
    assert understood.is_ready
    assert [(issue.code, issue.value) for issue in understood.notices] == [("place_unknown", "62170 Montreuil-sur-Mer")]


def test_a_shared_postal_code_refuses_nobody_in_a_file_without_communes(programme):
    content = as_csv([[*NAMES, "CP"], ["Combe", "Lina", "26800"], ["Roche", "Zoé", "38000"]])
    understood = understand(content, kind=REGISTRANTS, programme=programme, choices={})
    assert [entry.commune is None for entry in understood.entries] == [True, False]
    assert [issue.code for issue in understood.notices] == ["place_ambiguous"]
    assert understood.is_ready


# --- QPV ----------------------------------------------------------------------------------------------------------


def test_qpv_is_as_the_file_says_and_unknown_where_it_does_not(programme):
    rows = [
        [*NAMES, "QPV"],
        ["A", "Un", "oui"],
        ["B", "Deux", "non"],
        ["C", "Trois", "en attente"],
        ["D", "Quatre", ""],
    ]
    bring(programme, rows)
    found = Beneficiary.objects.order_by("identity__last_name").values_list("qpv", flat=True)
    assert list(found) == ["declared", "no", "unknown", "unknown"]


def test_a_verified_qpv_is_not_undone_by_a_file(programme):
    known = make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=None, qpv="yes")
    bring(programme, [[*NAMES, "QPV"], ["Combe", "Lina", "non"]])
    known.refresh_from_db()
    assert known.qpv == "yes"


# --- Who is known already -----------------------------------------------------------------------------------------

BORN = date(2010, 3, 12)


def test_a_second_file_updates_what_it_says_and_erases_nothing(programme):
    first = [[*NAMES, "Date de naissance", "Classe", "Mail", "Disponibilités"]]
    bring(programme, [*first, ["COMBE", "Lina", BORN, "2nde", "lina@exemple.fr", "mercredi pm"]])
    done = bring(
        programme, [[*NAMES, "Date de naissance", "Classe", "Tél"], ["Combé", "LINA", BORN, "1ère", "0639981001"]]
    )
    assert counts(done) == (0, 1, 0)
    person = identity(first_name="Lina")
    assert (person.email, person.phone) == ("lina@exemple.fr", "06 39 98 10 01")
    assert person.beneficiary.school_level == "1re"
    assert Enrolment.objects.get().slots == ["wed_pm"]


def test_the_same_name_and_another_birth_date_is_another_person(programme):
    for born, added in ((BORN, 1), (BORN + timedelta(days=1), 1), (BORN, 0)):
        done = bring(programme, [[*NAMES, "Date de naissance"], ["Combe", "Lina", born]])
        assert done.created_count == added


def test_the_same_name_and_address_is_the_same_person(programme):
    bring(programme, [[*NAMES, "Mail"], ["Combe", "Lina", "lina@exemple.fr"]])
    done = bring(programme, [[*NAMES, "Mail", "Date de naissance"], ["Combe", "Lina", "LINA@exemple.fr", BORN]])
    assert counts(done) == (0, 1, 0)
    assert identity(first_name="Lina").birth_date == BORN


def test_two_namesakes_of_a_file_are_never_one_known_person(programme):
    make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=None)
    rows = [[*NAMES, "Date de naissance"], ["Combe", "Lina", BORN], ["Combe", "Lina", BORN + timedelta(days=1)]]
    assert counts(bring(programme, rows)) == (1, 1, 0)
    assert BeneficiaryIdentity.objects.filter(last_name="Combe").count() == 2


def test_another_structure_has_its_own_person(programme):
    make.make_beneficiary(make.make_organisation(), "Lina", "Combe", birth_date=BORN)
    done = bring(programme, [[*NAMES, "Date de naissance"], ["Combe", "Lina", BORN]])
    assert done.created_count == 1


def test_somebody_known_elsewhere_in_the_structure_joins_the_programme(programme):
    make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=BORN)
    assert counts(bring(programme, [[*NAMES, "Date de naissance"], ["Combe", "Lina", BORN]])) == (0, 1, 0)
    assert programme.enrolments.count() == 1


def test_the_address_of_an_account_is_hers_to_change(programme):
    known = make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=BORN, email="lina@exemple.fr")
    known.user = make.make_user("lina@exemple.fr")
    known.save()
    rows = [[*NAMES, "Date de naissance", "Mail"], ["Combe", "Lina", BORN, "autre@exemple.fr"]]
    understood = understand(as_csv(rows), kind=REGISTRANTS, programme=programme, choices={})
    assert [issue.code for issue in understood.notices] == ["her_email"]
    bring(programme, rows)
    assert identity(first_name="Lina").email == "lina@exemple.fr"


def test_the_same_line_twice_is_one_person_and_what_it_adds_is_kept(programme):
    rows = [[*NAMES, "Date de naissance", "Mail", "Tél"]]
    rows += [["Combe", "Lina", BORN, "lina@exemple.fr", ""], ["COMBE", "lina", BORN, "", "0639981001"]]
    understood = understand(as_csv(rows), kind=REGISTRANTS, programme=programme, choices={})
    assert [issue.sentence for issue in understood.notices] == ["répète la ligne 2 : une seule personne"]
    bring(programme, rows)
    person = identity(first_name="Lina")
    assert (person.email, person.phone) == ("lina@exemple.fr", "06 39 98 10 01")


def test_two_workshops_on_two_lines_are_two_places_of_one_person(programme):
    rows = [[*NAMES, "Ville", "Date", "Présence"]]
    rows += [["Combe", "Lina", "Valence", PAST, "oui"], ["Combe", "Lina", "Valence", date(2026, 2, 25), "absente"]]
    assert counts(bring(programme, rows)) == (1, 0, 0)
    assert sorted(Registration.objects.values_list("attended", flat=True)) == [False, True]


# --- Guardians ----------------------------------------------------------------------------------------------------


def test_sisters_share_their_guardian_and_twice_adds_none(programme):
    rows = [[*NAMES, "Nom responsable légal", "Mail responsable"]]
    rows += [["Combe", "Lina", "Nadia Combe", "nadia@exemple.fr"], ["Combe", "Eva", "Nadia Combe", "Nadia@exemple.fr"]]
    for _ in range(2):
        bring(programme, rows)
    guardian = Guardian.objects.get()
    assert (guardian.first_name, guardian.last_name, guardian.email) == ("Nadia", "Combe", "nadia@exemple.fr")
    assert Guardianship.objects.filter(origin="file").count() == 2


def test_what_is_on_file_of_a_guardian_is_completed_never_replaced(programme):
    girl = make.make_beneficiary(programme.controller, "Lina", "Combe", birth_date=BORN)
    make.make_guardian(girl, first_name="Nadia", last_name="Combe", email="", phone="06 00 00 00 00")
    rows = [[*NAMES, "Date de naissance", "Responsable légal", "Mail responsable", "Tél responsable"]]
    bring(programme, [*rows, ["Combe", "Lina", BORN, "Combe Nadia", "nadia@exemple.fr", "0639981001"]])
    guardian = Guardian.objects.get()
    assert (guardian.email, guardian.phone) == ("nadia@exemple.fr", "06 00 00 00 00")


# --- All or nothing -----------------------------------------------------------------------------------------------


def test_one_wrong_line_among_many_and_nobody_comes_in(programme):
    rows = [[*NAMES, "Tél"], *[[f"Combe{chr(65 + n % 26)}{chr(65 + n // 26)}", "Lina", ""] for n in range(60)]]
    rows[40][2] = "12"
    with pytest.raises(DomainError):
        bring(programme, rows)
    assert Beneficiary.objects.count() == 0


def test_history_says_who_brought_them_in(programme, coordinator):
    bring(programme, [NAMES, ["Combe", "Lina"]], by=make.actor_of(coordinator))
    event = Beneficiary.pgh_event_model if hasattr(Beneficiary, "pgh_event_model") else None
    events = event or Beneficiary._meta.get_field("events").related_model
    contexts = events.objects.select_related("pgh_context").values_list("pgh_context__metadata", flat=True)
    assert {context["user"] for context in contexts} == {coordinator.pk}


def test_only_who_imports_people_may_do_it(programme):
    analyst = make.actor_of(make.make_member(programme.controller, "analyst"))
    stranger = make.actor_of(make.make_coordinator())
    for actor in (analyst, stranger):
        with pytest.raises(DomainError):
            bring(programme, [NAMES, ["Combe", "Lina"]], by=actor)
    assert not Beneficiary.objects.exists()


def test_the_first_sheet_with_names_is_read_and_another_may_be_asked_for(programme):
    content = as_xlsx(
        [["Rouge", "à rappeler"], ["Vert", "confirmé"]],
        name="Légende",
        others={"Mars": [NAMES, ["Combe", "Lina"]], "Avril": [NAMES, ["Roche", "Zoé"], ["Lande", "Eva"]]},
    )

    def names(sheet: str) -> list[str]:
        understood = understand(content, kind=REGISTRANTS, programme=programme, choices={}, sheet=sheet)
        return [entry.first_name for entry in understood.entries]

    assert (names(""), names("Avril"), names("*")) == (["Lina"], ["Zoé", "Eva"], ["Lina", "Zoé", "Eva"])
