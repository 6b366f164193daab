"""A thousand incidents in one night, and a worker killed again and again: each is told once, none is forgotten.

The scan is what the worker runs each minute. It is killed while it climbs, while it sends, between the two.
"""

import datetime as dt
import email
import os
import random
import subprocess
import sys
import uuid
from collections import Counter

import pytest
from django.utils import timezone

from cases.incidents.rules import answer_key
from cases.incidents.services.declaring import Declaration, incident_declare
from cases.models import Incident
from cms.journal.models import JournalLine
from cms.kit.mails import message_id
from cms.notify.duty.services.duties import duty_cancel
from cms.notify.models import Duty, Ring, RingStep
from cms.partners.models import Partner
from cms.values.services import setting_change
from cms.wall import scope
from tests import database
from tests.notify.steps import account, rota
from tests.notify.test_jobs import ROOT
from tests.plugins.extent import IS_WHOLE

INCIDENTS, KILLS = (1000, 8) if IS_WHOLE else (150, 3)


@pytest.fixture
def night(committed):
    """One person on duty, who is given ten hours to answer: only the first rung is owed."""
    user = account("coordination@havre.example")
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
                Declaration(
                    partner=house,
                    incident_type_id="type_incident:RECUP",
                    occurred_at=at,
                    noticed_at=at,
                    narrative="Faits",
                    is_confidential=True,
                ),
                declared_by=educator,
            ).pk
            for _ in range(INCIDENTS)
        }


@pytest.mark.whole
@pytest.mark.sampled
def test_a_thousand_incidents_and_a_worker_killed_at_random_are_each_told_exactly_once(night, mail_server):
    seed, incidents = random.randrange(10**6), declare_all()
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(night),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server.port),
    }
    command = [sys.executable, "-m", "tests.notify.nursery", str(seed), str(KILLS)]
    killed = int(subprocess.check_output(command, cwd=ROOT, env=environment, timeout=500))
    assert killed, "aucun processus n’a été tué à temps"

    messages = Counter(email.message_from_bytes(text.encode())["Message-ID"] for text in mail_server.received)
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
    assert set(messages) == {message_id(step.pk) for step in steps}, seed
    assert sum(messages.values()) - INCIDENTS <= killed
