"""Long readings go to a real standby while it is fresh, and to the primary otherwise, under row security."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests import database
from tests.operations.instance import Instance, wait_for
from tools.pg import bin_dir


class Standby:
    """A copy that follows, on a socket of its own."""

    def __init__(self, primary: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="havre-suit-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody", "nogroup")
        self.folder.chmod(0o755)
        self.data = self.folder / "data"
        head, _, name = primary.partition("?")[0].rpartition("/")
        self.url = f"{head}/{name}?host={self.folder}"
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", primary)
        # No fewer connections than the primary has, or it does not start.
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=300 -c fsync=off"
        self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", options)

    def run(self, *command: object) -> None:
        """Run as the account of the tests' servers: PostgreSQL refuses root."""
        account = ("nobody", "nogroup") if os.geteuid() == 0 else (None, None)
        subprocess.run(
            [bin_dir() / str(command[0]), *map(str, command[1:])],
            check=True,
            stdout=subprocess.DEVNULL,
            user=account[0],
            group=account[1],
            extra_groups=[] if account[0] else None,
            cwd="/",
        )

    def sql(self, statement: str) -> object:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(statement).fetchone()[0]

    def close(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.data)
        shutil.rmtree(self.folder)


@pytest.fixture
def scene(committed, tmp_path):
    made = Instance(tmp_path)
    try:
        made.fill(committed)
        standby = Standby(made.environment["DATABASE_URL"])
        try:
            made.environment["DATABASE_READ_URL"] = standby.url
            yield made, standby
        finally:
            standby.close()
    finally:
        made.close()


def read(made: Instance, *arguments: str) -> dict:
    command = [sys.executable, "-m", "tests.operations.standby_reader", *arguments]
    done = subprocess.run(command, cwd=database.ROOT, env=made.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.whole
def test_long_readings_follow_a_fresh_standby_and_leave_any_other(scene):
    made, standby = scene
    with psycopg.connect(made.environment["DATABASE_URL"]) as primary:
        written = primary.execute("SELECT pg_current_wal_lsn()::text").fetchone()[0]
    wait_for(lambda: standby.sql(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))
    fresh = read(made)
    assert (fresh["elsewhere"], fresh["in_recovery"]) == (True, True), fresh["said"]
    assert fresh["refused"] == "25006"  # nothing is written there
    assert fresh["said"] == []
    assert fresh["count"] > 0
    assert (len(fresh["figures"]), fresh["export"]) == (8, "ready")

    standby.sql("SELECT pg_wal_replay_pause() IS NULL")
    with psycopg.connect(made.environment["DATABASE_URL"]) as primary:
        primary.execute("CREATE TABLE written_later ()")
    late = read(made, "late")
    assert (late["elsewhere"], late["in_recovery"], late["said"]) == (False, False, ["standby.late"])
    assert {name: late[name] for name in ("count", "figures", "rows")} == {
        name: fresh[name] for name in ("count", "figures", "rows")
    }
    standby.sql("SELECT pg_wal_replay_resume() IS NULL")

    standby.run("pg_ctl", "promote", "-w", "-D", standby.data)
    assert read(made)["said"] == ["standby.promoted"]

    standby.run("pg_ctl", "stop", "-m", "immediate", "-D", standby.data)
    silent = read(made)
    assert (silent["elsewhere"], silent["export"], silent["said"]) == (False, "ready", ["standby.silent"])
