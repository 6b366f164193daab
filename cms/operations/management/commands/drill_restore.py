"""Prove that a backup opens: restore it apart, verify it, write the report."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.operations.backup import BackupError
from cms.operations.drill import drill, report_write
from cms.vault.stream import StreamError


class Command(BaseCommand):
    help = (
        "Exercice de restauration : la sauvegarde est restaurée dans une base faite pour cela (…_exercice), vérifiée, "
        "puis effacée. Le rapport dit ce qui a été trouvé ; son âge est mesuré."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", type=Path)
        parser.add_argument("--cle", required=True, type=Path, metavar="FICHIER", help="fichier de la phrase secrète")
        parser.add_argument("--base", default="havre_exercice", metavar="NOM", help="base vidée avant et après")
        parser.add_argument("--rapport", type=Path, metavar="FICHIER", help="sans quoi : HAVRE_RESTORE_REPORT")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["rapport"] or (Path(settings.HAVRE_RESTORE_REPORT) if settings.HAVRE_RESTORE_REPORT else None)
        try:
            report = drill(options["file"], options["cle"], options["base"])
        except (BackupError, StreamError) as error:
            raise CommandError(str(error)) from None
        if path:
            report_write(report, path)
        self.stdout.write(
            f"{report.backup} : restaurée en {report.restore_seconds} s, vérifiée en {report.verify_seconds} s ; "
            f"dernière ligne du journal {report.last_line}, {report.anchors_compared} ancre(s) comparée(s)."
        )
        for sentence in report.erased_again:
            self.stdout.write(sentence)
        for name, count in report.problems.items():
            self.stdout.write(f"{name:<20} {f'{count} problème(s)' if count else 'intact'}")
        if not report.is_well:
            raise SystemExit(1)
