"""Fictional rows for tests: one function per object, keyword arguments, nothing random."""

from datetime import date, timedelta
from itertools import count

from vivier.accounts.models import User
from vivier.common import clock
from vivier.mentoring.models import Mentor
from vivier.organisations.models import Membership, Organisation, Role
from vivier.organisations.queries import actor_for
from vivier.people.models import (
    Beneficiary,
    BeneficiaryIdentity,
    Consent,
    Guardian,
    Guardianship,
    Vetting,
    Volunteer,
    VolunteerIdentity,
)
from vivier.programmes.models import Enrolment, Programme, Site
from vivier.territories.models import Commune, Department, Region
from vivier.workshops.models import Registration, Session

_next = count(1)

#: name → (INSEE code, department, latitude, longitude, density): true facts, so that distances are true.
COMMUNES = {
    "Grenoble": ("38185", "38", 45.1842, 5.7155, "large_centre"),
    "Valence": ("26362", "26", 44.9229, 4.9143, "intermediate_centre"),
    "Romans-sur-Isère": ("26281", "26", 45.0558, 5.0400, "intermediate_centre"),
    "Lyon": ("69123", "69", 45.7580, 4.8351, "large_centre"),
    "Saint-Étienne": ("42218", "42", 45.4301, 4.3791, "large_centre"),
    "Clermont-Ferrand": ("63113", "63", 45.7856, 3.1155, "large_centre"),
    "Châteaudouble": ("26081", "26", 44.8961, 5.0939, "scattered"),
}
_DEPARTMENTS = {"26": "Drôme", "38": "Isère", "42": "Loire", "63": "Puy-de-Dôme", "69": "Rhône"}


def make_commune(name: str = "Valence") -> Commune:
    """Return one of COMMUNES, with its department and region."""
    code, department, latitude, longitude, density = COMMUNES[name]
    if kept := Commune.objects.filter(code=code).first():
        return kept
    region, _ = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    parent, _ = Department.objects.get_or_create(
        code=department, defaults={"name": _DEPARTMENTS[department], "region": region}
    )
    return Commune.objects.create(
        code=code,
        name=name,
        department=parent,
        latitude=latitude,
        longitude=longitude,
        density_class=density,
        population=10_000,
    )


def make_user(email: str = "", name: str = "") -> User:
    """Return a user who signs in by code."""
    n = next(_next)
    return User.objects.create_user(email or f"personne{n}@exemple.test", name=name or f"Personne {n}")


def make_organisation(name: str = "Association des Ruisseaux", **extra) -> Organisation:
    """Return an association."""
    n = next(_next)
    return Organisation.objects.create(
        name=name, slug=f"structure-{n}", kind=extra.pop("kind", Organisation.Kind.ASSOCIATION), **extra
    )


def make_member(organisation: Organisation, role: str = Role.COORDINATOR, user: User | None = None) -> User:
    """Return a user with a role in a structure."""
    user = user or make_user()
    Membership.objects.create(user=user, organisation=organisation, role=role, granted_at=clock.now())
    return user


def make_coordinator(organisation: Organisation | None = None) -> User:
    """Return a coordinator; `actor_of(user)` gives her Actor."""
    return make_member(organisation or make_organisation())


def actor_of(user: User):
    """Return the Actor behind a user."""
    return actor_for(user)


def make_programme(
    controller: Organisation | None = None, cities: tuple[str, ...] = ("Valence",), **extra
) -> Programme:
    """Return a programme with one site per city."""
    n = next(_next)
    programme = Programme.objects.create(
        controller=controller or make_organisation(),
        name=extra.pop("name", f"Programme {n}"),
        slug=extra.pop("slug", f"programme-{n}"),
        created_at=clock.now(),
        **extra,
    )
    for position, city in enumerate(cities, start=1):
        Site.objects.create(programme=programme, commune=make_commune(city), position=position)
    return programme


def make_beneficiary(controller: Organisation, first_name: str = "", last_name: str = "", **extra) -> Beneficiary:
    """Return a pupil of 16 with an identity; identity fields and beneficiary fields may be given."""
    n = next(_next)
    identity = {key: extra.pop(key) for key in ("birth_date", "email", "phone") if key in extra}
    identity.setdefault("birth_date", clock.today() - timedelta(days=16 * 366))
    beneficiary = Beneficiary.objects.create(
        controller=controller, created_at=clock.now(), commune=extra.pop("commune", None) or make_commune(), **extra
    )
    BeneficiaryIdentity.objects.create(
        beneficiary=beneficiary, first_name=first_name or f"Inès{n}", last_name=last_name or f"Rivière{n}", **identity
    )
    return beneficiary


