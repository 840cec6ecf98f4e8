"""Carry out a plan: people, places, verifications, by thousands. Called inside an operation, locks held."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.text import of
from vivier.imports.entries import GuardianEntry, Registrant, Visit
from vivier.imports.plans import MentorPlan, RegistrantPlan
from vivier.imports.understanding import Understanding
from vivier.mentoring.models import Mentor
from vivier.people.consent_rules import add_months
from vivier.people.models import (
    Beneficiary,
    BeneficiaryIdentity,
    Guardian,
    Guardianship,
    Vetting,
    Volunteer,
    VolunteerIdentity,
)
from vivier.people.operations import (
    cancel_own_links,
    create_beneficiaries,
    create_volunteers,
    follow_beneficiaries,
)
from vivier.people.operations.volunteers import VETTING_MONTHS
from vivier.people.records import NewBeneficiary, NewVolunteer
from vivier.people.vocabulary import QpvStatus, SchoolLevel
from vivier.programmes.models import Enrolment, Programme, Site
from vivier.programmes.operations import add_site
from vivier.programmes.vocabulary import Audience
from vivier.territories.models import Commune
from vivier.workshops.models import Session
from vivier.workshops.operations import create_session, register_many

#: A session that a file brings has a day and no hour: it is shown in the afternoon, and says so.
_STARTS, _ENDS = 14, 17
_BATCH = 1000
_KINDS = {
    Audience.LYCEENNES: Beneficiary.Kind.PUPIL,
    Audience.COLLEGIENNES: Beneficiary.Kind.PUPIL,
    Audience.PUPILS: Beneficiary.Kind.PUPIL,
    Audience.STUDENTS: Beneficiary.Kind.STUDENT,
    Audience.WOMEN: Beneficiary.Kind.OTHER,
    Audience.EVERYONE: Beneficiary.Kind.OTHER,
}


@dataclass(frozen=True)
class Written:
    """How many people were added, changed, and found as they were."""

    created: int
    updated: int
    unchanged: int


def write_registrants(
    by: Actor, programme: Programme, file_name: str, understood: Understanding, stated: Callable[[Visit], Visit]
) -> Written:
    """Write registrants. `stated` completes each visit with what the coordinator said of the whole file."""
    plans: Sequence[RegistrantPlan] = understood.planned.plans
    communes = _communes(plan.entry.commune for plan in plans)
    created = [plan for plan in plans if plan.row is None]
    known = [plan for plan in plans if plan.row is not None]
    visits = [plan.new_visits(map(stated, plan.entry.visits)) for plan in plans]
    updated = sum(bool(plan.changes or new) for plan, new in zip(plans, visits, strict=True) if plan.row)
    people = [_new_beneficiary(plan.entry, programme, communes) for plan in created]
    for plan, row in zip(
        created, create_beneficiaries(by=by, controller=programme.controller, people=people), strict=True
    ):
        plan.row = row
    _change_people(known, BeneficiaryIdentity, Beneficiary)
    # A new address closes what the old one opened, as on the page of a person.
    cancel_own_links(by=by, beneficiaries=[plan.row for plan in known if "email" in plan.identity])
    sites = _sites(by, programme, understood)
    _write_enrolments(by, programme, plans, sites)
    _write_guardians(programme, plans)
    # Before the places, which lock sessions: whoever locks both locks the person first.
    follow_beneficiaries(by=by, beneficiaries=[plan.row for plan in known if plan.moves_consents])
    _write_places(by, programme, file_name, plans, visits, sites)
    return Written(len(created), updated, len(known) - updated)


def write_mentors(by: Actor, programme: Programme, understood: Understanding, attested_on: date | None) -> Written:
    """Write mentors; `attested_on`: the day on which the coordinator attests that they were verified, or None."""
    plans: Sequence[MentorPlan] = understood.planned.plans
    communes = _communes(plan.entry.commune for plan in plans)
    created = [plan for plan in plans if plan.row is None]
    known = [plan for plan in plans if plan.row is not None]
    checks = [plan.new_vetting(attested_on) for plan in plans]
    updated = sum(bool(plan.changes or check) for plan, check in zip(plans, checks, strict=True) if plan.row)
    people = [_new_volunteer(plan.entry, communes) for plan in created]
    for plan, row in zip(
        created, create_volunteers(by=by, controller=programme.controller, people=people), strict=True
    ):
        plan.row = row
    _change_people(known, VolunteerIdentity, Volunteer)
    _write_mentors(by, programme, plans)
    _write_vettings(by, plans, checks)
    return Written(len(created), updated, len(known) - updated)


# --- People -------------------------------------------------------------------------------------------------------


def _communes(pks: Iterable[int | None]) -> dict[int, Commune]:
    return Commune.objects.in_bulk({pk for pk in pks if pk})


def _new_beneficiary(entry: Registrant, programme: Programme, communes: dict[int, Commune]) -> NewBeneficiary:
    return NewBeneficiary(
        first_name=entry.first_name,
        last_name=entry.last_name,
        birth_date=entry.birth_date,
        email=entry.email,
        phone=entry.phone,
        kind=entry.kind or _kind(entry.school_level, programme.audience),
        school_level=entry.school_level,
        school_name=entry.school_name,
        commune=communes.get(entry.commune),
        qpv=entry.qpv or QpvStatus.UNKNOWN,
        languages=entry.languages,
        interests=entry.interests,
    )


def _kind(level: str, audience: str) -> str:
    if level == SchoolLevel.HIGHER:
        return Beneficiary.Kind.STUDENT
    if level and level != SchoolLevel.NOT_AT_SCHOOL:
        return Beneficiary.Kind.PUPIL
    return _KINDS[audience]


def _new_volunteer(entry, communes: dict[int, Commune]) -> NewVolunteer:
    return NewVolunteer(
        first_name=entry.first_name,
        last_name=entry.last_name,
        email=entry.email,
        phone=entry.phone,
        occupation=entry.occupation,
        employer=entry.employer,
        commune=communes.get(entry.commune),
        languages=entry.languages,
        interests=entry.interests,
    )


def _change_people(plans: Sequence, identity_model: type, model: type) -> None:
    _change(identity_model, ((plan.row.identity, plan.identity) for plan in plans))
    _change(
        model,
        (
            (plan.row, {("commune_id" if name == "commune" else name): value for name, value in plan.details.items()})
            for plan in plans
        ),
    )


def _change(model: type, changes: Iterable[tuple]) -> None:
    """Set columns of rows and write them, those that change the same columns together."""
    groups: dict[tuple[str, ...], list] = defaultdict(list)
    for row, details in changes:
        for name, value in details.items():
            setattr(row, name, value)
        if details:
            groups[tuple(sorted(details))].append(row)
    for names, rows in sorted(groups.items()):
        columns = [name.removesuffix("_id") for name in names]
        model.objects.bulk_update(rows, columns, batch_size=_BATCH // len(columns))


# --- In the programme ---------------------------------------------------------------------------------------------


def _sites(by: Actor, programme: Programme, understood: Understanding) -> dict[int | None, Site | None]:
    """Return the programme's cities by commune, those that the file adds included."""
    communes = Commune.objects.in_bulk([place.pk for place in understood.added_cities])
    for place in understood.added_cities:
        add_site(by=by, programme=programme, commune=communes[place.pk])
    found: dict[int | None, Site | None] = {site.commune_id: site for site in programme.sites.select_related("commune")}
    return {None: None, **found}


