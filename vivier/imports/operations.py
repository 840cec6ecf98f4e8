"""Writes of the room: keep a file, remember what she says of it, bring its people in once, forget its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import PurePath

from django.conf import settings
from django.db import connection, transaction

from vivier.common import audit, clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.imports.fields import IGNORED, REGISTRANTS, fields_of
from vivier.imports.grid import ALL_SHEETS
from vivier.imports.models import HeadingChoice, PeopleFile
from vivier.imports.permissions import require_import
from vivier.imports.understanding import Understanding, refusal_of, understand
from vivier.imports.writing import Written, write_mentors, write_registrants
from vivier.mentoring.models import Mentor
from vivier.mentoring.operations.locks import take_turn
from vivier.organisations.models import Organisation
from vivier.people.models import (
    Beneficiary,
    BeneficiaryIdentity,
    Guardian,
    Guardianship,
    Vetting,
    Volunteer,
    VolunteerIdentity,
)
from vivier.programmes.models import Enrolment, Programme
from vivier.workshops.models import Registration

#: From so many new people on, the tables are counted again at once.
_MANY = 500
_FILLED = (
    Beneficiary, BeneficiaryIdentity, Guardian, Guardianship, Enrolment, Registration, Volunteer, VolunteerIdentity,
    Vetting, Mentor,
)  # fmt: skip


class Stated(StrEnum):
    """What she states for the whole file, where the file itself is silent."""

    #: Nothing: people join the programme, dated sessions are kept as the file has them.
    NOTHING = "nothing"
    #: Registrants: they had a place on that day, and who came will be noted later.
    PLACES = "places"
    #: Registrants were present on that day; mentors were verified on that day.
    ATTESTED = "attested"


@dataclass(frozen=True)
class Statement:
    """What she states, and of which day; `on` is None for NOTHING only."""

    what: Stated = Stated.NOTHING
    on: date | None = None

    def check(self, kind: str) -> None:
        """Raise DomainError for a statement that cannot be."""
        if self.what is not Stated.NOTHING and self.on is None:
            raise DomainError("Dites de quel jour il s’agit.")
        if self.what is Stated.ATTESTED and self.on > clock.today():
            raise DomainError("Vous ne pouvez attester que ce qui a déjà eu lieu : vérifiez la date.")
        if self.what is Stated.PLACES and kind != REGISTRANTS:
            raise DomainError("Une marraine n’a pas de place à une séance.")


UNANSWERED = "Choisissez une réponse."


class Unanswered(DomainError):
    """The file is silent about something, and nobody was asked."""


def choices_of(controller_id: int, kind: str) -> dict[str, str]:
    """Return what a structure said of its headings: key → field."""
    rows = HeadingChoice.objects.filter(controller=controller_id, kind=kind)
    return dict(rows.values_list("heading", "field"))


def read_file(people_file: PeopleFile) -> Understanding:
    """Return what is understood of a file that was kept."""
    programme = people_file.programme
    return understand(
        people_file.content,
        kind=people_file.kind,
        programme=programme,
        choices=choices_of(programme.controller_id, people_file.kind),
        sheet=people_file.sheet,
    )


@operation
def store_file(*, by: Actor, programme: Programme, kind: str, name: str, content: bytes) -> PeopleFile:
    """Keep a file for its preview. Raises NotAllowed, or DomainError with why it holds nobody: nothing is kept then."""
    require_import(by, programme.controller_id)
    refusal = refusal_of(content, kind=kind, choices=choices_of(programme.controller_id, kind))
    if refusal:
        raise DomainError(refusal)
    return _keep(by, programme, kind, name, content)


@operation
def choose_headings(*, by: Actor, people_file: PeopleFile, choices: Mapping[str, str | None]) -> None:
    """Remember what columns hold: key → field, IGNORED, or None to forget. Raises NotAllowed, DomainError."""
    controller_id = people_file.programme.controller_id
    require_import(by, controller_id)
    allowed = {field.code for field in fields_of(people_file.kind)} | {IGNORED}
    known = choices_of(controller_id, people_file.kind)
    scope = HeadingChoice.objects.filter(controller=controller_id, kind=people_file.kind)
    scope.filter(heading__in=[key for key, said in choices.items() if said is None]).delete()
    for key, said in choices.items():
        if said is not None and known.get(key) != said:
            if said not in allowed:
                raise DomainError("Ce choix n’existe pas pour ce fichier.")
            HeadingChoice.objects.update_or_create(
                controller_id=controller_id, kind=people_file.kind, heading=key[:200], defaults={"field": said}
            )


@operation
def choose_sheet(*, by: Actor, people_file: PeopleFile, sheet: str) -> None:
    """Remember which sheet is read; ALL_SHEETS for all. Raises NotAllowed, DomainError."""
    require_import(by, people_file.programme.controller_id)
    people_file = _locked(people_file)
    understood = read_file(people_file)
    sheets = understood.grid.sheets if understood.grid else ()
    if sheet not in (*sheets, ALL_SHEETS):
        raise DomainError("Cette feuille n’est pas dans le fichier.")
    people_file.sheet = sheet
    people_file.save(update_fields=["sheet"])


@operation
def discard_file(*, by: Actor, people_file: PeopleFile) -> None:
    """Forget a file that was not imported. Raises NotAllowed, DomainError."""
    require_import(by, people_file.programme.controller_id)
    people_file = _locked(people_file)
    if people_file.imported_at:
        raise DomainError("Ce fichier est déjà importé : son contenu n’est plus gardé.")
    people_file.delete()


@operation
def forget_files(*, by: Actor) -> int:
    """Erase the files that were dropped and never imported in PEOPLE_FILES_KEPT_DAYS; return how many."""
    limit = clock.now() - timedelta(days=settings.PEOPLE_FILES_KEPT_DAYS)
    return PeopleFile.objects.filter(imported_at=None, uploaded_at__lte=limit).delete()[0]


@operation
def import_file(*, by: Actor, people_file: PeopleFile, statement: Statement | None) -> PeopleFile:
    """Bring the people of a kept file in, all or nobody; done twice, it does nothing more. Its bytes are erased.

    `statement` None: she was not asked. Raises Unanswered where the file leaves a question open, and DomainError.
    """
    require_import(by, people_file.programme.controller_id)
    people_file = _locked(people_file)
    if people_file.imported_at:
        return people_file
    _take_turns(people_file.programme)
    understood = read_file(people_file)
    if statement is None and understood.is_ready and understood.leaves_open:
        raise Unanswered(UNANSWERED)
    return _bring_in(by, people_file, understood, statement or Statement())


@operation
def import_now(
    *, by: Actor, programme: Programme, kind: str, name: str, content: bytes, sheet: str, statement: Statement
) -> PeopleFile:
    """Keep a file and bring its people in at once, for the command line. Raises NotAllowed, DomainError."""
    require_import(by, programme.controller_id)
    _take_turns(programme)
    people_file = _keep(by, programme, kind, name, content)
    people_file.sheet = sheet
    return _bring_in(by, people_file, read_file(people_file), statement)


def _bring_in(by: Actor, people_file: PeopleFile, understood: Understanding, statement: Statement) -> PeopleFile:
    statement.check(people_file.kind)
    _spare_triggers()
    if not understood.is_ready:
        raise DomainError(understood.refusal or "Ce fichier a des lignes à corriger : rien n’a été importé.")
    if people_file.kind == REGISTRANTS:
        visits = _stated_visits(statement)
        written = write_registrants(by, people_file.programme, people_file.name, understood, visits)
    else:
        on = statement.on if statement.what is Stated.ATTESTED else None
        written = write_mentors(by, people_file.programme, understood, on)
    _close(by, people_file, statement, written)
    return people_file


def _stated_visits(statement: Statement):
    """Return the function that adds to a visit what she stated: its day, and that she came."""

    def complete(visit):
        day = visit.day or statement.on
        came = visit.attended
        if came is None and statement.what is Stated.ATTESTED and day and day <= clock.today():
            came = True
        return type(visit)(visit.city, day, came if day else None)

    return complete


def _close(by: Actor, people_file: PeopleFile, statement: Statement, written: Written) -> None:
    people_file.content = b""
    people_file.imported_at, people_file.imported_by_id = clock.now(), by.user_id
    people_file.created_count = written.created
    people_file.updated_count = written.updated
    people_file.unchanged_count = written.unchanged
    people_file.attested_on = statement.on if statement.what is Stated.ATTESTED else None
    people_file.save()
    audit.record(
        by=by,
        action=f"imports.{people_file.kind}",
        controller_id=people_file.programme.controller_id,
        about=f"PeopleFile {people_file.pk}",
        count=written.created + written.updated + written.unchanged,
    )
    if written.created >= _MANY:
        transaction.on_commit(refresh_statistics)


def refresh_statistics() -> None:
    """Count the tables that an import filled: until then, PostgreSQL reads them as if they were still empty."""
    with connection.cursor() as cursor:
        for model in _FILLED:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _keep(by: Actor, programme: Programme, kind: str, name: str, content: bytes) -> PeopleFile:
    clean = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    return PeopleFile.objects.create(
        programme=programme,
        kind=kind,
        name=clean[-255:] or "fichier",
        content=content,
        uploaded_at=clock.now(),
        uploaded_by_id=by.user_id,
    )


def _locked(people_file: PeopleFile) -> PeopleFile:
    rows = PeopleFile.objects.select_for_update(of=("self",)).select_related("programme__controller")
    found = rows.filter(pk=people_file.pk).first()
    if found is None:
        raise DomainError("Ce fichier n’est plus là : déposez-le de nouveau.")
    return found


def _spare_triggers() -> None:
    """Let the history triggers of this transaction find their setting, empty, instead of failing to find it.

    Each row’s trigger asks whether it is switched off, and catches an error where the setting does not exist: that is
    nine tenths of the database’s time for ten thousand people.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def _take_turns(programme: Programme) -> None:
    """Make imports of one structure follow each other: two files that hold the same new person give one person.

    The locks are the weak ones: everything else goes on meanwhile.
    """
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.controller_id)
    take_turn(programme.pk)
