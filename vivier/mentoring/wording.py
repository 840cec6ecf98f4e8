"""The French sentences of the room: why this pair, why she waits, what the proof says. Pure: rows in, words out."""

from collections.abc import Mapping
from types import MappingProxyType

from vivier.common.text import listed, of, plural
from vivier.engines.matching.explanations import WaitingCode, WaitingReason
from vivier.engines.matching.limits import MAX_SCORE
from vivier.engines.matching.reasons import Terms, price_text, rank_text, slack_text, waiting_text
from vivier.mentoring.models import MatchingPolicy, MatchingRun, Pair, PairAlternative, Waiting
from vivier.mentoring.policies import priority_words
from vivier.mentoring.vocabulary import DeclineReason, MentorWords, PairState
from vivier.people.models import Beneficiary
from vivier.people.vocabulary import Interest, SchoolLevel, Slot
from vivier.programmes.vocabulary import Words

#: The meter of a page has five cells.
CELLS = 5
_SLOTS: Mapping[str, str] = MappingProxyType(dict(Slot.choices))
_INTERESTS: Mapping[str, str] = MappingProxyType(dict(Interest.choices))
_REFUSALS = {
    "distance": "refused_by_distance",
    "vetting": "refused_by_vetting",
    "past_refusal": "refused_by_choice",
    "same_employer": "refused_by_employer",
    "language": "refused_by_language",
    "slots": "refused_by_slots",
}
#: What the data did not say, and the rule that therefore refused nobody (facts of the engine's Candidates.unknowns).
_UNKNOWN = {
    "mentee_location": ("la commune de {who}", False),
    "mentee_slots": ("les créneaux de {who}", False),
    "mentee_languages": ("les langues de {who}", False),
    "mentee_interests": ("les goûts de {who}", False),
    "mentee_qpv": ("le quartier de {who}, donc priorité", False),
    "mentee_rural": ("si la commune est rurale pour {who}, donc priorité", False),
    "mentor_location": ("la commune de {who}", True),
    "mentor_slots": ("les créneaux de {who}", True),
    "mentor_languages": ("les langues de {who}", True),
    "mentor_interests": ("les domaines de {who}", True),
    "mentor_vetting": ("la vérification de {who}, à faire avant d’accepter", True),
}


def at_place(name: str) -> str:
    """Return "à Valence", "au Puy-en-Velay", "aux Ulis" or "à La Rochelle"."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"à {name}"


def class_or_situation(beneficiary: Beneficiary) -> tuple[str, str]:
    """Return what is said of where somebody stands: ("Classe", "2de"), or ("Situation", "salariée ou salarié")."""
    if beneficiary.school_level and beneficiary.school_level != SchoolLevel.NOT_AT_SCHOOL:
        return "Classe", beneficiary.get_school_level_display()
    is_pupil = beneficiary.kind == Beneficiary.Kind.PUPIL
    return ("Classe", "non connue") if is_pupil else ("Situation", beneficiary.get_kind_display())


def named(words: MentorWords, first_name: str, *, tu: bool) -> str:
    """Return who accompanies her, told to her."""
    if words.one == "marraine":
        return f"{'Ta' if tu else 'Votre'} marraine s’appelle {first_name}."
    if words.one == "mentor" and not tu:
        return f"Votre mentor s’appelle {first_name}."
    return f"{first_name} {'t’accompagne' if tu else 'vous accompagne'}."


def slot_words(codes) -> str:
    """Return "mercredi après-midi et samedi matin"."""
    return listed([_SLOTS[code] for code in Slot.values if code in codes])


def interest_words(codes) -> str:
    """Return "web et données"."""
    return listed([_INTERESTS[code] for code in Interest.values if code in codes])


def terms_of(words: MentorWords) -> Terms:
    """Return the engine's set of words for these."""
    return {"marraine": "feminine", "mentor": "mentor"}.get(words.one, "both")


def cells(score: int) -> int:
    """Return how many of the meter's cells a score fills, 0 to 5."""
    return round(score * CELLS / MAX_SCORE)


def distance_words(km: float | None) -> str:
    """Return "à 18 km", "à moins de 1 km" or "distance non connue"."""
    if km is None:
        return "distance non connue"
    return "à moins de 1 km" if round(km) < 1 else f"à {round(km)} km"


