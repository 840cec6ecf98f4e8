"""The list of a programme's runs, and the page of one run."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from vivier.common.actors import Actor
from vivier.common.text import plural
from vivier.mentoring.models import MatchingRun, Mentor, Pair
from vivier.mentoring.queries import pairs as pair_queries
from vivier.mentoring.queries import waiting as waiting_queries
from vivier.mentoring.queries.paging import PAGE, page_of_keys
from vivier.mentoring.queries.pairs import PairFilter, PairRow
from vivier.mentoring.queries.summary import CityCounts, ProgrammeSummary, finding, programme_summary
from vivier.mentoring.queries.waiting import WaitingRow
from vivier.mentoring.rights import consent_states, once_refused
from vivier.mentoring.vocabulary import ConsentState, PairState, mentor_words
from vivier.mentoring.wording import proof_sentence, unknown_sentences, would_help_sentences
from vivier.programmes.models import Enrolment, Programme
from vivier.programmes.vocabulary import Words


@dataclass(frozen=True)
class TierRow:
    """One tier of a run, the first served first."""

    name: str
    mentees: int
    matched: int


@dataclass(frozen=True)
class CityRow:
    """One city of the table: its counts, and its state in a word and a tone."""

    counts: CityCounts
    label: str
    tone: str
    #: What the filter of the page calls this city.
    code: str

    @property
    def waiting_url(self) -> str:
        return f"?vue=attente&ville={self.code}"


@dataclass(frozen=True)
class RunPage:
    """Everything a run page shows. `pairs` or `waiting` is the current view, the other is None."""

    run: MatchingRun
    programme: Programme
    is_latest: bool
    heading: str
    proof: str
    summary: ProgrammeSummary
    cities: list[CityRow]
    tiers: list[TierRow]
    unknowns: list[str]
    pairs: Page | None
    pair_rows: list[PairRow]
    waiting: Page | None
    waiting_rows: list[WaitingRow]
    pair_total: int
    waiting_total: int
    acceptable: int
    #: Accepted pairs of the programme whose people were not invited yet; of the latest run only.
    to_invite: int
    #: Sentences that say what would serve more people; of the latest run only.
    would_help: list[str]

    @property
    def lines(self) -> Page:
        return self.pairs if self.pairs is not None else self.waiting


def run_or_none(actor: Actor, public_id) -> MatchingRun | None:
    """Return a run of a structure where the actor runs the matching, with two columns more.

    last_number: that of the programme's last run; uninvited: its accepted pairs whose people were not invited yet.
    """
    last = MatchingRun.objects.filter(programme=OuterRef("programme")).order_by("-number").values("number")[:1]
    waiting = Pair.objects.filter(programme=OuterRef("programme"), state=PairState.ACCEPTED, invitation=None)
    uninvited = waiting.order_by().values("programme").annotate(number=Count("pk")).values("number")
    return (
        MatchingRun.objects.visible_to(actor)
        .filter(public_id=public_id)
        .select_related("programme__controller", "policy", "run_by")
        .annotate(last_number=Subquery(last), uninvited=Coalesce(Subquery(uninvited), 0))
        .first()
    )


def run_page(run: MatchingRun, wanted: PairFilter, *, show_waiting: bool, number: str | None) -> RunPage:
    """Return the page of a run read by `run_or_none`; at most nine queries whatever the number of people."""
    programme = run.programme
    is_latest = run.number == run.last_number
    pairs = waiting = None
    rows: list[PairRow] = []
    waiting_rows: list[WaitingRow] = []
    # The pairs of the page and the few who ever said no are weighed together, in the same three queries.
    people = set(once_refused(programme))
    if not show_waiting:
        found = pair_queries.narrowed(pair_queries.pairs_of(run, is_latest=is_latest), wanted)
        pairs = page_of_keys(pair_queries.in_order(found), number)
        shown = pair_queries.read_pairs(Pair.objects.filter(pk__in=pairs.object_list))
        people |= {pair.enrolment.beneficiary_id for pair in shown}
    consents = consent_states(people)
    refused = sorted(pk for pk, state in consents.items() if state == ConsentState.REFUSED)
    if show_waiting:
        found = waiting_queries.waiting_of(run, is_latest=is_latest, refusing_ids=refused)
        listed = waiting_queries.in_order(waiting_queries.narrowed(found, wanted), run)
        waiting = page_of_keys(listed, number)
        told = waiting_queries.read_waiting(Enrolment.objects.filter(pk__in=waiting.object_list), run)
        waiting_rows = waiting_queries.waiting_rows(told, run)
    else:
        rows = pair_queries.pair_rows(shown, run, consents)
    summary = programme_summary(programme, refused)
    return RunPage(
        run=run,
        programme=programme,
        is_latest=is_latest,
        heading=finding(programme, summary) if is_latest else past_finding(run),
        proof=proof_sentence(run, programme.words),
        summary=summary,
        cities=[_city(city) for city in summary.cities],
        tiers=_tiers(run),
        unknowns=unknown_sentences(run, programme.words, mentor_words(programme.audience)),
        pairs=pairs,
        pair_rows=rows,
        waiting=waiting,
        waiting_rows=waiting_rows,
        pair_total=summary.total.served if is_latest else run.matched_count,
        waiting_total=summary.total.waiting if is_latest else run.unmatched_count,
        would_help=_would_help(run, summary) if is_latest and show_waiting else [],
        to_invite=run.uninvited if is_latest else 0,
        acceptable=sum(row.may_accept and row.pair.state == "proposed" for row in rows) if is_latest else 0,
    )


def _would_help(run: MatchingRun, summary: ProgrammeSummary) -> list[str]:
    cities = {city.site_id: city.name for city in summary.cities}
    return would_help_sentences(run, run.programme.words, mentor_words(run.programme.audience), cities)


def past_finding(run: MatchingRun) -> str:
    """Return the heading of a run that a later one has replaced."""
    words = run.programme.words
    waiting = run.unmatched_count
    served = plural(run.matched_count, f"{words.one} avait une proposition", f"{words.many} avaient une proposition")
    return f"Appariement n° {run.number} : {served}, {waiting} {'attendait' if waiting < 2 else 'attendaient'}."


def _city(city: CityCounts) -> CityRow:
    code = "sans" if city.site_id is None else str(city.site_id)
    if not city.present:
        return CityRow(city, "personne encore", "info", code)
    if not city.waiting:
        return CityRow(city, "complet", "ok", code)
    tone = "alert" if city.waiting * 4 >= city.present else "wait"
    return CityRow(city, f"{city.waiting} en attente", tone, code)


def _tiers(run: MatchingRun) -> list[TierRow]:
    rows = zip(run.tiers, run.tier_mentee_counts, run.tier_matched_counts, strict=True)
    return [
        TierRow("À servir d’abord" if tier == 0 else f"Rang {tier + 1}", mentees, matched)
        for tier, mentees, matched in rows
    ]


@dataclass(frozen=True)
class RunsPage:
    """The list of a programme's runs, and whether another can be launched."""

    programme: Programme
    runs: list[MatchingRun]
    heading: str
    last_number: int
    #: Sentences that say what is missing before a run; none: it can be launched.
    missing: list[str]
    launch_heading: str
    launch_words: str
    to_decide: int


