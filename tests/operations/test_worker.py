"""The worker goes on by itself, says when it cannot, and somebody is told when nothing leaves."""

import signal
import subprocess
import sys

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from cms.notify.tasks import rings
from tests import database
from tests.operations.instance import Instance, wait_for

STOPPED = "Les appels ne partent plus"
GIVE_UP = """
import sys, django
django.setup()
from cms.operations.worker import worker_keep
sys.exit(0 if worker_keep({}, give_up_seconds=1) else 1)
"""


@pytest.fixture
def instance(committed, tmp_path):
    made = Instance(tmp_path)
    try:
        made.fill(committed)
        yield made
    finally:
        made.close()


def query(made: Instance, text: str) -> int:
    with psycopg.connect(made.environment["DATABASE_URL"], autocommit=True) as opened:
        cursor = opened.execute(text)
        return cursor.fetchone()[0] if cursor.description else 0


SCANNED = f"""SELECT count(*) FROM procrastinate_jobs
 WHERE task_name = '{rings.name}' AND queue_name = 'proof' AND status = 'succeeded'"""
SCAN = f"""INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
 VALUES ('proof', '{rings.name}', 100, '{{"timestamp": 0}}')"""


@pytest.mark.whole
@pytest.mark.slow
def test_a_worker_outlives_its_database(instance):
    worker = instance.spawn(sys.executable, "manage.py", "procrastinate", "worker", log="worker.log")
    query(instance, SCAN)
    wait_for(lambda: query(instance, SCANNED) == 1)
    instance.crash()
    log = instance.folder / "worker.log"
    wait_for(lambda: "Nouvel essai" in log.read_text())
    instance.server("start")
    query(instance, SCAN)
    wait_for(lambda: query(instance, SCANNED) == 2)
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0


def test_a_worker_that_cannot_work_ends_with_an_error(tmp_path):
    made = Instance(tmp_path)
    made.environment["DATABASE_URL"] = f"postgresql://havre@/havre?host={tmp_path}"
    done = subprocess.run(
        [sys.executable, "-c", GIVE_UP],
        cwd=database.ROOT,
        env=made.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Nouvel essai dans 1 s" in done.stderr
    assert "Rien ne part plus" in done.stderr


HEART = "worker_heartbeat_age_seconds"
FAULTS = {
    "silent": "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'",
    "gone": "DELETE FROM procrastinate_workers",
    "late": f"""WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('default', '{rings.name}')
      RETURNING id) INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, job_id)
      SELECT '{rings.name}', extract(epoch FROM now()) - 300, id FROM job""",
    "failing": f"""INSERT INTO procrastinate_jobs (queue_name, task_name, status)
      VALUES ('default', '{rings.name}', 'failed')""",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_coordination_and_the_probe_are_told_that_calls_do_not_leave(client_of, fault):
    client, structure = client_of("coordination"), client_of("director_a")
    pages = (reverse("havre_ring_strip"), reverse("havre_board"))
    assert not any(STOPPED in client.get(page).content.decode() for page in pages)
    assert client.get("/sante/travail").json()["probes"][HEART]["well"]
    with connection.cursor() as cursor:
        cursor.execute(FAULTS[fault])
    assert all(STOPPED in client.get(page).content.decode() for page in pages)
    told = client.get("/sante/travail")
    assert (told.status_code, told.json()["probes"][HEART]["well"]) == (503, False)
    assert STOPPED not in structure.get("/").content.decode()
