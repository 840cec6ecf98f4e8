"""Which commune a line means: by its name, its postal code, its INSEE code; in doubt, the candidates are named."""

import pytest

from vivier.imports.cities import Cities
from vivier.imports.places import PlaceText, place_index
from vivier.territories.models import Commune, CommuneAlias, Department, PostalCode, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def homonyms(communes):
    """Add communes of the same name far away."""
    region = Region.objects.get(code="84")
    far, _ = Department.objects.get_or_create(code="82", defaults={"name": "Tarn-et-Garonne", "region": region})
    for code, name, postal in (("82186", "Valence", "82400"), ("82001", "Romans", "82100")):
        commune = Commune.objects.create(code=code, name=name, department=far, latitude=44.1, longitude=0.9)
        PostalCode.objects.create(commune=commune, code=postal)


def find(name: str = "", postal: str = "", insee: str = "", near: tuple = ()):
    text = PlaceText(name, postal, insee)
    return place_index([text], near).find(text)


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        (("Grenoble",), "Grenoble"), (("GRENOBLE", "38000"), "Grenoble"), (("SAINT ETIENNE",), "Saint-Étienne"),
        (("St Martin d'Heres",), "Saint-Martin-d'Hères"), (("Lyon", "69008"), "Lyon 8e Arrondissement"),
        (("Lyon 3",), "Lyon 3e Arrondissement"), (("Lyon 3ème",), "Lyon 3e Arrondissement"),
        (("lyon 1er arrondissement",), "Lyon 1er Arrondissement"), (("Lyon 8e",), "Lyon 8e Arrondissement"),
        (("", "69008"), "Lyon 8e Arrondissement"), (("Romans", "26100"), "Romans-sur-Isère"),
        (("romans",), "Romans-sur-Isère"), (("38000 Grenoble",), "Grenoble"), (("Valence (26)",), "Valence"),
        (("", "", "26362"), "Valence"), (("Vaulx",), "Vaulx-en-Velin"),
    ],
)  # fmt: skip
def test_a_commune_is_found_however_it_is_written(communes, text, commune):
    found = find(*text)
    assert not found.is_error
    assert found.place.name == commune


def test_the_postal_code_settles_homonyms(homonyms):
    assert find("Valence", "26000").place.code == "26362"
    assert find("Valence", "82400").place.code == "82186"


def test_homonyms_without_postal_code_are_named(homonyms):
    found = find("Valence")
    assert found.is_error
    assert "Valence (26" in found.wrong
    assert "Valence (82" in found.wrong


def test_homonyms_are_settled_by_the_cities_of_the_programme_and_it_is_told(homonyms):
    found = find("Valence", near=("26",))
    assert found.place.code == "26362"
    assert not found.is_error
    assert "retenue" in found.wrong
    text = PlaceText("Valence")
    assert place_index([text], ["26"], ["26362"]).find(text).wrong == ""


def test_the_whole_name_far_away_does_not_hide_the_beginning_near_by(homonyms):
    assert find("Romans", "26100").place.name == "Romans-sur-Isère"
    assert find("Romans", near=("26",)).place.name == "Romans-sur-Isère"
    assert find("Romans", "82100").place.name == "Romans"


def test_a_postal_code_that_contradicts_the_name_is_told(communes):
    found = find("Échirolles", "38000")
    assert (found.place.name, found.is_error) == ("Échirolles", False)
    assert "38000" in found.wrong


def test_a_slip_is_refused_with_the_name_that_was_meant(communes):
    found = find("Grenobel")
    assert found.is_error
    assert "Grenoble" in found.instead


def test_an_old_name_finds_its_commune(communes):
    CommuneAlias.objects.create(commune=Commune.objects.get(name="Valence"), name="Valence-Vieille", code="26999")
    assert find("Valence vieille").place.name == find("", "", "26999").place.name == "Valence"


def test_an_old_name_without_code_changes_no_other_search(communes):
    CommuneAlias.objects.create(commune=Commune.objects.get(name="Valence"), name="Grenoble")
    CommuneAlias.objects.create(commune=Commune.objects.get(name="Valence"), name="Lyon-Bas")
    assert find("Lyon bas").place.name == "Valence"
    assert find("Lyon").place.name == "Lyon"
    assert find("Bron").place.name == "Bron"


@pytest.fixture
def cities(communes):
    """Return the cities Valence and Lyon."""
    index = place_index([])
    by_name = {place.name: place for place in index.places.values()}
    return Cities([by_name["Valence"], by_name["Lyon"]], index), by_name


def test_a_city_is_found_inside_other_words(cities):
    found, _ = cities
    for text, name in (
        ("Atelier de Valence", "Valence"),
        ("LYON", "Lyon"),
        ("Lyon 8", "Lyon"),
        ("26000 Valence", "Valence"),
    ):
        assert found.find(text).place.name == name


def test_another_city_is_refused_with_the_names_of_those_of_the_programme(cities):
    refused = cities[0].find("Grenoble")
    assert refused.is_error
    assert "Valence et Lyon" in refused.wrong


def test_the_nearest_city_is_that_of_the_part_or_of_the_neighbour(cities):
    found, by_name = cities
    assert found.nearest(by_name["Lyon 8e Arrondissement"]).name == "Lyon"
    assert found.nearest(by_name["Romans-sur-Isère"]).name == "Valence"
    assert found.nearest(None) is None