def runs_page(programme: Programme) -> RunsPage:
    """Return the list of runs, the last first, and what the next one would be given."""
    runs = list(programme.matching_runs.select_related("policy", "run_by").order_by("-number", "-pk")[:PAGE])
    summary = programme_summary(programme)
    mentors = Mentor.objects.filter(programme=programme, paused_at=None)
    seats = sum(mentors.values_list("capacity", flat=True)) - summary.total.locked - summary.total.accepted
    words, mentor = programme.words, mentor_words(programme.audience)
    waiting = summary.total.waiting + summary.total.proposed
    missing = []
    if not summary.total.present:
        missing.append(
            f"Personne n’est notée présente : importez vos {words.many}, ou notez les présences d’une séance."
        )
    if not mentors.exists():
        missing.append(f"Il n’y a aucune {mentor.one} disponible : importez la liste que vous avez.")
    return RunsPage(
        programme=programme,
        runs=runs,
        heading=_runs_heading(programme, summary, runs),
        last_number=runs[0].number if runs else 0,
        missing=missing,
        launch_heading=_launch_heading(waiting, words),
        launch_words=(
            f"{plural(max(0, seats), 'place est libre', 'places sont libres')} chez les {mentor.many}. "
            "Le calcul propose ; rien n’est décidé à votre place."
        ),
        to_decide=summary.total.proposed,
    )


def _launch_heading(waiting: int, words: Words) -> str:
    if not waiting:
        return "Personne n’attend : il n’y a rien à calculer pour l’instant."
    return f"{plural(waiting, f'{words.one} est à servir', f'{words.many} sont à servir')}."


def _runs_heading(programme: Programme, summary: ProgrammeSummary, runs: list[MatchingRun]) -> str:
    words, mentor = programme.words, mentor_words(programme.audience)
    if runs:
        return finding(programme, summary)
    if not summary.total.waiting:
        return f"L’appariement attend vos {words.many}."
    count = summary.total.waiting
    return f"{plural(count, f'{words.one} attend', f'{words.many} attendent')} {mentor.a}. Lancez l’appariement."
