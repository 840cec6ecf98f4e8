"""Sessions, and the people who come."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from vivier.common import clock
from vivier.common.permissions import Permission
from vivier.common.visibility import Visibility, VisibleQuerySet
from vivier.people.models import choices_array
from vivier.people.vocabulary import SchoolLevel


def session_code() -> str:
    """Return eight letters and digits that are hard to confuse, for the address and the QR of a session."""
    return get_random_string(8, "abcdefghjkmnpqrstuvwxyz23456789")


@pghistory.track(exclude=["host"])
class Session(models.Model):
    """A dated workshop, visit or event, on site or online."""

    visibility = Visibility(controller="programme__controller", permission=Permission.VIEW_AGGREGATES)

    class Mode(models.TextChoices):
        ON_SITE = "on_site", "sur place"
        ONLINE = "online", "en ligne"

    class State(models.TextChoices):
        OPEN = "open", "ouverte"
        CANCELLED = "cancelled", "annulée"

    class Promotion(models.TextChoices):
        AUTOMATIC = "automatic", "d’elle-même, dans l’ordre"
        MANUAL = "manual", "quand l’équipe le décide"

    code = models.CharField(max_length=12, unique=True, default=session_code, editable=False)
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="sessions")
    site = models.ForeignKey(
        "programmes.Site", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    title = models.CharField("titre", max_length=150)
    description = models.TextField("ce qu’on y fait", blank=True)
    mode = models.CharField("forme", max_length=10, choices=Mode, default=Mode.ON_SITE)
    place = models.CharField("lieu et adresse", max_length=250, blank=True)
    #: Shown to the registered only.
    online_url = models.URLField("lien de connexion", blank=True)
    #: The adult who answers for the session: told to guardians and to the registered, never on public pages.
    host = models.CharField("adulte qui accueille", max_length=150, blank=True)
    host_checked_on = models.DateField("vérification faite le", null=True, blank=True)
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    capacity = models.PositiveIntegerField("places")
    promotion = models.CharField("une place libérée est donnée", max_length=10, choices=Promotion, default="automatic")
    #: How long a seat is held for missing authorisations once somebody waits for it.
    answer_days = models.PositiveSmallIntegerField("jours pour répondre", default=7)
    levels = choices_array(SchoolLevel, "classes attendues")
    minimum_age = models.PositiveSmallIntegerField("âge minimum", null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField("âge maximum", null=True, blank=True)
    is_public = models.BooleanField("annoncée publiquement", default=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField("motif de l’annulation", max_length=200, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "séance"
        indexes = [models.Index(fields=["programme", "starts_at"], name="session_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="La séance finit avant d’avoir commencé : vérifiez les heures.",
            ),
            models.CheckConstraint(
                condition=Q(maximum_age=None) | Q(minimum_age=None) | Q(maximum_age__gte=F("minimum_age")),
                name="session_ages_in_order",
                violation_error_message="L’âge maximum est plus petit que l’âge minimum.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", cancelled_at=None) | Q(state="cancelled", cancelled_at__isnull=False),
                name="session_cancellation_is_dated",
                violation_error_message="Une séance annulée dit quand elle l’a été.",
            ),
        ]


@pghistory.track(exclude=["email", "assistant", "answered_before", "answered_after"])
class Registration(models.Model):
    """One place of one beneficiary in one session."""

    visibility = Visibility(
        controller="session__programme__controller",
        own=("beneficiary__user", "beneficiary__guardianships__guardian__user"),
    )

    class State(models.TextChoices):
        WAITING = "waiting", "en liste d’attente"
        AWAITING_CONSENT = "awaiting_consent", "en attente d’autorisation"
        CONFIRMED = "confirmed", "confirmée"
        REFUSED = "refused", "autorisation refusée"
        CANCELLED = "cancelled", "annulée"

    class Source(models.TextChoices):
        SELF = "self", "inscription en ligne"
        ASSISTED = "assisted", "inscription accompagnée"
        STAFF = "staff", "saisie par l’équipe"
        FILE = "file", "fichier importé"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="registrations")
    beneficiary = models.ForeignKey("people.Beneficiary", on_delete=models.CASCADE, related_name="registrations")
    state = models.CharField("état", max_length=20, choices=State)
    #: Her number in the line, given under the session's lock; the order of numbers is the order of promotion.
    waiting_number = models.PositiveIntegerField("numéro d’attente", null=True)
    #: Until when her seat is held for missing authorisations; None: until the session. It stays on the place of who
    #: waits again because it passed: that she had her turn.
    held_until = models.DateTimeField("à autoriser avant", null=True)
    source = models.CharField("origine", max_length=10, choices=Source)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    #: Where she asked to be written to for this place, when nothing is on file: a sign-up never changes the file.
    email = models.EmailField("adresse donnée à l’inscription", blank=True)
    #: Who signed her up beside her, in the words of the link: a mediator, a place. Free text, so outside history.
    assistant = models.CharField("accompagnée par", max_length=100, blank=True)
    #: That she answered the survey, never what nor when: outside history.
    answered_before = models.BooleanField("questionnaire d’avant rempli", default=False)
    answered_after = models.BooleanField("questionnaire d’après rempli", default=False)
    #: True: came; False: did not; None: nobody has said yet.
    attended = models.BooleanField("présente", null=True)
    attendance_at = models.DateTimeField(null=True)
    attendance_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "beneficiary"],
                name="registration_once",
                violation_error_message="Cette personne est déjà inscrite à cette séance.",
            ),
            models.UniqueConstraint(fields=["session", "waiting_number"], name="waiting_number_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_number__isnull=False)
                | (~Q(state="waiting") & Q(waiting_number=None)),
                name="waiting_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(attended=None, attendance_at=None) | Q(attended__isnull=False, attendance_at__isnull=False),
                name="attendance_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["session", "state"], name="registration_by_state")]


class RegistrationChange(models.Model):
    """One step of a registration from a state to another: the log of its state machine."""

    visibility = Visibility(controller="registration__session__programme__controller")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")
    transition = models.CharField("étape", max_length=20)
    before = models.CharField("avant", max_length=20, choices=Registration.State, blank=True)
    after = models.CharField("après", max_length=20, choices=Registration.State)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "étape d’inscription"
        indexes = [models.Index(fields=["registration", "-at"], name="registration_change_latest")]


class Reminder(models.Model):
    """One reminder sent about a place, for the day on which the session then was: one that moves is said again.

    The last one comes after the session: it asks what it changed.
    """

    visibility = Visibility(controller="registration__session__programme__controller")

    class Kind(models.TextChoices):
        WEEK = "week", "une semaine avant"
        EVE = "eve", "la veille"
        SURVEY = "survey", "le questionnaire d’après"

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField("rappel", max_length=10, choices=Kind)
    for_day = models.DateField("pour le")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel"
        constraints = [models.UniqueConstraint(fields=["registration", "kind", "for_day"], name="reminder_once")]


class SurveyCount(models.Model):
    """How many people gave one answer to one question of a session's survey: no row is about anybody."""

    visibility = Visibility(controller="session__programme__controller", permission=Permission.VIEW_AGGREGATES)

    class Moment(models.TextChoices):
        BEFORE = "before", "avant"
        AFTER = "after", "après"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="survey_counts")
    moment = models.CharField("moment", max_length=10, choices=Moment)
    question = models.CharField("question", max_length=30)
    answer = models.CharField("réponse", max_length=20)
    count = models.PositiveIntegerField("nombre", default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "réponses au questionnaire"
        constraints = [
            models.UniqueConstraint(fields=["session", "moment", "question", "answer"], name="survey_count_once")
        ]


class Group(models.Model):
    """A class or a group that comes with its adult, as a number: nobody in it is named, the school knows them."""

    visibility = Visibility(controller="session__programme__controller")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="groups")
    label = models.CharField("classe ou groupe", max_length=150)
    #: Where the adult who accompanies is told of a change.
    contact_email = models.EmailField("adresse de l’adulte qui accompagne", blank=True)
    head_count = models.PositiveIntegerField("nombre attendu")
    attended_count = models.PositiveIntegerField("nombre venu", null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "groupe"
        constraints = [
            models.CheckConstraint(
                condition=Q(head_count__gte=1),
                name="group_is_somebody",
                violation_error_message="Un groupe compte au moins une personne.",
            )
        ]


class GroupReminder(models.Model):
    """One reminder sent to the adult who accompanies a group, for the day on which the session then was."""

    visibility = Visibility(controller="group__session__programme__controller")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField("rappel", max_length=10, choices=Reminder.Kind)
    for_day = models.DateField("pour le")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel à un groupe"
        constraints = [models.UniqueConstraint(fields=["group", "kind", "for_day"], name="group_reminder_once")]


class SignUpDraft(models.Model):
    """Answers of a sign-up not finished yet, kept on the server under a key that only the device holds.

    Once finished its answers are erased; the row stays a while, so that a second press finds the same result.
    """

    visibility = Visibility(controller="session__programme__controller")

    key_hash = models.CharField(max_length=64, unique=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="drafts")
    first_name = models.CharField("prénom", max_length=100, blank=True)
    last_name = models.CharField("nom", max_length=100, blank=True)
    birth_date = models.DateField("date de naissance", null=True)
    school_level = models.CharField("classe", max_length=12, choices=SchoolLevel, blank=True)
    commune = models.ForeignKey("territories.Commune", null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField("adresse e-mail", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    #: Before 15 she may give neither: she was asked, and has none.
    without_contact = models.BooleanField("sans adresse ni téléphone", default=False)
    guardian_first_name = models.CharField("prénom du responsable", max_length=100, blank=True)
    guardian_email = models.EmailField("adresse du responsable", blank=True)
    guardian_phone = models.CharField("téléphone du responsable", max_length=30, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    #: What the last page says, decided by the answers typed here and by nothing else (see sign_up.Ending).
    ending = models.CharField("fin", max_length=20, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "brouillon d’inscription"
