"""Exports leave the house: each is allowed, written in the journal, then made."""

import gzip
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from vivier.common import audit
from vivier.common.actors import Actor
from vivier.common.errors import NotAllowed
from vivier.common.operations import operation
from vivier.common.permissions import Permission
from vivier.common.tables import Cell, Output
from vivier.mentoring.models import MatchingRun, Pair
from vivier.mentoring.operations.runs import FILES
from vivier.mentoring.queries import pairs as pair_queries
from vivier.mentoring.queries import waiting as waiting_queries
from vivier.mentoring.vocabulary import mentor_words
from vivier.mentoring.wording import (
    full_reasons,
    interest_words,
    proof_sentence,
    rules_sentences,
    slot_words,
    unknown_sentences,
)

#: How the command line gives the same assignments from the files; rules may add options.
COMMAND = "vivier match --mentees mentees.csv --mentors mentors.csv --pairs pairs.csv --out assignments.csv"


def command_for(run: MatchingRun) -> str:
    """Return the command that makes this run's assignments again from its files."""
    policy = run.policy
    options = {
        f"--score {policy.score}": policy.score != "concave",
        "--floor": policy.hold_floor,
        f"--previous previous.csv --stickiness {policy.stickiness}": policy.stickiness,
        f"--group {policy.group_size}": policy.group_size > 1,
    }
    return " ".join([COMMAND, *(option for option, asked in options.items() if asked)])


def files_of(run: MatchingRun) -> list[str]:
    """Return the names of a run's files, in the order of the command line."""
    return [name for name in FILES if name != "previous.csv" or run.policy.stickiness]


@operation
def export_file(*, by: Actor, run: MatchingRun, name: str) -> bytes:
    """Return a file of the engine as it was read or written; it holds ids, no names. Raises NotAllowed."""
    _allow(by, run, "matching.export_file", count=1)
    return gzip.decompress(run.files.get(name=name).content)


@operation
def export_results(*, by: Actor, run: MatchingRun, is_latest: bool) -> list[Output]:
    """Return three sheets: who is with whom and why, who waits and why, the run and its proof. Raises NotAllowed."""
    pairs = pair_queries.read_pairs(pair_queries.pairs_of(run, is_latest=is_latest))
    waiting = waiting_queries.read_waiting(waiting_queries.waiting_of(run, is_latest=is_latest), run)
    _allow(by, run, "matching.export", count=len(pairs) + len(waiting))
    words = mentor_words(run.programme.audience)
    notes = ["Données de démonstration : personnes et partenaires sont fictifs."] if settings.DEMO else []
    mentor = words.one.capitalize()
    headings = [
        "Nom",
        "Prénom",
        "Classe",
        "Ville",
        "Commune",
        f"{mentor}, nom",
        f"{mentor}, prénom",
        "Métier",
        "Entreprise ou structure",
        f"{mentor}, commune",
        "Distance en km",
        "Créneaux communs",
        "Goûts communs",
        "Pourquoi",
        "Score sur 10 000",
        "État",
        "Décidée le",
        "Motif",
    ]
    return [
        Output("Accompagnements", headings, (_pair_line(pair) for pair in pairs), notes),
        Output(
            "En attente",
            ["Nom", "Prénom", "Classe", "Ville", "Commune", "Priorité", "Pourquoi"],
            _waiting_lines(waiting, run),
            notes,
        ),
        Output("Le calcul et sa preuve", ["Quoi", "Valeur"], _about(run), notes),
    ]


def _allow(by: Actor, run: MatchingRun, action: str, *, count: int) -> None:
    controller = run.programme.controller_id
    if not by.may(Permission.EXPORT_PEOPLE, controller):
        raise NotAllowed("Vous ne pouvez pas exporter les données de cette structure.")
    audit.record(by=by, action=action, controller_id=controller, about=f"matching_run {run.pk}", count=count)


def _pair_line(pair: Pair) -> list[Cell]:
    beneficiary, volunteer = pair.enrolment.beneficiary, pair.mentor.volunteer
    site = pair.enrolment.site
    return [
        beneficiary.identity.last_name,
        beneficiary.identity.first_name,
        beneficiary.get_school_level_display(),
        site.commune.name if site else "",
        beneficiary.commune.name if beneficiary.commune else "",
        volunteer.identity.last_name,
        volunteer.identity.first_name,
        volunteer.occupation,
        volunteer.employer,
        volunteer.commune.name if volunteer.commune else "",
        None if pair.distance_km is None else round(pair.distance_km, 1),
        slot_words(pair.common_slots),
        interest_words(pair.common_interests),
        " ".join(full_reasons(pair)),
        pair.score,
        pair.get_state_display(),
        timezone.localtime(pair.decided_at) if pair.decided_at else None,
        pair.get_decision_reason_display(),
    ]


def _waiting_lines(enrolments: list, run: MatchingRun) -> Iterator[list[Cell]]:
    for row in waiting_queries.waiting_rows(enrolments, run):
        beneficiary = row.enrolment.beneficiary
        yield [
            beneficiary.identity.last_name,
            beneficiary.identity.first_name,
            beneficiary.get_school_level_display(),
            row.enrolment.site.commune.name if row.enrolment.site else "",
            beneficiary.commune.name if beneficiary.commune else "",
            row.priority,
            row.reason,
        ]


def _about(run: MatchingRun) -> Iterator[list[Cell]]:
    programme = run.programme
    mentor = mentor_words(programme.audience)
    yield ["Programme", programme.name]
    yield ["Appariement", run.number]
    yield ["Lancé le", timezone.localtime(run.run_at)]
    yield ["Lancé par", run.run_by.get_short_name() if run.run_by else "Vivier"]
    yield ["Preuve", proof_sentence(run, programme.words)]
    yield ["Total atteint", run.objective]
    yield ["Borne prouvée", run.bound]
    yield [f"{programme.words.many.capitalize()} dans le calcul", run.mentee_count]
    yield [f"{mentor.many.capitalize()} dans le calcul", run.mentor_count]
    yield ["Paires possibles comparées", run.pair_count]
    yield ["Accompagnements gardés hors du calcul", run.kept_count]
    for tier, mentees, matched in zip(run.tiers, run.tier_mentee_counts, run.tier_matched_counts, strict=True):
        yield [f"Rang de priorité {tier + 1}, {mentor.served}", f"{matched} sur {mentees}"]
    for sentence in rules_sentences(run.policy, mentor):
        yield [f"Règles, version {run.policy.version}", sentence]
    for sentence in unknown_sentences(run, programme.words, mentor):
        yield ["Donnée manquante", sentence]
    yield ["Refaire le calcul", command_for(run)]
