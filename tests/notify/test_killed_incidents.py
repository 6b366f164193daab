"""A thousand incidents in one night, and a worker killed again and again: each is told once, none is forgotten.

The scan is what the worker runs each minute; here it runs in processes that are killed at random, while they climb,
while they send, between the two.
"""

import contextlib
import datetime as dt
import email
import os
import random
import signal
import time
import uuid
from collections import Counter

import pytest
from django.db import connections
from django.utils import timezone

from cases.incidents.ladder import answer_key
from cases.models import Incident
from cases.services import incident_declare
from cms.access import scope
from cms.journal.models import JournalLine
from cms.notify.models import Duty, Ring, RingStep
from cms.notify.services import duty_cancel, rings_scan
from cms.partners.models import Partner
from cms.values.services import setting_change
from tests.notify.steps import account, rota

INCIDENTS, KILLS = 1000, 8
COORDINATION = "coordination@havre.example"


@pytest.fixture
def night(committed):
    """One person on duty, who is given ten hours to answer: only the first rung is owed."""
    user = account(COORDINATION)
    with scope.acting(user):
        Ring.objects.open().update(closed_at=timezone.now())
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)
        setting_change(key=answer_key(4), value=600, changed_by_id=user.pk)
    rota()
    return committed


def declare_all() -> set[uuid.UUID]:
    """In confidence: the on-call is the first rung."""
    educator, at = account("educator-a@havre.example"), timezone.now() - dt.timedelta(minutes=5)
    with scope.acting(educator):
        house = Partner.objects.get(code_name="Les Tilleuls")
        return {
            incident_declare(
                partner=house,
                declared_by=educator,
                incident_type_id="type_incident:RECUP",
                occurred_at=at,
                noticed_at=at,
                narrative="Faits",
                is_confidential=True,
            ).pk
            for _ in range(INCIDENTS)
        }


def scanning() -> int:
    """A process of its own that scans once. Its parent shares no connection with it."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            rings_scan()
        os._exit(0)
    return pid


def test_a_thousand_incidents_and_a_worker_killed_at_random_are_each_told_exactly_once(night, mails, mail_server):
    seed = random.randrange(10**6)
    draw = random.Random(seed)
    incidents = declare_all()
    kills = 0
    while kills < KILLS:
        pid = scanning()
        time.sleep(draw.uniform(0.1, 1.5))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        kills += os.WIFSIGNALED(status)
        if not os.WIFSIGNALED(status):
            break  # it had finished before
    for _ in range(3):  # a lock of a dead process may outlive it for a moment
        os.waitpid(scanning(), 0)

    messages = Counter(email.message_from_bytes(text.encode())["Message-ID"] for text in mails)
    assert kills, "aucun processus n’a été tué à temps"
    with scope.acting(account("direction@havre.example")):
        rings = list(Ring.objects.filter(kind="incident", object_id__in=incidents))
        steps = list(RingStep.objects.filter(ring__in=rings))
        climbs = JournalLine.objects.filter(action="notify.ring.climb", object_id__in=[ring.pk for ring in rings])
        climbed = Counter(climbs.values_list("object_id", flat=True))
        assert Incident.objects.filter(pk__in=incidents).count() == INCIDENTS
    assert len(rings) == len(steps) == INCIDENTS, seed
    assert {ring.rung for ring in rings} == {0}
    assert set(climbed.values()) == {1}
    assert all(step.sent_at for step in steps), seed
    # A message may have left twice, under one id: a mailbox shows one. None is missing, none is of nobody.
    assert set(messages) == {f"<{step.pk}@havre.invalid>" for step in steps}, seed
    assert sum(messages.values()) - INCIDENTS <= kills
