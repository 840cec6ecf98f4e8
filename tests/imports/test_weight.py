"""Thousands of people come in at once, and two imports at once make nobody twice."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.imports.builders import as_csv
from vivier.common.actors import SYSTEM
from vivier.imports import operations
from vivier.imports.fields import MENTORS, REGISTRANTS
from vivier.imports.operations import Statement
from vivier.imports.understanding import understand
from vivier.people.models import Beneficiary, Guardian

COUNT = 1_500


def surname(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "Val" + "".join(letters[number // 26**place % 26] for place in range(3))


def big_file(kind: str) -> bytes:
    if kind == MENTORS:
        rows = [["Nom", "Prénom", "Mail", "Métier", "Commune", "CP", "Nb filleules", "Disponibilités", "Vérifiée le"]]
        rows += [
            [surname(n), "Anne", f"m{n}@exemple.fr", "dev", "Valence", "26000", 2, "mercredi pm", "02/03/2026"]
            for n in range(COUNT)
        ]
        return as_csv(rows)
    rows = [
        ["Nom", "Prénom", "Date de naissance", "Classe", "Commune", "CP", "Ville de l'atelier", "Date de l'atelier",
         "Présence", "Mail élève", "Mail parent", "Disponibilités", "Ce qui l'intéresse", "QPV"],
        *([surname(n), "Lina", "12/03/2010", "2nde", "Valence", "26000", "Valence", "04/03/2026", "oui",
           f"e{n}@exemple.fr", f"p{n}@exemple.fr", "mercredi pm, samedi matin", "web, design", "oui"]
          for n in range(COUNT)),
    ]  # fmt: skip
    return as_csv(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [REGISTRANTS, MENTORS])
def test_thousands_come_in_with_few_queries_and_little_time(programme, kind):
    content = big_file(kind)
    with CaptureQueriesContext(connection) as reading:
        understood = understand(content, kind=kind, programme=programme, choices={})
    assert understood.planned.count("new") == COUNT
    assert len(reading) <= 10
    with CaptureQueriesContext(connection) as writing:
        operations.import_now(
            by=SYSTEM, programme=programme, kind=kind, name="x", content=content, sheet="", statement=Statement()
        )
    assert len(writing) < 120


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_make_nobody_twice(programme):
    rows = [["Nom", "Prénom", "Date de naissance", "Mail parent"]]
    rows += [[surname(n), "Lina", "12/03/2010", f"p{n}@exemple.fr"] for n in range(60)]
    contents = [as_csv(rows), as_csv([rows[0], *reversed(rows[1:])])]
    failures = []

    def bring(content: bytes) -> None:
        try:
            operations.import_now(
                by=SYSTEM, programme=programme, kind=REGISTRANTS, name="x", content=content, sheet="",
                statement=Statement(),
            )  # fmt: skip
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    together = [threading.Thread(target=bring, args=[content]) for content in contents]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert failures == []
    assert (Beneficiary.objects.count(), Guardian.objects.count()) == (60, 60)


@pytest.mark.django_db
def test_a_known_structure_is_compared_in_few_queries(programme):
    content = big_file(REGISTRANTS)
    for _ in range(2):
        operations.import_now(
            by=SYSTEM, programme=programme, kind=REGISTRANTS, name="x", content=content, sheet="",
            statement=Statement(),
        )  # fmt: skip
    operations.refresh_statistics()
    make.make_beneficiary(programme.controller)
    with CaptureQueriesContext(connection) as reading:
        understood = understand(content, kind=REGISTRANTS, programme=programme, choices={})
    assert understood.planned.count("unchanged") == COUNT
    assert len(reading) <= 12
