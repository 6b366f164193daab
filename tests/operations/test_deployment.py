"""What somebody who holds one variable of production tries, and what a bad night leaves out: nothing starts.

Real processes, with the environment of an instance; the settings of the tests never answer here.
"""

import os
import sys

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from cms.vault.keyring import keyring_create
from tests import database
from tests.operations.production import CHECK, REQUIRED, START, WORKER, instance, run
from tests.plugins.extent import sampled
from tools.pg import data_dir, ensure_server


def test_a_whole_instance_starts(collected):
    assert run(CHECK, instance(collected))[0] == 0
    assert run(START, instance(collected)) == (0, "")


@pytest.mark.sampled
def test_everything_that_is_missing_is_said_at_once_and_nothing_starts(tmp_path):
    bare = {"DJANGO_SETTINGS_MODULE": "cms.settings.production", "HAVRE_VAR": str(tmp_path)}
    for command in sampled((CHECK, START, WORKER), (START,)):
        code, said = run(command, bare)
        assert code != 0
        assert [sentence for sentence in REQUIRED.values() if sentence not in said] == [], command
        assert "collectstatic" in said
    assert not (tmp_path / "postgres").exists(), "the server of the demo was started"


WRONG = [
    {
        "ALLOWED_HOSTS": ("*", "n’importe quel nom"),
        "SECRET_KEY": ("x" * 60, "trop faible"),
        "BASE_URL": ("https://localhost", "la machine elle-même"),
        "TRUSTED_PROXY_COUNT": ("0", "TRUSTED_PROXY_COUNT (0)"),
        "HAVRE_KEYRING": ("/nulle-part/ring", "introuvable"),
        "EMAIL_HOST": ("smtp.example", "en clair vers smtp.example"),
    },
    {
        "ALLOWED_HOSTS": ("havre.example,.example", "n’importe quel nom"),
        "SECRET_KEY": ("demonstration-seulement-sans-valeur-en-production-9fK2xV4m", "démonstration"),
        "TRUSTED_PROXY_COUNT": ("60", "TRUSTED_PROXY_COUNT (60)"),
        "EMAIL_HOST_USER": ("havre", "mot de passe partirait en clair"),
        "EMAIL_SECURITY": ("tls", "EMAIL_SECURITY s’écrit"),
    },
    {"SECRET_KEY": ("trop-court-9fK2", "trop faible"), "TRUSTED_PROXY_COUNT": ("deux", "TRUSTED_PROXY_COUNT (deux)")},
]
"""Faults that stand together: each is said, none hides another."""


@pytest.mark.whole
@pytest.mark.parametrize("wrong", WRONG)
def test_each_wrong_value_is_said_and_stops_the_start(collected, wrong):
    code, said = run(START, instance(collected) | {name: value for name, (value, _) in wrong.items()})
    assert code != 0
    assert [sentence for _, sentence in wrong.values() if sentence not in said] == []


@pytest.mark.whole
def test_the_ring_of_a_demonstration_is_refused_wherever_it_was_copied(collected, tmp_path):
    keyring_create(tmp_path / "copied", fictitious=True)
    code, said = run(START, instance(collected) | {"HAVRE_KEYRING": str(tmp_path / "copied")})
    assert code != 0
    assert "trousseau de la démonstration" in said


@pytest.mark.whole
def test_a_ring_that_others_read_is_refused(collected, tmp_path):
    keyring_create(tmp_path / "open")
    (tmp_path / "open").chmod(0o644)
    code, said = run(START, instance(collected) | {"HAVRE_KEYRING": str(tmp_path / "open")})
    assert code != 0
    assert "chmod 600" in said


@pytest.mark.whole
def test_the_login_of_the_jobs_is_never_that_of_the_web(collected):
    jobs = {"DATABASE_JOB_URL": "postgresql://havre_job@db.invalid/havre?sslmode=verify-full"}
    code, said = run(START, instance(collected) | jobs)
    assert code != 0
    assert "DATABASE_JOB_URL est donné" in said
    code, said = run(WORKER, instance(collected))
    assert code != 0
    assert "DATABASE_JOB_URL manque" in said


@pytest.mark.whole
def test_a_file_of_the_pages_that_is_gone_is_missed(collected, tmp_path):
    run(["cp", "-r", str(collected / "static"), str(tmp_path / "static")], {})
    next((tmp_path / "static").rglob("havre.*.css")).unlink()
    code, said = run(
        CHECK, instance(collected) | {"HAVRE_VAR": str(tmp_path), "HAVRE_FILES": str(collected / "files")}
    )
    assert code != 0
    assert "fichiers des pages manquent" in said


