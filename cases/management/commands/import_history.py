"""Loads a register of earlier years from a workbook. Without `--ecrire`, says what each line would do."""

import hashlib
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.history import COLUMNS, STAY_COLUMNS, HistoryLine, history_read
from cases.services.history import history_load, history_try
from cms.access import scope
from cms.users.models import User


class Command(BaseCommand):
    help = (
        "Charge le registre d’une année passée depuis un classeur .xlsx, une ligne par demande. Titres attendus : "
        f"{', '.join(COLUMNS)} ; puis, si le registre dit les séjours : {', '.join(STAY_COLUMNS)}. "
        "Sans --ecrire, rien n’est écrit : chaque ligne dit ce qu’elle ferait."
    )

    def add_arguments(self, parser):
        parser.add_argument("fichier", type=Path, help="classeur .xlsx")
        parser.add_argument("--compte", required=True, metavar="ADRESSE", help="compte dont les droits s’appliquent")
        parser.add_argument("--ecrire", action="store_true", help="écrire les lignes sans faute")

    def handle(self, *args, fichier, compte, ecrire, **options):
        user = User.objects.filter(email=compte.lower(), is_active=True).first()
        if user is None:
            raise CommandError("Aucun compte actif n’a cette adresse.")
        try:
            data = fichier.read_bytes()
        except OSError as error:
            raise CommandError(f"{fichier} ne peut pas être lu : {error.strerror}.") from error
        try:
            with scope.acting(user):
                if not scope.current().sees_all_cases():
                    raise PermissionDenied("Un registre est chargé par la coordination ou la direction.")
                lines = history_read(data)
                run = history_load if ecrire else history_try
                lines = run(lines=lines, register=hashlib.sha256(data).hexdigest(), by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error
        self._tell(lines, ecrire)

    def _tell(self, lines: list[HistoryLine], is_kept: bool) -> None:
        for line in lines:
            self.stdout.write(f"Ligne {line.number} : {line.said}")
        wrong = sum(line.is_wrong for line in lines)
        done = len(lines) - wrong
        if is_kept:
            self.stdout.write(f"{done} ligne(s) chargée(s), {wrong} refusée(s).")
        else:
            self.stdout.write(f"Essai : {done} ligne(s) seraient chargées, {wrong} refusée(s). Rien n’a été écrit.")
