"""The people a plan serves, those who answer for them, those who help; identity apart, outside history."""

import uuid
from datetime import datetime

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from vivier.common import clock
from vivier.common.fields import sort_column
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.people.vocabulary import Interest, Language, Purpose, QpvStatus, SchoolLevel


def choices_array(choices, label: str) -> ArrayField:
    """Return an array column of codes of one closed list."""
    return ArrayField(models.CharField(max_length=20, choices=choices), default=list, blank=True, verbose_name=label)


class Identity(models.Model):
    """Who somebody is: in a table of its own, never in history."""

    first_name = models.CharField("prénom", max_length=100)
    last_name = models.CharField("nom", max_length=100)
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    sort_name = sort_column("last_name", "first_name")

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def short_name(self) -> str:
        """First name and initial: how people are shown to those who need not know the rest."""
        return f"{self.first_name} {self.last_name[:1]}.".strip() if self.last_name else self.first_name


@pghistory.track(exclude=["school_name"])
class Beneficiary(models.Model):
    """Somebody the plan serves, as one structure knows her; another structure has its own row."""

    visibility = Visibility(controller="controller", own=("user", "guardianships__guardian__user"))

    class Kind(models.TextChoices):
        PUPIL = "pupil", "élève"
        STUDENT = "student", "étudiante ou étudiant"
        JOB_SEEKER = "job_seeker", "demandeuse ou demandeur d’emploi"
        EMPLOYEE = "employee", "salariée ou salarié"
        OTHER = "other", "autre situation"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="beneficiaries")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="beneficiaries"
    )
    kind = models.CharField("situation", max_length=20, choices=Kind, default=Kind.PUPIL)
    school_level = models.CharField("classe", max_length=12, choices=SchoolLevel, blank=True)
    school_name = models.CharField("établissement", max_length=200, blank=True)
    commune = models.ForeignKey(
        "territories.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    qpv = models.CharField("QPV", max_length=10, choices=QpvStatus, default=QpvStatus.UNKNOWN)
    languages = choices_array(Language, "langues")
    interests = choices_array(Interest, "goûts")
    #: Raising it cancels every link that was sent to her.
    link_version = models.PositiveSmallIntegerField("version des liens", default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "bénéficiaire"
        indexes = [models.Index(fields=["controller", "-created_at"], name="beneficiary_by_controller")]


class BeneficiaryIdentity(Identity):
    """Name, birth date and addresses of a beneficiary."""

    visibility = Visibility(
        controller="beneficiary__controller", own=("beneficiary__user", "beneficiary__guardianships__guardian__user")
    )

    beneficiary = models.OneToOneField(Beneficiary, on_delete=models.CASCADE, primary_key=True, related_name="identity")
    birth_date = models.DateField("date de naissance", null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "identité de bénéficiaire"
        indexes = [
            models.Index(fields=["sort_name"], name="beneficiary_identity_sort"),
            GinIndex(OpClass(F("sort_name"), name="gin_trgm_ops"), name="beneficiary_identity_search"),
        ]


class Guardian(models.Model):
    """Somebody who answers for a minor; the whole row is identity, so it has no history."""

    visibility = Visibility(controller="controller", own=("user",))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="guardians")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="guardians"
    )
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "responsable légal"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email or "responsable légal"


@pghistory.track()
class Guardianship(models.Model):
    """A guardian of a minor, and when she was last asked for her authorisations."""

    visibility = Visibility(controller="beneficiary__controller", own=("guardian__user", "beneficiary__user"))

    class Origin(models.TextChoices):
        SIGN_UP = "sign_up", "indiqué à l’inscription"
        STAFF = "staff", "saisi par l’équipe"
        FILE = "file", "fichier importé"

    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="guardianships")
    #: A guardian whom the sign-up that made the file named sees what came after her, never what was there before.
    origin = models.CharField("origine", max_length=10, choices=Origin, default=Origin.STAFF)
    created_at = models.DateTimeField(default=clock.now)
    #: Raising it cancels every link that was sent to this guardian for this minor.
    link_version = models.PositiveSmallIntegerField("version des liens", default=1)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "responsabilité légale"
        constraints = [models.UniqueConstraint(fields=["beneficiary", "guardian"], name="guardianship_once")]

    @property
    def reads_since(self) -> datetime | None:
        """Before when this guardian reads nothing: whom only a sign-up named does not read what came before her."""
        return self.created_at if self.origin == self.Origin.SIGN_UP else None