def _write_enrolments(
    by: Actor, programme: Programme, plans: Sequence[RegistrantPlan], sites: dict[int | None, Site | None]
) -> None:
    now = clock.now()
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                programme=programme,
                beneficiary=plan.row,
                site=sites.get(plan.entry.city),
                slots=list(plan.entry.slots),
                created_at=now,
                created_by_id=by.user_id,
            )
            for plan in plans
            if plan.enrolment is None
        ],
        batch_size=_BATCH,
    )
    changes = []
    for plan in plans:
        details = dict(plan.enrolment_details)
        if "site" in details:
            details["site_id"] = sites[details.pop("site")].pk
        changes.append((plan.enrolment, details))
    _change(Enrolment, changes)


def _write_guardians(programme: Programme, plans: Sequence[RegistrantPlan]) -> None:
    """Link guardians; the same e-mail in one structure is one guardian, of all her children."""
    now = clock.now()
    by_email: dict[str, Guardian] = {}
    new: list[Guardian] = []
    links: list[tuple[Beneficiary, Guardian]] = []
    for plan in plans:
        for said, known in plan.guardians:
            row = known or by_email.get(said.email)
            if row is None:
                row = _new_guardian(programme, said)
                new.append(row)
                if said.email:
                    by_email[said.email] = row
            links.append((plan.row, row))
    Guardian.objects.bulk_create(new, batch_size=_BATCH)
    # A guardian whom two lines of the file name under one address is linked once to each child.
    unique = {(beneficiary.pk, guardian.pk): (beneficiary, guardian) for beneficiary, guardian in links}
    Guardianship.objects.bulk_create(
        [
            Guardianship(beneficiary=beneficiary, guardian=guardian, origin=Guardianship.Origin.FILE, created_at=now)
            for beneficiary, guardian in unique.values()
        ],
        batch_size=_BATCH,
    )
    _change(Guardian, (change for plan in plans for change in plan.guardian_details))


