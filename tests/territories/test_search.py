"""Communes found from what somebody types."""

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.depth import examples
from vivier.common.actors import SYSTEM
from vivier.territories import operations
from vivier.territories.forms import CommuneField
from vivier.territories.models import Commune, CommuneAlias, Department, PostalCode
from vivier.territories.queries import label_of, search_communes

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(shipped) -> None:
    """The shipped places and what they lack: homonyms, an apostrophe, a commune without population."""
    for code, name, population, postal in (
        ("82186", "Valence", 5_000, "82400"),
        ("38193", "L'Isle-d'Abeau", 17_000, "38080"),
        ("26500", "Bar", 300, "26999"),
        ("26501", "Bar-le-Grand", 15_000, "26998"),
        ("26502", "Bariane", None, "26997"),
    ):
        department = Department.objects.get(code=code[:2])
        commune = Commune.objects.create(code=code, name=name, department=department, population=population)
        PostalCode.objects.create(commune=commune, code=postal)


def names(text: str, limit: int = 8) -> list[str]:
    return [choice.name for choice in search_communes(text, limit)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gren", "Grenoble"),
        ("GRENOBLE", "Grenoble"),
        ("saint etienne", "Saint-Étienne"),
        ("st etienne", "Saint-Étienne"),
        ("Saint-Étienne", "Saint-Étienne"),
        ("l'isle d'abeau", "L'Isle-d'Abeau"),
        ("L’Isle d’Abeau", "L'Isle-d'Abeau"),
        ("isle d abeau", "L'Isle-d'Abeau"),
        ("tronche", "La Tronche"),
        ("26100", "Romans-sur-Isère"),
        ("Romans 26", "Romans-sur-Isère"),
        ("38000 grenoble", "Grenoble"),
        ("pierre benite", "Oullins-Pierre-Bénite"),
        ("lyon 3", "Lyon 3e Arrondissement"),
        ("Lyon 03", "Lyon 3e Arrondissement"),
        ("Valence 82", "Valence"),
        ("hères", "Saint-Martin-d'Hères"),
        ("26281", "Romans-sur-Isère"),
    ],
)
def test_found_first(places, text, expected):
    assert names(text)[0] == expected


@pytest.mark.parametrize("letters", range(2, len("saint-etienne") + 1))
def test_every_letter_on_the_way_finds_it(places, letters):
    assert names("saint-etienne"[:letters])[0] == "Saint-Étienne"


def test_department_beside_a_name_chooses_among_homonyms(places):
    assert [choice.code for choice in search_communes("Valence 82")] == ["82186"]
    assert [choice.code for choice in search_communes("valence")] == ["26362", "82186"]


def test_most_populated_first_and_the_whole_name_among_them(places):
    populations = [choice.population for choice in search_communes("saint")]
    assert len(populations) == 8 and populations == sorted(populations, reverse=True)
    assert names("bar") == ["Bar-le-Grand", "Bar", "Bariane"]
    assert names("bar", limit=2) == ["Bar-le-Grand", "Bar"]


def test_a_former_name_is_told_but_not_where_the_present_one_answers(places):
    assert [choice.former_name for choice in search_communes("pierre")] == ["Pierre-Bénite"]
    assert [choice.former_name for choice in search_communes("oullins")] == [""]


def test_a_former_commune_is_not_offered(places):
    valence = Commune.objects.get(code="26362")
    Commune.objects.filter(code="26500").update(is_current=False, parent=valence)
    CommuneAlias.objects.create(commune=valence, code="26500", name="Bar")
    assert "Bar" not in names("bar")
    assert names("bar 26")[0] == "Valence"


@pytest.mark.parametrize("text", ["", " ", "%", "_", "\\", "'", "\x00", "xq", "99999", "000", "x" * 5000, "😀", "🇫🇷 1"])
def test_nothing_found_is_an_empty_list(places, text):
    assert names(text) == []


def test_wildcards_of_sql_are_plain_text(places):
    assert names("val%") == names("val")
    assert names("v_lence") == []


@pytest.mark.parametrize("text", ["gren", "26", "heres", "zzzz", "Lyon 69003", "valence 26", "26281"])
def test_at_most_two_queries(places, django_assert_max_num_queries, text):
    with django_assert_max_num_queries(2):
        search_communes(text)


