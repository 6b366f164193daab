"""Write the register of processings, from the tables, the wall and the rules of retention in force."""

from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand

from cms.data_rights.processings.papers import register_text


class Command(BaseCommand):
    help = "Écrit le registre des traitements (RGPD, article 30), tel que cette instance l’applique."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FICHIER", type=Path, help="où l’écrire ; à l’écran sinon")

    def handle(self, *args: Any, **options: Any) -> None:
        text = register_text()
        if options["file"]:
            options["file"].write_text(text)
        else:
            self.stdout.write(text, ending="")