class GuardianClaim(models.Model):
    """Somebody whom an online sign-up names as guardian of a minor already on file: nobody until staff confirm it.

    Whoever knows a girl's name and birth date can make one: it opens nothing, and its holder is never written to.
    """

    visibility = Visibility(controller="beneficiary__controller")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="guardian_claims")
    first_name = models.CharField("prénom", max_length=100, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "responsable à confirmer"
        constraints = [
            models.UniqueConstraint(fields=["beneficiary", "first_name", "email", "phone"], name="claim_once")
        ]

    @property
    def contact(self) -> str:
        return ", ".join(filter(None, [self.first_name, self.email, self.phone]))


@pghistory.track(exclude=["proof"])
class Consent(models.Model):
    """One answer of one signatory for one purpose; the last one counts, none is ever changed."""

    visibility = Visibility(controller="beneficiary__controller", own=("beneficiary__user", "guardian__user"))

    class Answer(models.TextChoices):
        YES = "yes", "oui"
        NO = "no", "non"
        WITHDRAWN = "withdrawn", "retirée"

    class Channel(models.TextChoices):
        SIGN_UP = "sign_up", "à l’inscription"
        LINK = "link", "lien signé"
        ACCOUNT = "account", "compte"
        PAPER = "paper", "formulaire papier"
        FILE = "file", "fichier importé"

    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField("finalité", max_length=12, choices=Purpose)
    #: None: the person herself answers.
    guardian = models.ForeignKey(Guardian, null=True, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField("réponse", max_length=10, choices=Answer)
    channel = models.CharField("moyen", max_length=10, choices=Channel)
    wording = models.CharField("version du texte lu", max_length=20)
    #: Who signed, or where the paper is filed: free text, so outside history.
    proof = models.CharField("preuve", max_length=200, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "autorisation"
        indexes = [models.Index(fields=["beneficiary", "purpose", "-answered_at"], name="consent_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="paper") | Q(answered_by__isnull=False),
                name="consent_paper_has_recorder",
                violation_error_message="Une autorisation sur papier dit qui l’a saisie.",
            )
        ]


@pghistory.track(exclude=["occupation", "employer"])
class Volunteer(models.Model):
    """Somebody who offers her time: marraine, mentor, role model."""

    visibility = Visibility(controller="controller", own=("user",))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    controller = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="volunteers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="volunteers"
    )
    occupation = models.CharField("métier", max_length=150, blank=True)
    employer = models.CharField("entreprise ou structure", max_length=150, blank=True)
    commune = models.ForeignKey(
        "territories.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    languages = choices_array(Language, "langues")
    interests = choices_array(Interest, "domaines")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "bénévole"


class VolunteerIdentity(Identity):
    """Name and addresses of a volunteer."""

    visibility = Visibility(controller="volunteer__controller", own=("volunteer__user",))

    volunteer = models.OneToOneField(Volunteer, on_delete=models.CASCADE, primary_key=True, related_name="identity")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "identité de bénévole"
        indexes = [models.Index(fields=["sort_name"], name="volunteer_identity_sort")]


@pghistory.track()
class Vetting(models.Model):
    """A verification of a volunteer: its result, its date, its end. The documents seen are never kept."""

    visibility = Visibility(controller="volunteer__controller", own=("volunteer__user",))

    class Outcome(models.TextChoices):
        OK = "ok", "vérifiée"
        NOT_OK = "not_ok", "refusée"

    class Basis(models.TextChoices):
        INDIVIDUAL = "individual", "vérification individuelle"
        FILE = "file", "attestée pour tout un fichier"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="vettings")
    outcome = models.CharField("résultat", max_length=10, choices=Outcome)
    basis = models.CharField("fondement", max_length=12, choices=Basis)
    checked_on = models.DateField("vérifiée le")
    expires_on = models.DateField("valable jusqu’au")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "vérification"
        indexes = [models.Index(fields=["volunteer", "-checked_on"], name="vetting_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("checked_on")),
                name="vetting_ends_after_it_begins",
                violation_error_message="La fin de validité précède la date de vérification.",
            )
        ]
