"""Write the database, the files and a manifest into one encrypted file."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.operations.backup import BackupError, backup_write
from cms.vault.stream import StreamError


class Command(BaseCommand):
    help = "Sauvegarde la base et les fichiers dans un seul fichier chiffré ; le trousseau de clés se garde à part."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--cle", required=True, type=Path, metavar="FICHIER", help="fichier de la phrase secrète")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup_write(options["file"], options["cle"])
        except (BackupError, StreamError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Sauvegarde écrite ; dernière ligne du journal : {manifest['seq']}.")