def short_reason(pair: Pair) -> str:
    """Return why in one line: "à 18 km, mercredi après-midi, web et données"."""
    parts = [distance_words(pair.distance_km)]
    if pair.common_slots:
        parts.append(slot_words(pair.common_slots))
    if pair.common_interests:
        parts.append(interest_words(pair.common_interests))
    return ", ".join(parts)


def full_reasons(pair: Pair) -> list[str]:
    """Return why this pair, one sentence a criterion, the unknown ones said."""
    reasons = [f"{_capital(distance_words(pair.distance_km))}.", _slots_reason(pair)]
    if pair.common_interests:
        reasons.append(f"Goûts communs : {interest_words(pair.common_interests)}.")
    else:
        reasons.append("Aucun goût commun connu.")
    if pair.wish_rank:
        reasons.append(f"C’est son {'premier' if pair.wish_rank == 1 else f'{pair.wish_rank}e'} vœu.")
    reasons.append(f"{_capital(rank_text(pair.rank, pair.candidate_count))}.")
    if pair.mentor_price:
        reasons.append(f"Une place demandée par d’autres : {price_text(pair.mentor_price)}.")
    else:
        reasons.append(f"Une place que personne d’autre ne dispute : {price_text(0)}.")
    reasons.append(f"Rang de priorité {pair.tier + 1} : {priority_words(pair.tier_rule)}.")
    return reasons


def _slots_reason(pair: Pair) -> str:
    if pair.common_slots:
        word = "Créneau commun" if len(pair.common_slots) == 1 else "Créneaux communs"
        return f"{word} : {slot_words(pair.common_slots)}."
    if "slots" in pair.unknown_rules:
        return "Créneaux non connus : il faudra en convenir."
    return "Aucun créneau commun : les règles ne l’exigeaient pas."


def pair_heading(pair: Pair, *, can_meet: bool) -> str:
    """Return the heading of a pair's page: what it is now, in one sentence."""
    mentor, mentee = pair.mentor.volunteer.identity.full_name, pair.enrolment.beneficiary.identity.full_name
    match pair.state:
        case PairState.ACCEPTED if can_meet:
            return f"{mentor} accompagne {mentee}."
        case PairState.ACCEPTED:
            return f"{mentor} accompagnera {mentee}, dès que tout est en règle."
        case PairState.REFUSED:
            return f"{mentor} n’accompagnera pas {mentee}."
        case PairState.ENDED if pair.decision_reason in DeclineReason.values:
            return f"{mentor} n’accompagnera pas {mentee} : l’invitation est déclinée."
        case PairState.ENDED:
            return f"{mentor} a accompagné {mentee}."
        case PairState.SUPERSEDED:
            return f"Un autre appariement a remplacé la proposition {of(mentor)} à {mentee}."
        case _:
            return f"{mentor} pourrait accompagner {mentee}."


def alternative_words(alternative: PairAlternative) -> str:
    """Return where another mentor stands: "2e score sur 9 possibles, il lui manque 120 points"."""
    return f"{'1er' if alternative.rank == 1 else f'{alternative.rank}e'} score, {slack_text(alternative.slack)}"


def waiting_reason(waiting: Waiting, *, words: MentorWords, radius_km: float) -> str:
    """Return why she waits and the smallest change that would help."""
    earlier = waiting.seats_taken_earlier
    reason = WaitingReason(
        mentee=0,
        tier=waiting.tier,
        code=WaitingCode(waiting.reason),
        candidates=waiting.eligible_count,
        seats=waiting.seat_count,
        # Of the other tiers only the sum is kept, which is all that the sentence says of them.
        taken_by_tier={waiting.tier - 1: earlier, waiting.tier: waiting.seat_count - earlier},
        refusals={rule: getattr(waiting, column) for rule, column in _REFUSALS.items()},
        nearest_m=None if waiting.nearest_km is None else round(1000 * waiting.nearest_km),
    )
    text = waiting_text(reason, terms=terms_of(words), radius_km=radius_km)
    if reason.code in (WaitingCode.ALL_TAKEN, WaitingCode.NO_SEAT) and reason.nearest_m is not None:
        text += f" Ou un rayon de {-(-reason.nearest_m // 1000)} km : quelqu’un y a une place."
    return text


