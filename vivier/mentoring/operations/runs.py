"""Run the matching of a programme: read, solve, prove, keep. One transaction, one programme at a time."""

import gzip
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from vivier.common import clock
from vivier.common.actors import Actor
from vivier.common.operations import operation
from vivier.engines.matching.explanations import PairReason, WaitingReason
from vivier.engines.matching.profiles import MenteeProfile, MentorProfile
from vivier.mentoring.gathering import gather
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
from vivier.mentoring.vocabulary import PairState
from vivier.programmes.models import Programme

if TYPE_CHECKING:
    from vivier.engines.matching.problem import Problem
    from vivier.mentoring.operations.computing import Outcome

#: Files of the engine, in the order of the command line: three or four are read, two are written.
FILES = ("mentees.csv", "mentors.csv", "pairs.csv", "previous.csv", "assignments.csv", "report.json")
_BATCH = 2_000


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
    from vivier.mentoring.operations.computing import (  # loads compiled code: whoever starts the site need not
        compute,
        texts,
    )

    outcome = compute(gather(programme), policy)
    run = _keep_run(by, programme, policy, outcome, texts(outcome, policy), number=latest.number + 1 if latest else 1)
    Pair.objects.filter(programme=programme, state=PairState.PROPOSED).update(
        state=PairState.SUPERSEDED, decided_at=run.run_at, decided_by_id=by.user_id
    )
    _keep_pairs(run, outcome)
    _keep_waiting(run, outcome)
    return run


def _keep_run(
    by: Actor,
    programme: Programme,
    policy: MatchingPolicy,
    outcome: "Outcome",
    texts: Mapping[str, str],
    *,
    number: int,
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
        for name, text in texts.items()
    )
    return run


def _keep_pairs(run: MatchingRun, outcome: "Outcome") -> None:
    reasons = outcome.pair_reasons()
    pairs = Pair.objects.bulk_create((_pair(run, outcome, reason) for reason in reasons), batch_size=_BATCH)
    mentor_ids = outcome.gathered.mentor_ids
    PairAlternative.objects.bulk_create(
        (
            PairAlternative(
                pair=pair,
                mentor_id=mentor_ids[outcome.candidates.problem.mentor_ids[other.mentor]],
                rank=other.rank,
                score=other.score,
                slack=other.slack,
            )
            for pair, reason in zip(pairs, reasons, strict=True)
            for other in reason.alternatives
        ),
        batch_size=_BATCH,
    )


def _pair(run: MatchingRun, outcome: "Outcome", reason: PairReason) -> Pair:
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
        wish_rank=_wish_rank(candidates.problem, reason.pair),
        is_extra=reason.mentee in outcome.extra,
    )


def _wish_rank(problem: "Problem", pair: int) -> int | None:
    return None if problem.pair_wish is None else int(problem.pair_wish[pair]) or None


def _keep_waiting(run: MatchingRun, outcome: "Outcome") -> None:
    reasons = outcome.waiting_reasons()
    Waiting.objects.bulk_create((_waiting(run, outcome, reason) for reason in reasons), batch_size=_BATCH)


def _waiting(run: MatchingRun, outcome: "Outcome", reason: WaitingReason) -> Waiting:
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
