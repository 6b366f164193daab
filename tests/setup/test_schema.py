"""`schema.sql` says what the migrations and the wall do."""

import subprocess
import sys

import psycopg
import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from cms.operations import schema
from tests import database
from tools.paths import CLONE
from tools.schema import difference


def test_the_file_was_written_from_these_migrations():
    assert schema.is_current(), "une migration ou un wall.sql a changé : « make schema » réécrit schema.sql"


def test_a_loaded_database_has_nothing_left_to_migrate(db):
    call_command("migrate", check_unapplied=True, verbosity=0)


def test_a_difference_is_seen_whatever_the_order_of_columns():
    before = "CREATE TABLE a (\n    id integer,\n    name text\n);\n\nCREATE INDEX a_name ON a (name);\n\n"
    turned = "CREATE INDEX a_name ON a (name);\n\nCREATE TABLE a (\n    name text,\n    id integer\n);\n\n"
    assert difference(before, turned) == ([], [])
    assert difference(before, before.replace("text", "varchar"))[0]


def test_the_wall_can_be_loaded_again(committed):
    count = """SELECT (SELECT count(*) FROM pg_policies), (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
                      (SELECT count(*) FROM journal_kind), (SELECT count(*) FROM retention_kind)"""
    migrations = MigrationLoader(None).disk_migrations.values()
    loads = [each for migration in migrations if migration.name.endswith("_wall") for each in migration.operations]
    assert len(loads) > 10
    with psycopg.connect(database.owner_url(committed)) as connection:
        before = connection.execute(count).fetchone()
        for load in loads:
            connection.execute(load.sql)
        assert connection.execute(count).fetchone() == before


@pytest.mark.whole
def test_django_migrates_to_the_same_schema():
    command = [sys.executable, "-m", "tools.schema", "--check"]
    done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
