"""What a column of a people file may hold, and what follows when no column says it."""

from dataclasses import dataclass

REGISTRANTS = "registrants"
MENTORS = "mentors"

#: What a column is when she sets it aside.
IGNORED = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may hold. `is_many`: several columns may hold it, and what they say is added up."""

    code: str
    label: str
    kinds: tuple[str, ...] = (REGISTRANTS, MENTORS)
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that a file may be silent about: none of its columns is in `fields`. `then`: what follows.

    `told`: what an understood person has where the file does say it, so that those without it can be counted.
    """

    code: str
    fields: frozenset[str]
    label: str
    then: str
    told: str


_REGISTRANTS_ONLY = (REGISTRANTS,)
_MENTORS_ONLY = (MENTORS,)

FIELDS = (
    Field("last_name", "Nom"),
    Field("first_name", "Prénom"),
    Field("full_name", "Nom et prénom, dans une seule colonne"),
    Field("birth_date", "Date de naissance", _REGISTRANTS_ONLY),
    Field("email", "Adresse e-mail"),
    Field("phone", "Téléphone"),
    Field("situation", "Situation (élève, étudiante, demandeuse d’emploi…)", _REGISTRANTS_ONLY),
    Field("school_name", "Établissement", _REGISTRANTS_ONLY),
    Field("school_level", "Classe", _REGISTRANTS_ONLY),
    Field("occupation", "Métier", _MENTORS_ONLY),
    Field("employer", "Entreprise ou structure", _MENTORS_ONLY),
    Field("commune", "Commune où elle habite"),
    Field("postal_code", "Code postal"),
    Field("insee_code", "Code INSEE de la commune"),
    Field("site", "Ville de l’atelier", _REGISTRANTS_ONLY),
    Field("session_on", "Date de l’atelier", _REGISTRANTS_ONLY),
    Field("attended", "Présence", _REGISTRANTS_ONLY),
    Field("qpv", "Quartier prioritaire (QPV)", _REGISTRANTS_ONLY),
    Field("guardian_name", "Responsable légal : nom et prénom", _REGISTRANTS_ONLY),
    Field("guardian_last_name", "Responsable légal : nom", _REGISTRANTS_ONLY),
    Field("guardian_first_name", "Responsable légal : prénom", _REGISTRANTS_ONLY),
    Field("guardian_email", "Responsable légal : adresse e-mail", _REGISTRANTS_ONLY),
    Field("guardian_phone", "Responsable légal : téléphone", _REGISTRANTS_ONLY),
    Field("guardian2_name", "Second responsable légal : nom et prénom", _REGISTRANTS_ONLY),
    Field("guardian2_email", "Second responsable légal : adresse e-mail", _REGISTRANTS_ONLY),
    Field("guardian2_phone", "Second responsable légal : téléphone", _REGISTRANTS_ONLY),
    Field("capacity", "Nombre de filleules à la fois", _MENTORS_ONLY),
    Field("slots", "Créneaux possibles", is_many=True),
    Field("slot_column", "Un créneau (x, oui ou non dans chaque case)", is_many=True),
    Field("interests", "Goûts ou domaines", is_many=True),
    Field("languages", "Langues", is_many=True),
    Field("vetted_on", "Vérifiée le", _MENTORS_ONLY),
    Field("vetting_ends_on", "Vérification valable jusqu’au", _MENTORS_ONLY),
)
BY_CODE = {field.code: field for field in FIELDS}


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return what a column of a file of that kind may hold."""
    return tuple(field for field in FIELDS if kind in field.kinds)


_COMMON_LACKS = (
    Lack(
        "slots",
        frozenset({"slots", "slot_column"}),
        "les créneaux",
        "la règle du créneau commun ne s’appliquera pas à ces personnes.",
        "slots",
    ),
    Lack("interests", frozenset({"interests"}), "les goûts", "ils ne compteront pas dans les affinités.", "interests"),
)
_COMMUNE = frozenset({"commune", "postal_code", "insee_code"})

LACKS = {
    REGISTRANTS: (
        Lack(
            "attended",
            frozenset({"attended"}),
            "la présence",
            "vous pouvez l’attester pour tout le fichier ; une marraine n’est proposée qu’à qui est venue.",
            "is_presence_told",
        ),
        Lack(
            "session_on",
            frozenset({"session_on"}),
            "la date de l’atelier",
            "vous pouvez la dire pour tout le fichier ; sans date, pas de séance.",
            "is_day_told",
        ),
        Lack(
            "birth_date",
            frozenset({"birth_date"}),
            "la date de naissance",
            "les autorisations demandées sont celles des moins de 15 ans, et deux homonymes peuvent être confondues.",
            "birth_date",
        ),
        Lack(
            "guardian",
            frozenset({"guardian_name", "guardian_last_name", "guardian_email", "guardian_phone"}),
            "le responsable légal",
            "il faudra le demander avant de recueillir une autorisation.",
            "guardians",
        ),
        Lack(
            "email",
            frozenset({"email"}),
            "l’adresse e-mail",
            "aucun courriel ne pourra être envoyé à ces personnes.",
            "email",
        ),
        Lack(
            "commune",
            _COMMUNE,
            "la commune",
            "la distance sera comptée depuis la ville de l’atelier, et la ruralité restera inconnue.",
            "commune",
        ),
        Lack(
            "qpv",
            frozenset({"qpv"}),
            "le quartier prioritaire (QPV)",
            "QPV non connu : ces personnes sont servies d’abord, jusqu’à ce qu’on sache.",
            "qpv",
        ),
        *_COMMON_LACKS,
        Lack(
            "languages",
            frozenset({"languages"}),
            "les langues",
            "la règle de la langue commune ne s’appliquera pas à ces personnes.",
            "languages",
        ),
    ),
    MENTORS: (
        Lack(
            "vetted_on",
            frozenset({"vetted_on"}),
            "la vérification",
            "vous pouvez l’attester pour tout le fichier ; elle sera exigée avant d’accepter un accompagnement.",
            "is_vetting_told",
        ),
        Lack(
            "email",
            frozenset({"email"}),
            "l’adresse e-mail",
            "aucun courriel ne pourra être envoyé à ces personnes.",
            "email",
        ),
        Lack("commune", _COMMUNE, "la commune", "la règle de distance ne s’appliquera pas à ces personnes.", "commune"),
        Lack(
            "capacity",
            frozenset({"capacity"}),
            "le nombre de filleules",
            "chacune en accompagnera une à la fois.",
            "is_capacity_told",
        ),
        *_COMMON_LACKS,
        Lack(
            "languages",
            frozenset({"languages"}),
            "les langues",
            "la règle de la langue commune ne s’appliquera pas à ces personnes.",
            "languages",
        ),
    ),
}
