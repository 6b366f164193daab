"""Erase again what was erased after the backup that this database comes from."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.retention.services.ledger import LedgerError, replay


class Command(BaseCommand):
    help = "Efface de nouveau, d’après le fichier HAVRE_FORGOTTEN, ce qu’une sauvegarde restaurée a fait revenir."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(replay() or "Rien n’est revenu : rien à effacer de nouveau.")
        except LedgerError as error:
            raise CommandError(str(error)) from None
