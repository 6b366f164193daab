"""Run the integrity checks: frozen versions, acknowledgements, journal, and what upper apps register."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from cms.operations.integrity import check_run, check_summary, checks_all


class Command(BaseCommand):
    help = "Vérifie l’intégrité de ce qui ne doit jamais changer ; code de sortie 1 si une vérification échoue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", metavar="NOM", help="une seule vérification, par son nom")

    def handle(self, *args: Any, **options: Any) -> None:
        checks = checks_all()
        if name := options["name"]:
            known = ", ".join(check.name for check in checks)
            checks = [check for check in checks if check.name == name]
            if not checks:
                raise CommandError(f"Vérification inconnue : {name}. Noms possibles : {known}.", returncode=2)
        results = [(check, check_run(check)) for check in checks]
        width = max(len(check.label) for check in checks)
        for check, problems in results:
            state = f"{len(problems)} problème(s)" if problems else "intact"
            self.stdout.write(f"{check.name:<20} {check.label:<{width}}  {state}")
            if summary := check_summary(check):
                self.stdout.write(f"    {summary}")
            for problem in problems:
                self.stdout.write(f"    {problem}")
        if any(problems for _, problems in results):
            raise SystemExit(1)
