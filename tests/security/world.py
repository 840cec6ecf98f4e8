"""Two associations with everything in them: what one has must not show at the other.

Names of the first are words that no page contains by chance; SECRETS lists them.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import unquote

from django.test import Client

from tests import factories
from vivier.accounts.models import User
from vivier.common import clock
from vivier.common.actors import SYSTEM
from vivier.demo import files as demo_files
from vivier.imports import operations as imports
from vivier.mentoring import operations as mentoring
from vivier.mentoring.links import recipients
from vivier.organisations.models import Organisation, Role
from vivier.people import links
from vivier.people.models import GuardianClaim
from vivier.programmes.models import Enrolment, Plan, Programme
from vivier.programmes.operations import update_programme
from vivier.steering import operations as steering
from vivier.steering import partial_dates
from vivier.steering.links import answer_token, join_token
from vivier.workshops.links import calendar_token, mediator_address, token_of

SECRETS = (
    "Zéphirine", "Quintefeuille", "Aldegonde", "Vermandois", "Hildegonde", "Brocéliande", "Eulalie", "Montsouris",
    "zephirine@", "aldegonde@", "hildegonde@", "Ferblanterie", "Vidamme", "Tournesac", "visio-secrete",
    "06 39 98 12 34",
)  # fmt: skip


#: A file that waits to be read again: one line is right, one is not.
FILE = """Prénom;Nom;Date de naissance;Ville
Amarante;Tournesac;12/03/2010;Valence
Isaure;Tournesac;31/02/2010;Valence
"""
#: Besides the roles of the matrix: people who hold several things at once, none of them the objects asked for.
STRANGERS = ("near_person", "near_staff", "far_person", "far_administrator")


@dataclass
class World:
    """The first association's objects as attributes, the people of both by role."""

    people: dict[str, User | None]
    objects: SimpleNamespace
    clients: dict[str, Client] = field(default_factory=dict)

    def __getattr__(self, name):
        if name.startswith("__") or name == "objects":
            raise AttributeError(name)
        return getattr(self.objects, name)

    def client(self, role: str) -> Client:
        """Return a browser in which somebody of that role is signed in, and which remembers nothing else."""
        user = self.people[role]
        client = self.clients.setdefault(role, Client())
        if user is not None and "_auth_user_id" not in client.session:
            client.force_login(user)
        kept = client.cookies.get("sessionid")
        client.cookies.clear()
        if user is not None:
            client.cookies["sessionid"] = kept.value
        return client


def make_world() -> World:
    """Build both associations."""
    here = factories.make_organisation(
        "Association des Ruisseaux", email="ici@exemple.test", commune=factories.make_commune("Valence")
    )
    there = factories.make_organisation("Les Deux Rives")
    objects, people = _first(here)
    objects.there, others = _second(there)
    update_programme(
        by=factories.actor_of(others["other_coordinator"]),
        programme=objects.there.programme,
        axis=objects.charter.plan.axes.get(),
    )
    return World(people={"visitor": None} | people | others | _strangers_here(here), objects=objects)


def _first(here: Organisation) -> tuple[SimpleNamespace, dict[str, User]]:
    users = {role: factories.make_user(f"{role}@ici.test", "") for role in ("beneficiary", "guardian", "mentor")}
    users["coordinator"] = factories.make_coordinator(here)
    users["administrator"] = factories.make_member(here, Role.ADMINISTRATOR)
    programme = factories.make_programme(here, ("Valence",), name="Passerelles", slug="passerelles")
    session = factories.make_session(
        programme, title="Atelier fibre", online_url="https://visio-secrete.test/salon", host="Mélusine Vidamme"
    )
    past = factories.make_session(programme, days=-7, title="Atelier passé")
    beneficiary = factories.make_beneficiary(
        here,
        "Zéphirine",
        "Quintefeuille",
        email="zephirine@exemple.test",
        phone="06 39 98 12 34",
        user=users["beneficiary"],
        qpv="no",
        school_name="Lycée de la Ferblanterie",
    )
    waiting = factories.make_beneficiary(here, "Eulalie", "Montsouris", qpv="no")
    guardian = factories.make_guardian(
        beneficiary, users["guardian"], first_name="Aldegonde", last_name="Vermandois", email="aldegonde@exemple.test"
    )
    registration = factories.make_registration(past, beneficiary, attended=True)
    factories.make_registration(past, waiting, attended=True)
    upcoming = factories.make_registration(session, beneficiary)
    full = factories.make_session(programme, days=9, title="Atelier complet", capacity=1)
    factories.make_registration(full, waiting)
    in_line = factories.make_registration(full, beneficiary, state="waiting", waiting_number=1)
    volunteer = factories.make_volunteer(
        here, user=users["mentor"], first_name="Hildegonde", last_name="Brocéliande", employer="Ferblanterie SA"
    )
    mentor = factories.make_mentor(programme, volunteer)
    run = mentoring.run_matching(by=factories.actor_of(users["coordinator"]), programme=programme)
    pair = mentoring.accept(by=factories.actor_of(users["coordinator"]), pair=run.pairs.get())
    invitation = mentoring.invite(by=factories.actor_of(users["coordinator"]), pair=pair)
    objects = SimpleNamespace(
        organisation=here,
        programme=programme,
        site=programme.sites.get(),
        session=session,
        past_session=past,
        pupil=beneficiary,
        waiting=waiting,
        guardian=guardian,
        guardianship=guardian.guardianships.get(),
        claim=GuardianClaim.objects.create(beneficiary=beneficiary, first_name="Hildegonde"),
        registration=registration,
        upcoming=upcoming,
        in_line=in_line,
        group=full.groups.create(label="Classe", head_count=3, created_at=clock.now()),
        volunteer=volunteer,
        mentor=mentor,
        run=run,
        pair=pair,
        invitation_link=recipients(invitation, "mentor")[0].token,
        enrolment=Enrolment.objects.get(programme=programme, beneficiary=beneficiary),
        membership=users["coordinator"].memberships.get(),
        file=imports.store_file(
            by=factories.actor_of(users["coordinator"]),
            programme=programme,
            kind="registrants",
            name="inscrites.csv",
            content=FILE.encode(),
        ),
        place_link=token_of(upcoming),
        **_engagement(here, programme, users["coordinator"]),
        mediator_token=unquote(mediator_address(session, "Médiathèque").partition("jeton=")[2]),
        past_link=token_of(registration),
        calendar_link=calendar_token(beneficiary),
        demo_file=demo_files.MENTORS,
        guardian_link=links.Bearer(beneficiary, guardian.guardianships.get()),
    )
    return objects, users


