"""Run the matching of a programme: read, solve, prove, keep. One transaction, one programme at a time."""

import gzip
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.errors import DomainError
from vivier.common.operations import operation
from vivier.engines.matching import files
from vivier.engines.matching.candidates import Candidates, build_candidates
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.counterfactuals import Wider, more_with_mentors_at, wider_radii
from vivier.engines.matching.explain import PairReason, WaitingReason, explain_pairs, explain_waiting
from vivier.engines.matching.policy import Policy
from vivier.engines.matching.problem import Certificate, Options, Solution
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.engines.matching.solver import solve
from vivier.mentoring.gathering import Gathered, gather
from vivier.mentoring.models import (
    MatchingPolicy,
    MatchingRun,
    Pair,
    PairAlternative,
    RunFile,
    Waiting,
)
from vivier.mentoring.operations.locks import take_turn
from vivier.mentoring.operations.policies import rules_for_run
from vivier.mentoring.permissions import require_matching
from vivier.mentoring.policies import engine_rules
from vivier.mentoring.vocabulary import PairState
from vivier.programmes.models import Programme

#: Files of the engine, in the order of the command line: three are read, two are written.
FILES = ("mentees.csv", "mentors.csv", "pairs.csv", "assignments.csv", "report.json")
#: More possible pairs than one process should weigh while a page waits: some 2 GB and a minute.
MOST_PAIRS = 3_000_000
_BATCH = 2_000


@dataclass(frozen=True)
class _Outcome:
    """What the engine answered, and how long each step took."""

    gathered: Gathered
    candidates: Candidates
    options: Options
    solution: Solution
    certificate: Certificate
    seconds: files.Seconds
    wider: list[Wider]
    lacking: dict[int, int]


@operation
def run_matching(*, by: Actor, programme: Programme, after: int | None = None) -> MatchingRun:
    """Propose a marraine to everyone who may have one, and return the run.

    `after` is the number of the last run that the person had seen (0: none): where a later one exists already, as when
    a button is pressed twice, that one is returned and nothing is run.
    Accepted and locked pairs stay as they are; earlier proposals are superseded, refused pairs never come back.
    Raises NotAllowed, or DomainError when nobody can be matched, too many pairs are possible, or the proof fails;
    nothing is kept then.
    """
    require_matching(by, programme.controller_id)
    programme = take_turn(programme.pk)
    latest = programme.matching_runs.order_by("-number").first()
    if after is not None and latest is not None and latest.number > after:
        return latest
    policy = rules_for_run(by, programme)
    outcome = _computed(gather(programme), policy)
    run = _keep_run(by, programme, policy, outcome, number=latest.number + 1 if latest else 1)
    Pair.objects.filter(programme=programme, state=PairState.PROPOSED).update(
        state=PairState.SUPERSEDED, decided_at=run.run_at, decided_by_id=by.user_id
    )
    _keep_pairs(run, outcome)
    _keep_waiting(run, outcome)
    return run


def _computed(gathered: Gathered, policy: MatchingPolicy) -> _Outcome:
    if not gathered.mentees:
        raise DomainError(
            "Personne n’attend de marraine : notez d’abord les présences aux séances, ou importez vos participantes."
        )
    if not gathered.mentors:
        raise DomainError("Il n’y a aucune marraine disponible : importez-en, ou levez des pauses.")
    options = Options(score=policy.score)
    steps = [time.perf_counter()]
    candidates = build_candidates(gathered.mentees, gathered.mentors, engine_rules(policy))
    if candidates.problem.pair_count > MOST_PAIRS:
        raise DomainError(
            "Trop de paires sont possibles pour un seul calcul : réduisez la distance dans les règles, puis relancez."
        )
    steps.append(time.perf_counter())
    solution = solve(candidates.problem, options)
    steps.append(time.perf_counter())
    certificate = certify(candidates.problem, options, solution)
    steps.append(time.perf_counter())
    if not certificate.optimal:
        raise DomainError(
            "La preuve de cet appariement a échoué : rien n’a été gardé. Prévenez les personnes qui tiennent Vivier."
        )
    wider, lacking = _what_would_serve_more(gathered, candidates, engine_rules(policy), solution)
    build, solved, certified = (after - before for before, after in pairwise(steps))
    seconds = files.Seconds(read=0.0, build=build, solve=solved, certify=certified, write=0.0)
    return _Outcome(gathered, candidates, options, solution, certificate, seconds, wider, lacking)


def _what_would_serve_more(
    gathered: Gathered, candidates: Candidates, rules: Policy, solution: Solution
) -> tuple[list[Wider], dict[int, int]]:
    """Return the wider radii that serve more, and by city how many more new marraines there would serve."""
    if solution.stats.matched == len(gathered.mentees) or candidates.problem.pair_count > MOST_PAIRS:
        return [], {}
    wider = wider_radii(gathered.mentees, gathered.mentors, rules, solution.stats.matched)
    more = more_with_mentors_at(candidates, gathered.mentees, rules, gathered.sites.values())
    return wider, {site: count for site, count in zip(gathered.sites, more, strict=True) if count}


