"""French sentences: exact on known cases, well written on all."""

import re
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.matching.explanations import WaitingCode, WaitingReason
from vivier.engines.matching.policy import RULES
from vivier.engines.matching.reasons import pair_text, price_text, rank_text, slack_text, waiting_text

from .oracle import patient


def reason(code: str, *, candidates=0, taken=None, refusals=None, nearest_m=None, tier=1) -> WaitingReason:
    taken = taken or {}
    return WaitingReason(
        mentee=0,
        tier=tier,
        code=WaitingCode(code),
        candidates=candidates,
        seats=sum(taken.values()),
        taken_by_tier=MappingProxyType(taken),
        refusals=MappingProxyType(refusals or {}),
        nearest_m=nearest_m,
    )


def test_all_are_taken():
    told = waiting_text(reason("all_taken", candidates=9, taken={0: 7, 1: 4}), terms="feminine")
    assert told == (
        "9 marraines possibles, toutes les places sont prises. 7 places servent des personnes prioritaires. "
        "4 places servent des personnes de même priorité, pour un total au moins aussi bon. "
        "Une place de plus chez l’une de ces marraines servirait une personne de plus."
    )


def test_the_only_one_is_taken():
    told = waiting_text(reason("all_taken", candidates=1, taken={0: 1}, tier=0), terms="feminine")
    assert told == (
        "La seule marraine possible n’a plus de place. "
        "1 place sert une personne de même priorité, pour un total au moins aussi bon. "
        "Une place de plus y servirait une personne de plus."
    )


def test_nobody_is_near():
    far = reason("no_mentor_in_radius", refusals={"distance": 110}, nearest_m=40_100)
    assert waiting_text(far, terms="feminine", radius_km=30.0) == (
        "Aucune marraine à moins de 30 km. "
        "La marraine la plus proche avec une place est à 41 km : un rayon de 41 km ouvrirait cette possibilité."
    )
    assert waiting_text(far, radius_km=12.5).startswith("Aucune marraine ni aucun mentor à moins de 12,5 km.")


def test_several_rules_are_told_in_one_list():
    refusals = dict.fromkeys(RULES, 0) | {"distance": 1_098, "vetting": 8, "slots": 4}
    assert waiting_text(reason("no_common_slot", refusals=refusals), terms="feminine", radius_km=30) == (
        "Aucune marraine possible sur un créneau commun. "
        "Sur 1\u202f110 marraines, 1\u202f098 trop loin, 8 sans vérification valable et 4 sans créneau commun."
    )


def test_a_radius_is_needed_to_speak_of_it():
    with pytest.raises(ValueError, match="radius"):
        waiting_text(reason("no_mentor_in_radius"))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"distance_m": 18_400, "rank": 2, "candidates": 9, "slots": ["mercredi après-midi"], "interests": 2},
            "À 18 km, 1 créneau commun (mercredi après-midi), 2 goûts communs, 2e score sur 9 possibles.",
        ),
        (
            {"distance_m": 499, "rank": 1, "candidates": 3, "slots": 0, "interests": []},
            "À moins de 1 km, aucun créneau commun, aucun goût commun, meilleur score sur 3 possibles.",
        ),
        (
            {"distance_m": 250_000, "online": True, "rank": 1, "candidates": 1, "slots": 1, "interests": ["web", "IA"]},
            "En ligne, à 250 km, 1 créneau commun, 2 goûts communs (web, IA), seule possibilité.",
        ),
        (
            {"distance_m": None, "rank": 1, "candidates": 1, "vetting_unknown": True},
            "Distance non connue, créneaux non connus, goûts non connus, vérification non attestée, seule possibilité.",
        ),
    ],
)
def test_why_this_pair(facts, told):
    assert pair_text(**facts) == told


def test_ranks_prices_and_slacks():
    assert rank_text(1, 1) == "seule possibilité"
    assert rank_text(1, 1_200) == "meilleur score sur 1\u202f200 possibles"
    assert price_text(0).endswith("n’ajouterait rien au total")
    assert price_text(1).endswith("ajouterait 1 point au total")
    assert price_text(340).endswith("ajouterait 340 points au total")
    assert [slack_text(n) for n in (0, 1, 340)] == [
        "à égalité possible",
        "il lui manque 1 point",
        "il lui manque 340 points",
    ]


counts = st.integers(0, 2_000)


@patient
@given(
    st.sampled_from(WaitingCode),
    st.integers(1, 50),
    st.dictionaries(st.integers(0, 1), st.integers(1, 9)),
    st.fixed_dictionaries(dict.fromkeys(RULES, counts)),
    st.one_of(st.none(), st.integers(0, 500_000)),
    st.sampled_from(["both", "feminine"]),
)
def test_every_sentence_is_whole_and_plain(code, candidates, taken, refusals, nearest_m, terms):
    told = waiting_text(
        reason(code, candidates=candidates, taken=taken, refusals=refusals, nearest_m=nearest_m),
        terms=terms,
        radius_km=30,
    )
    assert not re.search(r"[·!{}]|\b(None|nan)\b|  | \.|\.\.|, ,|'", told)
    assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in re.split(r"(?<=\.) ", told))
    assert told.endswith(".")
    assert ("mentor" in told) <= (terms == "both")
