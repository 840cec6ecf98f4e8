"""Reads on communes: what somebody types, and the communes it may mean."""

import re
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from vivier.territories.models import Commune, CommuneAlias, PostalCode
from vivier.territories.text import PlaceQuery, read_query, search_key

#: People leave out the article: "Tronche" means "La Tronche".
_ARTICLES = ("", "l ", "la ", "le ", "les ")
_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
#: How many communes are offered when what was typed does not settle on one.
MOST_CHOICES = 20


@dataclass(frozen=True)
class CommuneChoice:
    """A commune as it is offered to somebody who types. `former_name`: the old name that she typed, or ""."""

    pk: int
    code: str
    name: str
    department_code: str
    department_name: str
    postal_codes: tuple[str, ...]
    population: int | None
    former_name: str
    parent_id: int | None
    is_exact: bool

    @property
    def label(self) -> str:
        """Return the text that finds this commune again: its name, and its postal code or its department's."""
        return commune_label(self.name, self.postal_codes, self.department_code)


@dataclass(frozen=True)
class Resolution:
    """What a typed text means: one commune, or the communes among which to choose (none: unknown)."""

    commune: Commune | None = None
    choices: tuple[CommuneChoice, ...] = ()


def commune_label(name: str, postal_codes: tuple[str, ...], department_code: str) -> str:
    """Return "Valence (26000)", or "Lyon (69)" for a commune that has several postal codes, or none."""
    return f"{name} ({postal_codes[0] if len(postal_codes) == 1 else department_code})"


def label_of(commune: Commune) -> str:
    """Return the label of one commune, as a form shows it again."""
    codes = tuple(commune.postal_codes.order_by("code", "pk").values_list("code", flat=True)[:2])
    return commune_label(commune.name, codes, commune.department.code)


def search_communes(text: str, limit: int = 8) -> list[CommuneChoice]:
    """Return the communes that a beginning of name, of old name or of postal code may mean, most populated first.

    A commune whose whole name was typed is among them whatever its size. At most two database queries.
    """
    query = read_query(text)
    if not query:
        return []
    found = _choices(_matching(query), query, limit)
    return found or _choices(_matching_loosely(query), query, limit)


def resolve_commune(text: str, code: str = "") -> Resolution:
    """Return the commune that a text means, helped by the INSEE code that was chosen in the list, if any.

    A chosen code that no longer answers the text (she typed something else since) is left aside.
    """
    query = read_query(text)
    if _CODE.fullmatch(code):
        candidates = Commune.objects.filter(is_current=True, code=code)
        chosen = (_matching(query) | _matching_loosely(query) if query else candidates).filter(code=code).first()
        if chosen:
            return Resolution(chosen)
    choices = search_communes(text, MOST_CHOICES)
    if query.postal:
        # With its own postal code, an arrondissement is meant rather than the whole city.
        whole = {choice.parent_id for choice in choices}
        choices = [choice for choice in choices if choice.pk not in whole]
    exact = [choice for choice in choices if choice.is_exact]
    settled = exact if len(exact) == 1 else choices
    if len(settled) == 1:
        return Resolution(Commune.objects.get(pk=settled[0].pk))
    return Resolution(choices=tuple(exact or choices))


def _starts_with(*keys: str) -> Q:
    found = Q()
    for key in filter(None, keys):
        for article in _ARTICLES:
            found |= Q(search__startswith=article + key)
    return found


def _named(condition: Q) -> Q:
    """Return the condition that a commune, or a former name of it, answers `condition`."""
    own = Commune.objects.filter(condition).values("pk")
    former = CommuneAlias.objects.filter(condition).values("commune_id")
    return Q(pk__in=own.union(former, all=True))


def _posted(postal: str) -> Q:
    return Q(pk__in=PostalCode.objects.filter(code__startswith=postal).values("commune_id"))


def _matching(query: PlaceQuery) -> QuerySet[Commune]:
    """Return the present communes whose name, old name or postal code begins as typed."""
    communes = Commune.objects.filter(is_current=True)
    if not query.key:
        return communes.filter(_posted(query.postal))
    named = _named(_starts_with(query.key))
    if query.department:
        named &= Q(department__code=query.department)
    if query.whole:
        # "lyon 3" is an arrondissement as well as a commune of the department "3".
        named |= _named(_starts_with(query.whole))
    if query.postal:
        named &= _posted(query.postal)
    return communes.filter(named)


def _matching_loosely(query: PlaceQuery) -> QuerySet[Commune]:
    """Return the present communes that have the typed word inside their name, or the typed INSEE code."""
    communes = Commune.objects.filter(is_current=True)
    if not query.key:
        return communes.filter(code=query.postal)
    if len(query.key) < 4:
        return communes.none()
    found = communes.filter(search__contains=f" {query.key}")
    return found.filter(department__code=query.department) if query.department else found


def _choices(communes: QuerySet[Commune], query: PlaceQuery, limit: int) -> list[CommuneChoice]:
    postal_codes = PostalCode.objects.filter(commune=OuterRef("pk")).order_by("code", "pk").values("code")
    aliases = CommuneAlias.objects.filter(_starts_with(query.key), commune=OuterRef("pk")) if query.key else None
    exact = Q(search__in=[article + key for key in (query.key, query.whole) if key for article in _ARTICLES])
    rows = (
        communes.annotate(
            rank=Case(When(exact, then=0), default=1, output_field=IntegerField()) if query.key else Value(1),
            codes=ArraySubquery(postal_codes),
            former_name=Subquery(aliases.order_by("search", "pk").values("name")[:1]) if query.key else Value(""),
        )
        .order_by("rank", F("population").desc(nulls_last=True), "search", "pk")
        .values_list(
            "pk",
            "code",
            "name",
            "department__code",
            "department__name",
            "codes",
            "population",
            "former_name",
            "parent_id",
            "rank",
            "search",
            named=True,
        )[:limit]
    )
    choices = [_choice(row, query) for row in rows]
    return sorted(choices, key=lambda choice: -(choice.population or 0))


def _choice(row, query: PlaceQuery) -> CommuneChoice:
    by_own_name = any(row.search.startswith(article + query.key) for article in _ARTICLES)
    former = "" if by_own_name else row.former_name or ""
    return CommuneChoice(
        pk=row.pk,
        code=row.code,
        name=row.name,
        department_code=row.department__code,
        department_name=row.department__name,
        postal_codes=tuple(row.codes),
        population=row.population,
        former_name=former,
        parent_id=row.parent_id,
        is_exact=row.rank == 0 or bool(query.key and former and search_key(former) == query.key),
    )
