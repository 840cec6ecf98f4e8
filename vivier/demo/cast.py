"""The cast of the demonstration: 150 pupils and 110 marraines, all fictional, the same on every machine.

Cities, communes and distances are true; names are drawn from lists of common first names and invented surnames.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from vivier.common.text import folded

#: City → pupils present, marraines, places that these marraines offer together.
CITIES = {
    "Grenoble": (32, 27, 35),
    "Valence": (24, 11, 14),
    "Lyon": (48, 38, 47),
    "Saint-Étienne": (22, 17, 24),
    "Clermont-Ferrand": (24, 17, 23),
}

#: City → where its people live (commune, postal code); the city itself first, and twice as often.
COMMUNES = {
    "Grenoble": [
        ("Grenoble", "38000"), ("Échirolles", "38130"), ("Fontaine", "38600"), ("Saint-Martin-d'Hères", "38400"),
        ("Eybens", "38320"), ("Meylan", "38240"), ("Seyssinet-Pariset", "38170"), ("Engins", "38360"),
        ("Saint-Nizier-du-Moucherotte", "38250"),
    ],
    "Valence": [
        ("Valence", "26000"), ("Bourg-lès-Valence", "26500"), ("Portes-lès-Valence", "26800"), ("Chabeuil", "26120"),
        ("Romans-sur-Isère", "26100"), ("Alixan", "26300"), ("Étoile-sur-Rhône", "26800"), ("Malissard", "26120"),
        ("Saint-Marcel-lès-Valence", "26320"),
    ],
    "Lyon": [
        ("Lyon", "69008"), ("Villeurbanne", "69100"), ("Vénissieux", "69200"), ("Vaulx-en-Velin", "69120"),
        ("Bron", "69500"), ("Rillieux-la-Pape", "69140"), ("Caluire-et-Cuire", "69300"), ("Saint-Priest", "69800"),
        ("Écully", "69130"),
    ],
    "Saint-Étienne": [
        ("Saint-Étienne", "42000"), ("Villars", "42390"), ("La Ricamarie", "42150"), ("Firminy", "42700"),
        ("Roche-la-Molière", "42230"), ("Le Chambon-Feugerolles", "42500"), ("Planfoy", "42660"),
        ("Saint-Romain-les-Atheux", "42660"),
    ],
    "Clermont-Ferrand": [
        ("Clermont-Ferrand", "63000"), ("Chamalières", "63400"), ("Aubière", "63170"), ("Cournon-d'Auvergne", "63800"),
        ("Gerzat", "63360"), ("Lempdes", "63370"), ("Romagnat", "63540"), ("Saint-Genès-Champanelle", "63122"),
        ("Malauzat", "63200"),
    ],
}  # fmt: skip

_PUPIL_NAMES = (
    "Inès Maëlys Lina Jade Louna Sarah Yasmine Camille Manon Aïcha Chloé Zoé Anaïs Nour Clara Lola Emma Léna Assia "
    "Eva Romane Fatou Juliette Élise Mariam Océane Salomé Noémie Hana Margaux Célia Agathe Imane Lise Capucine Awa "
    "Apolline Soline Kenza Mathilde"
).split()
_MARRAINE_NAMES = (
    "Claire Sophie Nathalie Karima Hélène Sandrine Aurélie Fatima Delphine Laetitia Virginie Mélanie Isabelle Samira "
    "Céline Audrey Valérie Émilie Nadège Stéphanie Amandine Houria Florence Élodie Caroline Rachida Marion Anne Lucie "
    "Dominique"
).split()
#: Surnames made of water and trees, so that nobody takes them for real people.
_FIRST_PARTS = (
    "Beau Claire Haute Belle Longue Noire Grande Petite Basse Vieille Neuve Douce Verte Blanche Franche".split()
)
_LAST_PARTS = "mare rive fontaine source gué combe val lande rieu clos roche".split()
_LYCEES = {
    "Grenoble": ["Lycée des Trois-Sommets", "Lycée du Drac"],
    "Valence": ["Lycée du Champ-de-Mai", "Lycée de la Véore"],
    "Lyon": ["Lycée des Deux-Fleuves", "Lycée de la Croix-Verte", "Lycée du Parc-aux-Ifs"],
    "Saint-Étienne": ["Lycée du Puits-Neuf", "Lycée des Passementières"],
    "Clermont-Ferrand": ["Lycée des Volcans-Bleus", "Lycée de la Limagne"],
}
_OCCUPATIONS = (
    ("développeuse web", "web, programmation"),
    ("administratrice systèmes", "réseaux, cybersécurité"),
    ("analyste de données", "données"),
    ("designer d’interfaces", "design, web"),
    ("cheffe de projet numérique", "conduite de projet"),
    ("ingénieure logiciel", "programmation"),
    ("experte en cybersécurité", "cybersécurité"),
    ("technicienne fibre", "réseaux"),
    ("roboticienne", "robotique, programmation"),
    ("data scientist", "données, IA"),
    ("conceptrice de jeux", "jeux vidéo, design"),
    ("médiatrice numérique", "aide aux utilisateurs"),
)
_COMPANIES = (
    "Coopérative Bleu-Cresson", "Atelier Nénuphar", "Société du Vieux-Pont", "Roselière Conseil", "Libellule Systèmes",
    "Régie des Écluses", "Martin-Pêcheur Informatique", "Sources & Données", "Barrage Logiciels", "Héron Cendré SARL",
)  # fmt: skip
_SLOTS = ("mercredi après-midi", "samedi matin", "mercredi soir", "vendredi soir", "mardi soir", "lundi soir")
_INTERESTS = ("programmation", "web", "design", "jeux vidéo", "données", "IA", "cybersécurité", "réseaux", "robotique")
#: Communes of the cast where a pupil may live in a priority neighbourhood.
_QPV_COMMUNES = frozenset(
    "Échirolles Fontaine Saint-Martin-d'Hères Valence Romans-sur-Isère Vénissieux Vaulx-en-Velin Bron Rillieux-la-Pape "
    "Villeurbanne Saint-Étienne Firminy Clermont-Ferrand".split()
) | {"La Ricamarie", "Le Chambon-Feugerolles"}


@dataclass(frozen=True)
class Partner:
    """A fictional company, and what it promised in its own words."""

    name: str
    slug: str
    city: str
    target: int
    wording: str


#: The first is the one whose account the demonstration opens.
PARTNERS = (
    Partner(
        "Drôme Fibre Services", "drome-fibre", "Valence", 5, "Cinq marraines parmi nos techniciennes et ingénieures"
    ),
    Partner("Mutuelle des Deux Rives", "deux-rives", "Valence", 4, "Quatre marraines, le mercredi"),
    Partner("Vercors Logiciels", "vercors-logiciels", "Romans-sur-Isère", 3, "Trois marraines parmi nos développeuses"),
    Partner("Confluence Données", "confluence-donnees", "Lyon", 6, "Six marraines à Lyon"),
    Partner("Volcans Numériques", "volcans-numeriques", "Clermont-Ferrand", 2, "Deux marraines à Clermont-Ferrand"),
)


@dataclass(frozen=True)
class Announced:
    """What a fictional partner announces: `days` from the day of the demonstration; `shape` says how much is known."""

    partner: str
    kind: str
    title: str
    days: int
    shape: str = "%d/%m/%Y"
    is_public: bool = False


ANNOUNCED = (
    Announced("drome-fibre", "visit", "Visite d’un central fibre, par petits groupes", 17, is_public=True),
    Announced("deux-rives", "training", "Former nos gestionnaires à parler de leur métier", 24),
    Announced("vercors-logiciels", "event", "Soirée des développeuses du Vercors", 45, "%m/%Y", is_public=True),
    Announced("confluence-donnees", "internship", "Accueil des stagiaires de 2de", 200, "%m/%Y"),
    Announced("volcans-numeriques", "equipment", "Ordinateurs reconditionnés pour les ateliers", 60, "%m/%Y"),
    Announced("volcans-numeriques", "event", "Nuit du code, si la salle est libre", 300, "%Y"),
)
#: What the partners promised besides marraines: (partner, metric, how many, in their own words).
OTHER_PLEDGES = (
    ("vercors-logiciels", "interventions", 4, "Quatre interventions en classe de 4e"),
    ("confluence-donnees", "internships", 3, "Trois stages de découverte"),
)


@dataclass(frozen=True)
class Pupil:
    """A pupil present at the workshop of `city`, in the words of the association's file."""

    city: str
    workshop_on: date
    first_name: str
    last_name: str
    birth_date: date
    school: str
    level: str
    commune: str
    postal_code: str
    email: str
    guardian_name: str
    guardian_email: str
    slots: str
    interests: str
    qpv: str


