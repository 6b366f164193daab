"""Who is on duty, who is called, and what a week of the rota holds."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.notify.duty.models import Duty, DutySwap, Ring
from cms.notify.duty.rules.holidays import holiday_name
from cms.notify.duty.rules.kinds import Plan, ring_kind
from cms.notify.enums import Rank
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

ON_CALL_ROLES = [role.value for role in SEES_ALL_CASES]
"""Who may be on duty: taking a request in charge asks to read it."""


def people_on_call() -> QuerySet[User]:
    """Accounts that may be put in the rota."""
    return User.objects.filter(is_active=True, groups__name__in=ON_CALL_ROLES).distinct()


def on_duty(*, at: dt.datetime) -> list[Duty]:
    """Duties that run at a moment, first rank first, of people who still may hold one."""
    return list(
        Duty.objects.at(at).filter(person__in=people_on_call()).select_related("person").order_by("rank", "starts_at")
    )


def next_duties(*, at: dt.datetime) -> list[Duty]:
    """Return the duty that comes next at each rank."""
    rows = Duty.objects.held().filter(starts_at__gt=at).select_related("person")
    return list(rows.order_by("rank", "starts_at").distinct("rank"))


def ladder(plan: Plan, *, at: dt.datetime) -> list[list[uuid.UUID]]:
    """Who is called, rung by rung. Nobody in the rota: the whole coordination at once, rather than nobody."""
    if not plan.has_rota:
        return [list(rung) for rung in (*plan.first, *plan.last) if rung]
    duties = [[duty.person_id] for duty in on_duty(at=at)]
    answer_for_it = duties or [list(people_on_call().values_list("pk", flat=True))]
    return [list(rung) for rung in (*plan.first, *answer_for_it, *plan.last) if rung]


def phones_of(people: Iterable[User], *, at: dt.datetime, plan: Plan | None = None) -> dict[uuid.UUID, str]:
    """Where to call each of them: the number of the plan, of the duty that runs, else that of the account."""
    people = list(people)
    said = plan.phones if plan else {}
    duties = {duty.person_id: duty.phone for duty in Duty.objects.at(at).filter(person__in=people) if duty.phone}
    return {
        person.pk: said[person.pk] if person.pk in said else duties.get(person.pk) or person.phone for person in people
    }


def ring_get(*, pk: uuid.UUID) -> Ring:
    """Return the ring, or raise `Http404` with the refusal recorded in the journal."""
    ring = Ring.objects.select_related("acknowledged_by").filter(pk=pk).first()
    if ring is None:
        refusal_queue("ring", pk, "ring.read")
        raise Http404
    return ring


def rings_open() -> QuerySet[Ring]:
    """Return what rings now, the oldest first."""
    return Ring.objects.open().select_related("acknowledged_by").prefetch_related("steps__person")


def rings_of_network() -> list[Ring]:
    """Return what rings for the persons on duty and that nobody has taken, the oldest first, in one query."""
    rows = Ring.objects.open().filter(acknowledged_at=None).order_by("opened_at")
    return [row for row in rows if ring_kind(row.kind).rings_network]


def swaps_waiting() -> QuerySet[DutySwap]:
    """Exchanges that wait for an answer and whose duty is not over."""
    return DutySwap.objects.filter(
        answered_at=None, duty__cancelled_at=None, duty__ends_at__gt=timezone.now()
    ).select_related("duty__person", "in_exchange", "proposed_by", "proposed_to")


@dataclass(frozen=True)
class RotaCell:
    """What covers one civil day at one rank, and whether hours of it are covered by nobody."""

    rank: Rank
    duties: tuple[Duty, ...]
    has_hole: bool


@dataclass(frozen=True)
class RotaDay:
    day: dt.date
    holiday: str
    is_today: bool
    cells: tuple[RotaCell, ...]


def rota_week(*, monday: dt.date) -> list[RotaDay]:
    """Seven civil days of the rota: one query, whatever is in it."""
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    rows = list(
        Duty.objects.between(midnight(days[0]), midnight(days[-1] + dt.timedelta(days=1)))
        .select_related("person")
        .order_by("starts_at")
    )
    today = timezone.localdate()
    return [
        RotaDay(day, holiday_name(day), day == today, tuple(_cell(day, rank, rows) for rank in Rank)) for day in days
    ]


def _cell(day: dt.date, rank: Rank, rows: list[Duty]) -> RotaCell:
    start, end = midnight(day), midnight(day + dt.timedelta(days=1))
    duties = tuple(row for row in rows if row.rank == rank and row.starts_at < end and row.ends_at > start)
    covered = sum((min(row.ends_at, end) - max(row.starts_at, start) for row in duties), dt.timedelta())
    return RotaCell(rank, duties, covered < end - start)


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def own_duties(*, after: dt.datetime) -> QuerySet[Duty]:
    """Duties of the actor that are not over."""
    return Duty.objects.held().filter(person_id=scope.current().user_id, ends_at__gt=after)
