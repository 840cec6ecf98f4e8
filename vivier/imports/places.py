"""Which commune a line means: its name, its postal code, its INSEE code. Few queries for a file of any length."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from vivier.common.text import listed
from vivier.territories.models import Commune, CommuneAlias, PostalCode
from vivier.territories.text import read_query, search_key

_ARTICLES = ("", "l ", "la ", "le ", "les ")
#: With fewer communes than this, the referential of the country was not imported: a name may be unknown by our fault.
_WHOLE_COUNTRY = 30_000
_MOST_NAMED = 6
#: "Lyon 3ème arrondissement" is said of "Lyon 3e Arrondissement".
_ORDINAL = re.compile(r"\b(\d{1,2})\s?(?:er|e|[eè]me|i[eè]me)\b(?:\s+arr\w*\.?)?", re.I)


@dataclass(frozen=True, slots=True)
class PlaceText:
    """What a line says of a place, as read from its cells; "" where it says nothing."""

    name: str = ""
    postal: str = ""
    insee: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.postal or self.insee)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the referential. `point`: degrees, or None."""

    pk: int
    code: str
    name: str
    key: str
    department: str
    parent: int | None
    postal_codes: frozenset[str]
    point: tuple[float, float] | None

    @property
    def label(self) -> str:
        codes = sorted(self.postal_codes)
        return f"{self.name} ({codes[0] if len(codes) == 1 else self.department})"


@dataclass(frozen=True, slots=True)
class Found:
    """What was understood: a commune or None, with an error (`wrong`, `instead`) or a notice (`wrong` alone)."""

    place: Place | None = None
    is_error: bool = False
    code: str = ""
    wrong: str = ""
    instead: str = ""


