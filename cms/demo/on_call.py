"""The rota of the demo: the coordinator and the head of the network in turn, for four weeks from this Monday."""

import datetime as dt

from django.utils import timezone

from cms.demo.network import Network
from cms.notify.duty.services.duties import duty_add, swap_propose
from cms.wall import scope

WEEKS = 4
PHONES = {"coordination": "06 39 98 01 10", "direction": "06 39 98 01 20"}
"""Numbers kept for fictions (ARCEP)."""


def on_call_load(*, network: Network) -> None:
    """Put somebody on duty when the demo opens: by the clock of the machine, not the last day of the network."""
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday())
    with scope.acting(network.coordination):
        for week in range(WEEKS):
            names = list(PHONES) if week % 2 == 0 else list(reversed(PHONES))
            starts_on = monday + dt.timedelta(weeks=week)
            for rank, name in enumerate(names, 1):
                last = duty_add(
                    person=network.accounts[name],
                    rank=rank,
                    starts_at=_midnight(starts_on),
                    ends_at=_midnight(starts_on + dt.timedelta(weeks=1)),
                    phone=PHONES[name],
                )
    with scope.acting(network.accounts["coordination"]):
        swap_propose(duty=last, to=network.accounts["direction"], by=network.accounts["coordination"])


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