def proof_sentence(run: MatchingRun, words: Words) -> str:
    """Return what the certificate proves, in plain words."""
    if not run.is_certified:
        return "Cette répartition n’a pas pu être prouvée la meilleure."
    return (
        f"Prouvé : avec ces règles, aucune autre répartition n’aurait servi une seule {words.one} de plus, "
        "ni mieux respecté les priorités, ni mieux rapproché les autres."
        if words.they == "elles"
        else "Prouvé : avec ces règles, aucune autre répartition n’aurait servi une personne de plus, "
        "ni mieux respecté les priorités, ni mieux rapproché les autres."
    )


def would_help_sentences(
    run: MatchingRun, words: Words, mentor: MentorWords, cities: Mapping[int | None, str]
) -> list[str]:
    """Return what would have served more people, as the run computed it: a wider radius, a seat more in a city.

    cities: key of the site → its name.
    """
    sentences = []
    for km, served in zip(run.wider_km, run.wider_counts, strict=True):
        more = served - run.matched_count
        rest = run.mentee_count - served
        all_of_them = " : tout le monde serait servi" if not rest else ""
        sentences.append(
            f"Avec {km}\u00a0km au lieu de {run.policy.radius_km:g}, {plural(more, words.one, words.many)} de plus "
            f"{'aurait' if more == 1 else 'auraient'} {mentor.a}{all_of_them}."
        )
    for site, more in zip(run.lacking_sites, run.lacking_counts, strict=True):
        if site in cities:
            served = f"{plural(more, words.one, words.many)} de plus"
            sentences.append(
                f"Une place de {mentor.one} en plus {at_place(cities[site])} suffirait à servir {served}."
                if more == 1
                else f"Chaque place de {mentor.one} en plus {at_place(cities[site])} servirait une personne de plus, "
                f"jusqu’à {served}."
            )
    return sentences


def rules_sentences(policy: MatchingPolicy, mentor: MentorWords) -> list[str]:
    """Return one version of the rules in words, those that cannot be switched off included."""
    weights = {
        "la proximité": policy.weight_distance,
        "les créneaux communs": policy.weight_slots,
        "les goûts communs": policy.weight_interests,
    }
    total = sum(weights.values())
    shares = [f"{name} pour {round(100 * weight / total)} %" for name, weight in weights.items() if weight]
    first = [
        name
        for name, chosen in (
            ("les quartiers prioritaires (QPV connus, déclarés ou non renseignés)", policy.first_qpv),
            ("les communes rurales", policy.first_rural),
        )
        if chosen
    ]
    required = [
        name
        for name, chosen in (
            ("un créneau commun", policy.require_common_slot),
            ("une langue commune", policy.require_common_language),
        )
        if chosen
    ]
    return [
        f"Jamais à plus de {policy.radius_km} km, à vol d’oiseau.",
        "Jamais quelqu’un dont la vérification est refusée ou périmée, ni une paire déjà refusée.",
        f"Il faut {listed(required)}, quand c’est connu des deux côtés."
        if required
        else "Ni créneau commun ni langue commune n’est exigé.",
        f"Servir d’abord {listed(first)}." if first else "Personne n’est servi avant les autres.",
        f"Comptent : {listed(shares)}.",
        "On relève d’abord les moins bons accords." if policy.score == "concave" else "On cherche le plus grand total.",
        *(["D’abord, le moins bon accord est rendu aussi bon que possible."] if policy.hold_floor else []),
        "Quand on relance, une proposition en attente reste, sauf si l’on y gagne plus de "
        f"{round(100 * policy.stickiness / MAX_SCORE)}\u00a0% d’un accord parfait."
        if policy.stickiness
        else "Quand on relance, on repart de zéro.",
        *(
            [f"Quand les places manquent, {mentor.a} peut en accompagner jusqu’à {policy.group_size} : à convenir."]
            if policy.group_size > 1
            else []
        ),
    ]


def unknown_sentences(run: MatchingRun, words: Words, mentor: MentorWords) -> list[str]:
    """Return what the data did not say: a rule that needs it refused nobody."""
    sentences = []
    for fact, count in zip(run.unknown_facts, run.unknown_counts, strict=True):
        text, of_mentors = _UNKNOWN.get(fact, (fact + " de {who}", fact.startswith("mentor")))
        nouns = (mentor.one, mentor.many) if of_mentors else (words.one, words.many)
        sentences.append(_capital(text.format(who=plural(count, *nouns))) + ".")
    return sentences


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
