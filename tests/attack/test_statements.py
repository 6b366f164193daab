"""Statements that somebody injects into the database, over a real login."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.attack import logins
from tests.cast.people import PEOPLE

GUARDED = {
    "a role of the network": (
        """INSERT INTO users_user_groups (user_id, group_id)
           SELECT u.id, g.id FROM users_user u, auth_group g WHERE u.email = %(who)s AND g.name = 'direction'""",
        InsufficientPrivilege,
        "given by two people",
    ),
    "the password of another": (
        "UPDATE users_user SET password = 'x' WHERE email <> %(who)s",
        InsufficientPrivilege,
        "one's own",
    ),
    "hours counted by the database": (
        "UPDATE formation_attestation SET content = '{}' WHERE content <> '{}'",
        InsufficientPrivilege,
        "written once",
    ),
}


@pytest.fixture
def other_login(committed):
    """A login of ours that is not `havre_app` by name, as a worker's would be."""
    with logins.login() as name, psycopg.connect(logins.url_of(name, committed)) as connection:
        yield connection


def entered(connection, key):
    """The scope of a person of the cast."""
    email = f"{key.replace('_', '-')}@havre.example"
    assert key in PEOPLE
    connection.execute("SELECT scope_enter(id) FROM users_user WHERE email = %s", [email])
    return {"who": email}


@pytest.mark.parametrize("what", GUARDED)
def test_a_guard_holds_whatever_the_name_of_the_login(other_login, what):
    statement, error, words = GUARDED[what]
    told = entered(other_login, "coordination")
    with pytest.raises(error, match=words):
        other_login.execute(statement, told)


def test_no_other_login_reseals_nor_erases(other_login):
    for system in ("vault", "retention"):
        other_login.execute("SELECT scope_set(NULL, %s, '{}', '{}')", [system])
        assert other_login.execute("SELECT vault_reseals(), retention_erases()").fetchone() == (False, False)
