"""Restore a backup into an empty database, then verify it."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand, CommandError

from cms.journal.integrity import verify_anchors
from cms.operations.backup import BackupError, backup_restore
from cms.operations.restore import after_restore
from cms.vault.stream import StreamError


class Command(BaseCommand):
    help = "Restaure une sauvegarde dans une base vide, puis vérifie l’intégrité."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--cle", required=True, type=Path, metavar="FICHIER", help="fichier de la phrase secrète")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            anchor = backup_restore(options["file"], options["cle"])
        except (BackupError, StreamError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write("Base et fichiers restaurés. Vérification :")
        problems = [str(problem) for problem in verify_anchors([anchor] if anchor else [])]
        if problems:
            raise CommandError("Le journal n’est pas celui de la sauvegarde : " + " ; ".join(problems))
        for sentence in after_restore():
            self.stdout.write(sentence)
        call_command("verify", stdout=self.stdout)
