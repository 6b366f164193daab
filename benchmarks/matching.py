"""One minor before 5 000 structures: the search of a place.

Run on the demo: `python -m benchmarks.matching`. Structures are written in a transaction that is taken back. Goals:
everything with its reasons within 3 times the eligible alone; row security within 1.3 times the same statement read
by the owner.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from cms.users.models import User

STRUCTURES = 5000
ROUNDS = 15
ADDRESS = "coordination@havre.example"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.db import connection, transaction

    from cases.matching.rules import Rules
    from cases.matching.selectors.search import search_for
    from cases.matching.selectors.statement import rows_of, statement
    from cases.models import Sollicitation
    from cms.users.models import User
    from cms.wall import scope

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with transaction.atomic(), scope.acting(user):
        structures_write(user)
        owner(connection, "ANALYZE")
        row = Sollicitation.objects.filter(case__isnull=False, case__closed_on=None).order_by("-received_at")
        request = row.select_related("case", "urgency", "current_place").first()
        if request is None:
            sys.exit("Aucune demande ouverte n’a de situation : rechargez le réseau fictif.")
        search = search_for(request)
        few, every = statement(search, Rules(), only_eligible=True, limit=10), statement(search, Rules())
        lines = rows_of(every)
        print(f"{len(lines)} structures, {sum(not line['excluded'] for line in lines)} possibles")
        eligible = median(lambda: rows_of(few))
        tell("les dix premières", eligible, eligible)
        tell("toutes, avec leurs raisons", median(lambda: rows_of(every)), eligible)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
        tell("les dix, sans le mur", median(lambda: rows_of(few)), eligible)
        transaction.set_rollback(True)


def structures_write(user: "User") -> None:
    from django.utils import timezone

    from cms.partners.models import Convention, Partner, Place, StructureProfile
    from cms.territory.models import Territory
    from cms.values.selectors import values_of

    draw, today = random.Random(7), timezone.localdate()
    codes = list(Territory.objects.departements().values_list("code", flat=True))
    partners = Partner.objects.bulk_create(
        Partner(
            kind="structure",
            code_name=f"Mesure {number}",
            structure_type_id="type_structure:MECS",
            territory_id=draw.choice(codes),
            opened_on=today,
        )
        for number in range(STRUCTURES)
    )
    Convention.objects.bulk_create(
        Convention(partner=row, reference=f"ME-{number}", stage="signed", signed_on=today, starts_on=today)
        for number, row in enumerate(partners)
        if number % 10
    )
    profiles = StructureProfile.objects.bulk_create(
        StructureProfile(partner=row, age_min=draw.randint(9, 14), age_max=17, takes_at_night=draw.random() > 0.4)
        for row in partners
    )
    for name, list_code in (("sexes", "sexe"), ("forms", "forme"), ("languages", "langue")):
        values = list(values_of(list_code).values_list("pk", flat=True))
        link = getattr(StructureProfile, name).through
        link.objects.bulk_create(
            link(structureprofile_id=row.pk, value_id=value)
            for row in profiles
            for value in draw.sample(values, min(2, len(values)))
        )
    Place.objects.bulk_create(
        Place(partner=row, label=str(number), starts_on=today)
        for row in partners
        for number in range(draw.randint(0, 4))
    )


def owner(connection: "BaseDatabaseWrapper", statement: str) -> None:
    """Connect as the owner of the tables, who alone may ask this; the login of the demo is the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
        cursor.execute(statement)
        cursor.execute(f"SET ROLE {role}")


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def tell(label: str, taken: float, base: float) -> None:
    print(f"{label:<34}{taken:>8.1f} ms{taken / base:>10.2f}×")


if __name__ == "__main__":
    main()
