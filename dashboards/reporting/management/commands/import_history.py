"""Try a register of earlier years from a workbook, and ask for its loading, which another person decides."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.history.rules import COLUMNS, STAY_COLUMNS, HistoryLine
from cms.users.models import User
from cms.wall import scope
from dashboards.reporting.history.services import history_ask, register_try


class Command(BaseCommand):
    help = (
        "Essaie le registre d’une année passée depuis un classeur .xlsx, une ligne par demande. Titres attendus : "
        f"{', '.join(COLUMNS)} ; puis, si le registre dit les séjours : {', '.join(STAY_COLUMNS)}. "
        "Chaque ligne dit ce qu’elle ferait, et rien n’est chargé. Avec --demander, si aucune ligne n’est à corriger, "
        "le chargement est demandé : une autre personne le décide, sur l’écran « Registres des années passées »."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path, help="classeur .xlsx")
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")
        parser.add_argument("--demander", metavar="INTITULÉ", default="", help="demander le chargement sous ce titre")

    def handle(self, *args: str, fichier: Path, compte: str, demander: str, **options: Any) -> None:
        user = User.objects.filter(email=compte.lower(), is_active=True).first()
        if user is None:
            raise CommandError("Aucun compte actif n’a cette adresse.")
        try:
            data = fichier.read_bytes()
        except OSError as error:
            raise CommandError(f"{fichier} ne peut pas être lu : {error.strerror}.") from error
        try:
            with scope.acting(user):
                lines = register_try(data=data, by=user)
                self._tell(lines)
                if demander:
                    history_ask(data=data, lines=lines, title=demander, by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        if demander:
            self.stdout.write("Le chargement est demandé : une autre personne le décide sur l’écran des registres.")

    def _tell(self, lines: list[HistoryLine]) -> None:
        for line in lines:
            self.stdout.write(f"Ligne {line.number} : {line.said}")
        wrong = sum(line.is_wrong for line in lines)
        done = len(lines) - wrong
        self.stdout.write(f"Essai : {done} ligne(s) seraient chargées, {wrong} refusée(s). Rien n’est chargé.")
