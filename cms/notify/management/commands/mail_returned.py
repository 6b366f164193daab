"""Read on standard input a message that a mail server sent back; a server of mail gives it through a pipe."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from cms.kit.logs import logger
from cms.notify.inbox.services.returns import message_returned

LONGEST = 1_000_000
log = logger("mail")


class Command(BaseCommand):
    help = "Lit un courriel revenu (par l’entrée) et prévient la coordination si l’adresse ne reçoit plus rien."

    def handle(self, *args: Any, **options: Any) -> None:
        # Said, never failed: the server of mail would send back what was sent back.
        is_ours = message_returned(sys.stdin.buffer.read(LONGEST))
        log.info("mail returned" if is_ours else "mail not ours")
