"""Tell the operators that a unit of the machine failed. Opens no database: it may be what failed."""

import socket
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.kit.logs import logger
from cms.kit.mails import mail


class Command(BaseCommand):
    help = "Prévient les exploitants (HAVRE_OPERATORS) qu’un service de la machine s’est arrêté sur une erreur."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", metavar="SERVICE")

    def handle(self, *args: Any, unit: str, **options: Any) -> None:
        logger("unit").error("unit failed", extra={"havre": {"unit": unit}})
        if not settings.HAVRE_OPERATORS:
            raise CommandError("HAVRE_OPERATORS n’est pas renseigné : personne n’est prévenu.")
        body = (
            f"{unit} s’est arrêté sur une erreur, sur la machine {socket.gethostname()}.\n\n"
            f"Ce qui s’est passé : journalctl -u {unit} -n 50\n"
            "Que faire : docs/production.md, « When something fails ».\n"
        )
        try:
            for address in settings.HAVRE_OPERATORS:
                mail(to=address, subject=f"Havre : {unit} est en panne", body=body)
        except (SMTPException, OSError) as error:
            raise CommandError(
                "Le message aux exploitants n’est pas parti : le serveur de courriel refuse."
            ) from error
