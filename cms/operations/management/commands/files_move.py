"""Copy attachments, exports and published files to another place, and prove each."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.operations.moving import Moved, move
from cms.operations.trees import trees
from cms.vault.shelves import is_bucket

EVERY = 200
NAMES = {"files": "Pièces et exports", "media": "Fichiers publiés"}


class Command(BaseCommand):
    help = (
        "Copie les pièces, les exports et les fichiers publiés d’un dossier vers un seau S3, ou l’inverse, et relit "
        "chacun à l’arrivée. Interrompue, elle reprend où elle en était ; elle n’efface rien au départ."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="VERS", help="/dossier ou s3://seau/préfixe")
        parser.add_argument("--depuis", metavar="ADRESSE", help="sans quoi : HAVRE_FILES")

    def handle(self, *args: Any, target: str, depuis: str | None, **options: Any) -> None:
        start = depuis or settings.HAVRE_FILES
        if str(start).rstrip("/") == target.rstrip("/"):
            raise CommandError("Le départ et l’arrivée sont le même endroit.")
        if not is_bucket(target) and not Path(target).is_absolute():
            raise CommandError("L’arrivée s’écrit en entier : /dossier ou s3://seau/préfixe.")
        before, after = trees(start), trees(target)
        wrong = 0
        for name, label in NAMES.items():
            if before[name] == after[name]:
                continue  # published files of two folders are the same folder
            moved = Moved()
            try:
                for moved in move(before[name], after[name]):
                    if (moved.kept + moved.copied) % EVERY == 0:
                        self.stdout.write(f"{label} : {moved.kept + moved.copied}…")
            except OSError as error:
                raise CommandError(
                    f"{label} : arrêté après {moved.copied} copie(s) ({type(error).__name__}). Rien n’est perdu : "
                    "relancez la même commande quand les deux endroits répondent."
                ) from None
            wrong += moved.wrong
            self.stdout.write(f"{label} : {moved.copied} copié(s), {moved.kept} déjà là, {moved.wrong} faux.")
        if wrong:
            raise CommandError("Des copies ne sont pas conformes : gardez HAVRE_FILES comme il est, et recommencez.")
        self.stdout.write(f"Tout est relu et conforme. Donnez HAVRE_FILES={target} au web et au travailleur.")
