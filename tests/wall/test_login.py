"""The door of the database: who may log in as the web process."""

import psycopg
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg import sql

from cms.wall import login as guard
from tests import database
from tests.attack import logins


@pytest.fixture
def fresh(db):
    """A connection of its own, opened anew by the test."""
    copy = connections["default"].copy()
    yield copy
    copy.close()


@pytest.fixture
def guarded(settings, monkeypatch):
    settings.HAVRE_REFUSE_POWERFUL_LOGIN = True
    monkeypatch.setattr(guard, "_proven", set())


def test_production_refuses_the_login_of_a_superuser(fresh, guarded):
    with pytest.raises(ImproperlyConfigured, match="trop de droits"):
        fresh.ensure_connection()
    assert fresh.connection is None


def test_the_demo_may_log_in_as_owner_and_act_as_the_application(fresh):
    with fresh.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        acting, login = cursor.fetchone()
    assert (acting, acting == login) == ("havre_app", False)


@pytest.mark.parametrize(
    ("options", "member_of", "why"),
    [
        ("SUPERUSER", "", "superuser"),
        ("BYPASSRLS", "", "BYPASSRLS"),
        ("CREATEROLE", "", "CREATEROLE"),
        ("REPLICATION", "", "REPLICATION"),
        ("INHERIT", "pg_read_all_data", "pg_read_all_data"),
        ("NOINHERIT", "pg_monitor", "pg_monitor"),
    ],
)
def test_a_powerful_login_is_refused(committed, guarded, options, member_of, why):
    with logins.login(options, member_of=member_of) as name, logins.opened_as(name) as connection:
        with pytest.raises(ImproperlyConfigured, match=why):
            connection.ensure_connection()
        assert connection.connection is None


@pytest.fixture
def owned(committed):
    """A role without power that owns the tables, as in production; the embedded server's is superuser."""
    with psycopg.connect(database.owner_url(committed), autocommit=True) as owner:
        role = sql.Identifier(f"havre_owner_{committed}")
        owner.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
        owner.execute(sql.SQL("ALTER TABLE cases_case OWNER TO {}").format(role))
        yield f"havre_owner_{committed}"
        owner.execute(sql.SQL("ALTER TABLE cases_case OWNER TO {}").format(sql.Identifier(logins.OWNER)))
        owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
        owner.execute(sql.SQL("DROP ROLE {}").format(role))


@pytest.mark.parametrize("inherits", ["INHERIT", "NOINHERIT"])
def test_a_member_of_the_owner_is_refused(owned, guarded, inherits):
    with logins.login(inherits, member_of=owned) as name, logins.opened_as(name) as connection:
        with pytest.raises(ImproperlyConfigured, match="propriétaire de tables"):
            connection.ensure_connection()
        assert connection.connection is None


def test_a_member_of_a_member_of_the_owner_is_refused(owned, guarded):
    with (
        logins.login(member_of=owned) as between,
        logins.login(member_of=between, suffix="_far") as name,
        logins.opened_as(name) as connection,
        pytest.raises(ImproperlyConfigured, match="propriétaire de tables"),
    ):
        connection.ensure_connection()


def test_a_login_that_reads_a_protected_table_without_a_scope_is_refused(committed, guarded):
    """Whatever the reason: here a policy that an administrator added by hand."""
    with psycopg.connect(database.owner_url(committed)) as owner:
        owner.execute("CREATE POLICY by_hand ON cases_case FOR SELECT USING (true)")
    with logins.login() as name, logins.opened_as(name) as connection:
        with pytest.raises(ImproperlyConfigured, match=r"sans être personne 1 tables protégées \(cases_case\)"):
            connection.ensure_connection()
        assert connection.connection is None


def test_a_member_of_havre_app_alone_is_let_in(committed, guarded):
    with logins.login() as name, logins.opened_as(name) as connection:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user, count(*) FROM cases_case")
            assert cursor.fetchone() == (name, 0)


def test_what_is_published_keeps_no_process_from_starting(committed, guarded):
    """Public events, once the worker gave them their place: read without a scope, as the feed does."""
    with psycopg.connect(database.owner_url(committed)) as owner:
        owner.execute("UPDATE events_event SET position = nextval('events_position') WHERE position IS NULL")
    with logins.login() as name, logins.opened_as(name) as connection:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(*) FILTER (WHERE is_public) FROM events_event")
            seen, public = cursor.fetchone()
    assert seen == public > 0


def test_the_check_says_it_before_the_start(committed, guarded):
    told = [message.id for message in run_checks(tags=["database"], databases=["default"])]
    assert "access.E001" in told
