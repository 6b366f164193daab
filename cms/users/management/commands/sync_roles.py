"""Write roles from code to the database; run after each `migrate`."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.users.services import roles_sync


class Command(BaseCommand):
    help = "Écrit les rôles et leurs droits, tels que le code les fixe."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in roles_sync().items():
            self.stdout.write(f"{name} : {count} droits")
