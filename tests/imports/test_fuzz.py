"""Whatever is dropped, the page answers in French and nothing is written in part."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.depth import examples
from tests.imports.builders import as_csv, as_xlsx
from vivier.imports.fields import BY_CODE, MENTORS, REGISTRANTS
from vivier.imports.models import PeopleFile
from vivier.imports.preview import model_table
from vivier.people.models import Beneficiary, Volunteer

pytestmark = pytest.mark.django_db

fuzzed = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_printable = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=25)
_cells = st.one_of(
    st.none(), _printable, st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)),
    st.booleans(), st.sampled_from("oui x 12/03/2010 38000 Valence a@b.fr 0639981001 mercredi 2nde Combe".split()),
)  # fmt: skip
#: Made once: a workbook carries the moment of its making, and no two have the same bytes.
_WORKBOOK = as_xlsx([["Nom", "Prénom"], ["Combe", "Lina"]])
_kinds = st.sampled_from([REGISTRANTS, MENTORS])


def go_through(page, programme, kind: str, content: bytes) -> None:
    """Drop a file, read it, try to import it: each page answers, and people come in all together or not at all."""
    before = Beneficiary.objects.count(), Volunteer.objects.count()
    sent = {kind: SimpleUploadedFile("liste.xlsx", content)}
    response = page.post(reverse("imports:upload", args=[programme.slug]), sent)
    if response.status_code == 422:
        assert (Beneficiary.objects.count(), Volunteer.objects.count()) == before
        return
    assert response.status_code == 302
    shown = page.get(response.url)
    assert shown.status_code == 200
    understood, file = shown.context["understood"], PeopleFile.objects.latest("pk")
    answer = page.post(f"{response.url}importer/", {"what": "attested", "on": "2026-01-14"})
    assert answer.status_code == 302
    file.refresh_from_db()
    after = Beneficiary.objects.count(), Volunteer.objects.count()
    assert bool(file.imported_at) == understood.is_ready
    assert sum(after) - sum(before) == (understood.planned.count("new") if understood.is_ready else 0)
    assert page.get(response.url).status_code == 200


@fuzzed
@given(
    kind=_kinds, rows=st.lists(st.lists(_cells, min_size=1, max_size=19), min_size=1, max_size=5), as_text=st.booleans()
)
def test_no_cells_break_it(page, programme, kind, rows, as_text):
    headings = model_table(kind).headings
    table = [headings, *[row[: len(headings)] for row in rows]]
    go_through(page, programme, kind, as_csv(table) if as_text else as_xlsx(table))


@fuzzed
@given(kind=_kinds, rows=st.lists(st.lists(_cells, min_size=1, max_size=6), min_size=1, max_size=8))
def test_no_headings_break_it(page, programme, kind, rows):
    go_through(page, programme, kind, as_csv([["Nom", "Prénom"], *rows]))
    go_through(page, programme, kind, as_csv(rows))


@fuzzed
@given(
    kind=_kinds,
    content=st.binary(max_size=200),
    start=st.sampled_from(
        [b"", b"Nom;Pr\xe9nom\nCombe;Lina\n", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    ),
)
def test_no_bytes_break_it(page, programme, kind, content, start):
    go_through(page, programme, kind, start + content)


@fuzzed
@given(data=st.data())
def test_a_damaged_workbook_breaks_nothing(page, programme, data):
    content = bytearray(_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    go_through(page, programme, REGISTRANTS, bytes(content))


@fuzzed
@given(answers=st.dictionaries(_printable, st.one_of(_printable, st.sampled_from([*BY_CODE, "-", ""])), max_size=4))
def test_no_answer_breaks_the_forms(page, programme, answers):
    sent = {REGISTRANTS: SimpleUploadedFile("l.csv", as_csv([["Nom", "Prénom", "Truc"], ["Combe", "Lina", "x"]]))}
    address = page.post(reverse("imports:upload", args=[programme.slug]), sent).url
    columns = {f"colonne:{key}": said for key, said in answers.items()} | {
        "colonne:truc": next(iter(answers.values()), "")
    }
    assert page.post(f"{address}colonnes/", columns).status_code == 302
    assert page.post(f"{address}feuille/", {"sheet": next(iter(answers), "")}).status_code == 302
    for form in (answers, {"what": next(iter(answers), "")}, {"what": "attested", "on": next(iter(answers), "")}):
        assert page.post(f"{address}importer/", form).status_code in (302, 422)
    assert page.get(address).status_code == 200
