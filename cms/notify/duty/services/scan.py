"""The ladder, worked out from what is written: a scan, each minute and as soon as something rings.

No timer is kept anywhere, so none can be lost. Everything may run twice: a call has one id, hence one Message-ID.
"""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.utils import timezone

from cms.journal.services import journal_append
from cms.notify.duty.models import Ring, RingStep
from cms.notify.duty.rules.kinds import Plan, ring_kind
from cms.notify.duty.selectors import ladder, phones_of
from cms.notify.duty.services.channels import NotSentError, channels_of, send
from cms.notify.enums import ANSWER_MINUTES, RETRY_MINUTES, TAKE_MINUTES
from cms.users.models import User
from cms.values.settings import setting_values
from cms.wall import scope

MAX_TRIES = 5
NAMESPACE = uuid.UUID("2f6d1c3e-6a0e-4c39-9b43-5d2f0a7c8e11")


def rings_scan(*, at: dt.datetime | None = None) -> None:
    """Climb what is due, send what waits, and again at once while a rung failed: nobody waits for a broken gateway."""
    at = at or timezone.now()
    while _rings_climb(at):
        _steps_send(at)
    _steps_send(at)


def _rings_climb(at: dt.datetime) -> bool:
    """One pass over the open rings, each on its own: killed in between, those that climbed have. Whether one did."""
    with scope.acting(scope.NOTIFY):
        ids = list(Ring.objects.open().values_list("pk", flat=True))
        network = Pace(*(dt.timedelta(minutes=value) for value in setting_values(ANSWER_MINUTES, TAKE_MINUTES)))
    climbed = [_ring_climb(ring_id, network, at) for ring_id in ids]
    return any(climbed)


def _ring_climb(ring_id: uuid.UUID, network: "Pace", at: dt.datetime) -> bool:
    """Move a ring on, unless another worker holds its row."""
    with scope.acting(scope.NOTIFY):
        ring = Ring.objects.open().select_for_update(skip_locked=True).filter(pk=ring_id).first()
        if ring is None:
            return False
        plan = ring_kind(ring.kind).plan(ring.object_id)
        rungs = ladder(plan, at=at)
        is_due = _is_due(ring, plan, len(rungs), at, network.of(plan))
        if is_due:
            _climb(ring, plan, rungs, at)
        return is_due


class Pace(NamedTuple):
    """How long a call waits for its answer, and the answer for the object to be taken."""

    answer: dt.timedelta
    take: dt.timedelta

    def of(self, plan: Plan) -> "Pace":
        answer = self.answer if plan.answer_minutes is None else dt.timedelta(minutes=plan.answer_minutes)
        take = self.take if plan.take_minutes is None else dt.timedelta(minutes=plan.take_minutes)
        return Pace(answer, take)


def _is_due(ring: Ring, plan: Plan, height: int, at: dt.datetime, pace: Pace) -> bool:
    """Moments are compared in absolute time: the night when clocks go back climbs neither twice nor an hour late."""
    if plan.not_before and at < plan.not_before:
        return False
    if height == 0 or (plan.rounds is not None and ring.rung + 1 >= plan.rounds * height):
        return False
    if plan.stops_when_opened and ring.steps.exclude(opened_at=None).exists():
        return False
    if ring.acknowledged_at:
        return ring.acknowledged_at + pace.take <= at
    if ring.rung_at is None or ring.rung_at + pace.answer <= at:
        return True
    return ring.rung + 1 < height and _has_nothing_to_wait_for(ring)


def _has_nothing_to_wait_for(ring: Ring) -> bool:
    """Say whether a message of the rung did not leave, or everybody on it has read and none of them may take the call.

    Only once up the ladder: from its top on, a gateway that stays down is tried at the pace of the calls.
    """
    steps = list(ring.steps.filter(rung=ring.rung))
    read_by = {step.person_id for step in steps if step.acknowledged_at}
    is_read = bool(steps) and {step.person_id for step in steps} == read_by
    return is_read or any(step.sent_at is None and step.tries for step in steps)


def _climb(ring: Ring, plan: Plan, rungs: list[list[uuid.UUID]], at: dt.datetime) -> None:
    if ring.acknowledged_at:
        journal_append(action="notify.ring.resume", kind="ring", object_id=ring.pk)
        ring.acknowledged_at = ring.acknowledged_by = None
    ring.rung, ring.rung_at = ring.rung + 1, at
    ring.save(update_fields=["acknowledged_at", "acknowledged_by", "rung", "rung_at"])
    people = list(User.objects.filter(pk__in=rungs[ring.rung % len(rungs)]))
    phones = phones_of(people, at=at, plan=plan)
    RingStep.objects.bulk_create(
        RingStep(pk=_step_id(ring, person, channel), ring=ring, rung=ring.rung, person=person, channel=channel)
        for person in people
        for channel in channels_of(phones[person.pk])
    )
    details = {"rung": ring.rung + 1, "people": len(people)}
    journal_append(action="notify.ring.climb", kind="ring", object_id=ring.pk, details=details)


def _step_id(ring: Ring, person: User, channel: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{ring.pk}/{ring.rung}/{person.pk}/{channel}")


def _steps_send(at: dt.datetime) -> None:
    with scope.acting(scope.NOTIFY):
        [retry] = setting_values(RETRY_MINUTES)
        # The pause grows with the tries: 2, 4, 6, 8 minutes. A gateway that falls is not hammered while it gets up.
        pause = ExpressionWrapper(F("tries") * Value(dt.timedelta(minutes=retry)), output_field=DurationField())
        again_at = ExpressionWrapper(F("tried_at") + pause, output_field=DateTimeField())
        waiting = RingStep.objects.annotate(again_at=again_at).filter(
            Q(tried_at=None) | Q(again_at__lte=at),
            sent_at=None,
            tries__lt=MAX_TRIES,
            ring__closed_at=None,
            ring__acknowledged_at=None,
        )
        ids = list(waiting.order_by("-rung", "pk").values_list("pk", flat=True))
    for step_id in ids:
        step_send(step_id, at=at)


def step_send(step_id: uuid.UUID, *, at: dt.datetime) -> None:
    """Send one call and mark it. Killed in between, the lock goes with the connection and the next scan sends again:
    the same Message-ID, the same key at the gateway.
    """
    with scope.acting(scope.NOTIFY):
        if not _claim(step_id):
            return
        step = (
            RingStep.objects.select_related("person", "ring")
            .filter(pk=step_id, sent_at=None, ring__closed_at=None, ring__acknowledged_at=None)
            .first()
        )
        if step is None:
            return
        row = RingStep.objects.filter(pk=step_id)
        try:
            plan = ring_kind(step.ring.kind).plan(step.ring.object_id)
            sent = send(step, plan, phone=phones_of([step.person], at=at, plan=plan)[step.person_id])
        except NotSentError:
            row.update(tried_at=at, tries=F("tries") + 1)
            return
        now = timezone.now()
        row.update(tried_at=at, tries=F("tries") + 1, sent_at=now, delivered_at=now if sent.is_delivered else None)


def _claim(step_id: uuid.UUID) -> bool:
    """No row is locked while a message leaves: opening the page never waits for a slow server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))", [str(step_id)])
        return cursor.fetchone()[0]


@transaction.atomic
def step_delivered(*, step_id: uuid.UUID) -> None:
    """Record that the gateway says the telephone received the message."""
    with scope.acting(scope.NOTIFY):
        row = RingStep.objects.filter(pk=step_id, sent_at__isnull=False, delivered_at=None)
        row.update(delivered_at=timezone.now())