def _new_guardian(programme: Programme, said: GuardianEntry) -> Guardian:
    return Guardian(
        controller_id=programme.controller_id,
        first_name=said.first_name,
        last_name=said.last_name,
        email=said.email,
        phone=said.phone,
    )


def _write_places(
    by: Actor,
    programme: Programme,
    file_name: str,
    plans: Sequence[RegistrantPlan],
    visits: Sequence[Sequence[Visit]],
    sites: dict[int | None, Site | None],
) -> None:
    """Give places in the session of each city and day, made where the programme has none."""
    groups: dict[tuple[int | None, date], dict[bool | None, list[Beneficiary]]] = defaultdict(lambda: defaultdict(list))
    for plan, news in zip(plans, visits, strict=True):
        for visit in news:
            groups[visit.city, visit.day][visit.attended].append(plan.row)
    sessions = _sessions(programme)
    rank = {city: site.position if site else 0 for city, site in sites.items()}
    for (city, day), people in sorted(groups.items(), key=lambda group: (group[0][1], rank.get(group[0][0], 0))):
        site = sites.get(city)
        session = sessions.get((site.pk if site else None, day))
        if session is None:
            count = sum(map(len, people.values()))
            session = _new_session(by, programme, file_name, site, day, count)
        for attended in (True, False, None):
            if people.get(attended):
                register_many(by=by, session=session, beneficiaries=people[attended], attended=attended)


def _sessions(programme: Programme) -> dict[tuple[int | None, date], Session]:
    """Return the sessions that were not cancelled by city and day; the first created of one day."""
    found: dict[tuple[int | None, date], Session] = {}
    for session in programme.sessions.filter(state=Session.State.OPEN).order_by("-pk"):
        found[session.site_id, timezone.localtime(session.starts_at).date()] = session
    return found


def _new_session(by: Actor, programme: Programme, file_name: str, site: Site | None, day: date, count: int) -> Session:
    return create_session(
        by=by,
        programme=programme,
        site=site,
        title=f"Atelier {of(site.commune.name)}" if site else "Atelier",
        description=f"Séance reprise du fichier « {file_name[:80]} » : le lieu et l’heure n’y étaient pas.",
        starts_at=clock.at(day, _STARTS),
        ends_at=clock.at(day, _ENDS),
        capacity=count,
        is_public=False,
    )


def _write_mentors(by: Actor, programme: Programme, plans: Sequence[MentorPlan]) -> None:
    now = clock.now()
    Mentor.objects.bulk_create(
        [
            Mentor(
                programme=programme,
                volunteer=plan.row,
                capacity=1 if plan.entry.capacity is None else plan.entry.capacity,
                slots=list(plan.entry.slots),
                created_at=now,
                created_by_id=by.user_id,
            )
            for plan in plans
            if plan.mentor is None
        ],
        batch_size=_BATCH,
    )
    _change(Mentor, ((plan.mentor, plan.mentor_details) for plan in plans))


def _write_vettings(by: Actor, plans: Sequence[MentorPlan], checks: Sequence[date | None]) -> None:
    """Record verifications, each with its own day and end, on the basis of the file."""
    now = clock.now()
    Vetting.objects.bulk_create(
        [
            Vetting(
                volunteer=plan.row,
                outcome=Vetting.Outcome.OK,
                basis=Vetting.Basis.FILE,
                checked_on=day,
                expires_on=plan.entry.vetting_ends_on or add_months(day, VETTING_MONTHS),
                recorded_at=now,
                recorded_by_id=by.user_id,
            )
            for plan, day in zip(plans, checks, strict=True)
            if day
        ],
        batch_size=_BATCH,
    )
