"""Statements that somebody injects into the database, over a real login."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from cms.operations import schema
from cms.users.models import User
from cms.wall.doors import seal
from tests import database
from tests.attack import logins
from tests.cast.people import PEOPLE
from tests.cast.session import signed_in

GUARDED = {
    "a role of the network": (
        """INSERT INTO users_user_groups (user_id, group_id)
           SELECT u.id, g.id FROM users_user u, auth_group g WHERE u.email = %(who)s AND g.name = 'direction'""",
        InsufficientPrivilege,
        "given by two people",
    ),
    "the password of another": (
        "UPDATE users_user SET password = 'x$' WHERE email <> %(who)s",
        InsufficientPrivilege,
        "one's own",
    ),
}


@pytest.fixture
def other_login(django_db_setup):
    """A login of ours that is not `havre_app` by name, as a worker's would be. Nothing that it writes is committed."""
    with logins.login() as name, psycopg.connect(logins.url_of(name, logins.database_name())) as connection:
        yield connection
        connection.rollback()


def entered(connection, key):
    """The scope of a person of the cast, as the process vouches for it: a statement cannot."""
    email = f"{key.replace('_', '-')}@havre.example"
    assert key in PEOPLE
    [person] = connection.execute("SELECT id FROM users_user WHERE email = %s", [email]).fetchone()
    vouched = seal(f"person|sign_in|{person}")
    connection.execute("SELECT scope_open(%s, 'sign_in', %s)", [person, vouched])
    return {"who": email}


@pytest.mark.parametrize("what", GUARDED)
def test_a_guard_holds_whatever_the_name_of_the_login(other_login, what):
    statement, error, words = GUARDED[what]
    told = entered(other_login, "coordination")
    with pytest.raises(error, match=words):
        other_login.execute(statement, told)


def test_the_login_of_the_jobs_neither_reseals_nor_erases(django_db_setup):
    database_name = logins.database_name()
    with (
        logins.login(member_of=logins.job_role()) as name,
        psycopg.connect(logins.url_of(name, database_name)) as job,
    ):
        for system in ("vault", "retention"):
            job.execute("SELECT scope_enter_system(%s)", [system])
            assert job.execute("SELECT vault_reseals(), retention_erases()").fetchone() == (False, False)
        job.rollback()


SETTINGS = ("user_id", "system", "roles", "memberships", "partners", "professional_id", "proof", "scopes")
ALL = "SELECT count(*) FROM cases_case"
WHO = "SELECT scope_user_id(), scope_system(), scope_roles(), scope_memberships(), scope_partner_ids()"
NOBODY = (None, None, [], [], [])


def put(connection, **settings):
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, true)", [f"app.{name}", str(value)])


def kept(connection):
    return dict(zip(SETTINGS, connection.execute("SELECT scope_kept()").fetchone()[0], strict=True))


@pytest.mark.parametrize(
    "forged",
    [
        {"roles": "{coordination}"},
        {"roles": "{coordination}", "memberships": "{}", "partners": "{}"},
        {"system": "figures"},
        {"system": "figures", "user_id": ""},
        {"user_id": "00000000-0000-4000-8000-000000000001"},
        {"proof": ""},
        {"proof": "0" * 64},
    ],
    ids=str,
)
def test_settings_written_by_hand_are_nobody_s(other_login, forged):
    entered(other_login, "director_a")
    assert other_login.execute("SELECT count(*) FROM partners_partner").fetchone() > (0,)
    put(other_login, **forged)
    assert other_login.execute(WHO).fetchone() == NOBODY
    assert other_login.execute(ALL).fetchone() == (0,)


def test_the_settings_of_another_transaction_are_nobody_s(other_login):
    entered(other_login, "coordination")
    seen = other_login.execute(ALL).fetchone()
    stolen = kept(other_login)
    assert seen > (0,)
    other_login.commit()
    put(other_login, **stolen)
    assert other_login.execute(WHO).fetchone() == NOBODY
    assert other_login.execute(ALL).fetchone() == (0,)
    other_login.rollback()
    entered(other_login, "director_a")
    put(other_login, **stolen)
    assert other_login.execute(ALL).fetchone() == (0,)


