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
        communes = Commune.objects.filter(is_current=True, code=code).select_related("department", "parent")
        answers = [*_matching(query), *_matching_loosely(query)] if query else [communes]
        if chosen := communes.filter(_in_any(answers)).first():
            return Resolution(chosen)
    choices = search_communes(text, MOST_CHOICES)
    if query.postal:
        # With its own postal code, an arrondissement is meant rather than the whole city.
        whole = {choice.parent_id for choice in choices}
        choices = [choice for choice in choices if choice.pk not in whole]
    exact = [choice for choice in choices if choice.is_exact]
    settled = exact if len(exact) == 1 else choices
    if len(settled) == 1:
        return Resolution(Commune.objects.select_related("department", "parent").get(pk=settled[0].pk))
    return Resolution(choices=tuple(exact or choices))


def _in_any(found: list[QuerySet[Commune]]) -> Q:
    condition = Q()
    for communes in found:
        condition |= Q(pk__in=communes.values("pk"))
    return condition


def _starts_with(key: str, *also: str) -> Q:
    found = Q()
    for beginning in (*(article + key for article in _ARTICLES), *also):
        found |= Q(search__startswith=beginning)
    return found


def _matching(query: PlaceQuery) -> list[QuerySet[Commune]]:
    """Return the present communes whose name, old name or postal code begins as typed, in up to three querysets.

    Apart, each goes through its index of prefixes; joined by OR they would read the whole table.
    """
    communes = Commune.objects.filter(is_current=True)
    if query.postal:
        posted = PostalCode.objects.filter(code__startswith=query.postal)
        communes = communes.filter(pk__in=posted.values("commune_id"))
    if not query.key:
        return [communes]
    # "lyon 3" is an arrondissement as well as a commune of the department "3".
    whole = [communes.filter(_starts_with(query.whole))] if query.whole else []
    if query.department:
        communes = communes.filter(department__code=query.department)
    begins = _starts_with(query.key, *query.also)
    former = CommuneAlias.objects.filter(begins).values("commune_id")
    return [communes.filter(begins), communes.filter(pk__in=former), *whole]


def _matching_loosely(query: PlaceQuery) -> list[QuerySet[Commune]]:
    """Return the present communes that have the typed word inside their name, or the typed INSEE code."""
    communes = Commune.objects.filter(is_current=True)
    if not query.key:
        return [communes.filter(code=query.postal)]
    if len(query.key) < 4:
        return [communes.none()]
    found = communes.filter(search__contains=f" {query.key}")
    return [found.filter(department__code=query.department) if query.department else found]


def _choices(found: list[QuerySet[Commune]], query: PlaceQuery, limit: int) -> list[CommuneChoice]:
    exact = Q(search__in=[article + key for key in (query.key, query.whole) if key for article in _ARTICLES])
    rank = Case(When(exact, then=0), default=1, output_field=IntegerField()) if query.key else Value(1)
    order = ("rank", F("population").desc(nulls_last=True), "search", "pk")
    # The best of each queryset are enough: "sa" begins 4 000 names, of which only a few go further.
    first, *others = (communes.annotate(rank=rank).order_by(*order).values("pk")[:limit] for communes in found)
    postal_codes = PostalCode.objects.filter(commune=OuterRef("pk")).order_by("code", "pk").values("code")
    former = CommuneAlias.objects.filter(_starts_with(query.key, *query.also), commune=OuterRef("pk"))
    rows = (
        Commune.objects.filter(pk__in=first.union(*others, all=True) if others else first)
        .annotate(
            rank=rank,
            codes=ArraySubquery(postal_codes),
            former_name=Subquery(former.order_by("search", "pk").values("name")[:1]) if query.key else Value(""),
        )
        .order_by(*order)
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
    by_own_name = row.search.startswith((*(article + query.key for article in _ARTICLES), *query.also))
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
