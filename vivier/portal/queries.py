"""What "Mon programme" shows: counts by stage and city, and what needs the coordinator today."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from vivier.common import clock
from vivier.common.text import listed, plural
from vivier.mentoring.models import MatchingRun, Mentor, Pair
from vivier.mentoring.queries.mentors import vetting_counts
from vivier.mentoring.vocabulary import EndReason, mentor_words
from vivier.mentoring.wording import at_place
from vivier.people.models import Vetting
from vivier.portal.stages import FACTS, stages, with_facts
from vivier.programmes.models import Enrolment, Programme
from vivier.steering.models import Answer, Ask
from vivier.steering.vocabulary import AnswerState, Metric
from vivier.workshops.models import Registration, Session


@dataclass(frozen=True)
class CityRow:
    """One city: its counts by stage code. `site_id` is None for people whose city is not known."""

    site_id: int | None
    name: str
    counts: dict[str, int]

    @property
    def waiting(self) -> int:
        return self.counts["en-attente"]


@dataclass(frozen=True)
class Task:
    """One thing that needs her today: what, a precision, where it leads, the words of the button."""

    label: str
    detail: str
    url: str
    action: str


@dataclass(frozen=True)
class Coverage:
    """Of those who have a right to a marraine, how many have one, two yeses given by the date set (None: by now)."""

    due_on: date | None
    entitled: int
    confirmed: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means everybody."""
        return 100 * self.confirmed // self.entitled if self.entitled else 0

    @property
    def days_left(self) -> int | None:
        return (self.due_on - clock.today()).days if self.due_on else None


@dataclass(frozen=True)
class ProgrammeHome:
    """Everything the page "Mon programme" shows."""

    programme: Programme
    finding: str
    advice: str
    cities: list[CityRow]
    totals: dict[str, int]
    tasks: list[Task]
    latest_run: MatchingRun | None
    next_session: Session | None
    coverage: Coverage


def counts_by_city(programme: Programme) -> list[CityRow]:
    """Return one row per city of the programme (0 included), then the people without city where there are any."""
    table = stages(programme.words)
    sites = list(programme.sites.select_related("commune").order_by("position", "pk"))
    counts = {site.pk: dict.fromkeys(table, 0) for site in sites}
    # Each fact is asked once a person; PostgreSQL returns a line per combination of facts, not per person.
    facts = {f"fact_{name}": F(name) for name in FACTS}
    for row in with_facts(programme).values("site_id", **facts).annotate(people=Count("pk")).order_by():
        found = {name: row[f"fact_{name}"] for name in FACTS}
        here = counts.setdefault(row["site_id"], dict.fromkeys(table, 0))
        for code, stage in table.items():
            here[code] += row["people"] if stage.holds(found) else 0
    rows = [CityRow(site.pk, site.commune.name, counts[site.pk]) for site in sites]
    return rows + ([CityRow(None, "Ville non connue", counts[None])] if None in counts else [])


def people_at(programme: Programme, stage: str, city: str, search: str) -> QuerySet[Enrolment]:
    """Return the enrolments of one stage, city (site ids with commas, or "sans") and name; "" filters nothing."""
    rows = with_facts(programme)
    table = stages(programme.words)
    if stage in table:
        rows = rows.filter(**table[stage].requires)
    if city == "sans":
        rows = rows.filter(site=None)
    elif city.replace(",", "").isdecimal():  # several cities, as the sum of a report counts them
        rows = rows.filter(site_id__in=[int(one) for one in city[:200].split(",") if one])
    if search:
        rows = rows.filter(beneficiary__identity__sort_name__contains=search)
    live = Pair.objects.filter(enrolment=OuterRef("pk"), state__in=Pair.LIVE)
    rows = rows.annotate(pair_state=Subquery(live.values("state")[:1]), present=F("is_present"))
    return rows.select_related("site__commune", "beneficiary__identity", "beneficiary__commune__department").order_by(
        "beneficiary__identity__sort_name", "pk"
    )


