"""A worker is killed in the middle of its work: nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from procrastinate.contrib.django import app

from tests import database

ROOT = Path(__file__).resolve().parent.parent.parent
JOBS = 6
RETRY = """
import tests.notify.worker
from cms.notify.tasks import jobs_retry_stalled

# The worker's own schedule may have queued one already: another lock lets this one in beside it.
jobs_retry_stalled.configure(queueing_lock="now").defer(timestamp=0, after_seconds=1)
"""


@pytest.fixture
def queue(django_db_setup):
    """A database of its own, since the worker is another process and must read committed rows."""
    name = f"havre_jobs_{os.getpid()}"
    database.copy_template(name)
    yield name
    database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def start(name: str, *arguments: str) -> subprocess.Popen:
    environment = {
        **os.environ,
        "DATABASE_URL": database.owner_url(name),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)


def count(name: str, status: str) -> int:
    with psycopg.connect(database.owner_url(name)) as connection:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'tests.slow' AND status::text = %s"
        return connection.execute(query, [status]).fetchone()[0]


def wait_for(condition, seconds: int) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "le travail n’est pas venu à bout dans le temps laissé"
        time.sleep(0.1)


@pytest.mark.whole
def test_a_killed_worker_loses_no_job(queue):
    deferring = f"from tests.notify.worker import slow; [slow.defer(number=n) for n in range({JOBS})]"
    assert start(queue, "-c", deferring).wait() == 0
    first = start(queue, "-m", "tests.notify.worker")
    wait_for(lambda: count(queue, "doing") > 0, 30)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert count(queue, "succeeded") < JOBS
    assert count(queue, "doing") == 1

    time.sleep(1.2)  # the time that a dead worker's heart must be silent, in this test
    assert start(queue, "-c", RETRY).wait() == 0
    second = start(queue, "-m", "tests.notify.worker")
    try:
        wait_for(lambda: count(queue, "succeeded") == JOBS, 60)
    finally:
        second.terminate()
        second.wait()


def test_stalled_jobs_and_sealing_are_scheduled():
    scheduled = {periodic.task.name for periodic in app.periodic_registry.periodic_tasks.values()}
    assert {"cms.notify.tasks.jobs_retry_stalled", "cms.journal.tasks.seal"} <= scheduled


@pytest.mark.parametrize("name", ["cms.notify.tasks.jobs_retry_stalled", "cms.journal.tasks.seal"])
def test_a_scheduled_task_never_waits_twice(name):
    assert app.tasks[name].queueing_lock
