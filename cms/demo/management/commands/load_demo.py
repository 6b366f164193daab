"""Load the fictitious network, once. The same seed on the same day gives the same network."""

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cms.demo.examples import examples_load
from cms.demo.extra import extra_load
from cms.demo.front_door import front_door_load, voices_load
from cms.demo.grids import grids_load
from cms.demo.network import accounts_open, directors_open, network_load
from cms.demo.on_call import on_call_load
from cms.demo.openings import openings_load
from cms.demo.papers import papers_load
from cms.demo.partnerships import contacts_load, partnerships_load
from cms.demo.places import places_keep_free, places_load
from cms.demo.reporting import reporting_load
from cms.demo.rights import rights_load
from cms.demo.signatures import signatures_load
from cms.demo.signing import signing_load
from cms.demo.situations import situations_load
from cms.demo.software import software_load
from cms.demo.standards import standards_load
from cms.demo.training import training_load
from cms.demo.visits import visits_load
from cms.kit.constraints import constraints_settle
from cms.portal.demo_accounts import DEMO_ACCOUNTS
from cms.users.models import User
from cms.vault.keyring import keyring_create
from cms.wall import scope


class Command(BaseCommand):
    help = "Charge le réseau fictif de la démonstration ; sans effet s’il est déjà là."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--graine", type=int, default=2024, help="graine des tirages")
        parser.add_argument(
            "--jour", type=dt.date.fromisoformat, help="dernier jour du réseau (aujourd’hui par défaut)"
        )

        parser.add_argument("--cles", action="store_true", help="prépare le trousseau de clés, et rien d’autre")

    def handle(self, *args: Any, graine: int, jour: dt.date | None, cles: bool, **options: Any) -> None:
        if not settings.HAVRE_FICTITIOUS:
            raise CommandError("Cette instance n’est pas fictive : elle ne reçoit pas le réseau de démonstration.")
        # A migration that adds a sealed column seals its default: the ring is there before the tables.
        ring = Path(settings.HAVRE_KEYRING)
        if not ring.exists():
            keyring_create(ring, fictitious=True)
        if cles:
            return
        if User.objects.filter(email=DEMO_ACCOUNTS[0]["email"]).exists():
            self.stdout.write("Réseau fictif déjà chargé.")
            return
        now = timezone.now()
        if jour:
            now = now.astimezone().replace(year=jour.year, month=jour.month, day=jour.day)
        self.load(graine, now)

    @transaction.atomic
    def load(self, seed: int, now: dt.datetime) -> None:
        today = timezone.localdate(now)
        with scope.acting(scope.REFERENCE):
            accounts = accounts_open()
            directors = directors_open(Random(seed + 1))
        network = network_load(accounts=accounts, directors=directors, draw=Random(seed + 2), today=today)
        self.stdout.write(f"{len(network.structures)} structures")
        partnerships_load(network=network, today=today)
        signatures_load(network=network, now=now)
        standards_load(network=network)
        papers_load(network=network)
        openings_load(network=network)
        software_load(network=network)
        training_load(network=network, draw=Random(seed + 3), today=today)
        self.stdout.write("formation chargée")
        situations_load(network=network, draw=Random(seed + 4), seed=seed, now=now)
        front_door_load(network=network, now=now)
        voices_load(network=network, now=now)
        # A stay is judged on the day it opens: a place to keep away from that is added later does not undo it.
        constraints_settle()
        places_load(network=network, draw=Random(seed + 5), now=now)
        self.stdout.write("situations chargées")
        extra_load(network=network)
        grids_load(network=network, draw=Random(seed + 6))
        rights_load(today=today)
        on_call_load(network=network)
        signing_load(network=network)
        visits_load(network=network)
        contacts_load(network=network, draw=Random(seed + 7))
        examples_load(network=network, now=now)
        places_keep_free(network=network, now=now)
        reporting_load(accounts=network.accounts, today=today)
