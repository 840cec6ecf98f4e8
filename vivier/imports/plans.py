"""What an import would change: each person of the file beside the one that is known. Reads only.

The preview shows a plan, the operation carries it out: what she reads is what happens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models.functions import Lower
from django.utils import timezone

from vivier.common.text import folded
from vivier.imports.entries import LABELS, Entry, GuardianEntry, Registrant, Visit, Volunteer
from vivier.imports.issues import Issue, Severity
from vivier.mentoring.models import Mentor
from vivier.people import models as people
from vivier.people.matching import Certainty, Match, find_existing, find_existing_volunteers
from vivier.people.models import Beneficiary, Guardian, Guardianship, Vetting
from vivier.people.vocabulary import QpvStatus
from vivier.programmes.models import Enrolment, Programme
from vivier.workshops.models import Registration

_IDENTITY = ("first_name", "last_name", "birth_date", "email", "phone")
_DETAILS = {
    Registrant: ("kind", "school_level", "school_name", "commune", "qpv", "languages", "interests"),
    Volunteer: ("occupation", "employer", "commune", "languages", "interests"),
}
#: What somebody with an account said of herself is hers to change.
_HER_OWN = ("email", "phone")
#: (city, day) → attended: the places that a beneficiary holds already in a programme.
Held = Mapping[tuple[int | None, date], bool | None]


@dataclass
class RegistrantPlan:
    """A registrant beside the beneficiary that is known (`row`, None: she is new) and what would change."""

    entry: Registrant
    row: Beneficiary | None = None
    identity: dict = field(default_factory=dict)
    details: dict = field(default_factory=dict)
    enrolment: Enrolment | None = None
    enrolment_details: dict = field(default_factory=dict)
    guardians: list[tuple[GuardianEntry, Guardian | None]] = field(default_factory=list)
    guardian_details: list[tuple[Guardian, dict]] = field(default_factory=list)
    held: Held = field(default_factory=dict)

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change, in words."""
        found = [*self.identity, *self.details, *self.enrolment_details]
        found += ["guardians"] if self.guardians or self.guardian_details else []
        found += ["visits"] if self.new_visits(self.entry.visits) else []
        found += ["mentor"] if self.row and self.enrolment is None else []
        return tuple(dict.fromkeys(LABELS[name] for name in found))

    @property
    def moves_consents(self) -> bool:
        """Tell whether who must answer may change: another birth date, or other guardians."""
        return "birth_date" in self.identity or bool(self.guardians or self.guardian_details)

    def new_visits(self, visits: Iterable[Visit]) -> list[Visit]:
        """Return, among dated visits, those that are not on file as they are."""
        return [
            visit
            for visit in visits
            if visit.day
            and (
                (visit.city, visit.day) not in self.held
                or visit.attended not in (None, self.held[visit.city, visit.day])
            )
        ]


