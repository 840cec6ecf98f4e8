"""What the engine makes of a programme's people. Apart from `runs`, since its compiled code takes a while to load."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vivier.common.errors import DomainError
from vivier.engines.matching import files
from vivier.engines.matching.candidates import Candidates, build_candidates
from vivier.engines.matching.certificate import certify
from vivier.engines.matching.counterfactuals import Wider, more_with_mentors_at, wider_radii
from vivier.engines.matching.explain import explain_pairs, explain_waiting
from vivier.engines.matching.explanations import PairReason, WaitingReason
from vivier.engines.matching.groups import with_groups, without_groups
from vivier.engines.matching.problem import Certificate, Options, Solution
from vivier.engines.matching.solver import solve
from vivier.mentoring.gathering import Gathered
from vivier.mentoring.models import MatchingPolicy
from vivier.mentoring.policies import engine_rules

#: More possible pairs than one process should weigh while a page waits: some 2 GB and a minute.
MOST_PAIRS = 3_000_000


@dataclass(frozen=True)
class Outcome:
    """What the engine answered, and how long each step took."""

    gathered: Gathered
    candidates: Candidates
    options: Options
    solution: Solution
    certificate: Certificate
    #: Positions of the mentees on a seat beyond those offered.
    extra: frozenset[int]
    seconds: files.Seconds
    wider: list[Wider]
    lacking: dict[int, int]

    def pair_reasons(self) -> list[PairReason]:
        """Return why each pair, in the order of the mentees."""
        return list(explain_pairs(self.candidates.problem, self.options, self.solution))

    def waiting_reasons(self) -> Iterable[WaitingReason]:
        """Return why each who waits, in the order of the mentees."""
        return explain_waiting(self.candidates.problem, self.solution, self.candidates)


def compute(gathered: Gathered, policy: MatchingPolicy) -> Outcome:
    """Return the proven optimum. Raises DomainError: nobody to match, too many pairs, a proof that fails."""
    if not gathered.mentees:
        raise DomainError(
            "Personne n’attend de marraine : notez d’abord les présences aux séances, ou importez vos participantes."
        )
    if not gathered.mentors:
        raise DomainError("Il n’y a aucune marraine disponible : importez-en, ou levez des pauses.")
    options = Options(
        score=policy.score,
        floor=policy.hold_floor,
        previous=gathered.proposed if policy.stickiness else None,
        stickiness=policy.stickiness,
    )
    steps = [time.perf_counter()]
    candidates = build_candidates(gathered.mentees, gathered.mentors, engine_rules(policy))
    if candidates.problem.pair_count > MOST_PAIRS:
        raise DomainError(
            "Trop de paires sont possibles pour un seul calcul : réduisez la distance dans les règles, puis relancez."
        )
    steps.append(time.perf_counter())
    problem, mentor_of = candidates.problem, None
    if policy.group_size > 1:
        problem, mentor_of = with_groups(candidates.problem, policy.group_size)
    solution = solve(problem, options)
    steps.append(time.perf_counter())
    certificate = certify(problem, options, solution)
    steps.append(time.perf_counter())
    if not certificate.optimal:
        raise DomainError(
            "La preuve de cet appariement a échoué : rien n’a été gardé. Prévenez les personnes qui tiennent Vivier."
        )
    extra = frozenset(np.flatnonzero(solution.assignment >= candidates.problem.mentor_count).tolist())
    if mentor_of is not None:
        solution, _ = without_groups(candidates.problem, solution, mentor_of)
    wider, lacking = _what_would_serve_more(gathered, candidates, policy, solution)
    build, solved, certified = (after - before for before, after in pairwise(steps))
    seconds = files.Seconds(read=0.0, build=build, solve=solved, certify=certified, write=0.0)
    return Outcome(gathered, candidates, options, solution, certificate, extra, seconds, wider, lacking)


def _what_would_serve_more(
    gathered: Gathered, candidates: Candidates, policy: MatchingPolicy, solution: Solution
) -> tuple[list[Wider], dict[int, int]]:
    """Return the wider radii that serve more, and by city how many more new marraines there would serve."""
    if solution.stats.matched == len(gathered.mentees) or candidates.problem.pair_count > MOST_PAIRS:
        return [], {}
    rules, group = engine_rules(policy), policy.group_size
    wider = wider_radii(gathered.mentees, gathered.mentors, rules, solution.stats.matched, group)
    more = more_with_mentors_at(candidates, gathered.mentees, rules, gathered.sites.values(), group)
    return wider, {site: count for site, count in zip(gathered.sites, more, strict=True) if count}


def texts(outcome: Outcome, policy: MatchingPolicy) -> Mapping[str, str]:
    """Return the files of a run, by name."""
    problem, solution, previous = outcome.candidates.problem, outcome.solution, outcome.options.previous
    extra = len(outcome.extra) if policy.group_size > 1 else None
    return {
        "mentees.csv": files.write_mentees(problem),
        "mentors.csv": files.write_mentors(problem),
        "pairs.csv": files.write_pairs(problem),
        "assignments.csv": files.write_assignments(problem, solution),
        "report.json": files.write_report(
            problem, outcome.options, solution, outcome.certificate, outcome.seconds, extra_seats=extra
        ),
        **({} if previous is None else {"previous.csv": files.write_previous(previous)}),
    }
