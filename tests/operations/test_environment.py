"""One module reads the settings: what is wrong is told, whole, and never quotes a secret."""

import re

import psycopg
import pytest

from cms.settings import database, environment
from tests.database import owner_url as database_of_tests
from tests.operations.production import REQUIRED, START, instance, run
from tools import variables
from tools.paths import CLONE


def test_the_book_and_the_example_list_what_is_read():
    book = variables.BOOK.read_text()
    assert book == variables.book_with(book), "python -m tools.variables"
    assert variables.EXAMPLE.read_text() == variables.example(), "python -m tools.variables"


def test_what_is_compulsory_is_what_production_asks_for():
    needed = {variable.name for variable in environment.VARIABLES if variable.is_required}
    assert needed == {*REQUIRED, "DJANGO_SETTINGS_MODULE"}


def test_no_other_module_of_the_product_reads_the_environment():
    allowed = {"cms/settings/environment.py", "cms/settings/entry.py", "cms/settings/database.py", "cms/wsgi.py"}
    readers = set()
    for top in ("cases", "cms", "dashboards", "formation", "referentiel"):
        for path in (CLONE / top).rglob("*.py"):
            if re.search(r"environ(\.get\(|\[)|getenv", path.read_text()):
                readers.add(str(path.relative_to(CLONE)))
    assert readers - allowed == set()


def test_all_that_cannot_be_read_is_said_at_once(collected, tmp_path):
    (tmp_path / "secret").write_text("x" * 60)
    wrong = {
        "EMAIL_PORT": "vingt-cinq",
        "EMAIL_TIMEOUT": "600",
        "PROCONNECT_ALGORITHM": "none",
        "HAVRE_FICTITIOUS": "oui",
        "HAVRE_FILES": "files",
        "HAVRE_KEYRIGN": "/etc/havre/keyring.json",
        "HAVRE_GATEWAY_SECRET_FILE": "/nulle-part/secret",
        "SECRET_KEY_FILE": str(tmp_path / "secret"),
        "DATABASE_URL": "postgresql://havre_app:motdepasse@db.example:54x/havre",
        "DATABASE_OWNER_URL": "postgresql://havre_owner:motdepasse@db.example/havre",
    }
    code, said = run(START, instance(collected) | wrong)
    assert code != 0
    for sentence in (
        "EMAIL_PORT (vingt-cinq) s’écrit en chiffres, de 1 à 65535.",
        "EMAIL_TIMEOUT (600) s’écrit en chiffres, de 1 à 60.",
        "PROCONNECT_ALGORITHM s’écrit RS256, ES256 ; il vaut « none ».",
        "HAVRE_FICTITIOUS (oui) s’écrit 0 ou 1.",
        "HAVRE_FILES (files) s’écrit en entier, depuis la racine",
        "HAVRE_KEYRIGN n’est le nom d’aucun réglage",
        "HAVRE_GATEWAY_SECRET_FILE (/nulle-part/secret) ne peut pas être lu",
        "SECRET_KEY et SECRET_KEY_FILE sont donnés tous les deux",
        "DATABASE_URL n’est pas une adresse de PostgreSQL",
        "DATABASE_OWNER_URL traverse un réseau sans vérifier le serveur",
        "DATABASE_OWNER_URL est donné",
    ):
        assert sentence in said
    assert "motdepasse" not in said


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("  un secret\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert environment.text("SECRET_KEY") == "un secret"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://u:p%40ss@a:5432,b:5433/havre?sslmode=verify-full",
            {"HOST": "a,b", "PORT": "5432,5433", "USER": "u", "PASSWORD": "p@ss", "NAME": "havre"},
        ),
        ("postgresql://u@/havre?host=/run/postgresql&port=5433", {"HOST": "/run/postgresql", "PORT": "5433"}),
        ("postgresql://u@[::1]:5433/havre", {"HOST": "::1", "PORT": "5433"}),
        ("host=a user=u dbname=havre", {"HOST": "a", "USER": "u", "NAME": "havre"}),
    ],
)
def test_an_address_is_read_as_libpq_reads_it(url, expected):
    assert expected.items() <= database.parse(url).items()


def test_options_of_an_address_are_kept_and_several_hosts_want_the_one_that_writes():
    options = database.parse("postgresql://u@a,b/havre?sslmode=verify-full&options=-c%20jit%3Doff")["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["options"] == "-c jit=off"
    assert options["target_session_attrs"] == "read-write"
    assert options["tcp_user_timeout"] == "15000"
    own = "postgresql://u@a,b/havre?target_session_attrs=any&connect_timeout=2"
    assert database.parse(own)["OPTIONS"]["target_session_attrs"] == "any"
    assert database.parse(own)["OPTIONS"]["connect_timeout"] == "2"


def test_several_hosts_are_tried_until_one_answers(db):
    """The first host listens nowhere: the second is asked, and takes writes."""
    held = database.parse(database_of_tests("postgres"))
    hosts = database.parse(f"host=/nulle-part,{held['HOST']} user={held['USER']} dbname=postgres")
    with psycopg.connect(
        host=hosts["HOST"], user=hosts["USER"], dbname=hosts["NAME"], **hosts["OPTIONS"]
    ) as connection:
        assert connection.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,)


def test_nothing_of_this_process_is_unknown():
    assert [fault for fault in environment.faults() if "aucun réglage" in fault] == []
