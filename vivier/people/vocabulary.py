"""The closed lists that describe people; codes are ASCII and stable, labels are French."""

from django.db import models


class SchoolLevel(models.TextChoices):
    """Class at school, or what comes after."""

    SIXIEME = "6e", "6e"
    CINQUIEME = "5e", "5e"
    QUATRIEME = "4e", "4e"
    TROISIEME = "3e", "3e"
    SECONDE = "2de", "2de"
    PREMIERE = "1re", "1re"
    TERMINALE = "terminale", "terminale"
    CAP = "cap", "CAP"
    HIGHER = "higher", "études supérieures"
    NOT_AT_SCHOOL = "none", "hors de l’école"


class Slot(models.TextChoices):
    """Half-days in which two people can meet."""

    MON_PM = "mon_pm", "lundi après-midi"
    MON_EVE = "mon_eve", "lundi soir"
    TUE_PM = "tue_pm", "mardi après-midi"
    TUE_EVE = "tue_eve", "mardi soir"
    WED_AM = "wed_am", "mercredi matin"
    WED_PM = "wed_pm", "mercredi après-midi"
    WED_EVE = "wed_eve", "mercredi soir"
    THU_PM = "thu_pm", "jeudi après-midi"
    THU_EVE = "thu_eve", "jeudi soir"
    FRI_PM = "fri_pm", "vendredi après-midi"
    FRI_EVE = "fri_eve", "vendredi soir"
    SAT_AM = "sat_am", "samedi matin"
    SAT_PM = "sat_pm", "samedi après-midi"


class Interest(models.TextChoices):
    """What somebody likes, or works at, in digital."""

    CODE = "code", "programmation"
    WEB = "web", "web"
    DESIGN = "design", "graphisme et design"
    GAMES = "games", "jeux vidéo"
    DATA = "data", "données"
    AI = "ai", "intelligence artificielle"
    SECURITY = "security", "cybersécurité"
    NETWORK = "network", "réseaux et fibre"
    ROBOTICS = "robotics", "robotique et objets connectés"
    PROJECT = "project", "conduite de projet"
    SUPPORT = "support", "aide aux utilisatrices et utilisateurs"
    HEALTH = "health", "numérique et santé"
    ENVIRONMENT = "environment", "numérique et environnement"


class Language(models.TextChoices):
    """Languages in which one can be accompanied (ISO 639-1; fsl is French sign language)."""

    FR = "fr", "français"
    EN = "en", "anglais"
    AR = "ar", "arabe"
    ES = "es", "espagnol"
    PT = "pt", "portugais"
    TR = "tr", "turc"
    IT = "it", "italien"
    DE = "de", "allemand"
    RU = "ru", "russe"
    UK = "uk", "ukrainien"
    ZH = "zh", "chinois"
    FSL = "fsl", "langue des signes française"


class QpvStatus(models.TextChoices):
    """Whether somebody lives in a priority neighbourhood; the address itself is never stored."""

    YES = "yes", "en QPV"
    DECLARED = "declared", "déclare vivre en QPV"
    NO = "no", "hors QPV"
    UNKNOWN = "unknown", "non connu"


class Purpose(models.TextChoices):
    """What a consent is for. Which signatories each needs is data: vivier/people/data/consent_rules.toml."""

    DATA = "data", "traitement des données"
    ACTIVITY = "activity", "participation aux séances"
    MENTORING = "mentoring", "accompagnement par une marraine ou un mentor"
    IMAGE = "image", "image"