def make_guardian(beneficiary: Beneficiary, user: User | None = None, **extra) -> Guardian:
    """Return a guardian of a beneficiary."""
    guardian = Guardian.objects.create(
        controller=beneficiary.controller,
        user=user,
        first_name=extra.pop("first_name", "Nadia"),
        last_name=extra.pop("last_name", "Rivière"),
        email=extra.pop("email", f"parent{next(_next)}@exemple.test"),
        **extra,
    )
    Guardianship.objects.create(beneficiary=beneficiary, guardian=guardian)
    return guardian


def make_consent(beneficiary: Beneficiary, purpose: str, answer: str, guardian: Guardian | None = None) -> Consent:
    """Return an answer given now by a guardian, or by the person herself without one."""
    return Consent.objects.create(
        beneficiary=beneficiary,
        purpose=purpose,
        guardian=guardian,
        answer=answer,
        channel="link",
        wording="essai.1",
        answered_at=clock.now(),
    )


def make_enrolment(programme: Programme, beneficiary: Beneficiary | None = None, **extra) -> Enrolment:
    """Return a beneficiary's part in a programme, at its first site."""
    return Enrolment.objects.create(
        programme=programme,
        beneficiary=beneficiary or make_beneficiary(programme.controller),
        site=extra.pop("site", None) or programme.sites.order_by("position").first(),
        created_at=clock.now(),
        **extra,
    )


def make_session(programme: Programme, days: int = 7, **extra) -> Session:
    """Return a session of two hours that starts `days` from today at 14:00."""
    start = clock.at(clock.today() + timedelta(days=days), 14)
    return Session.objects.create(
        programme=programme,
        site=extra.pop("site", None) or programme.sites.order_by("position").first(),
        title=extra.pop("title", "Atelier découverte"),
        place=extra.pop("place", "Maison des associations, 1 rue du Test"),
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        capacity=extra.pop("capacity", 20),
        created_at=clock.now(),
        **extra,
    )


def make_registration(
    session: Session, beneficiary: Beneficiary | None = None, *, attended: bool | None = None, **extra
):
    """Return a confirmed place, and the enrolment that goes with it."""
    beneficiary = beneficiary or make_beneficiary(session.programme.controller)
    Enrolment.objects.get_or_create(
        programme=session.programme, beneficiary=beneficiary, defaults={"site": session.site, "created_at": clock.now()}
    )
    return Registration.objects.create(
        session=session,
        beneficiary=beneficiary,
        state=extra.pop("state", Registration.State.CONFIRMED),
        source=extra.pop("source", Registration.Source.STAFF),
        registered_at=clock.now(),
        attended=attended,
        attendance_at=None if attended is None else clock.now(),
        **extra,
    )


def make_volunteer(controller: Organisation, *, vetted: bool = True, user: User | None = None, **extra) -> Volunteer:
    """Return a volunteer with an identity and, unless told otherwise, a verification in force."""
    n = next(_next)
    first_name, last_name = extra.pop("first_name", f"Claire{n}"), extra.pop("last_name", f"Fontaine{n}")
    volunteer = Volunteer.objects.create(
        controller=controller,
        user=user,
        occupation=extra.pop("occupation", "développeuse web"),
        commune=extra.pop("commune", None) or make_commune(),
        created_at=clock.now(),
        **extra,
    )
    VolunteerIdentity.objects.create(
        volunteer=volunteer, first_name=first_name, last_name=last_name, email=f"marraine{n}@exemple.test"
    )
    if vetted:
        make_vetting(volunteer)
    return volunteer


def make_vetting(volunteer: Volunteer, *, ok: bool = True) -> Vetting:
    """Return a verification of today: it says yes for a year, or no."""
    today: date = clock.today()
    return Vetting.objects.create(
        volunteer=volunteer,
        outcome=Vetting.Outcome.OK if ok else Vetting.Outcome.NOT_OK,
        basis=Vetting.Basis.INDIVIDUAL,
        checked_on=today,
        expires_on=today + timedelta(days=365),
        recorded_at=clock.now(),
    )


def make_mentor(programme: Programme, volunteer: Volunteer | None = None, *, capacity: int = 1, **extra) -> Mentor:
    """Return a marraine of a programme."""
    volunteer = volunteer or make_volunteer(programme.controller)
    return Mentor.objects.create(
        programme=programme, volunteer=volunteer, capacity=capacity, created_at=clock.now(), **extra
    )
