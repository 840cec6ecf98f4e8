"""Pages of long lists, cut before their lines are read: sorting thousands of rows needs few columns, a line many."""

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window

#: Lines of a list on one page.
PAGE = 40


class _Counted(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, count: int):
        super().__init__((), PAGE)
        self.__dict__["count"] = count


def page_of_keys(ordered: QuerySet, number: str | None) -> Page:
    """Return the page of primary keys that `number` asks for, the nearest one where there is none such.

    One query, which also counts; two more for a page beyond the last. The order must end with the primary key.
    """
    wanted = int(number) if number and number.isascii() and number.isdecimal() and len(number) < 8 else 1
    wanted = max(1, wanted)
    found = _cut(ordered, wanted)
    if not found and wanted > 1:
        wanted = _Counted(ordered.count()).num_pages
        found = _cut(ordered, wanted)
    count = found[0][1] if found else 0
    return Page([key for key, _ in found], wanted, _Counted(count))


def _cut(ordered: QuerySet, number: int) -> list[tuple[int, int]]:
    """Return (key, how many keys there are in all) for one page."""
    first = (number - 1) * PAGE
    return list(ordered.annotate(total=Window(Count("pk"))).values_list("pk", "total")[first : first + PAGE])