def programme_home(programme: Programme) -> ProgrammeHome:
    """Return what "Mon programme" shows; a handful of queries whatever the number of people."""
    cities = counts_by_city(programme)
    totals = {code: sum(row.counts[code] for row in cities) for code in stages(programme.words)}
    latest_run = _latest_run(programme)
    next_session, unmarked = _sessions_to_tell(programme)
    finding, advice = _finding(programme, totals, cities, latest_run)
    return ProgrammeHome(
        programme=programme,
        finding=finding,
        advice=advice,
        cities=cities,
        totals=totals,
        tasks=_tasks(programme, totals, cities, latest_run, unmarked),
        latest_run=latest_run,
        next_session=next_session,
        coverage=Coverage(programme.mentors_due_on, totals["ont-droit"], totals["confirmees"]),
    )


def _finding(programme, totals, cities, latest_run) -> tuple[str, str]:
    """Return the heading of the page, which is what the figures say, and one sentence on what to do about it."""
    words = programme.words
    if not totals["inscrites"]:
        return "Personne n’est encore là. Commencez par vos fichiers ou par une séance.", (
            "Déposez la liste des personnes présentes et celle des marraines, telles que vous les avez dans Excel."
        )
    if latest_run is None:
        return (
            f"{plural(totals['presentes'], words.one + ' a participé', words.many + ' ont participé')}. "
            "Aucun appariement n’a encore été lancé.",
            "Lancez l’appariement : vous lirez qui est proposée à qui, et pourquoi, avant de décider.",
        )
    finding = _served_words(programme, totals)
    if not totals["en-attente"]:
        return f"{finding} Personne n’attend.", "Il reste à valider les propositions, puis à organiser les rencontres."
    places = sorted((row for row in cities if row.waiting), key=lambda row: (-row.waiting, row.name))
    waiting = plural(totals["en-attente"], "attend", "attendent").replace(" ", "\u00a0")
    detail = listed([f"{row.waiting} {at_place(row.name)}" for row in places])
    return f"{finding} {waiting}{_mostly_where(places, totals['en-attente'])}.", f"En attente : {detail}."


def _served_words(programme: Programme, totals: dict[str, int]) -> str:
    """Return "138 lycéennes ont une marraine, dont 126 à valider.", or what is true of it."""
    words, served, to_decide = programme.words, totals["avec-marraine"], totals["proposees"]
    subject = f"{plural(served, words.one, words.many)} {'ont' if served > 1 else 'a'}"
    mentor = mentor_words(programme.audience)
    if to_decide == served:
        return f"{subject} {mentor.a_proposed}."
    return f"{subject} {mentor.a}, dont {to_decide}\u00a0à valider." if to_decide else f"{subject} {mentor.a}."


def _mostly_where(places: list[CityRow], waiting: int) -> str:
    """Return ", à Valence" for one city, ", surtout à Valence" where one holds more than half, else nothing."""
    if len(places) == 1:
        return f", {at_place(places[0].name)}"
    return f", surtout {at_place(places[0].name)}" if places[0].waiting * 2 > waiting else ""


def _gap_tasks(programme: Programme, cities: list[CityRow], run: MatchingRun) -> list[Task]:
    """Return what would serve those who wait: relaunch with who came, meet who prepares, ask where nobody was asked."""
    waiting, tasks = sum(row.waiting for row in cities), []
    slug, mentor = programme.slug, mentor_words(programme.audience)
    if waiting and run.came:
        text = plural(run.came, "marraine de plus est prête", "marraines de plus sont prêtes")
        detail = f"Relancez l’appariement : {plural(waiting, 'personne attend', 'personnes attendent')}."
        tasks.append(Task(text, detail, reverse("mentoring:runs", args=[slug]), "Relancer"))
    if run.to_meet:
        text = plural(run.to_meet, "nouvelle marraine à rencontrer", "nouvelles marraines à rencontrer")
        detail = "Un entretien, puis la vérification : ensuite elle entre dans l’appariement."
        tasks.append(Task(text, detail, reverse("steering:asks", args=[slug]), "Voir"))
    for row in sorted(cities, key=lambda row: -row.waiting):
        if row.waiting and row.site_id and row.site_id not in run.asked_sites:
            text = f"{plural(row.waiting, f'{mentor.one} manque', f'{mentor.many} manquent')} {at_place(row.name)}"
            address = f"{reverse('steering:new_ask', args=[slug])}?ville={row.site_id}"
            tasks.append(Task(text, "À demander à qui en a promis.", address, "Demander"))
    return tasks


