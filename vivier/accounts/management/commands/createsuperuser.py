"""`vivier manage createsuperuser ADRESSE`: who sets the platform up. Replaces Django’s, which asks for a password."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from vivier.accounts.models import User
from vivier.accounts.operations import account_for
from vivier.common.actors import SYSTEM


class Command(BaseCommand):
    help = "Donne à une adresse l'administration de la plateforme (elle se connecte par code, puis par second facteur)."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="ADRESSE")
        parser.add_argument("--name", default="", metavar="NOM")

    def handle(self, *, email: str, name: str, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"« {email} » n’est pas une adresse e-mail.") from error
        with transaction.atomic():
            user = account_for(by=SYSTEM, email=email, name=name)
            User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True, is_active=True)
        self.stdout.write(
            f"{user.email} administre la plateforme : connexion par code, puis second facteur à installer."
        )
