"""Open the accounts of the first two people of an empty network; each then needs the other to give any right."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.accounts.services.rights import network_found
from cms.users.models import User
from cms.users.roles import Role
from cms.users.services import user_create
from cms.wall import scope

FIRST = {"coordination": Role.COORDINATION, "direction": Role.DIRECTION}


class Command(BaseCommand):
    help = (
        "Ouvre le compte d’une des deux premières personnes du réseau, sans mot de passe : "
        "elle le choisit par « Mot de passe oublié ». Refuse dès que deux personnes sont là."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", metavar="RÔLE", choices=sorted(FIRST), help="coordination ou direction")
        parser.add_argument("email", metavar="ADRESSE")
        parser.add_argument("first_name", metavar="PRÉNOM")
        parser.add_argument("last_name", metavar="NOM")

    def handle(self, *args: Any, role: str, email: str, first_name: str, last_name: str, **options: Any) -> None:
        try:
            with transaction.atomic(), scope.acting(scope.REFERENCE):
                user = User.objects.filter(email=email.lower()).first() or user_create(
                    email=email, first_name=first_name, last_name=last_name
                )
                network_found(user=user, role=FIRST[role])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Compte ouvert : {FIRST[role].label}. Mot de passe à choisir par « Mot de passe oublié ».")
