"""The papers of a session as PDF: the list that is signed on the day, and what somebody keeps of it."""

from pathlib import Path

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.pdf import pdf
from vivier.workshops import words
from vivier.workshops.models import Registration, Session
from vivier.workshops.queries import attendance_page

_HERE = Path(__file__).parent
#: Empty lines at the end of the printed sheet, for who comes unannounced.
BLANK_LINES = 5


class NotAttended(DomainError):
    """She was not noted present: there is nothing to certify."""


def sheet_people(session: Session) -> list[dict]:
    """Return the lines of the list to sign, in the order of names."""
    return [
        {
            "name": f"{place.beneficiary.identity.last_name} {place.beneficiary.identity.first_name}",
            "detail": "autorisation attendue" if place.state == place.State.AWAITING_CONSENT else "",
        }
        for place in attendance_page(session).places
    ]


def sheet_detail(session: Session) -> str:
    """Return when, where and with whom."""
    return f"{words.when(session)}. {words.where(session)}. {words.adult(session)}"


def sheet(session: Session) -> bytes:
    """Return the list to sign as PDF."""
    data = {
        "title": f"Feuille de présence : {session.title}",
        "detail": sheet_detail(session),
        "people": [{"name": one["name"], "remark": one["detail"]} for one in sheet_people(session)],
        "blank": BLANK_LINES,
        "note": "Cette feuille contient des noms : ne pas l’afficher, et la détruire une fois les présences saisies.",
    }
    return pdf(_HERE / "sheet.typ", data)


def is_certified(place: Registration) -> bool:
    """Tell whether somebody was noted present at a session that has begun."""
    return place.attended is True and place.session.starts_at <= clock.now()


def certificate(place: Registration) -> bytes:
    """Return what somebody keeps of a session as PDF. Raises NotAttended."""
    if not is_certified(place):
        raise NotAttended("L’attestation existe dès que la présence est notée.")
    session = place.session
    data = {
        "title": "Attestation de présence",
        "structure": session.programme.controller.name,
        "name": place.beneficiary.identity.full_name,
        "session": session.title,
        "programme": session.programme.name,
        "when": words.when(session),
        "where": words.where(session),
        "length": words.length(session),
        "done_on": f"{clock.today():%d/%m/%Y}",
    }
    return pdf(_HERE / "certificate.typ", data)
