"""What lets somebody sign in: no statement writes it, nor reads what a password gives."""

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from psycopg.errors import InsufficientPrivilege

from cms.users.models import User
from cms.users.passwords import digest_of, hashed_again
from cms.wall import scope
from cms.wall.doors import seal
from tests import database
from tests.attack import logins
from tests.attack.test_doors import ENTER, id_of, served_by_the_web
from tests.cast.people import PASSWORD
from tests.cast.session import code_of, token_header

OTHER = "(SELECT id FROM users_user WHERE email = 'direction@havre.example')"
FORGED = [
    "UPDATE users_user SET password = 'md5$salt$' WHERE id = %(me)s",
    "UPDATE users_user SET email = 'mine@havre.example' WHERE id = %(me)s",
    f"UPDATE users_user SET password = 'md5$salt$' WHERE id = {OTHER}",
    f"UPDATE users_user SET is_active = NOT is_active WHERE id = {OTHER}",
    f"UPDATE users_user SET id = gen_random_uuid() WHERE id = {OTHER}",
    "UPDATE users_user SET is_superuser = true WHERE id = %(me)s",
    "INSERT INTO users_user (id, email, password, is_active, is_staff, is_superuser, date_joined, first_name, "
    "last_name, position, phone) VALUES (gen_random_uuid(), 'x@x.example', '!', true, false, false, now(), "
    "'', '', '', '')",
    f"SELECT password_keep({OTHER}, 'mine')",
    "SELECT password_keep(%(me)s, 'mine')",
    "SELECT * FROM users_secret",
    "INSERT INTO users_secret SELECT id, 'mine' FROM users_user",
    "UPDATE users_secret SET digest = 'mine'",
    f"INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES ({OTHER}, 'totp', '{{}}', now())",
    "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%(me)s, 'webauthn', '{}', now())",
    "INSERT INTO account_emailaddress (user_id, email, verified, \"primary\") VALUES (%(me)s, 'x@x.ex', true, true)",
    "INSERT INTO socialaccount_socialaccount (user_id, provider, uid, extra_data, last_login, date_joined) "
    "VALUES (%(me)s, 'proconnect', 'mine', '{}', now(), now())",
    "INSERT INTO access_apitoken (id, user_id, label, digest, held, scopes, created_at, expires_at) VALUES "
    "(gen_random_uuid(), %(me)s, 'x', repeat('0', 64), '{}', '{case.read}', now(), now() + interval '30 days')",
    "INSERT INTO account_emailconfirmation (created, key, email_address_id) VALUES (now(), 'x', 1)",
]
"""Written by whoever injects a statement into a request of the coordination, or of nobody."""


@pytest.fixture
def web(django_db_setup):
    """A connection over the login of the web. Nothing that it writes is committed."""
    with logins.login() as name, psycopg.connect(logins.url_of(name, logins.database_name())) as given:
        yield given
        given.rollback()


@pytest.mark.parametrize("statement", FORGED)
@pytest.mark.parametrize("who", [None, "coordination"])
def test_no_statement_writes_how_somebody_signs_in(web, who, statement):
    me = id_of(web, "coordination")
    if who:
        web.execute(ENTER, [me, "sign_in", seal(f"person|sign_in|{me}")])
    with pytest.raises(InsufficientPrivilege):
        web.execute(statement, {"me": me})


def test_what_is_taken_is_one_account_in_one_transaction(web):
    me, other = id_of(web, "coordination"), id_of(web, "direction")
    write = "UPDATE users_user SET password = 'md5$salt$' WHERE id = %s"
    web.execute("SELECT account_take(%s, %s)", [me, seal(f"account|{me}")])
    web.execute(write, [me])
    taken = web.execute("SELECT current_setting('app.account')").fetchone()[0]
    with pytest.raises(InsufficientPrivilege, match="nobody vouches"), web.transaction():
        web.execute(write, [other])
    web.execute("SELECT account_take(NULL, '')")
    with pytest.raises(InsufficientPrivilege, match="nobody vouches"), web.transaction():
        web.execute("UPDATE users_user SET password = 'md5$other$' WHERE id = %s", [me])
    web.rollback()
    for forged in (taken, f"{me} {'0' * 64}", str(me)):
        web.execute("SELECT set_config('app.account', %s, true)", [forged])
        with pytest.raises(InsufficientPrivilege, match="nobody vouches"), web.transaction():
            web.execute(write, [me])
    for proof in (seal(f"account|{other}"), seal(f"person|sign_in|{me}"), "", None):
        with pytest.raises(InsufficientPrivilege, match="nobody vouches"), web.transaction():
            web.execute("SELECT account_take(%s, %s)", [me, proof])


def test_a_token_that_was_revoked_is_not_given_back(web):
    me = id_of(web, "coordination")
    with psycopg.connect(database.owner_url(logins.database_name()), autocommit=True) as owner:
        owner.execute(
            "INSERT INTO access_apitoken (id, user_id, label, digest, held, scopes, created_at, expires_at,"
            " revoked_at) VALUES"
            " (gen_random_uuid(), %s, 'x', repeat('0', 64), '{}', '{case.read}', now(),"
            " now() + interval '30 days', now())",
            [me],
        )
        try:
            web.execute(ENTER, [me, "sign_in", seal(f"person|sign_in|{me}")])
            for change in (
                "revoked_at = NULL",
                "expires_at = now() + interval '300 days'",
                "digest = repeat('1', 64)",
            ):
                with pytest.raises(InsufficientPrivilege, match="nobody vouches"), web.transaction():
                    web.execute(f"UPDATE access_apitoken SET {change}")
        finally:
            owner.execute("DELETE FROM access_apitoken WHERE digest = repeat('0', 64)")


def test_the_account_bears_no_half_that_opens(cast):
    person = cast["gendarme"]
    person.refresh_from_db()
    assert person.password.endswith("$")
    assert person.check_password(PASSWORD)
    assert not person.check_password(PASSWORD + "x")
    assert not person.check_password("")
    assert digest_of(hashed_again(PASSWORD, person.password).rpartition("$")[2]) not in person.password
    person.set_password("une autre phrase de passe")
    assert person.check_password("une autre phrase de passe")
    person.save()
    again = User.objects.get(pk=person.pk)
    assert again.password == person.password
    assert again.check_password("une autre phrase de passe")
    assert not again.check_password(PASSWORD)
    person.set_unusable_password()
    person.save()
    assert not User.objects.get(pk=person.pk).check_password("une autre phrase de passe")


def test_people_sign_in_and_change_their_means_over_the_login_of_the_web(committed):
    with scope.acting(scope.FIGURES):
        person = User.objects.get(email="gendarme@havre.example")
        coordination = User.objects.get(email="coordination@havre.example")
    secret, new = generate_totp_secret(), "une phrase tout autre pour entrer"
    with scope.acting(person):
        TOTP.activate(person, secret)
    with served_by_the_web(committed):
        browser = Client()
        browser.post("/compte/login/", {"login": person.email, "password": PASSWORD})
        browser.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
        assert browser.get("/mon-compte/").status_code == 200
        words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        browser.post("/compte/password/change/", words)
        assert browser.get("/mon-compte/").status_code == 200
        fresh = Client()
        fresh.post("/compte/login/", {"login": person.email, "password": PASSWORD})
        assert "account_login" not in fresh.session
        fresh.post("/compte/login/", {"login": person.email, "password": new})
        assert "account_login" in fresh.session
        assert Client().get("/api/v1/events/", HTTP_AUTHORIZATION="Token x").status_code == 401
    with scope.acting(person):
        assert Authenticator.objects.filter(user=person).exists()
    assert token_header(coordination)
