"""The whole configuration in one file, to load in another instance or to keep."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.configuration.services import account_or_refusal, config_text
from cms.wall import scope


class Command(BaseCommand):
    help = "Écrit dans un fichier JSON tout ce que le réseau a réglé, sans une fiche ni un compte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fichier", required=True, type=Path, help="fichier .json à écrire")
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")

    def handle(self, *args: Any, fichier: Path, compte: str, **options: Any) -> None:
        user = account_or_refusal(compte)
        with scope.acting(user):
            text = config_text()
        try:
            fichier.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{fichier} ne peut pas être écrit : {error.strerror}.") from error
        self.stdout.write(f"{fichier} : configuration écrite.")