def _engagement(here: Organisation, programme: Programme, coordinator: User) -> dict:
    """Return what the first association asks of a partner, and whom the partner named."""
    plan = Plan.objects.create(name="Plan d’ici", slug="plan-d-ici", organisation=here)
    partner = factories.make_organisation("Rives Numériques", email="rives@exemple.test")
    charter = steering.load_charter(by=SYSTEM, plan=plan)
    axis = plan.axes.create(name="Orientation", position=1)
    update_programme(by=factories.actor_of(coordinator), programme=programme, axis=axis)
    ask = steering.ask_partners(
        by=factories.actor_of(coordinator),
        programme=programme,
        metric="mentors",
        quantity=1,
        partners=[partner],
        answer_before=clock.today(),
    )
    accepted = {"axis": axis, "attachment": "accepted", "attachment_decided_at": clock.now()}
    asked_here = steering.ask_partners(
        by=SYSTEM,
        programme=factories.make_programme(**accepted),
        metric="mentors",
        quantity=1,
        partners=[here],
        answer_before=clock.today(),
    )
    answer, own = ask.answers.get(), asked_here.answers.get()
    named = steering.Named("Hildegonde", "Tournesac", "hildegonde@exemple.test")
    steering.answer_yes(by=SYSTEM, answer=answer, people=[named])
    pledge = steering.record_pledge(
        by=SYSTEM, plan=plan, organisation=partner, metric="equipment", target=5, wording="Cinq", source="Test"
    )
    lacking = steering.ask_partners(
        by=factories.actor_of(coordinator),
        programme=programme,
        metric="equipment",
        quantity=5,
        partners=[partner],
        answer_before=clock.today(),
    )
    given = steering.answer_offer(
        by=SYSTEM, answer=lacking.answers.get(), offers=[steering.Offer(quantity=3, starts_on=clock.today())]
    )
    offer = given.contributions.get()
    receipt = steering.confirm_receipt(
        by=factories.actor_of(coordinator), contribution=offer, quantity=2, received_on=clock.today()
    )
    grant = steering.record_grant(
        by=factories.actor_of(coordinator),
        programme=programme,
        funder=partner,
        label="Extension",
        amount=Decimal(1000),
        sites=list(programme.sites.all()),
        source="Test",
    )
    return {
        "charter": charter,
        "grant": grant,
        "ask": ask,
        "partner_answer": answer,
        "pledge": pledge,
        "plan": plan,
        "action": steering.announce_action(
            by=factories.actor_of(coordinator),
            plan=plan,
            organisation=here,
            title="Portes ouvertes",
            kind="event",
            when=partial_dates.read("mars 2027"),
        ),
        "offer": offer,
        "receipt": receipt,
        "own_answer": own,
        "answer_link": answer_token(answer),
        "join_link": join_token(answer.contributions.get()),
    }


def _second(there: Organisation) -> tuple[SimpleNamespace, dict[str, User]]:
    """Return the other association's objects, and its people, each with something of her own there."""
    person = factories.make_user()
    programme = factories.make_programme(there, ("Grenoble",))
    session = factories.make_session(programme, days=-7)
    beneficiary = factories.make_beneficiary(there, user=person)
    registration = factories.make_registration(session, beneficiary)
    factories.make_guardian(factories.make_beneficiary(there), person)
    mentor = factories.make_mentor(programme, factories.make_volunteer(there, user=person))
    people = {
        "far_person": person,
        "other_coordinator": factories.make_coordinator(there),
        "far_administrator": factories.make_member(there, Role.ADMINISTRATOR),
    }
    objects = SimpleNamespace(
        organisation=there,
        programme=programme,
        session=session,
        beneficiary=beneficiary,
        registration=registration,
        mentor=mentor,
    )
    return objects, people


def _strangers_here(here: Organisation) -> dict[str, User]:
    """Return people of the first association who have nothing to do with the objects that are asked for."""
    person, staff = factories.make_user(), factories.make_user()
    factories.make_beneficiary(here, user=person)
    factories.make_guardian(factories.make_beneficiary(here), person)
    factories.make_volunteer(here, user=person)
    for role in (Role.ANALYST, Role.PLAN_OFFICER, Role.SAFEGUARDING_REFERENT):
        factories.make_member(here, role, staff)
    return {"near_person": person, "near_staff": staff}
