"""Who signs in. A user is an address and a way in; what she is elsewhere (member, mentor, pupil) hangs on it."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager):
    """Users are found by address, whatever its case."""

    def get_by_natural_key(self, username: str):
        return self.get(email__iexact=username)

    def create_user(self, email: str, *, name: str = "", password: str | None = None, **extra):
        """Return a new user, who signs in by code: a password is accepted from Django's tools and thrown away."""
        user = self.model(email=email.strip().lower(), name=name.strip(), **extra)
        user.set_unusable_password()
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra):
        """Return a new administrator of the platform (see `manage createsuperuser`)."""
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: one address, one person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("adresse e-mail", max_length=254, unique=True)
    name = models.CharField("nom affiché", max_length=150, blank=True)
    is_active = models.BooleanField("compte actif", default=True)
    is_staff = models.BooleanField("administre la plateforme", default=False)
    joined_at = models.DateTimeField("créé le", default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message="Cette adresse a déjà un compte."
            ),
            # Sign-in looks for the exact text: an address kept with capitals would never be found.
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_in_lower_case",
                violation_error_message="L’adresse s’écrit en minuscules.",
            ),
        ]

    def get_full_name(self) -> str:
        return self.name or self.email

    get_short_name = get_full_name
