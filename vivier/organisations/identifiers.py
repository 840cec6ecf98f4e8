"""The check digits of French registers: a mistyped SIRET or UAI is caught before it is stored."""

import re

#: La Poste's establishments are numbered under one SIREN and do not follow Luhn's rule (INSEE).
_LA_POSTE = "356000000"
#: The key of a UAI: the remainder by 23 of its seven digits, in an alphabet without i, o and q.
_UAI_KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def siret_is_valid(siret: str) -> bool:
    """Tell whether fourteen digits make a SIRET: Luhn's key, or for La Poste a sum of digits that five divides."""
    if not re.fullmatch(r"[0-9]{14}", siret):
        return False
    digits = [int(digit) for digit in siret]
    if siret.startswith(_LA_POSTE) and sum(digits) % 5 == 0:
        return True
    # Fourteen digits: Luhn doubles those of even rank from the right, so the first, third, …
    doubled = (sum(divmod(2 * digit, 10)) if rank % 2 == 0 else digit for rank, digit in enumerate(digits))
    return sum(doubled) % 10 == 0


def uai_is_valid(uai: str) -> bool:
    """Tell whether seven digits and an upper-case letter make the number of a school (UAI)."""
    return bool(re.fullmatch(r"[0-9]{7}[A-Z]", uai)) and _UAI_KEYS[int(uai[:7]) % 23] == uai[7]
