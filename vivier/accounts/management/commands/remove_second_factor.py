"""`vivier manage remove_second_factor ADRESSE`: for whoever lost both her telephone and her recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from vivier.accounts.models import User
from vivier.accounts.operations import remove_second_factor
from vivier.common.actors import SYSTEM


class Command(BaseCommand):
    help = "Retire le second facteur d'un compte ; vérifiez d'abord, de vive voix, qui le demande."

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="ADRESSE")

    def handle(self, *, email: str, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Aucun compte n’a l’adresse « {email} ».")
        if not remove_second_factor(by=SYSTEM, user=user):
            raise CommandError(f"{user.email} n’a pas de second facteur.")
        self.stdout.write(f"{user.email} installera un nouveau second facteur à sa prochaine connexion.")
