"""The workbook of indicators, from the command line, under the rights of an account."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.users.models import User
from cms.wall import scope
from dashboards.periods import period_parse
from dashboards.workbook.papers.export import indicators_export


class Command(BaseCommand):
    help = "Écrit le classeur des indicateurs d’une période, avec les droits d’un compte ; l’export est journalisé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--du", required=True, metavar="AAAA-MM-JJ", help="premier jour")
        parser.add_argument("--au", required=True, metavar="AAAA-MM-JJ", help="dernier jour")
        parser.add_argument("--fichier", required=True, type=Path, help="fichier .xlsx à écrire")
        parser.add_argument("--compte", default="", metavar="ADRESSE", help="compte dont les droits s’appliquent")
        parser.add_argument("--nommer", action="store_true", help="écrire ce compte dans le classeur")

    def handle(self, *args: str, du: str, au: str, fichier: Path, compte: str, nommer: bool, **options: Any) -> None:
        if not compte:
            raise CommandError("Dites sous quel compte exporter : --compte ADRESSE.")
        try:
            period = period_parse(du, au)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        _check_file(fichier)
        user = User.objects.filter(email=compte.lower(), is_active=True).first()
        if user is None:
            raise CommandError("Aucun compte actif n’a cette adresse.")
        try:
            with scope.acting(user):
                export = indicators_export(user=user, period=period, is_named=nommer)
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        try:
            _write(fichier, export.content)
        except OSError as error:
            raise CommandError(f"{fichier} ne peut pas être écrit : {error.strerror}.") from error
        self.stdout.write(f"{fichier} : indicateurs {period}, trace {export.trace}.")


def _check_file(path: Path) -> None:
    """Check the path before anything is counted and journaled. Raises `CommandError`."""
    if path.is_dir():
        raise CommandError(f"{path} est un dossier : donnez le nom d’un fichier .xlsx.")
    if path.suffix.lower() != ".xlsx":
        raise CommandError(f"Le nom du fichier finit par .xlsx : {path.name} est refusé.")
    if not path.parent.is_dir():
        raise CommandError(f"Le dossier {path.parent} n’existe pas.")


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, readable by its owner alone."""
    draft = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    draft.replace(path)