@dataclass(frozen=True)
class Marraine:
    """A marraine, in the words of the association's file."""

    city: str
    first_name: str
    last_name: str
    email: str
    phone: str
    occupation: str
    company: str
    commune: str
    postal_code: str
    capacity: int
    slots: str
    domains: str
    languages: str
    vetted_on: date


def workshop_days(today: date) -> dict[str, date]:
    """Return the Wednesday of each city's past workshop, the five weeks before `today`."""
    last_wednesday = today - timedelta(days=(today.weekday() - 2) % 7 or 7)
    return {city: last_wednesday - timedelta(weeks=back) for back, city in enumerate(reversed(CITIES))}


def pupils(today: date) -> list[Pupil]:
    """Return the 150 pupils, city by city."""
    rng, names, cast = Random("pupils"), _names(_PUPIL_NAMES, Random("pupil names")), []  # noqa: S311
    days = workshop_days(today)
    school_year = today.year if today.month >= 8 else today.year - 1
    for city, (present, _, _) in CITIES.items():
        for position in range(present):
            first_name, last_name = next(names)
            level, age = rng.choice((("2nde", 15), ("2de", 15), ("1ère", 16), ("1re STI2D", 16), ("Terminale", 17)))
            commune, postal_code = _home(city, position, rng)
            cast.append(
                Pupil(
                    city=city,
                    workshop_on=days[city],
                    first_name=first_name,
                    last_name=last_name,
                    birth_date=date(school_year - age, 1, 1) + timedelta(days=rng.randrange(365)),
                    school=rng.choice(_LYCEES[city]),
                    level=level,
                    commune=commune,
                    postal_code=postal_code,
                    email=_address(first_name, last_name, "eleve.exemple.test"),
                    guardian_name=f"{rng.choice(_MARRAINE_NAMES)} {last_name}",
                    guardian_email=_address("parent", last_name + str(position), "famille.exemple.test"),
                    slots=_some_slots(rng, always=True),
                    interests=", ".join(rng.sample(_INTERESTS, rng.choice((1, 2, 3)))),
                    qpv=_qpv(commune, rng),
                )
            )
    return cast