def _keep_run(
    by: Actor, programme: Programme, policy: MatchingPolicy, outcome: _Outcome, *, number: int
) -> MatchingRun:
    problem, stats = outcome.candidates.problem, outcome.solution.stats
    given = Counter(problem.tiers.tolist())
    tiers = sorted(given)
    unknown = {fact: count for fact, count in outcome.candidates.unknowns.items() if count}
    run = MatchingRun.objects.create(
        programme=programme,
        number=number,
        policy=policy,
        run_at=clock.now(),
        run_by_id=by.user_id,
        mentee_count=problem.mentee_count,
        mentor_count=problem.mentor_count,
        pair_count=problem.pair_count,
        kept_count=outcome.gathered.kept_count,
        matched_count=stats.matched,
        objective=stats.objective,
        bound=outcome.certificate.dual,
        is_certified=outcome.certificate.optimal,
        tiers=tiers,
        tier_mentee_counts=[given[tier] for tier in tiers],
        tier_matched_counts=[stats.matched_by_tier[tier] for tier in tiers],
        unknown_facts=list(unknown),
        unknown_counts=list(unknown.values()),
        wider_km=[round(one.radius_km) for one in outcome.wider],
        wider_counts=[one.served for one in outcome.wider],
        lacking_sites=list(outcome.lacking),
        lacking_counts=list(outcome.lacking.values()),
        seconds=outcome.seconds.build + outcome.seconds.solve + outcome.seconds.certify,
    )
    RunFile.objects.bulk_create(
        RunFile(run=run, name=name, content=gzip.compress(text.encode(), compresslevel=4, mtime=0))
        for name, text in _texts(outcome).items()
    )
    return run


def _texts(outcome: _Outcome) -> Mapping[str, str]:
    problem, solution = outcome.candidates.problem, outcome.solution
    return {
        "mentees.csv": files.write_mentees(problem),
        "mentors.csv": files.write_mentors(problem),
        "pairs.csv": files.write_pairs(problem),
        "assignments.csv": files.write_assignments(problem, solution),
        "report.json": files.write_report(problem, outcome.options, solution, outcome.certificate, outcome.seconds),
    }


def _keep_pairs(run: MatchingRun, outcome: _Outcome) -> None:
    problem = outcome.candidates.problem
    reasons = list(explain_pairs(problem, outcome.options, outcome.solution))
    pairs = Pair.objects.bulk_create((_pair(run, outcome, reason) for reason in reasons), batch_size=_BATCH)
    mentor_ids = outcome.gathered.mentor_ids
    PairAlternative.objects.bulk_create(
        (
            PairAlternative(
                pair=pair,
                mentor_id=mentor_ids[problem.mentor_ids[other.mentor]],
                rank=other.rank,
                score=other.score,
                slack=other.slack,
            )
            for pair, reason in zip(pairs, reasons, strict=True)
            for other in reason.alternatives
        ),
        batch_size=_BATCH,
    )


def _pair(run: MatchingRun, outcome: _Outcome, reason: PairReason) -> Pair:
    candidates, gathered = outcome.candidates, outcome.gathered
    mentee: MenteeProfile = gathered.mentees[reason.mentee]
    mentor: MentorProfile = gathered.mentors[reason.mentor]
    metres = int(candidates.distance_m[reason.pair])
    return Pair(
        programme_id=run.programme_id,
        run=run,
        enrolment_id=gathered.enrolment_ids[mentee.id],
        mentor_id=gathered.mentor_ids[mentor.id],
        tier=int(candidates.problem.tiers[reason.mentee]),
        tier_rule=candidates.tier_reasons[reason.mentee],
        score=reason.score,
        rank=reason.rank,
        candidate_count=reason.candidates,
        mentor_price=reason.mentor_price,
        distance_km=metres / 1000 if metres >= 0 else None,
        common_slots=sorted((mentee.slots or frozenset()) & (mentor.slots or frozenset())),
        common_interests=sorted((mentee.interests or frozenset()) & (mentor.interests or frozenset())),
        unknown_rules=list(candidates.unknown_rules(reason.pair)),
    )


def _keep_waiting(run: MatchingRun, outcome: _Outcome) -> None:
    candidates = outcome.candidates
    reasons = explain_waiting(candidates.problem, outcome.solution, candidates)
    Waiting.objects.bulk_create((_waiting(run, outcome, reason) for reason in reasons), batch_size=_BATCH)


def _waiting(run: MatchingRun, outcome: _Outcome, reason: WaitingReason) -> Waiting:
    refusals = reason.refusals
    return Waiting(
        run=run,
        enrolment_id=outcome.gathered.enrolment_ids[outcome.gathered.mentees[reason.mentee].id],
        tier=reason.tier,
        tier_rule=outcome.candidates.tier_reasons[reason.mentee],
        reason=reason.code.value,
        eligible_count=reason.candidates,
        seat_count=reason.seats,
        seats_taken_earlier=reason.taken_by_earlier_tiers,
        refused_by_distance=refusals["distance"],
        refused_by_vetting=refusals["vetting"],
        refused_by_choice=refusals["past_refusal"],
        refused_by_employer=refusals["same_employer"],
        refused_by_language=refusals["language"],
        refused_by_slots=refusals["slots"],
        nearest_km=None if reason.nearest_m is None else reason.nearest_m / 1000,
    )