def _invitation_tasks(slug: str, totals: dict[str, int], run: MatchingRun | None) -> list[Task]:
    """Return what invitations ask of her: who said no, who is silent, whom nobody has invited."""
    people, tasks = f"{reverse('portal:people', args=[slug])}?etape=", []
    if count := totals["declinees"]:
        text = plural(count, "invitation déclinée", "invitations déclinées")
        detail = "La place est libre : lisez pourquoi, puis relancez l’appariement."
        tasks.append(Task(text, detail, f"{people}declinees", "Voir"))
    if count := totals["sans-reponse"]:
        text = plural(count, "invitation sans réponse", "invitations sans réponse")
        tasks.append(Task(text, "Relancez ou appelez : le silence ne décide rien.", f"{people}sans-reponse", "Voir"))
    if (count := totals["a-inviter"]) and run:
        text = plural(count, "accompagnement accepté à annoncer", "accompagnements acceptés à annoncer")
        address = f"{reverse('mentoring:run', args=[run.public_id])}?etat={Pair.State.ACCEPTED}"
        tasks.append(Task(text, "Les deux personnes disent oui ou non avant tout nom.", address, "Inviter"))
    return tasks


def _tasks(
    programme: Programme,
    totals: dict[str, int],
    cities: list[CityRow],
    latest_run: MatchingRun | None,
    unmarked: list[Session],
) -> list[Task]:
    """Return what needs her today, most pressing first; an empty list is good news."""
    slug = programme.slug
    people, mentors = reverse("portal:people", args=[slug]), reverse("mentoring:mentors", args=[slug])
    vetting, mentor = vetting_counts(programme), mentor_words(programme.audience)
    tasks = []
    if refused := vetting.refused_accompanying:
        text = plural(refused, "marraine refusée accompagne encore", "marraines refusées accompagnent encore")
        whose = "Sa" if refused == 1 else "Leur"
        detail = f"{whose} vérification dit non : mettez fin à l’accompagnement, et prévenez la famille."
        tasks.append(Task(text, detail, f"{mentors}?verification=refusee", "Voir"))
    if latest_run and (stopped := latest_run.stopped):
        text = plural(stopped, "accompagnement arrêté par un refus", "accompagnements arrêtés par un refus")
        address = f"{people}?etape=sans-marraine"
        tasks.append(Task(text, "Depuis moins d’une semaine : prévenez la marraine.", address, "Voir"))
    tasks += _invitation_tasks(slug, totals, latest_run)
    tasks += _gap_tasks(programme, cities, latest_run) if latest_run else []
    if count := totals["responsable-a-confirmer"]:
        text = plural(count, "responsable à confirmer", "responsables à confirmer")
        detail = "Nom donné dans une inscription en ligne, pour quelqu’un que vous connaissez déjà."
        if count > 1:
            detail = "Noms donnés dans des inscriptions en ligne, pour des personnes que vous connaissez déjà."
        tasks.append(Task(text, detail, f"{people}?etape=responsable-a-confirmer", "Vérifier"))
    tasks += [
        Task(
            f"Présences à noter : {session.title}",
            f"{session.site.commune.name if session.site else 'en ligne'}, {clock.day_words(session.starts_at)}",
            reverse("workshops:attendance", args=[session.code]),
            "Noter",
        )
        for session in unmarked
    ]
    if count := totals["autorisation"]:
        text = plural(count, "autorisation à recueillir", "autorisations à recueillir")
        tasks.append(Task(text, "Les places sont gardées en attendant.", f"{people}?etape=autorisation", "Voir"))
    if (count := totals["proposees"]) and latest_run:
        text = plural(count, "proposition à valider", "propositions à valider")
        address = reverse("mentoring:run", args=[latest_run.public_id])
        tasks.append(Task(text, "Une personne décide, jamais la machine.", address, "Lire"))
    if (count := totals["en-attente"]) and latest_run is None:
        text = plural(count, f"personne attend {mentor.a}", f"personnes attendent {mentor.a}")
        tasks.append(Task(text, "Aucun appariement n’a été lancé.", reverse("mentoring:runs", args=[slug]), "Lancer"))
    if unchecked := vetting.to_do:
        text = f"{plural(unchecked, mentor.one, mentor.many)} à vérifier"
        address = f"{mentors}?verification=a-faire"
        tasks.append(Task(text, "Aucune rencontre avant la vérification.", address, "Vérifier"))
    if ending := vetting.ending:
        text = plural(ending, "vérification se termine bientôt", "vérifications se terminent bientôt")
        tasks.append(Task(text, "Dans les trente jours.", f"{mentors}?verification=expire-bientot", "Voir"))
    return tasks