@dataclass
class PlaceIndex:
    """The communes that a file may mean.

    `own` and `near`: the codes of the programme's cities and of their departments, which settle homonyms.
    """

    places: dict[int, Place]
    aliases: dict[str, set[int]]
    former: dict[str, int] = field(default_factory=dict)
    near: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    is_whole_country: bool = False
    _cache: dict[PlaceText, Found] = field(default_factory=dict)

    @cached_property
    def _by_key(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for pk, place in self.places.items():
            found.setdefault(place.key, set()).add(pk)
        for key, pks in self.aliases.items():
            found.setdefault(key, set()).update(pks & self.places.keys())
        return found

    @cached_property
    def _by_postal(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {}
        for pk, place in self.places.items():
            for code in place.postal_codes:
                found.setdefault(code, set()).add(pk)
        return found

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places.values()}

    def find(self, text: PlaceText) -> Found:
        """Return the commune that a line means. Pure, remembered."""
        if text not in self._cache:
            self._cache[text] = self._find(text)
        return self._cache[text]

    def _find(self, text: PlaceText) -> Found:
        if place := self._by_code.get(text.insee) or self.places.get(self.former.get(text.insee, 0)):
            return Found(place)
        query = read_query(_ORDINAL.sub(r"\1", text.name))
        postal = text.postal or (query.postal if len(query.postal) == 5 else "")
        if not query.key:
            return self._by_postal_alone(text, postal)
        named = self._named(query.key, query.whole) or self._beginning_with(query.key)
        if query.department and (here := {pk for pk in named if self.places[pk].department == query.department}):
            named = here
        if not named:
            return self._unknown_name(text, query.key, postal)
        return self._among(text, query.key, named, postal)

    def _named(self, *keys: str) -> set[int]:
        return {pk for key in keys if key for article in _ARTICLES for pk in self._by_key.get(article + key, ())}

    def _beginning_with(self, key: str) -> set[int]:
        """Return the communes of which people say the beginning only: "Romans", "Lyon 3e"."""
        starts = (f"{key} ", f"{key}e ", f"{key}er ") if key[-1:].isdigit() else (f"{key} ",)
        return {pk for known, pks in self._by_key.items() if known.startswith(starts) for pk in pks}

    def _among(self, text: PlaceText, key: str, named: set[int], postal: str) -> Found:
        posted = self._by_postal.get(postal, set())
        if postal and not named & posted:
            # "Lyon" with the postal code of its 8th arrondissement, "Romans" with that of Romans-sur-Isère.
            longer = {pk for pk in posted if self.places[pk].parent in named} or (self._beginning_with(key) & posted)
            named = longer or {pk for pk in named if self._is_in_department(pk, postal)} or named
        elif postal:
            named = named & posted
        around = {pk for pk in named | self._beginning_with(key) if self.places[pk].department in self.near}
        if not postal and len(around) == 1 and not (len(named) == 1 and named <= around):
            # Homonyms, or a whole name far away where people here say the beginning of theirs.
            place = self.places[around.pop()]
            if place.code in self.own:
                return Found(place)
            return Found(
                place, code="place_near", wrong=f"« {text.name} » : {place.label} est retenue, près de vos villes"
            )
        if len(named) == 1:
            return self._one(self.places[next(iter(named))], postal, posted)
        return self._ambiguous(text.name, named)

    def _one(self, place: Place, postal: str, posted: Collection[int]) -> Found:
        parts = [pk for pk in posted if self.places[pk].parent == place.pk]
        if len(parts) == 1:
            return Found(self.places[parts[0]])
        if postal and place.postal_codes and postal not in place.postal_codes:
            wrong = f"le code postal {postal} n’est pas celui de {place.name}, retenue"
            return Found(place, code="postal_differs", wrong=wrong)
        return Found(place)

    def _is_in_department(self, pk: int, postal: str) -> bool:
        return postal.startswith(self.places[pk].department[:2])

    def _by_postal_alone(self, text: PlaceText, postal: str) -> Found:
        posted = self._by_postal.get(postal, set())
        parents = {self.places[pk].parent for pk in posted}
        posted = posted - parents
        if len(posted) == 1:
            return Found(self.places[posted.pop()])
        if posted:
            return self._ambiguous(f"{postal} {text.name}".strip(), posted)
        said = postal or text.insee or text.name
        if not said or not self.is_whole_country:
            return (
                Found(code="place_unknown", wrong=f"« {said} » : commune inconnue ici, laissée vide")
                if said
                else Found()
            )
        return Found(
            is_error=True, code="place_unknown", wrong=f"aucune commune pour « {said} »", instead="écrivez son nom"
        )

    def _unknown_name(self, text: PlaceText, key: str, postal: str) -> Found:
        posted = self._by_postal.get(postal, set())
        alike = {
            pk for pk in posted if set(key.split()) & (set(self.places[pk].key.split()) - {"st", "ste", "le", "la"})
        }
        candidates = alike if len(alike) == 1 else posted
        candidates = candidates - {self.places[pk].parent for pk in candidates}
        if len(candidates) == 1:
            place = self.places[candidates.pop()]
            return Found(
                place, code="place_by_postal", wrong=f"« {text.name} » est lu {place.label}, d’après le code postal"
            )
        if candidates:
            return self._ambiguous(f"{postal} {text.name}", candidates)
        close = get_close_matches(key, self._by_key, n=1, cutoff=0.84)
        if close:
            names = sorted({self.places[pk].label for pk in self._by_key[close[0]]})
            instead = f"vouliez-vous {listed(names[:_MOST_NAMED]).replace(' et ', ' ou ')} ?"
            return Found(
                is_error=True, code="place_unknown", wrong=f"« {text.name} » n’est pas une commune", instead=instead
            )
        if not self.is_whole_country:
            return Found(code="place_unknown", wrong=f"« {text.name} » : commune inconnue ici, laissée vide")
        return Found(
            is_error=True,
            code="place_unknown",
            wrong=f"« {text.name} » n’est pas une commune",
            instead="vérifiez son nom ou ajoutez son code postal",
        )

    def _ambiguous(self, said: str, candidates: Collection[int]) -> Found:
        names = sorted(self.places[pk].label for pk in candidates)
        more = "…" if len(names) > _MOST_NAMED else ""
        return Found(
            is_error=True,
            code="place_ambiguous",
            wrong=f"« {said} » peut être {listed(names[:_MOST_NAMED]).replace(' et ', ' ou ')}{more}",
            instead="écrivez le nom de la commune et son code postal",
        )


def place_index(texts: Iterable[PlaceText], near: Iterable[str] = (), own: Iterable[str] = ()) -> PlaceIndex:
    """Return the communes that these texts may mean, and those of the departments `near`; three queries in all."""
    keys, postals, codes = _wanted(texts)
    near = frozenset(near)
    is_whole = Commune.objects.count() > _WHOLE_COUNTRY
    aliases: dict[str, set[int]] = {}
    former: dict[str, int] = {}
    old_names = CommuneAlias.objects.filter(Q(search__in=keys) | Q(code__in=codes)).order_by("pk")
    for key, code, commune in old_names.values_list("search", "code", "commune_id"):
        aliases.setdefault(key, set()).add(commune)
        if code:
            former.setdefault(code, commune)
    posted = PostalCode.objects.filter(code__in=postals).values("commune_id")
    meant = Q(search__in=keys) | Q(code__in=codes) | Q(pk__in=posted) | Q(department__code__in=near)
    meant |= Q(pk__in={pk for pks in aliases.values() for pk in pks})
    # All communes where there are few, so that a slip of the pen finds its neighbour.
    return PlaceIndex(_places(meant if is_whole else Q()), aliases, former, near, frozenset(own), is_whole)


def _wanted(texts: Iterable[PlaceText]) -> tuple[set[str], set[str], set[str]]:
    keys, postals, codes = set(), set(), set()
    for text in texts:
        query = read_query(_ORDINAL.sub(r"\1", text.name))
        for key in (query.key, query.whole):
            keys |= {article + key for article in _ARTICLES if key}
        postals |= {code for code in (text.postal, query.postal) if len(code) == 5}
        codes |= {code for code in (text.insee,) if code}
    return keys, postals, codes


def _places(meant: Q) -> dict[int, Place]:
    codes = PostalCode.objects.filter(commune=OuterRef("pk")).values("code")
    rows = Commune.objects.filter(meant, is_current=True).annotate(codes=ArraySubquery(codes))
    return {
        pk: Place(
            pk, code, name, key, department, parent, frozenset(postal_codes),
            (latitude, longitude) if latitude is not None else (up, right) if up is not None else None,
        )
        for pk, code, name, key, department, parent, latitude, longitude, up, right, postal_codes in rows.values_list(
            "pk", "code", "name", "search", "department__code", "parent_id", "latitude", "longitude",
            "parent__latitude", "parent__longitude", "codes",
        )
    }  # fmt: skip


def normal_key(name: str) -> str:
    """Return the form in which names of cities are compared."""
    return search_key(name)
