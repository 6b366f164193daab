"""The night goes wrong: the worker is killed while a message leaves, the gateway is down, two people answer at once.

The request is still acknowledged, once.
"""

import email
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connections

from cms.journal.models import JournalLine
from cms.notify.duty.services.duties import duty_cancel
from cms.notify.duty.services.rings import ring_acknowledge
from cms.notify.models import Duty, Ring, RingStep
from cms.wall import scope
from tests import database
from tests.notify.steps import account, ask, obligations_end, ring_of, rota
from tests.notify.test_jobs import ROOT, wait_for

SCAN = """
import tests.notify.worker
from cms.notify.tasks import jobs_retry_stalled, rings

jobs_retry_stalled.configure(queueing_lock="now").defer(timestamp=0, after_seconds=1)
rings.configure(queueing_lock="now-rings").defer(timestamp=0)
"""


@pytest.fixture
def night(committed, mail_server):
    """A database where others commit, two people on duty, an urgent request; how another process is started in it."""
    with scope.acting(account("coordination@havre.example")):
        for ring in Ring.objects.open():
            Ring.objects.filter(pk=ring.pk).update(closed_at=ring.opened_at)
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)
    obligations_end()
    rota(has_phones=True)
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(committed),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server.port),
        "HAVRE_GATEWAY_URL": "http://127.0.0.1:9/",  # nobody listens there
        "HAVRE_GATEWAY_SECRET": "secret de la passerelle",
    }
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def sent() -> set[tuple[int, str]]:
    with scope.acting(scope.NOTIFY):
        steps = RingStep.objects.filter(sent_at__isnull=False).select_related("person")
        return {(step.rung, step.person.email) for step in steps}


def test_a_killed_worker_and_a_dead_gateway_still_call_and_one_person_answers(night, mail_server):
    mail_server.is_silent.set()
    request = ask()  # its job is queued by the request itself
    first = night("-m", "tests.notify.worker")
    assert mail_server.has_one.wait(60)  # the message is out and nobody has marked it
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert sent() == set()

    mail_server.is_silent.clear()
    assert night("-c", SCAN).wait() == 0
    night("-m", "tests.notify.worker")
    both = {(0, "coordination@havre.example"), (1, "direction@havre.example")}
    wait_for(lambda: sent() == both, 60)
    messages = [email.message_from_bytes(text.encode()) for text in mail_server.received]
    assert len(messages) == 3  # the coordinator's left twice, under one id
    assert len({message["Message-ID"] for message in messages}) == 2

    ring = ring_of(request)
    assert sorted(answer_together(ring)) == [False, True]
    with scope.acting(account("direction@havre.example")):
        lines = JournalLine.objects.filter(object_id=ring.pk, action="notify.ring.acknowledge")
        assert lines.count() == 1
        assert Ring.objects.get(pk=ring.pk).acknowledged_by_id == lines.get().actor_id


def answer_together(ring) -> list[bool]:
    """Two people press the button at the same moment, each on a connection."""
    barrier, answers = threading.Barrier(2), []

    def answer(address: str) -> None:
        try:
            person = account(address)
            with scope.acting(person):
                barrier.wait(10)
                answers.append(ring_acknowledge(ring=ring, by=person))
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=answer, args=[f"{name}@havre.example"]) for name in ("coordination", "direction")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers
