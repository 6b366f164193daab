"""The whole configuration in one file, for another instance or for the drawer."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from cms.access import scope
from cms.journal.services import journal_append
from cms.portal.config_access import account_or_refusal
from cms.values.config import config_dump


class Command(BaseCommand):
    help = "Écrit dans un fichier JSON tout ce que le réseau a réglé, sans une fiche ni un compte."

    def add_arguments(self, parser):
        parser.add_argument("--fichier", required=True, type=Path, help="fichier .json à écrire")
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")

    def handle(self, *args, fichier, compte, **options):
        user = account_or_refusal(compte)
        with scope.acting(user):
            content = config_dump()
            journal_append(action="values.config.export")
        text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            fichier.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{fichier} ne peut pas être écrit : {error.strerror}.") from error
        self.stdout.write(f"{fichier} : configuration écrite.")
