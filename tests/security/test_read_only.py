"""The guard of reading pages, statement by statement; test_walks.py runs every page under PostgreSQL's own."""

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.http import HttpResponse
from django.test import RequestFactory

from vivier.accounts.models import User
from vivier.common.read_only import ReadOnlyGetMiddleware, WriteInReadView, writes


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "people_beneficiary" VALUES (1)',
        "  update people_beneficiary set kind = 'x'",
        "DELETE FROM people_beneficiary",
        "WITH x AS (INSERT INTO a VALUES (1) RETURNING 1) SELECT * FROM x",
        "SELECT 1 FROM a FOR UPDATE",
        "SELECT 1 FROM a FOR NO KEY UPDATE OF b",
        "SELECT 1 FROM a FOR SHARE",
        "/* comment */ DELETE FROM a",
        "TRUNCATE a",
        "SELECT nextval('a_id_seq')",
        "CALL something()",
        "DO $$ BEGIN END $$",
        "UPDATE \"accounts_user\" SET x = 'django_session'",
    ],
)
def test_what_writes(sql):
    assert writes(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "a"."updated_at" FROM "a" WHERE "a"."x" = \'DELETE FROM a\'',
        'SELECT "update" FROM "a"',
        'INSERT INTO "django_session" VALUES (1)',
        'UPDATE "django_session" SET x = 1',
        'DELETE FROM "django_session"',
        "SAVEPOINT s1",
        "WITH recent AS (SELECT 1) SELECT * FROM recent",
    ],
)
def test_what_reads(sql):
    assert not writes(sql)


def answer_to(method: str):
    """Run a page that counts the accounts and then writes one."""

    def view(request):
        User.objects.count()
        User.objects.create_user("nouvelle@exemple.test")
        return HttpResponse("fait")

    return ReadOnlyGetMiddleware(view)(RequestFactory().generic(method, "/"))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_writes_when_read_fails(method):
    with pytest.raises(WriteInReadView), transaction.atomic():
        answer_to(method)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_form_writes():
    assert answer_to("POST").content == b"fait"
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_transaction_of_the_walks_really_refuses():
    with pytest.raises(InternalError, match="read-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute("UPDATE accounts_user SET name = 'x'")
