"""What rooms hand over to create people: plain values, checked for shape by a form or a file reader before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from vivier.people.vocabulary import QpvStatus
from vivier.territories.models import Commune


@dataclass(frozen=True, kw_only=True)
class NewBeneficiary:
    """A beneficiary to create; codes are those of people.vocabulary and of Beneficiary.Kind."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    email: str = ""
    phone: str = ""
    kind: str = "pupil"
    school_level: str = ""
    school_name: str = ""
    commune: Commune | None = None
    qpv: str = QpvStatus.UNKNOWN
    languages: Sequence[str] = field(default_factory=tuple)
    interests: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class NewGuardian:
    """A guardian to name; everything may be unknown but one of them."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return any((self.first_name, self.last_name, self.email, self.phone))


@dataclass(frozen=True, kw_only=True)
class NewVolunteer:
    """A volunteer to create."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    occupation: str = ""
    employer: str = ""
    commune: Commune | None = None
    languages: Sequence[str] = field(default_factory=tuple)
    interests: Sequence[str] = field(default_factory=tuple)
