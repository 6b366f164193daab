"""Load a configuration written by `export_config`, through the services of the screens."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.configuration.services import account_or_refusal
from cms.journal.services import journal_append
from cms.values.config import config_load
from cms.wall import scope


class DryRunError(Exception):
    """Rolls back the transaction of a dry run."""


class Command(BaseCommand):
    help = "Charge une configuration : ce qui diffère devient une nouvelle version, le reste ne change pas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fichier", required=True, type=Path, help="fichier .json écrit par export_config")
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")
        parser.add_argument("--essai", action="store_true", help="dit ce qui changerait, et n’écrit rien")

    def handle(self, *args: Any, fichier: Path, compte: str, essai: bool, **options: Any) -> None:
        try:
            content = json.loads(fichier.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{fichier} ne peut pas être lu comme une configuration.") from error
        user = account_or_refusal(compte)
        try:
            with scope.acting(user):
                changes = config_load(content, user)
                journal_append(action="values.config.load", details={"rows": sum(changes.values())})
                self._tell(changes)
                if essai:
                    raise DryRunError
        except DryRunError:
            self.stdout.write("Essai : rien n’est écrit.")
        except ValidationError as error:
            raise CommandError(f"Rien n’est chargé. {' '.join(error.messages)}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"Rien n’est chargé : {fichier} n’a pas la forme attendue.") from error

    def _tell(self, changes: dict[str, int]) -> None:
        for label, count in changes.items():
            self.stdout.write(f"{label} : {count} changement{'s' if count > 1 else ''}.")
