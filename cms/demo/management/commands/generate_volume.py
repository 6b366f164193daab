"""generate_volume: writes a big invented network beside the fictitious one, to measure speed."""

from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cms.demo.volume import VolumeError, volume_generate


class Command(BaseCommand):
    help = "Écrit un grand réseau fictif, pour mesurer la vitesse. Jamais sur une instance réelle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sollicitations", type=int, required=True, help="combien, de 100 à 2 000 000")
        parser.add_argument("--seed", type=int, default=7, help="la même graine donne le même réseau")

    def handle(self, *, sollicitations: int, seed: int, **options: object) -> None:
        if not settings.HAVRE_FICTITIOUS:
            raise CommandError("Cette instance est réelle : aucun réseau fictif n’y entre.")
        if not 100 <= sollicitations <= 2_000_000:
            raise CommandError("Demandez de 100 à 2 000 000 sollicitations.")
        begun = monotonic()
        try:
            for label, count in volume_generate(sollicitations=sollicitations, seed=seed):
                self.stdout.write(f"  {label} : {count:,}".replace(",", " "))
        except VolumeError as error:
            raise CommandError(str(error)) from None
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        self.stdout.write(self.style.SUCCESS(f"Grand réseau écrit en {monotonic() - begun:.0f} s."))
