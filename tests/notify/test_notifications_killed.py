"""The worker is killed while messages leave: nothing is lost, nothing is doubled in a mailbox."""

import email
import os
import signal
import subprocess
import sys
import uuid
from email.policy import default

import pytest
from django.db.models import QuerySet

from cms.kit.mails import message_id
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.notify.models import Sending
from cms.wall import scope
from tests import database
from tests.notify.steps import account, obligations_end
from tests.notify.test_jobs import ROOT, wait_for

PEOPLE = ("coordination", "direction", "director-a", "director-b", "gendarme", "ase")
SCAN = """
import tests.notify.worker
from cms.notify.tasks import jobs_retry_stalled, notifications

jobs_retry_stalled.configure(queueing_lock="now").defer(timestamp=0, after_seconds=1)
notifications.configure(queueing_lock="now-notifications").defer(timestamp=0)
"""


@pytest.fixture
def start(committed, mail_server):
    """How another process is started in a database where others commit, with a real server of messages."""
    obligations_end()
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(committed),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_server.port),
    }
    started = []

    def run(*arguments: str) -> subprocess.Popen:
        started.append(subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


def proposals() -> QuerySet[Sending]:
    """What this test owes: the clock may owe something else to the same people meanwhile."""
    return Sending.objects.filter(obligation__kind="proposal")


def sent() -> int:
    with scope.acting(scope.NOTIFY):
        return proposals().filter(sent_at__isnull=False).count()


def received(mail_server) -> list[tuple[str, str]]:
    """Whom each proposal went to, and the id of its message."""
    with scope.acting(scope.NOTIFY):
        ours = {message_id(key) for key in proposals().values_list("pk", flat=True)}
    messages = [email.message_from_bytes(text.encode(), policy=default) for text in mail_server.received]
    return [(message["To"], message["Message-ID"]) for message in messages if message["Message-ID"] in ours]


@pytest.mark.whole
def test_a_killed_worker_loses_nothing_and_doubles_nothing(start, mail_server):
    mail_server.is_silent.set()
    with scope.acting(account("coordination@havre.example")):
        owed = [Recipient(object_id=uuid.uuid4(), person_id=account(f"{name}@havre.example").pk) for name in PEOPLE]
        assert notification_owe(kind="proposal", owed=owed) == len(PEOPLE)
    first = start("-m", "tests.notify.worker")
    assert mail_server.has_one.wait(60)  # a message is out and nobody has marked it
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert sent() == 0

    mail_server.is_silent.clear()
    assert start("-c", SCAN).wait() == 0
    for _ in range(2):  # two workers at once: one sends, the other finds it done
        start("-m", "tests.notify.worker")
    wait_for(lambda: sent() == len(PEOPLE), 90)
    messages = received(mail_server)
    ids = set(messages)
    assert len(ids) == len(PEOPLE)
    assert len({to for to, _ in ids}) == len(PEOPLE)
    assert len(messages) <= len(PEOPLE) + 1  # the one that was out when the worker died, under the same id
