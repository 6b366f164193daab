"""Hash again the names of every identity, under the rights of an account: no name is printed nor kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.files.services import names_enter
from cms.users.models import User
from cms.wall import scope


class Command(BaseCommand):
    help = "Recalcule les empreintes de noms des dossiers, avec le trousseau. Peut être relancé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")

    def handle(self, *args: Any, compte: str, **options: Any) -> None:
        user = User.objects.filter(email=compte.lower(), is_active=True).first()
        if user is None:
            raise CommandError("Aucun compte actif n’a cette adresse.")
        try:
            with scope.acting(user):
                done = names_enter(by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Empreintes recalculées : {done} dossier(s).")
