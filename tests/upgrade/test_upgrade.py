"""The database of the previous release, with its data, becomes that of this one and loses nothing on the way."""

import os
import re
import shutil
import subprocess
import sys

import psycopg
import pytest

from tests import database
from tests.upgrade.write import FOLDER, RING
from tools import schema
from tools.pg import bin_dir

NAME = f"havre_upgrade_{os.getpid()}"
KEPT = (
    "SELECT count(*), max(id::text) FROM cases_case",
    "SELECT count(*), max(id::text) FROM cases_sollicitation",
    "SELECT count(*), max(id::text) FROM cases_placement",
    "SELECT count(*), max(id::text) FROM cases_incident",
    "SELECT count(*), max(id::text) FROM formation_enrolment",
    "SELECT count(*), max(id::text) FROM documents_documentversion",
    "SELECT count(*), max(email) FROM users_user",
    "SELECT count(*), max(encode(hash, 'hex')) FROM journal_line",
)
pytestmark = pytest.mark.whole


def manage(ring, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=database.ROOT,
        env=os.environ
        | {
            "DATABASE_URL": database.owner_url(NAME),
            "DATABASE_OWNER_URL": database.owner_url(NAME),
            "DJANGO_SETTINGS_MODULE": "tests.upgrade.settings",
            "HAVRE_KEYRING": str(ring),
        },
        capture_output=True,
        text=True,
    )


def counted():
    with psycopg.connect(database.owner_url(NAME)) as connection:
        return {statement: connection.execute(statement).fetchone() for statement in KEPT}


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory, django_db_setup):
    """The commands of docs/upgrade.md, in their order; give what was counted before, and the ring."""
    [dump] = FOLDER.glob("*.sql")
    ring = tmp_path_factory.mktemp("upgrade") / "keyring.json"
    shutil.copy(RING, ring)
    ring.chmod(0o600)  # git keeps no such mode, and a ring that others may read is refused
    database.run_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME}")
    try:
        with psycopg.connect(database.owner_url(NAME), autocommit=True) as connection:
            connection.execute("SET check_function_bodies = off")
            connection.execute(dump.read_text())
        before = counted()
        for command in (["migrate", "--noinput", "-v0"], ["createcachetable"], ["sync_roles"], ["load_reference"]):
            done = manage(ring, *command)
            assert done.returncode == 0, (command, done.stdout, done.stderr)
        yield before, ring
    finally:
        database.run_sql(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def test_nothing_is_lost(upgraded):
    before, _ = upgraded
    assert all(count for count, _ in before.values())
    after = counted()
    # Commands of an upgrade may write lines of their own; none of the rest moves.
    journal = KEPT[-1]
    assert after.pop(journal)[0] >= before[journal][0]
    assert after == {statement: found for statement, found in before.items() if statement != journal}


def test_what_must_never_change_is_intact_and_every_seal_opens(upgraded):
    """Bodies of attachments are in a folder, which the dump does not hold."""
    _, ring = upgraded
    said = manage(ring, "verify").stdout
    assert len(re.findall(r"  intact$", said, re.MULTILINE)) >= 9, said
    assert set(re.findall(r"^(\w+) .*problème\(s\)$", said, re.MULTILINE)) <= {"files"}, said
    seals = manage(ring, "verify", "seals")
    assert seals.returncode == 0, seals.stdout + seals.stderr


def test_the_schema_is_that_of_a_new_database(upgraded):
    dump = [bin_dir() / "pg_dump", *schema.DUMP, "-d", database.owner_url(NAME)]
    text = schema.cleaned(subprocess.run(dump, check=True, capture_output=True, text=True).stdout)
    assert schema.difference(plain(schema.FILE.read_text()), plain(text)) == ([], [])


def plain(dump):
    """Without what PostgreSQL writes otherwise once it has read a dump again: casts of texts, and parentheses."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", dump)
