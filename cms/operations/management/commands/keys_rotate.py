"""Put a new key in front of the key ring."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.journal.services import journal_append
from cms.vault.keyring import KeyringError, keyring, keyring_rotate
from cms.wall import scope


class Command(BaseCommand):
    help = "Ajoute une clé en tête du trousseau : elle scelle dès lors, les autres continuent d’ouvrir."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # The line first: a ring that changes without a trace is worse than a line without its key.
            with scope.acting(scope.VAULT):
                details = {"from": keyring().writing_id}
                journal_append(action="vault.keys.rotate", details=details)
                key_id = keyring_rotate(settings.HAVRE_KEYRING)
        except KeyringError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Clé {key_id} placée en tête du trousseau. Les anciennes clés y restent.")
        self.stdout.write("Copiez maintenant le trousseau en lieu sûr, puis lancez « manage.py reseal ».")