def _sessions_to_tell(programme: Programme) -> tuple[Session | None, list[Session]]:
    """Return the next session, and the three oldest past ones that have somebody whose presence nobody noted."""
    unsaid = Registration.objects.filter(
        session=OuterRef("pk"), state=Registration.State.CONFIRMED, attended__isnull=True
    )
    rows = programme.sessions.filter(state=Session.State.OPEN).select_related("site__commune")
    rows = rows.order_by("starts_at", "pk")
    coming = rows.filter(ends_at__gte=clock.now()).annotate(is_coming=Value(True))[:1]
    unmarked = rows.filter(Exists(unsaid), ends_at__lt=clock.now()).annotate(is_coming=Value(False))[:3]
    found = sorted(unmarked.union(coming, all=True), key=lambda session: (session.starts_at, session.pk))
    return next((row for row in found if row.is_coming), None), [row for row in found if not row.is_coming]


def _latest_run(programme: Programme) -> MatchingRun | None:
    """Return the last run with what happened beside it.

    stopped: accompaniments that an answer has ended within a week; to_meet: newcomers to interview; came: newcomers
    who are ready and have no proposal; asked_sites: cities for which an ask is open.
    """
    ended = Pair.objects.filter(
        programme=OuterRef("programme"),
        state=Pair.State.ENDED,
        decision_reason=EndReason.CONSENT,
        decided_at__gte=clock.now() - timedelta(days=7),
    )
    newcomers = Mentor.objects.filter(
        programme=OuterRef("programme"), paused_at=None, volunteer__onboarding__isnull=False
    )
    verified = Vetting.objects.filter(volunteer=OuterRef("volunteer"), outcome=Vetting.Outcome.OK)
    came = newcomers.filter(Exists(verified), pairs=None, volunteer__onboarding__met_at__isnull=False)
    # What every partner declined still lacks.
    hopeful = Answer.objects.filter(ask=OuterRef("pk")).exclude(state=AnswerState.DECLINED)
    asked = Ask.objects.filter(
        Exists(hopeful),
        programme=OuterRef("programme"),
        metric=Metric.MENTORS,
        closed_at=None,
        site__isnull=False,
    )
    return (
        programme.matching_runs.annotate(
            stopped=_number_of(ended),
            to_meet=_number_of(newcomers.filter(volunteer__onboarding__met_on=None)),
            came=_number_of(came),
            asked_sites=ArraySubquery(asked.values("site")),
        )
        .order_by("-number")
        .first()
    )


def _number_of(rows: QuerySet) -> Coalesce:
    """Return how many rows of the programme there are, as a column."""
    return Coalesce(Subquery(rows.order_by().values("programme").annotate(number=Count("pk")).values("number")), 0)
