"""The wall through a real PgBouncer in transaction mode: a connection is given to one person after another."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests import database
from tests.attack.logins import login
from tests.missing import tool_missing
from tests.object_store import free_port
from tools import clock

ROUNDS = 30
READ = f"""
import django; django.setup()
import threading
from django.contrib.auth.models import Group
from django.db import connections
from cases.models import Case
from cms.users.models import User
from cms.wall import scope
with scope.acting(scope.FIGURES):
    people = {{role: User.objects.filter(groups__name=role).first() for role in ("coordination", "trainer", "dpo")}}
people = {{role: user for role, user in people.items() if user}}
def seen(user):
    with scope.acting(user):
        return Case.objects.count()
expected = {{role: seen(user) for role, user in people.items()}}
assert len(people) > 1 and len(set(expected.values())) > 1, expected
wrong = []
def rounds(role):
    for _ in range({ROUNDS}):
        if seen(people[role]) != expected[role]:
            wrong.append(role)
        if len(list(Group.objects.order_by("pk").iterator(chunk_size=1))) < 2:
            wrong.append("iterator")
    connections.close_all()
threads = [threading.Thread(target=rounds, args=[role]) for role in people]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("wrong", wrong, "outside", Case.objects.count())
"""


@pytest.fixture
def role(django_db_setup):
    with login(suffix="_pooled") as name:
        yield name


@pytest.fixture
def pooler(tmp_path, role):
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        tool_missing("pgbouncer introuvable : apt-get install pgbouncer")
    name = f"havre_pooler_{os.getpid()}"
    database.copy_template(name)
    given = psycopg.conninfo.conninfo_to_dict(database.owner_url(name))
    port = free_port()
    where = f"host={given['host']} port={given.get('port', 5432)} dbname={name}"
    lines = [
        "[databases]",
        f"havre = {where}",
        "[pgbouncer]",
        "listen_addr = 127.0.0.1",
        f"listen_port = {port}",
        "unix_socket_dir =",
        "auth_type = trust",
        f"auth_file = {tmp_path / 'users.txt'}",
        "pool_mode = transaction",
        # This login is a member of havre_app, which production opens itself: it needs no `role`.
        "ignore_startup_parameters = options",
        "default_pool_size = 2",
        "max_prepared_statements = 200",
    ]
    (tmp_path / "users.txt").write_text(f'"{role}" ""\n')
    (tmp_path / "pgbouncer.ini").write_text("\n".join(lines) + "\n")
    tmp_path.chmod(0o755)
    with (tmp_path / "pgbouncer.log").open("wb") as log:
        process = subprocess.Popen(
            [program, "-u", "nobody", str(tmp_path / "pgbouncer.ini")], stdout=log, stderr=log, env=clock.real_time()
        )
    url = f"postgresql://{role}@127.0.0.1:{port}/havre"
    try:
        _answers(process, url, tmp_path / "pgbouncer.log")
        yield url
    finally:
        process.kill()
        process.wait()
        database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def _answers(process, url, log):
    """Wait until the pooler listens; what it refuses afterwards, it refuses for good."""
    for _ in range(100):
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "refused" not in str(error):
                pytest.fail(f"{error}{log.read_text()}")
            time.sleep(0.2)
        else:
            return
    pytest.fail(log.read_text())


@pytest.mark.whole
def test_each_sees_their_own_rows_through_a_shared_connection(pooler):
    given = {
        **os.environ,
        "DATABASE_URL": pooler,
        "DATABASE_POOLER": "1",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    given.pop("DATABASE_OWNER_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=database.ROOT, env=given, capture_output=True, text=True, timeout=600
    )
    assert done.stdout.strip() == "wrong [] outside 0", done.stderr[-3000:] + done.stdout


def test_nothing_is_said_for_longer_than_a_transaction():
    """What is set on a connection would be read by whoever the pooler gives it to."""
    for top in ("cases", "cms", "dashboards", "formation", "referentiel"):
        for path in (Path(database.ROOT) / top).rglob("*"):
            if path.suffix not in (".py", ".sql") or path.name == "schema.sql":
                continue
            text = path.read_text()
            assert "pg_advisory_lock(" not in text, path
            assert "pg_try_advisory_lock(" not in text, path
            for line in text.splitlines():
                assert not ("set_config(" in line and ", false)" in line), path