@pytest.fixture
def unmarked():
    """A database that holds a network, as production makes one: without the mark."""
    name = "havre_unmarked"
    database.copy_template(name)
    with psycopg.connect(database.owner_url(name)) as connection:
        connection.execute("DROP SCHEMA fictitious CASCADE")
    database.run_sql("DROP ROLE IF EXISTS havre_login", "CREATE ROLE havre_login LOGIN IN ROLE havre_app")
    yield database.owner_url(name)
    database.run_sql(f"DROP DATABASE {name} WITH (FORCE)", "DROP ROLE havre_login")


def served(url: str) -> str:
    """Return the address of a database as the application logs in: its own login, bound by row security."""
    return url.replace("postgresql://havre@", "postgresql://havre_login@")


@pytest.mark.whole
def test_fictitious_mode_opens_only_a_database_made_for_it(collected, unmarked):
    fictitious = {**instance(collected), "HAVRE_FICTITIOUS": "1", "DATABASE_URL": served(unmarked)}
    for command in (CHECK, START, WORKER):
        code, said = run(command, fictitious)
        assert code != 0
        assert "n’a pas été créée pour un réseau fictif" in said
    # By the settings of development too, named aloud: whoever holds a shell beside production reads nothing.
    shell = [sys.executable, "manage.py", "shell", "-v0", "-c"]
    read = [*shell, "from cms.users.models import User; print('read', User.objects.count())"]
    code, said = run(read, {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": unmarked})
    assert code != 0
    assert "read" not in said.split("\n")[-2]
    # Migrating it marks nothing: the mark is that of the creation.
    code, said = run(
        [sys.executable, "manage.py", "migrate", "--noinput"],
        {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATABASE_URL": unmarked, "DATABASE_OWNER_URL": unmarked},
    )
    assert code != 0
    assert "n’a pas été créée pour un réseau fictif" in said


@pytest.mark.whole
def test_the_application_cannot_mark_a_database(collected, unmarked):
    """An injected statement acts as `havre_app`: it makes no schema, and one that it owned stops the start."""
    with psycopg.connect(unmarked) as connection:
        connection.execute("SET ROLE havre_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE SCHEMA fictitious")
    with psycopg.connect(unmarked) as connection:
        name = Identifier(connection.info.dbname)
        connection.execute(SQL("GRANT CREATE ON DATABASE {} TO havre_app").format(name))
        connection.execute("SET ROLE havre_app")
        connection.execute("CREATE SCHEMA fictitious")
        connection.execute("CREATE TABLE fictitious.mark ()")
    code, said = run(START, {**instance(collected), "HAVRE_FICTITIOUS": "1", "DATABASE_URL": served(unmarked)})
    assert code != 0
    assert "trop de droits" in said


def test_a_database_of_the_tests_is_marked(db):
    from cms.operations.fictitious import is_marked

    assert is_marked()


@pytest.mark.whole
@pytest.mark.parametrize(
    "variables",
    [
        {"DATABASE_URL": "postgresql://havre_app@db.example/havre"},
        {"DATABASE_OWNER_URL": "postgresql://havre@/havre?host=/var/run/postgresql"},
        {"SECRET_KEY": "x"},
        {"HAVRE_KEYRING": "/etc/havre/keyring.json"},
    ],
)
def test_without_named_settings_nothing_runs_beside_production(variables):
    code, said = run([sys.executable, "manage.py", "check"], variables)
    assert code != 0
    assert "DJANGO_SETTINGS_MODULE" in said
    assert next(iter(variables)) in said


@pytest.mark.whole
def test_development_runs_on_the_embedded_server():
    embedded = {"HAVRE_VAR": str(database.VAR), "DATABASE_URL": ensure_server(tests=True)}
    assert data_dir(tests=True).exists()
    assert run([sys.executable, "manage.py", "check"], embedded)[0] == 0


@pytest.mark.whole
def test_what_only_the_database_knows_is_asked_when_it_is_named(collected, unmarked):
    asked = [sys.executable, "manage.py", "check", "--deploy", "--database", "default"]
    # The hour of the tests is that of their database too: told nothing of it, a process would be far from both.
    hour = {name: value for name, value in os.environ.items() if "FAKETIME" in name or name == "LD_PRELOAD"}
    code, said = run(asked, instance(collected) | hour | {"DATABASE_URL": served(unmarked)})
    assert "Des pages publiées restent à compléter (" in said
    assert "Mentions légales" in said
    assert "PostgreSQL est réglé trop petit (" in said
    assert code == 0, said
    if hour:
        code, said = run(asked, instance(collected) | {"DATABASE_URL": served(unmarked)})
        assert (code, "ne sont pas à la même heure" in said) == (1, True)
    assert run(asked, instance(collected) | {"DATABASE_URL": "postgresql://havre_app@127.0.0.1:1/havre"})[0] != 0