# --- The field ------------------------------------------------------------------------------------------------


class CityForm(forms.Form):
    commune = CommuneField(label="Ta ville")


def fill(text: str, code: str | None = None, **options) -> CityForm:
    form = CityForm({"commune": text, **({} if code is None else {"commune_code": code})}, **options)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Grenoble", None, "38185"),
        ("Romans 26", None, "26281"),
        ("26100", None, "26281"),
        ("69003", None, "69383"),
        ("Lyon", None, "69123"),
        ("Bar", None, "26500"),
        ("bar", "26501", "26501"),
        ("valence", "82186", "82186"),
        ("Valence (82400)", None, "82186"),
        ("Lyon", "38185", "69123"),
        ("Pierre-Bénite", None, "69149"),
        ("Grenoble", "99999", "38185"),
        ("Grenoble", "\x00", "38185"),
    ],
)
def test_what_was_typed_or_chosen_is_a_commune(places, text, code, expected):
    form = fill(text, code)
    assert form.errors == {}
    assert form.cleaned_data["commune"].code == expected


def test_homonyms_come_back_as_radio_buttons(places):
    form = fill("valence")
    assert form.errors["commune"] == ["Plusieurs communes correspondent : il reste à choisir la bonne dans la liste."]
    html = str(form["commune"])
    assert html.count('type="radio"') == 2 and 'value="26362"' in html and 'value="82186"' in html
    assert 'value="valence"' in html and "Tarn-et-Garonne" in html


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Il manque la commune : son nom ou son code postal suffit."),
        ("Atlantide", "Aucune commune ne répond à ce nom. Un code postal marche aussi, par exemple 38000."),
        ("\x00\x00", "Aucune commune ne répond à ce nom. Un code postal marche aussi, par exemple 38000."),
    ],
)
def test_what_is_wrong_is_said(places, text, problem):
    assert fill(text).errors["commune"] == [problem]


def test_an_optional_commune_may_be_left_out(places):
    assert CommuneField(required=False).clean(None) is None


def test_choices_of_one_form_do_not_leak_into_the_next(places):
    fill("valence")
    assert 'type="radio"' not in str(CityForm()["commune"])


def test_an_initial_commune_is_shown_and_comes_back_unchanged(places):
    for code in ("82186", "69123", "69383", "26362"):
        commune = Commune.objects.select_related("department").get(code=code)
        html = str(CityForm(initial={"commune": commune})["commune"])
        assert f'value="{label_of(commune)}"' in html and f'name="commune_code" value="{code}"' in html
        form = fill(label_of(commune), code, initial={"commune": commune.pk})
        assert form.cleaned_data["commune"] == commune and form.changed_data == []
        assert fill("Grenoble", "", initial={"commune": commune}).changed_data == ["commune"]


def test_every_label_finds_its_commune_again(places):
    for commune in Commune.objects.select_related("department"):
        assert fill(label_of(commune)).cleaned_data["commune"] == commune


def test_the_field_has_ids_prefixes_and_a_description(places):
    html = str(CityForm({"a-commune": "valence"}, prefix="a", auto_id="x_%s")["commune"])
    assert 'id="x_a-commune"' in html and 'name="a-commune_code"' in html and 'hx-target="#x_a-commune_liste"' in html
    assert "champ=a-commune" in html
    assert 'id="commune_liste"' in str(CityForm({"commune": "valence"}, auto_id=False)["commune"])


class Fuzz(TestCase):
    """Whatever is typed, the field answers."""

    @classmethod
    def setUpTestData(cls):
        operations.load_shipped(by=SYSTEM)

    @settings(max_examples=examples(80), deadline=None)
    @given(
        st.one_of(
            st.text(max_size=100),
            st.text("lyonvaleceSTsaint 0123456789%_'’()-", max_size=30),
            st.sampled_from(["Valence", "Lyon 3", "26", "38000"]).flatmap(
                lambda start: st.text(max_size=8).map(lambda end: start + end)
            ),
        ),
        st.text(max_size=6),
    )
    def test_any_text(self, text, code):
        form = fill(text, code)
        assert form.errors or isinstance(form.cleaned_data["commune"], Commune)
        str(form["commune"])
