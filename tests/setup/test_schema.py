"""`schema.sql` says what the migrations and the wall do."""

import subprocess
import sys

import pytest
from django.core.management import call_command

from cms.operations import schema
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


@pytest.mark.whole
def test_django_migrates_to_the_same_schema():
    command = [sys.executable, "-m", "tools.schema", "--check"]
    done = subprocess.run(command, cwd=CLONE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
