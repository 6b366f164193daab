"""Print who can sign in to the demo, and what each can try."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Affiche les comptes de démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HAVRE_FICTITIOUS:
            raise CommandError("Cette instance n’est pas fictive : elle n’a pas de comptes de démonstration.")
        width = max(len(account["email"]) for account in DEMO_ACCOUNTS)
        self.stdout.write(f"Mot de passe de tous les comptes : {DEMO_PASSWORD}\n")
        for account in DEMO_ACCOUNTS:
            self.stdout.write(f"  {account['email']:<{width}}  {account['position']}")
            self.stdout.write(f"  {'':<{width}}  {account['what']}")
