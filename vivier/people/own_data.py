"""What is held about the signed-in person, as she reads it and as she takes it away: hers alone, nobody else's name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from vivier.accounts.models import User
from vivier.common import clock
from vivier.organisations.models import Organisation
from vivier.people.extensions import Held, Profiles, Record, own_data
from vivier.people.models import Beneficiary, Consent, Guardian, Vetting, Volunteer
from vivier.people.vocabulary import Interest, Language, Purpose


@dataclass(frozen=True)
class Dossier:
    """What one structure holds about her under one title ("Bénéficiaire")."""

    title: str
    record: Record
    groups: list[Held]

    @property
    def structure(self) -> Organisation:
        return self.record.controller


@dataclass(frozen=True)
class OwnData:
    """Her account, and a dossier for each structure and title."""

    account: Held
    dossiers: list[Dossier]
    profiles: Profiles

    @property
    def structures(self) -> list[Organisation]:
        """Whom to write to, each once."""
        return list({one.structure.pk: one.structure for one in self.dossiers}.values())

    def as_file(self) -> dict:
        """Return the same as plain values, for JSON: codes as keys, words and ISO dates as values."""
        return {
            "fait_le": clock.now().isoformat(timespec="seconds"),
            "compte": self.account.rows[0],
            "dossiers": [
                {
                    "structure": one.structure.name,
                    "titre": one.title,
                    **{group.code: group.rows for group in one.groups},
                }
                for one in self.dossiers
            ],
        }


def own_data_of(user: User) -> OwnData:
    """Return what every room holds about the person of an account; at most eight queries."""
    rows = Beneficiary.objects.filter(user=user).select_related("identity", "controller", "commune")
    profiles = Profiles(
        beneficiaries=list(rows.annotate(guardian_count=Count("guardianships")).order_by("pk")),
        guardians=list(Guardian.objects.filter(user=user).select_related("controller").order_by("pk")),
        volunteers=list(
            Volunteer.objects.filter(user=user).select_related("identity", "controller", "commune").order_by("pk")
        ),
    )
    found: dict[tuple[type, int], list[Held]] = {}
    for record, held in [pair for provide in (_people, *own_data) for pair in provide(profiles)]:
        found.setdefault((type(record), record.pk), []).append(held)
    return OwnData(
        account=_account(user),
        dossiers=[
            Dossier(title, record, found.get((type(record), record.pk), []))
            for title, records in (
                ("Bénéficiaire", profiles.beneficiaries),
                ("Responsable légal", profiles.guardians),
                ("Bénévole", profiles.volunteers),
            )
            for record in records
        ],
        profiles=profiles,
    )


def _account(user: User) -> Held:
    labels = {"email": "Adresse e-mail", "nom": "Nom", "cree_le": "Ouvert le", "derniere_entree": "Dernière entrée"}
    row = {"email": user.email, "nom": user.name, "cree_le": user.joined_at, "derniere_entree": user.last_login}
    return Held("compte", "Compte", labels, [row])


_IDENTITY = {"prenom": "Prénom", "nom": "Nom", "email": "Adresse e-mail", "telephone": "Téléphone"}


def _identity(person) -> dict:
    return {
        "prenom": person.first_name,
        "nom": person.last_name,
        "email": person.email,
        "telephone": person.phone,
    }


def _people(profiles: Profiles) -> Iterable[tuple[Record, Held]]:
    for row in profiles.beneficiaries:
        yield row, _beneficiary(row)
    for row in profiles.guardians:
        yield row, Held("identite", "Identité", _IDENTITY, [_identity(row)])
    for row in profiles.volunteers:
        yield row, _volunteer(row)
    yield from _consents(profiles)
    yield from _vettings(profiles.volunteers)


def _beneficiary(row: Beneficiary) -> Held:
    labels = _IDENTITY | {
        "naissance": "Date de naissance",
        "situation": "Situation",
        "classe": "Classe",
        "etablissement": "Établissement",
        "commune": "Commune",
        "qpv": "Quartier prioritaire",
        "langues": "Langues",
        "gouts": "Goûts",
        "responsables": "Responsables légaux inscrits",
        "inscrite_le": "Fiche créée le",
    }
    facts = {
        "naissance": row.identity.birth_date,
        "situation": row.get_kind_display(),
        "classe": row.get_school_level_display(),
        "etablissement": row.school_name,
        "commune": row.commune.name if row.commune else "",
        "qpv": row.get_qpv_display(),
        "langues": [Language(code).label for code in row.languages],
        "gouts": [Interest(code).label for code in row.interests],
        "responsables": row.guardian_count,
        "inscrite_le": row.created_at,
    }
    return Held("identite", "Identité et situation", labels, [_identity(row.identity) | facts])


def _volunteer(row: Volunteer) -> Held:
    labels = _IDENTITY | {
        "metier": "Métier",
        "employeur": "Entreprise ou structure",
        "commune": "Commune",
        "langues": "Langues",
        "domaines": "Domaines",
        "inscrite_le": "Fiche créée le",
    }
    facts = {
        "metier": row.occupation,
        "employeur": row.employer,
        "commune": row.commune.name if row.commune else "",
        "langues": [Language(code).label for code in row.languages],
        "domaines": [Interest(code).label for code in row.interests],
        "inscrite_le": row.created_at,
    }
    return Held("identite", "Identité et métier", labels, [_identity(row.identity) | facts])


_CONSENT = {
    "sujet": "Sujet",
    "reponse": "Réponse",
    "par": "Par",
    "moyen": "Moyen",
    "texte": "Version du texte lu",
    "le": "Le",
    "jusqu_au": "Jusqu’au",
}


def _consents(profiles: Profiles) -> Iterable[tuple[Record, Held]]:
    """Yield the answers about her, then those that she gave as a guardian; who else answered is not named."""
    if profiles.beneficiaries:
        rows = list(Consent.objects.filter(beneficiary__in=profiles.beneficiaries).order_by("answered_at", "pk"))
        for record in profiles.beneficiaries:
            own = [_consent(row, "la personne elle-même") for row in rows if row.beneficiary_id == record.pk]
            yield record, Held("autorisations", "Autorisations", _CONSENT, own)
    if profiles.guardians:
        rows = list(Consent.objects.filter(guardian__in=profiles.guardians).order_by("answered_at", "pk"))
        for record in profiles.guardians:
            own = [_consent(row, "") for row in rows if row.guardian_id == record.pk]
            yield record, Held("autorisations", "Réponses données", _CONSENT, own)


def _consent(row: Consent, herself: str) -> dict:
    return {
        "sujet": Purpose(row.purpose).label,
        "reponse": row.get_answer_display(),
        "par": herself if row.guardian_id is None else "responsable légal",
        "moyen": row.get_channel_display(),
        "texte": row.wording,
        "le": row.answered_at,
        "jusqu_au": row.expires_on,
    }


def _vettings(volunteers: list[Volunteer]) -> Iterable[tuple[Record, Held]]:
    labels = {"resultat": "Résultat", "fondement": "Fondement", "faite_le": "Faite le", "jusqu_au": "Jusqu’au"}
    rows = list(Vetting.objects.filter(volunteer__in=volunteers).order_by("checked_on", "pk")) if volunteers else []
    for record in volunteers:
        own = [
            {
                "resultat": row.get_outcome_display(),
                "fondement": row.get_basis_display(),
                "faite_le": row.checked_on,
                "jusqu_au": row.expires_on,
            }
            for row in rows
            if row.volunteer_id == record.pk
        ]
        yield record, Held("verifications", "Vérifications", labels, own)
