"""How places are written and read."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from vivier.territories.text import PlaceQuery, place_name, read_query, search_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Saint-Étienne", "st etienne"),
        ("ST ETIENNE", "st etienne"),
        ("L'Isle-d’Abeau", "l isle d abeau"),
        ("Sainte-Foy-lès-Lyon", "ste foy les lyon"),
        ("Saintry", "saintry"),
        ("Œuilly", "oeuilly"),
        ("  ", ""),
    ],
)
def test_search_key(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Romans 26", PlaceQuery(key="romans", whole="romans 26", department="26")),
        ("38000 Grenoble", PlaceQuery(key="grenoble", postal="38000")),
        ("Valence (26000)", PlaceQuery(key="valence", postal="26000")),
        ("bastia 2b", PlaceQuery(key="bastia", whole="bastia 2b", department="2B")),
        ("Lyon 03", PlaceQuery(key="lyon", whole="lyon 3", department="03")),
        ("lyon 3", PlaceQuery(key="lyon 3", whole="")),
        ("mont sai", PlaceQuery(key="mont sai", also=("mont st ", "mont ste "))),
        ("2607", PlaceQuery(postal="2607")),
        ("26", PlaceQuery(postal="26")),
        ("\x00", PlaceQuery()),
        ("", PlaceQuery()),
    ],
)
def test_read_query(text, query):
    assert read_query(text) == query


@given(st.text(max_size=200))
def test_read_query_never_fails(text):
    query = read_query(text)
    assert len(query.key) <= 160 and not query.postal.strip("0123456789")


def test_capitals_of_la_poste_become_readable():
    assert place_name("ST JEAN DE BOURNAY") == "St Jean de Bournay"
    assert place_name("LA PLAINE DES CAFRES") == "La Plaine des Cafres"
    assert place_name("Saint-Nazaire") == "Saint-Nazaire"


#: What names of places are made of in the official files, ligatures and apostrophes included.
names = st.text("abcdeÉéèêëàâîïôùûüçÿœŒæÆ ABCDEST'’-.()/0123456789stainetgo", max_size=30)


class SameInTheDatabase(TestCase):
    """The SQL function of migration 0001 and `search_key` say the same."""

    @settings(deadline=None)
    @given(names)
    def test_search_key(self, name):
        with connection.cursor() as cursor:
            cursor.execute("SELECT territories_search_key(%s)", [name])
            assert cursor.fetchone()[0] == search_key(name)