def test_a_savepoint_keeps_the_scope_and_gives_the_former_back(other_login):
    entered(other_login, "director_a")
    before = kept(other_login)
    with other_login.transaction(force_rollback=True):
        entered(other_login, "coordination")
        assert other_login.execute(ALL).fetchone() > (0,)
    assert kept(other_login) == before
    assert other_login.execute("SELECT scope_roles()").fetchone() == (["structure_director"],)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT scope_set(NULL, 'figures', '{coordination}', '{}')",
        "SELECT scope_mac('scope||figures|2|{}|2|{}|{}')",
        "SELECT scope_key_renew()",
        "SELECT * FROM access_scopekey",
        "INSERT INTO access_scopekey VALUES (now(), 'a', 'b')",
        "CREATE FUNCTION pg_temp.mine(access_scopekey) RETURNS bytea LANGUAGE sql AS 'SELECT $1.inner_key';"
        "SELECT pg_temp.mine(k) FROM access_scopekey k",
    ],
)
def test_the_key_and_what_signs_are_the_owner_s(other_login, statement):
    entered(other_login, "coordination")
    with pytest.raises(InsufficientPrivilege):
        other_login.execute(statement)


def test_a_transaction_outlives_a_new_key(other_login):
    entered(other_login, "coordination")
    seen = other_login.execute(ALL).fetchone()
    with psycopg.connect(database.owner_url(logins.database_name())) as owner:
        owner.execute("SELECT scope_key_renew()")
    assert other_login.execute(ALL).fetchone() == seen > (0,)
    entered(other_login, "coordination")
    assert other_login.execute(ALL).fetchone() == seen
    other_login.commit()
    entered(other_login, "coordination")
    assert other_login.execute(ALL).fetchone() == seen


def test_somebody_reached_by_hand_is_not_seen(other_login):
    entered(other_login, "coordination")
    people = "SELECT array_agg(id) FROM formation_professional"
    [everybody] = other_login.execute(people).fetchone()
    other_login.commit()
    entered(other_login, "trainer_b")
    [own] = other_login.execute(people).fetchone()
    hidden = next(person for person in everybody if person not in (own or []))
    for told in (hidden, f"{hidden} {'0' * 64}"):
        put(other_login, professional_id=told)
        assert other_login.execute(people).fetchone() == (own,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auth_group SET name = 'coordination' WHERE name = 'trainer'",
        "INSERT INTO auth_group (name) VALUES ('coordination2')",
        "DELETE FROM auth_group",
        "UPDATE auth_permission SET codename = 'add_user'",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
        "UPDATE django_content_type SET model = 'x'",
        "SELECT session_key, session_data FROM django_session",
        "INSERT INTO django_session VALUES ('a', 'b', now() + interval '1 day')",
        "UPDATE django_session SET expire_date = now() + interval '1 year'",
        "DELETE FROM django_session",
    ],
)
@pytest.mark.parametrize("who", [None, "coordination"])
def test_rights_and_sessions_are_written_by_no_statement(other_login, who, statement):
    """Nor under the name of nobody, whom guards that ask who is acting let through."""
    if who:
        entered(other_login, who)
    with pytest.raises(InsufficientPrivilege, match="permission denied"):
        other_login.execute(statement)


def test_a_session_is_opened_by_the_key_of_its_cookie_alone(committed):
    client = signed_in(User.objects.get(email="coordination@havre.example"))
    key = client.session.session_key
    with psycopg.connect(database.owner_url(committed)) as owner:
        [(kept,)] = owner.execute("SELECT session_key FROM django_session").fetchall()
    assert key not in kept
    with logins.login() as name, psycopg.connect(logins.url_of(name, committed)) as connection:
        read = "SELECT session_read(%s, now())"
        assert connection.execute(read, [kept]).fetchone() == (None,)
        assert connection.execute(read, ["%"]).fetchone() == (None,)
        assert connection.execute(read, [key]).fetchone() != (None,)
        write = "SELECT session_write(%s, 'x', now() + interval '1 day', %s)"
        assert connection.execute(write, [kept, False]).fetchone() == (False,)
        assert connection.execute(write, [key, True]).fetchone() == (False,)
        assert connection.execute(write, ["another", True]).fetchone() == (True,)
        assert connection.execute("SELECT session_drop('another')").fetchone() == (True,)


def test_the_file_of_the_schema_carries_no_key():
    assert "INSERT INTO public.access_scopekey" not in schema.FILE.read_text()
