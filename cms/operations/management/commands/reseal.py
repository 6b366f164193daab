"""Seal again, with the first key of the ring, every value that another key seals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.journal.services import journal_append
from cms.vault import rotation
from cms.vault.keyring import KeyringError, keyring
from cms.wall import scope


class Command(BaseCommand):
    help = "Scelle à nouveau, avec la première clé du trousseau, ce que d’autres clés scellent. Peut être relancé."

    def handle(self, *args: Any, **options: Any) -> None:
        tables: dict[str, rotation.Progress] = {}
        try:
            key_id = keyring().writing_id
            for progress in rotation.reseal():
                tables[progress.table] = progress
                self.stdout.write(f"{progress.label} : {progress.done} sur {progress.total}")
        except KeyringError as error:
            raise CommandError(f"{error} Ce qui est déjà scellé à nouveau le reste.") from None
        done = sum(progress.done for progress in tables.values())
        refused = [sentence for progress in tables.values() for sentence in progress.refused]
        with scope.acting(scope.VAULT):
            details = {"key": key_id, "rows": done, "refused": len(refused)}
            journal_append(action="vault.reseal", details=details)
        for sentence in refused:
            self.stderr.write(sentence)
        if refused:
            raise CommandError(
                f"{len(refused)} ligne(s) laissée(s) en l’état : la raison de chacune est ci-dessus."
                " Gardez l’ancienne clé dans le trousseau."
            )
        self.stdout.write(f"Tout est scellé par la clé {key_id}.")
