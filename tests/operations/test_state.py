"""The state of the service: read without a database too, told to who watches, never about anybody."""

import json
import logging
import os
import re
import subprocess
import sys

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from cms.kit.logs import JsonFormatter
from cms.operations import metrics, state
from cms.operations.state import probes_all, state_read
from tests.database import owner_url
from tools import clock
from tools.paths import CLONE

NAMED = "Nawel Imaginaire"


def found() -> dict[str, state.Reading]:
    return {probe.name: reading for probe, reading in state_read()}


def insert(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_probe_says_what_it_found_and_what_to_do(db):
    probes = probes_all()
    assert len(probes) >= 12
    assert all(probe.label and probe.advice.endswith(".") and probe.help.endswith(".") for probe in probes)
    readings = found()
    assert readings["database_seconds"].is_well
    assert readings["clock_skew_seconds"].is_well
    assert all(reading.said for reading in readings.values())


def test_a_dead_worker_is_seen_and_a_live_one_too(db):
    insert("DELETE FROM procrastinate_workers")
    assert found()["worker_heartbeat_age_seconds"].value is None
    assert not found()["worker_heartbeat_age_seconds"].is_well
    insert("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '3 minutes')")
    assert found()["worker_heartbeat_age_seconds"].said == "les appels et les messages ne partent plus depuis 180 s"
    assert not found()["worker_heartbeat_age_seconds"].is_well
    insert("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert found()["worker_heartbeat_age_seconds"].is_well


def test_a_job_that_waits_or_failed_is_seen(db):
    insert("DELETE FROM procrastinate_jobs")
    assert found()["job_oldest_seconds"].is_well
    insert(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at) "
        "VALUES ('default', 'late', 'todo', now() - interval '10 minutes'), "
        "('default', 'later', 'todo', now() + interval '10 minutes'), ('default', 'lost', 'failed', NULL)"
    )
    late = found()["job_oldest_seconds"]
    assert not late.is_well
    assert late.value == pytest.approx(600, abs=5)
    assert found()["jobs_failed"].value == 1


def test_one_probe_that_fails_hides_no_other(db, settings, tmp_path):
    settings.HAVRE_CLAMD = f"unix:{tmp_path}/nobody"
    readings = found()
    assert readings["clamd_signatures_age_seconds"].said == "ne répond pas"
    assert readings["database_seconds"].is_well


def test_without_a_database_what_does_not_need_it_is_still_read(db):
    server = connections["default"].settings_dict["HOST"]
    connections["default"].close()
    connections["default"].settings_dict["HOST"] = "/nulle-part"
    try:
        response = Client().get("/sante/travail")
    finally:
        connections["default"].settings_dict["HOST"] = server
    probes = json.loads(response.content)["probes"]
    assert response.status_code == 503
    assert probes["database_seconds"] == probes["jobs_failed"] == {"value": None, "well": False}
    assert probes["disk_free_ratio"]["value"] > 0


DRIFTED = """
import django; django.setup()
from cms.operations.state import clock_read
found = clock_read()
print(found.is_well, round(found.value))
"""


@pytest.mark.whole
def test_a_clock_that_drifts_is_said(db):
    """A process whose clock is five minutes ahead of that of PostgreSQL."""
    given = {**os.environ, **clock.shifted(clock.shift() + 300), "DATABASE_URL": owner_url("postgres")}
    done = subprocess.run([sys.executable, "-c", DRIFTED], env=given, cwd=CLONE, capture_output=True, text=True)
    well, seconds = done.stdout.split()
    assert well == "False", done.stderr
    assert abs(int(seconds) - 300) < 30


def test_each_fault_of_the_book_names_an_alert_and_a_proof_that_stand():
    alerts = set(re.findall(r"alert: (\w+)", (CLONE / "deploy" / "prometheus" / "alerts.yml").read_text()))
    for name in ("outages.md", "production.md"):
        told = set(re.findall(r"`(Havre[A-Z]\w+)`", (CLONE / "docs" / name).read_text()))
        assert told
        assert told <= alerts
    faults = next(part for part in (CLONE / "docs" / "outages.md").read_text().split("\n\n") if part.startswith("| "))
    rows = [line for line in faults.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 12
    for row in rows:
        proofs = re.findall(r"`((?:tests|deploy)/\S+?\.py)`", row.split("|")[-2])
        assert proofs, row
        assert all((CLONE / proof).exists() for proof in proofs)


def test_only_who_watches_is_answered(db, settings):
    near, behind, far = (
        Client(),
        Client(headers={"X-Forwarded-For": "198.51.100.7"}),
        Client(REMOTE_ADDR="198.51.100.7"),
    )
    for path in ("/sante/travail", "/metrics"):
        assert near.get(path).status_code in (200, 503)
        assert behind.get(path).status_code == far.get(path).status_code == 404
        assert far.get(path, headers={"Authorization": "Bearer "}).status_code == 404
    settings.HAVRE_METRICS_TOKEN = "un-jeton"
    assert far.get("/metrics", headers={"Authorization": "Bearer un-jeton"}).status_code == 200
    assert far.get("/metrics", headers={"Authorization": "Bearer autre"}).status_code == 404


def test_metrics_count_requests_by_name_and_hold_nobody(db, client):
    client.get("/compte/login/?next=/situations/Nawel-Imaginaire/")
    client.get(f"/situations/00000000-0000-4000-8000-000000000000/{NAMED}/")
    client.generic("NAWEL", "/")
    text = metrics.page().decode()
    assert 'havre_http_requests_total{method="GET",route="account_login",status="200"}' in text
    assert 'method="OTHER"' in text
    assert "havre_disk_free_ratio" in text
    assert 'havre_well{probe="database_seconds"} 1.0' in text
    assert "nawel" not in text.lower()
    assert "00000000-0000" not in text


def test_alerts_ask_for_what_is_measured(db):
    rules = yaml.safe_load((CLONE / "deploy" / "prometheus" / "alerts.yml").read_text())["groups"]
    asked = " ".join(rule["expr"] for group in rules for rule in group["rules"])
    text = metrics.page().decode() + "".join(f" havre_{probe.name} " for probe in probes_all())
    names = set(re.findall(r"\bhavre_\w+", asked))
    assert names
    assert {name for name in names if name.removesuffix("_bucket").removesuffix("_total") not in text} == set()
    assert all(rule["annotations"]["que_faire"] for group in rules for rule in group["rules"])


class Planted:
    """A logger of production, which writes into a list."""

    def __init__(self) -> None:
        self.lines: list[dict] = []
        handler = logging.Handler()
        handler.emit = lambda record: self.lines.append(json.loads(JsonFormatter().format(record)))
        self.logger = logging.getLogger("django.request.planted")
        self.logger.propagate = False
        self.logger.addHandler(handler)


def test_logs_keep_a_place_in_the_sources_and_no_message():
    planted = Planted()
    planted.logger.warning("Not Found: %s", f"/situations/{NAMED}/")
    planted.logger.warning(f"formatted: {NAMED}")
    try:
        raise ValueError(NAMED) from KeyError(NAMED)
    except ValueError:
        planted.logger.exception("failed: %s", NAMED)
    text = json.dumps(planted.lines)
    assert "Nawel" not in text
    assert planted.lines[0]["event"] == "Not Found: %s"
    assert planted.lines[1]["event"].startswith("test_state:")
    assert (planted.lines[2]["error"], planted.lines[2]["cause"]) == ("builtins.ValueError", "builtins.KeyError")
    assert any("test_state.py:" in place for place in planted.lines[2]["where"])


def test_a_request_gives_its_number_back_and_reads_none_of_the_client(client, db, caplog):
    with caplog.at_level(logging.INFO, logger="havre.request"):
        response = client.get("/compte/login/", headers={"X-Request-ID": NAMED})
    number = response.headers["X-Request-ID"]
    assert number != NAMED
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    assert line["event"] == "request"
    assert (line["request_id"], line["route"], line["status"]) == (number, "account_login", 200)
    assert set(line) == {
        "time",
        "level",
        "logger",
        "event",
        "process",
        "request_id",
        "route",
        "method",
        "status",
        "ms",
    }


@pytest.mark.whole
def test_web_processes_share_their_counters(tmp_path):
    """Two processes count, a third one gives the sum: the folder is what they share."""
    script = (
        "import os, django; django.setup(); from cms.operations import metrics; "
        "metrics.request_count(route='portal:home', method='GET', status=200, seconds=0.1); "
        "from prometheus_client import CollectorRegistry, generate_latest, multiprocess; "
        "registry = CollectorRegistry(); multiprocess.MultiProcessCollector(registry); "
        "print(generate_latest(registry).decode())"
    )
    environment = os.environ | {
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
    assert 'havre_http_requests_total{method="GET",route="portal:home",status="200"} 2.0' in done.stdout


def test_the_page_is_for_who_runs_the_machines_and_who_relies_on_them(client_of):
    insert("DELETE FROM procrastinate_workers")
    assert client_of("tech_admin").get("/admin/etat/").status_code == 200
    page = client_of("coordination").get("/admin/etat/").content.decode()
    assert "Tâches de fond" in page
    assert "téléphonez" in page
    assert client_of("dpo").get("/admin/etat/").status_code == 404


def test_who_runs_the_machines_is_told_of_a_unit_that_failed(settings, mailoutbox):
    with pytest.raises(CommandError, match="HAVRE_OPERATORS"):
        call_command("unit_failed", "havre-worker.service")
    settings.HAVRE_OPERATORS = ["exploitation@havre.example"]
    call_command("unit_failed", "havre-worker.service")
    assert [message.to for message in mailoutbox] == [["exploitation@havre.example"]]
    assert "havre-worker.service" in mailoutbox[0].subject
