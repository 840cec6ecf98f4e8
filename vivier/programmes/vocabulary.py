"""Whom a programme serves, and the French words that agree with it."""

from dataclasses import dataclass

from django.db import models


class Audience(models.TextChoices):
    """The public of a programme."""

    LYCEENNES = "lyceennes", "lycéennes"
    COLLEGIENNES = "collegiennes", "collégiennes"
    PUPILS = "pupils", "élèves, filles et garçons"
    STUDENTS = "students", "étudiantes"
    WOMEN = "women", "femmes en reconversion ou en emploi"
    EVERYONE = "everyone", "tous publics"


class Attachment(models.TextChoices):
    """What the structure that holds a plan says of a programme that calls itself part of it."""

    PROPOSED = "proposed", "proposé, en attente de réponse"
    ACCEPTED = "accepted", "accepté"
    REFUSED = "refused", "refusé"


@dataclass(frozen=True)
class Words:
    """Nouns and participles for one audience; `they` is the pronoun in the plural."""

    one: str
    many: str
    registered: str
    authorised: str
    present: str
    they: str
    #: Whoever accompanies is a marraine; else both genders may, or adults have mentors.
    has_marraine: bool = True


_FEMININE = {"registered": "inscrites", "authorised": "autorisées", "present": "présentes", "they": "elles"}
_BOTH = {
    "registered": "inscrites et inscrits",
    "authorised": "autorisées et autorisés",
    "present": "présentes et présents",
    "they": "elles et ils",
}

WORDS: dict[str, Words] = {
    Audience.LYCEENNES: Words("lycéenne", "lycéennes", **_FEMININE),
    Audience.COLLEGIENNES: Words("collégienne", "collégiennes", **_FEMININE),
    Audience.PUPILS: Words("élève", "élèves", **_BOTH, has_marraine=False),
    Audience.STUDENTS: Words("étudiante", "étudiantes", **_FEMININE),
    Audience.WOMEN: Words("participante", "participantes", **_FEMININE, has_marraine=False),
    Audience.EVERYONE: Words("personne", "personnes", **_FEMININE, has_marraine=False),
}
