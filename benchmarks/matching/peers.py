"""The solvers compared, each run in a process of its own: `python -m benchmarks.matching.peers PEER FILE.npz`.

It prints one line of JSON: seconds from arrays to assignment, peak memory in MB, served by tier, total of the score.
Libraries are imported and compiled code is loaded before the clock starts.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

MAX_SCORE = 10_000


def problem_of(data: dict[str, np.ndarray]):
    """The arrays of an instance as our problem, people being named by their position."""
    from vivier.engines.matching.problem import Problem

    return Problem(
        mentee_ids=[f"{n:07}" for n in range(len(data["tier"]))],
        tiers=data["tier"],
        mentor_ids=[f"{n:07}" for n in range(len(data["capacity"]))],
        capacities=data["capacity"],
        pair_mentee=data["mentee"],
        pair_mentor=data["mentor"],
        pair_score=data["score"],
    )


def vivier(data: dict[str, np.ndarray]) -> np.ndarray:
    from vivier.engines.matching.problem import Options
    from vivier.engines.matching.solver import solve
    from vivier.engines.matching.warm_up import warm_up

    warm_up()
    problem = problem_of(data)
    return _timed(lambda: solve(problem, Options(score="linear")).assignment)


def ortools(data: dict[str, np.ndarray]) -> np.ndarray:
    """How many of each tier by maximum flows, then the greatest total for those counts by a minimum cost flow."""
    from ortools.graph.python import max_flow, min_cost_flow

    mentee, mentor, tier, capacity = data["mentee"], data["mentor"], data["tier"], data["capacity"]
    mentees, mentors, tiers = len(tier), len(capacity), int(tier.max()) + 1
    people, others, sink = np.arange(mentees), mentees + np.arange(mentors), mentees + mentors
    ones = np.ones(mentees, dtype=np.int64)

    def run() -> np.ndarray:
        reached = [0]
        for t in range(tiers):
            flow, source = max_flow.SimpleMaxFlow(), sink + 1
            first, kept = people[tier <= t], tier[mentee] <= t
            flow.add_arcs_with_capacity(np.full(len(first), source), first, ones[: len(first)])
            flow.add_arcs_with_capacity(mentee[kept], mentees + mentor[kept], np.ones(int(kept.sum()), dtype=np.int64))
            flow.add_arcs_with_capacity(others, np.full(mentors, sink), capacity)
            assert flow.solve(source, sink) == flow.OPTIMAL
            reached.append(flow.optimal_flow())
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(sink + 1 + tier, people, ones, 0 * ones)
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            mentee, mentees + mentor, np.ones(len(mentee), dtype=np.int64), MAX_SCORE - data["score"]
        )
        flow.add_arcs_with_capacity_and_unit_cost(
            others, np.full(mentors, sink), capacity, np.zeros(mentors, dtype=np.int64)
        )
        flow.set_nodes_supplies(sink + 1 + np.arange(tiers), np.diff(reached))
        flow.set_node_supply(sink, -reached[-1])
        assert flow.solve() == flow.OPTIMAL
        taken = flow.flows(arcs) > 0
        assignment = np.full(mentees, -1)
        assignment[mentee[taken]] = mentor[taken]
        return assignment

    return _timed(run)


def scipy(data: dict[str, np.ndarray]) -> np.ndarray:
    """LAPJVsp on mentees × seats, everybody having a place of her own to wait at; tiers are prizes."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    tier, capacity = data["tier"].astype(np.int64), data["capacity"].astype(np.int64)
    mentees = len(tier)

    def run() -> np.ndarray:
        first = np.cumsum(capacity) - capacity
        copies = capacity[data["mentor"]]
        pair = np.repeat(np.arange(len(copies)), copies)
        seat = first[data["mentor"][pair]] + np.arange(len(pair)) - np.repeat(np.cumsum(copies) - copies, copies)
        prize = (MAX_SCORE * mentees + 1) * (tier.max() + 1 - tier)
        row = np.concatenate([data["mentee"][pair], np.arange(mentees)])
        column = np.concatenate([seat, capacity.sum() + np.arange(mentees)])
        worth = np.concatenate([prize[data["mentee"][pair]] + data["score"][pair] + 1, np.ones(mentees, np.int64)])
        graph = csr_array((worth.astype(float), (row, column)), shape=(mentees, int(capacity.sum()) + mentees))
        rows, columns = min_weight_full_bipartite_matching(graph, maximize=True)
        mentor_of_seat = np.concatenate([np.repeat(np.arange(len(capacity)), capacity), np.full(mentees, -1)])
        assignment = np.full(mentees, -1)
        assignment[rows] = mentor_of_seat[columns]
        return assignment

    return _timed(run)


def matching(data: dict[str, np.ndarray]) -> np.ndarray:
    """The hospital-resident game of `matching`: another question (stable pairs), told for its time."""
    from matching.games import HospitalResident

    mentee, mentor = data["mentee"].tolist(), data["mentor"].tolist()
    best_first = np.argsort(-data["score"], kind="stable").tolist()
    hers: dict[int, list] = {}
    theirs: dict[int, list] = {}
    for pair in best_first:
        if data["capacity"][mentor[pair]]:
            hers.setdefault(mentee[pair], []).append(mentor[pair])
            theirs.setdefault(mentor[pair], []).append(mentee[pair])
    seats = {j: int(data["capacity"][j]) for j in theirs}

    def run() -> np.ndarray:
        found = HospitalResident.create_from_dictionaries(hers, theirs, seats).solve()
        assignment = np.full(len(data["tier"]), -1)
        for hospital, residents in found.items():
            assignment[[resident.name for resident in residents]] = hospital.name
        return assignment

    return _timed(run)


PEERS: dict[str, Callable] = {"vivier": vivier, "ortools": ortools, "scipy": scipy, "matching": matching}
_seconds = 0.0


def _timed(run: Callable[[], np.ndarray]) -> np.ndarray:
    global _seconds
    started = time.perf_counter()
    assignment = run()
    _seconds = time.perf_counter() - started
    return assignment


def _peak() -> int:
    """Greatest memory of this process in MB. (ru_maxrss would begin with that of the process that started it.)"""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    peer, path = sys.argv[1:]
    with np.load(path) as stored:
        data = {name: stored[name] for name in stored.files}
    for array in data.values():
        array.setflags(write=False)  # nobody needs a copy of what nobody can change
    assignment = PEERS[peer](data)
    memory = _peak()
    served = np.bincount(data["tier"][assignment >= 0], minlength=int(data["tier"].max()) + 1)
    chosen = assignment[data["mentee"]] == data["mentor"]
    answer = {
        "seconds": _seconds,
        "memory": memory,
        "served": served.tolist(),
        "total": int(data["score"][chosen].sum()),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
