"""Who is known already: names without accents, birth dates and e-mails, one query for a whole file."""

from datetime import date

import pytest

from tests.factories import make_beneficiary, make_organisation, make_volunteer
from vivier.people.matching import Certainty, find_beneficiary, find_existing, find_existing_volunteers
from vivier.people.records import NewBeneficiary, NewVolunteer

pytestmark = pytest.mark.django_db
BORN = date(2010, 3, 14)


@pytest.fixture
def structure():
    return make_organisation()


def row(first="Inès", last="Rivière", birth=None, email=""):
    return NewBeneficiary(first_name=first, last_name=last, birth_date=birth, email=email)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("INES", "RIVIERE"),
        ("inès", "Rivière "),
        ("Inès", "rivière"),
        ("Ines", "Rivi\u00e8re"),
        ("Ine\u0300s", "Rivie\u0300re"),
    ],
)
def test_accents_case_and_spaces_do_not_tell_people_apart(structure, first, last):
    girl = make_beneficiary(structure, "Inès", "Rivière", birth_date=BORN)
    match = find_existing(structure.pk, [row(first, last, BORN)])[0]
    assert (match.pk, match.certainty) == (girl.pk, Certainty.SAME)


@pytest.mark.parametrize(
    ("known", "asked", "certainty"),
    [
        ((BORN, ""), (BORN, ""), Certainty.SAME),
        ((BORN, "a@x.test"), (BORN, "b@x.test"), Certainty.SAME),
        ((BORN, "a@x.test"), (date(2011, 3, 14), "a@x.test"), None),
        ((None, "a@x.test"), (None, "A@x.test"), Certainty.SAME),
        ((None, "a@x.test"), (BORN, "a@x.test"), Certainty.SAME),
        ((None, "a@x.test"), (None, "b@x.test"), Certainty.DOUBTFUL),
        ((None, ""), (None, ""), Certainty.LIKELY),
        ((BORN, ""), (None, ""), Certainty.LIKELY),
    ],
)
def test_what_else_is_known_weighs(structure, known, asked, certainty):
    make_beneficiary(structure, "Inès", "Rivière", birth_date=known[0], email=known[1])
    match = find_existing(structure.pk, [row(birth=asked[0], email=asked[1])])[0]
    assert (match and match.certainty) == certainty


def test_the_surest_of_several_is_chosen(structure):
    make_beneficiary(structure, "Inès", "Rivière", birth_date=None)
    sure = make_beneficiary(structure, "Inès", "Rivière", birth_date=BORN)
    assert find_existing(structure.pk, [row(birth=BORN)])[0].pk == sure.pk


def test_another_structure_s_people_are_unknown(structure):
    make_beneficiary(make_organisation(), "Inès", "Rivière", birth_date=BORN)
    assert find_existing(structure.pk, [row(birth=BORN)]) == [None]


def test_a_whole_file_costs_one_query_and_keeps_its_order(structure, django_assert_num_queries):
    girls = [make_beneficiary(structure, f"Inès{n}", "Rivière", birth_date=BORN) for n in range(20)]
    rows = [row(f"ines{n}", birth=BORN) for n in reversed(range(40))]
    with django_assert_num_queries(1):
        found = find_existing(structure.pk, rows)
    assert [match.pk for match in found if match] == [girl.pk for girl in reversed(girls)]
    assert found[:20] == [None] * 20
    assert find_existing(structure.pk, []) == []


def test_only_who_is_surely_the_same_is_found(structure):
    girl = make_beneficiary(structure, "Inès", "Rivière", birth_date=BORN)
    asked = {"controller_id": structure.pk, "first_name": "Ines", "last_name": "Riviere"}
    assert find_beneficiary(**asked, birth_date=BORN) == girl
    assert find_beneficiary(**asked) is None


def test_volunteers_are_compared_by_name_and_e_mail(structure):
    volunteer = make_volunteer(structure, first_name="Hélène", last_name="Beauclair")
    asked = NewVolunteer(first_name="Helene", last_name="Beauclair", email=volunteer.identity.email.upper())
    assert find_existing_volunteers(structure.pk, [asked])[0].certainty == Certainty.SAME