def marraines(today: date) -> list[Marraine]:
    """Return the 110 marraines, city by city."""
    rng, names, cast = Random("marraines"), _names(_MARRAINE_NAMES, Random("marraine names")), []  # noqa: S311
    for city, (_, number, places) in CITIES.items():
        for position in range(number):
            first_name, last_name = next(names)
            occupation, domains = rng.choice(_OCCUPATIONS)
            commune, postal_code = _home(city, position, rng)
            cast.append(
                Marraine(
                    city=city,
                    first_name=first_name,
                    last_name=last_name,
                    email=_address(first_name, last_name, "marraine.exemple.test"),
                    phone=f"06 39 98 {rng.randrange(100):02d} {rng.randrange(100):02d}",
                    occupation=occupation,
                    company=rng.choice(_COMPANIES),
                    commune=commune,
                    postal_code=postal_code,
                    capacity=2 if position < places - number else 1,
                    slots=_some_slots(rng, always=rng.random() < 0.8),
                    domains=domains,
                    languages=rng.choice(("français", "français", "français, anglais", "français, arabe")),
                    vetted_on=today - timedelta(days=rng.randrange(20, 200)),
                )
            )
    return cast


@dataclass(frozen=True)
class Expected:
    """Somebody who was expected: absent on the day, or signing up for the next one."""

    first_name: str
    last_name: str
    birth_date: date
    commune: str
    email: str


#: City → pupils who did not come, pupils who sign up for the next session.
OTHERS = {
    "Grenoble": (2, 2),
    "Valence": (2, 3),
    "Lyon": (4, 2),
    "Saint-Étienne": (1, 1),
    "Clermont-Ferrand": (2, 2),
}


def others(today: date) -> tuple[dict[str, list[Expected]], dict[str, list[Expected]]]:
    """Return by city who did not come, and who has begun to sign up for the next session."""
    rng = Random("others")  # noqa: S311
    surnames = "Tardive Pressée Lente Vive Calme".split()
    names = _names(_PUPIL_NAMES[::-1], Random("other names"), surnames)  # noqa: S311
    absent, newcomers = {}, {}
    for city, (missed, coming) in OTHERS.items():
        for target, number in ((absent, missed), (newcomers, coming)):
            target[city] = [_expected(*next(names), city, today, rng) for _ in range(number)]
    return absent, newcomers


def _expected(first_name: str, last_name: str, city: str, today: date, rng: Random) -> Expected:
    return Expected(
        first_name=first_name,
        last_name=last_name,
        birth_date=today - timedelta(days=15 * 365 + rng.randrange(600)),
        commune=city,
        email=_address(first_name, last_name, "eleve.exemple.test"),
    )


def parent_of(person: Expected) -> str:
    """Return the address of a parent of somebody expected."""
    return _address("parent", person.last_name, "famille.exemple.test")


def _names(first_names: list[str], rng: Random, first_parts: list[str] = _FIRST_PARTS):
    """Yield (first name, surname) without repeating a surname, in an order that `rng` shuffles."""
    surnames = [first + last for first in first_parts for last in _LAST_PARTS]
    rng.shuffle(surnames)
    for number in range(len(surnames)):
        yield first_names[number % len(first_names)], surnames[number]


def _home(city: str, position: int, rng: Random) -> tuple[str, str]:
    communes = COMMUNES[city]
    return communes[0] if position % 3 == 0 else rng.choice(communes)


def _some_slots(rng: Random, *, always: bool) -> str:
    """Return half-days as people write them; `always` includes Wednesday afternoon."""
    first = _SLOTS[0] if always else _SLOTS[1]
    others = [slot for slot in _SLOTS if slot != first]
    return ", ".join([first, *rng.sample(others, rng.choice((0, 1, 1, 2)))])


def _qpv(commune: str, rng: Random) -> str:
    """Return "oui", "non" or nothing: the file does not always say."""
    if rng.random() < 0.15:
        return ""
    return "oui" if commune in _QPV_COMMUNES and rng.random() < 0.45 else "non"


def _address(first_name: str, last_name: str, domain: str) -> str:
    return f"{folded(first_name)}.{folded(last_name)}@{domain}".replace(" ", "-")