@dataclass
class MentorPlan:
    """A volunteer of the file beside the one that is known, and what would change."""

    entry: Volunteer
    row: people.Volunteer | None = None
    identity: dict = field(default_factory=dict)
    details: dict = field(default_factory=dict)
    mentor: Mentor | None = None
    mentor_details: dict = field(default_factory=dict)
    checked: frozenset[date] = frozenset()
    is_refused: bool = False

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change, in words."""
        found = [*self.identity, *self.details, *self.mentor_details]
        found += ["vetting"] if self.new_vetting(None) else []
        found += ["mentor"] if self.row and self.mentor is None else []
        return tuple(dict.fromkeys(LABELS[name] for name in found))

    def new_vetting(self, attested_on: date | None) -> date | None:
        """Return the day of the verification to record, or None.

        Her own day in the file comes first; what is attested for the whole file is never said of who is written as not
        verified, nor of who was refused.
        """
        day = self.entry.vetted_on or (attested_on if self.entry.vetted is not False else None)
        return None if day is None or self.is_refused or day in self.checked else day


Plan = RegistrantPlan | MentorPlan


def state_of(plan: Plan) -> str:
    """Return "new", "updated" or "unchanged"."""
    if plan.row is None:
        return "new"
    return "updated" if plan.changes else "unchanged"


@dataclass(frozen=True)
class Planned:
    """The plans, in the order of the lines, and what is to be known of them."""

    plans: tuple[Plan, ...] = ()
    issues: tuple[Issue, ...] = ()

    def count(self, state: str) -> int:
        return sum(state_of(plan) == state for plan in self.plans)


def plan_registrants(programme: Programme, entries: Sequence[Registrant]) -> Planned:
    """Return what importing these registrants into a programme would change; six queries whatever their number."""
    matches, issues = _claimed(entries, find_existing(programme.controller_id, entries))
    pks = [match.pk for match in matches if match]
    rows = Beneficiary.objects.filter(pk__in=pks).select_related("identity").in_bulk()
    enrolments = {row.beneficiary_id: row for row in Enrolment.objects.filter(programme=programme, beneficiary__in=pks)}
    guardians = _Guardians(programme.controller_id, pks, entries)
    held = _held(programme, pks)
    plans = []
    for entry, match in zip(entries, matches, strict=True):
        plan = RegistrantPlan(entry)
        if match:
            plan.row = rows[match.pk]
            plan.identity, plan.details = _differences(entry, plan.row)
            plan.enrolment = enrolments.get(match.pk)
            plan.enrolment_details = _enrolment_details(entry, plan.enrolment)
            plan.held = held.get(match.pk, {})
            issues += _kept_notices(entry, plan.row, plan.details)
        plan.guardians, plan.guardian_details = guardians.compare(entry, match.pk if match else None)
        plans.append(plan)
    return Planned(tuple(plans), tuple(issues))


def plan_mentors(programme: Programme, entries: Sequence[Volunteer]) -> Planned:
    """Return what importing these volunteers into a programme would change; four queries whatever their number."""
    matches, issues = _claimed(entries, find_existing_volunteers(programme.controller_id, entries))
    pks = [match.pk for match in matches if match]
    rows = people.Volunteer.objects.filter(pk__in=pks).select_related("identity").in_bulk()
    mentors = {row.volunteer_id: row for row in Mentor.objects.filter(programme=programme, volunteer__in=pks)}
    checked, refused = _vettings(pks)
    plans = []
    for entry, match in zip(entries, matches, strict=True):
        plan = MentorPlan(entry)
        if match:
            plan.row = rows[match.pk]
            plan.identity, plan.details = _differences(entry, plan.row)
            plan.mentor = mentors.get(match.pk)
            plan.mentor_details = _mentor_details(entry, plan.mentor)
            plan.checked = frozenset(checked.get(match.pk, ()))
            plan.is_refused = match.pk in refused
            issues += _kept_notices(entry, plan.row, plan.details)
            if plan.is_refused and entry.vetted is not False:
                issues.append(_notice(entry, "refused", "sa vérification a été refusée : ce fichier n’y change rien"))
        plans.append(plan)
    return Planned(tuple(plans), tuple(issues))


# --- Who is known already -----------------------------------------------------------------------------------------


def _claimed(entries: Sequence[Entry], matches: Sequence[Match | None]) -> tuple[list[Match | None], list[Issue]]:
    """Return the matches that are trusted: each known person stands for one entry, the surest one."""
    owners: dict[int, int] = {}
    for place, match in enumerate(matches):
        if match is None or match.certainty is Certainty.DOUBTFUL:
            continue
        other = owners.get(match.pk)
        if other is None or match.certainty > matches[other].certainty:
            owners[match.pk] = place
    trusted: list[Match | None] = []
    issues: list[Issue] = []
    for place, (entry, match) in enumerate(zip(entries, matches, strict=True)):
        mine = match is not None and owners.get(match.pk) == place
        trusted.append(match if mine else None)
        if mine and match.certainty is Certainty.LIKELY:
            issues.append(_notice(entry, "likely", "déjà connue, rapprochée par son seul nom"))
        elif match and not mine:
            issues.append(
                _notice(
                    entry, "doubtful", "une personne de ce nom est déjà connue, avec une autre adresse : ajoutée à part"
                )
            )
    return trusted, issues


def _notice(entry: Entry, code: str, sentence: str) -> Issue:
    name = f"{entry.first_name} {entry.last_name}"
    return Issue(Severity.NOTICE, code, entry.spots[:1], "", name, sentence)


def _differences(entry: Entry, row) -> tuple[dict, dict]:
    """Return what the file says otherwise of her identity and of herself; what it does not say is never a change."""
    identity = {}
    for name in _IDENTITY:
        said = getattr(entry, name, None)
        if not said or not hasattr(row.identity, name) or said == getattr(row.identity, name):
            continue
        if name in ("first_name", "last_name"):
            continue  # the same name, with or without accents and capitals
        if not (row.user_id and name in _HER_OWN and getattr(row.identity, name)):
            identity[name] = said
    details = {}
    for name in _DETAILS[type(entry)]:
        said = getattr(entry, name)
        key = "commune_id" if name == "commune" else name
        known = getattr(row, key)
        if isinstance(said, tuple):
            said, known = list(said), list(known)
            if said and sorted(said) != sorted(known):
                details[key] = said
        elif said and said != known and not (name == "qpv" and _knows_better(known, said)):
            details[key] = said
    return identity, {("commune" if name == "commune_id" else name): value for name, value in details.items()}


def _knows_better(known: str, said: str) -> bool:
    """Tell whether the QPV on file stands: it was checked (yes), or is already what a file can say of it."""
    return known == QpvStatus.YES or (known == QpvStatus.DECLARED and said == QpvStatus.DECLARED)


def _kept_notices(entry: Entry, row, details: dict) -> list[Issue]:
    found = []
    if row.user_id:
        for name in _HER_OWN:
            said, known = getattr(entry, name), getattr(row.identity, name)
            if said and known and said.casefold() != known.casefold():
                found.append(
                    _notice(
                        entry, f"her_{name}", f"{LABELS[name]} : celle de son compte est gardée, pas celle du fichier"
                    )
                )
    if getattr(entry, "qpv", "") == QpvStatus.NO and getattr(row, "qpv", "") == QpvStatus.YES:
        found.append(_notice(entry, "qpv_kept", "QPV vérifié auparavant : le « non » du fichier n’est pas retenu"))
    return found


# --- What else is on file -------------------------------------------------------------------------------------------


def _enrolment_details(entry: Registrant, enrolment: Enrolment | None) -> dict:
    if enrolment is None:
        return {}
    details = {}
    if entry.slots and sorted(entry.slots) != sorted(enrolment.slots):
        details["slots"] = list(entry.slots)
    if entry.city and enrolment.site_id is None:
        details["site"] = entry.city
    return details


def _mentor_details(entry: Volunteer, mentor: Mentor | None) -> dict:
    if mentor is None:
        return {}
    details = {}
    if entry.capacity is not None and entry.capacity != mentor.capacity:
        details["capacity"] = entry.capacity
    if entry.slots and sorted(entry.slots) != sorted(mentor.slots):
        details["slots"] = list(entry.slots)
    return details


def _held(programme: Programme, pks: Sequence[int]) -> dict[int, dict[tuple[int | None, date], bool | None]]:
    found: dict[int, dict[tuple[int | None, date], bool | None]] = {}
    rows = Registration.objects.filter(session__programme=programme, beneficiary__in=pks).order_by("pk")
    for beneficiary, city, starts_at, attended in rows.values_list(
        "beneficiary", "session__site__commune", "session__starts_at", "attended"
    ):
        found.setdefault(beneficiary, {})[city, timezone.localtime(starts_at).date()] = attended
    return found


def _vettings(pks: Sequence[int]) -> tuple[dict[int, set[date]], set[int]]:
    """Return the days of the good verifications by volunteer, and the volunteers whose last one was refused."""
    checked: dict[int, set[date]] = {}
    last: dict[int, str] = {}
    rows = Vetting.objects.filter(volunteer__in=pks).order_by("checked_on", "pk")
    for volunteer, outcome, checked_on in rows.values_list("volunteer", "outcome", "checked_on"):
        last[volunteer] = outcome
        if outcome == Vetting.Outcome.OK:
            checked.setdefault(volunteer, set()).add(checked_on)
    return checked, {pk for pk, outcome in last.items() if outcome != Vetting.Outcome.OK}


class _Guardians:
    """The guardians on file: those of known beneficiaries, and those who have an address that the file gives."""

    def __init__(self, controller_id: int, pks: Sequence[int], entries: Sequence[Registrant]):
        self.hers: dict[int, list[Guardian]] = {}
        links = Guardianship.objects.filter(beneficiary__in=pks).select_related("guardian").order_by("pk")
        for link in links:
            self.hers.setdefault(link.beneficiary_id, []).append(link.guardian)
        addresses = {guardian.email for entry in entries for guardian in entry.guardians if guardian.email}
        rows = Guardian.objects.annotate(address=Lower("email")).filter(controller=controller_id, address__in=addresses)
        self.by_email: dict[str, Guardian] = {}
        for row in rows.order_by("-pk"):
            self.by_email[row.address] = row

    def compare(
        self, entry: Registrant, beneficiary: int | None
    ) -> tuple[list[tuple[GuardianEntry, Guardian | None]], list[tuple[Guardian, dict]]]:
        """Return the guardians to link (with the row that is known, if any), and the changes of known ones."""
        links, changes = [], []
        hers = self.hers.get(beneficiary, []) if beneficiary else []
        for said in entry.guardians:
            row = self._known(said, hers)
            if row is None or all(row.pk != own.pk for own in hers):
                links.append((said, row))
            if row and (details := _blanks_filled(said, row)):
                changes.append((row, details))
        return links, changes

    def _known(self, said: GuardianEntry, hers: Sequence[Guardian]) -> Guardian | None:
        if said.email and (row := self.by_email.get(said.email)):
            return row
        name = folded(f"{said.last_name} {said.first_name}")
        for row in hers:
            same_name = bool(name) and folded(f"{row.last_name} {row.first_name}") == name
            same_phone = bool(said.phone) and said.phone == row.phone
            other_address = bool(said.email and row.email)
            if (same_name or same_phone) and not other_address:
                return row
        return None


def _blanks_filled(said: GuardianEntry, row: Guardian) -> dict:
    """Return what the file adds to a guardian on file; it never replaces what is there: links were sent to it."""
    return {
        name: getattr(said, name)
        for name in ("first_name", "last_name", "email", "phone")
        if getattr(said, name) and not getattr(row, name)
    }
