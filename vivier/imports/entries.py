"""What a file says of people, once understood: frozen records without database."""

from dataclasses import dataclass
from datetime import date

from vivier.imports.issues import Spot


@dataclass(frozen=True, slots=True)
class Visit:
    """A place in a session: its city (key of a commune, None: not known), its day, whether she came."""

    city: int | None = None
    day: date | None = None
    attended: bool | None = None


@dataclass(frozen=True, slots=True)
class GuardianEntry:
    """A guardian as a file names her; "" where it says nothing."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.first_name or self.last_name or self.email or self.phone)


@dataclass(frozen=True, slots=True)
class Registrant:
    """A beneficiary as a file describes her. `commune`: its key; "" and () where the file says nothing."""

    spots: tuple[Spot, ...]
    first_name: str
    last_name: str
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    kind: str = ""
    school_level: str = ""
    school_name: str = ""
    commune: int | None = None
    qpv: str = ""
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    guardians: tuple[GuardianEntry, ...] = ()
    visits: tuple[Visit, ...] = ()

    @property
    def city(self) -> int | None:
        return next((visit.city for visit in self.visits if visit.city), None)

    @property
    def is_presence_told(self) -> bool:
        return all(visit.attended is not None for visit in self.visits)

    @property
    def is_day_told(self) -> bool:
        return all(visit.day is not None for visit in self.visits)


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A marraine or mentor as a file describes her. `vetted` None: the file does not say."""

    spots: tuple[Spot, ...]
    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    occupation: str = ""
    employer: str = ""
    commune: int | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    capacity: int | None = None
    vetted: bool | None = None
    vetted_on: date | None = None
    vetting_ends_on: date | None = None

    #: A volunteer is known by her name and her address.
    birth_date = None

    @property
    def is_capacity_told(self) -> bool:
        return self.capacity is not None

    @property
    def is_vetting_told(self) -> bool:
        return self.vetted is not None


Entry = Registrant | Volunteer

#: Column of an entry → its name, where two lines may contradict each other.
LABELS = {
    "birth_date": "Date de naissance",
    "email": "Adresse e-mail",
    "phone": "Téléphone",
    "kind": "Situation",
    "school_level": "Classe",
    "school_name": "Établissement",
    "commune": "Commune",
    "qpv": "QPV",
    "occupation": "Métier",
    "employer": "Entreprise",
    "capacity": "Nombre de filleules",
    "vetted": "Vérification",
    "vetted_on": "Vérifiée le",
    "vetting_ends_on": "Vérification valable jusqu’au",
    "languages": "Langues",
    "interests": "Goûts",
    "slots": "Créneaux",
    "guardians": "Responsable légal",
    "visits": "Présence",
    "first_name": "Prénom",
    "last_name": "Nom",
    "site": "Ville",
    "mentor": "Participation au programme",
    "vetting": "Vérification",
}
