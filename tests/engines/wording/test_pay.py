"""Amounts of pay are told when they are plainly below the minimum wage, and only then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivier.engines.wording.checker import check
from vivier.engines.wording.folding import fold
from vivier.engines.wording.pay import is_below_minimum, minimum_wage


def told(text: str, title: str = "Comptable (H/F)") -> bool:
    return any(one.rule == "PAY-04" for one in check(title, text))


@given(st.floats(0.4, 2.0), st.booleans(), st.booleans())
def test_an_amount_is_below_the_minimum_by_its_value_alone(share, is_monthly, is_gross):
    least = minimum_wage()
    minimum = {
        (True, True): least.monthly,
        (True, False): least.monthly_net,
        (False, True): least.hourly,
        (False, False): least.hourly_net,
    }[is_monthly, is_gross]
    amount = round(share * minimum, 0 if is_monthly else 2)
    written = f"{amount:.0f}" if is_monthly else f"{amount:.2f}".replace(".", ",")
    period = "par mois" if is_monthly else "de l’heure"
    passage = fold(f"{written} € {'brut' if is_gross else 'net'} {period}").text
    assert is_below_minimum(passage, passage) == (amount < 0.97 * minimum)


@pytest.mark.parametrize(
    "text", ["Salaire : 8,50 € brut de l’heure.", "Payé 1 250 € net par mois.", "1 400 euros bruts mensuels."]
)
def test_pay_plainly_below_the_minimum_is_told(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Salaire : 12 € brut de l’heure.",
        "2 600 € brut par mois.",
        "1 250 € net par mois pour 24 h par semaine.",
        "Temps partiel, 900 € net par mois.",
        "Apprentissage : 1 100 € brut par mois.",
        "Prime de 5 € de l’heure le dimanche.",
        "De 13 à 15,5 €/heure.",
    ],
)
def test_pay_that_may_be_lawful_is_left_alone(text):
    assert not told(text)


def test_a_stage_is_paid_otherwise():
    assert not told("4,50 € de l’heure.", "Stage de comptabilité (H/F)")
