"""A session whose code turns now, whatever the hour at which the demo is shown, for seven days."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from cms.demo.network import Network
from cms.demo.plan import PARIS
from cms.wall import scope
from formation.enums import Period
from formation.models import HalfDay, Session
from formation.people.models import Professional
from formation.people.services.people import enrol
from formation.sessions.services.sessions import SessionFacts, session_plan

DAYS = 7
LONGEST = dt.timedelta(hours=5)
SHORTEST = dt.timedelta(minutes=15)
ENROLLED = 12
Slot = tuple[dt.datetime, dt.datetime]


def signing_load(*, network: Network) -> None:
    """Fill the hours when the trainer teaches nothing with sessions of trial, which no figure counts.

    By the clock of the machine, as the rota: a demo is shown when it is shown.
    """
    trainer = network.accounts["trainer"]
    today = timezone.localdate()
    people = list(Professional.objects.order_by("pk")[:ENROLLED])
    with scope.acting(trainer):
        busy = list(HalfDay.objects.filter(session__trainers=trainer).values_list("begins_at", "ends_at"))
        for day in (today + dt.timedelta(days=number) for number in range(DAYS)):
            slots = free_slots(day, busy)
            for first in range(0, len(slots), len(Period)):
                session = _session(network, day, slots[first : first + len(Period)])
                for person in people:
                    enrol(session=session, professional=person, by=trainer)


def free_slots(day: dt.date, busy: Iterable[Slot]) -> list[Slot]:
    """Return the hours of a day that nothing takes, cut into half-days of at most five hours."""
    at = dt.datetime.combine(day, dt.time(), PARIS)
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), PARIS)
    slots: list[Slot] = []
    for begins, ends in [*sorted(slot for slot in busy if slot[1] > at and slot[0] < end), (end, end)]:
        while begins - at >= SHORTEST:
            slots.append((at, min(begins, at + LONGEST)))
            at = slots[-1][1]
        at = max(at, ends)
    return slots


def _session(network: Network, day: dt.date, slots: list[Slot]) -> Session:
    half_days = [
        (day, period, round(Decimal((ends - begins).total_seconds()) / 3600, 2), begins.astimezone(PARIS).time())
        for period, (begins, ends) in zip(Period, slots, strict=False)
    ]
    trainer = network.accounts["trainer"]
    session = session_plan(
        SessionFacts(
            module_code="M1",
            starts_on=day,
            ends_on=day,
            half_days=half_days,
            trainers=[trainer],
            territory_id="75",
            venue="Salle d’essai",
        ),
        planned_by=trainer,
    )
    Session.objects.filter(pk=session.pk).update(is_test=True)
    return session
