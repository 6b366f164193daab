"""Whoever holds a statement in a request, or a copy of what another one showed, enters nobody's scope."""

import datetime as dt
import hashlib
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from psycopg.errors import InsufficientPrivilege

from cms.sessions.displays import display_open
from cms.sessions.services import session_open, sessions_end
from cms.sessions.store import SessionStore
from cms.settings.database import parse
from cms.users.models import User
from cms.wall import doors, scope
from tests import database
from tests.attack import logins
from tests.cast.people import PASSWORD
from tests.cast.session import signed_in, token_header

ENTER = "SELECT roles FROM scope_open(%s, %s, %s)"
SYSTEM = "SELECT scope_open_system(%s, %s)"
WHO = "SELECT scope_user_id(), scope_system(), scope_roles()"
NOBODY = (None, None, [])
REQUESTS = ("accounts", "front_door", "notify", "proconnect", "signing", "training", "voice")
"""System actors that requests need, from nobody as from somebody."""
JOBS = ("reference", "vault", "retention", "housekeeping", "documents", "files", "events", "exports", "journal")


@pytest.fixture
def web(django_db_setup):
    """A connection over the login of the web. Nothing that it writes is committed."""
    with logins.login() as name, psycopg.connect(logins.url_of(name, logins.database_name())) as given:
        yield given
        given.rollback()


@pytest.fixture
def people(committed):
    """Accounts of the cast, in a database that several connections read."""
    with scope.acting(scope.FIGURES):
        return {user.email.partition("@")[0].replace("-", "_"): user for user in User.objects.all()}


@pytest.fixture
def over(committed):
    """A connection over the login of the web, to the database of `people`."""
    with logins.login() as name, psycopg.connect(logins.url_of(name, committed), autocommit=True) as given:
        yield given


def id_of(given, key):
    return given.execute("SELECT id FROM users_user WHERE email = %s", [f"{key}@havre.example"]).fetchone()[0]


@pytest.mark.parametrize("system", [*REQUESTS, *JOBS, "figures", "stays", "escalation", ""])
def test_the_login_of_the_web_is_no_job(web, system):
    person = id_of(web, "coordination")
    with pytest.raises(InsufficientPrivilege, match="secret of theirs"), web.transaction():
        web.execute("SELECT scope_enter_person(%s)", [person])
    with pytest.raises(InsufficientPrivilege, match="by this door"), web.transaction():
        web.execute(ENTER, [person, "job", ""])
    if system:
        with pytest.raises(InsufficientPrivilege, match="by the jobs"), web.transaction():
            web.execute("SELECT scope_enter_system(%s)", [system])
    else:
        web.execute("SELECT scope_enter_system('')")
    assert web.execute(WHO).fetchone() == NOBODY


def test_the_login_of_the_jobs_enters_whom_it_serves(django_db_setup):
    name = logins.database_name()
    with logins.login(member_of=logins.job_role()) as job, psycopg.connect(logins.url_of(job, name)) as given:
        person = id_of(given, "coordination")
        given.execute("SELECT scope_enter_person(%s)", [person])
        assert given.execute(WHO).fetchone() == (person, None, ["coordination"])
        given.execute("SELECT scope_enter_system('figures')")
        assert given.execute("SELECT scope_system()").fetchone() == ("figures",)
        given.rollback()


def sealed_before(message, seconds):
    """A seal of the process, as it was some time ago."""
    at = str(int(dt.datetime.now(dt.UTC).timestamp()) - seconds)
    [(inner, outer), *_] = doors.keys_of_settings()
    inside = hashlib.sha256(inner + f"{at}|{message}".encode()).digest()
    return f"{at}:{hashlib.sha256(outer + inside).hexdigest()}"


def test_a_seal_vouches_for_one_person_one_reason_and_five_minutes(web):
    person, other = id_of(web, "coordination"), id_of(web, "director-a")
    message = f"person|sign_in|{person}"
    web.execute(ENTER, [person, "sign_in", sealed_before(message, 200)])
    assert web.execute(WHO).fetchone() == (person, None, ["coordination"])
    web.execute("SELECT scope_enter_system('')")
    head, _, tail = doors.seal(message).partition(":")
    for actor, door, proof in (
        (other, "sign_in", doors.seal(message)),
        (person, "preview", doors.seal(message)),
        (person, "sign_in", sealed_before(message, 301)),
        (person, "sign_in", sealed_before(message, -301)),
        (person, "sign_in", f"{int(head) + 1}:{tail}"),
        (person, "sign_in", f"{head}:{'0' * 64}"),
        (person, "sign_in", f"x{head}:{tail}"),
        (person, "sign_in", ""),
        (person, "sign_in", None),
        (person, "anything", doors.seal(f"person|anything|{person}")),
        (None, "sign_in", doors.seal("person|sign_in|")),
    ):
        with pytest.raises(InsufficientPrivilege, match="by this door"), web.transaction():
            web.execute(ENTER, [actor, door, proof])
    assert web.execute(WHO).fetchone() == NOBODY


def test_a_seal_of_another_process_vouches_for_nobody(web, settings):
    person = id_of(web, "coordination")
    settings.SECRET_KEY = "another process of another instance, whose key is not here"
    with pytest.raises(InsufficientPrivilege):
        web.execute(ENTER, [person, "sign_in", doors.seal(f"person|sign_in|{person}")])


def test_a_request_enters_the_system_actors_that_requests_need_and_no_other(web):
    for name in REQUESTS:
        web.execute(SYSTEM, [name, doors.seal(f"system|{name}")])
        assert web.execute("SELECT scope_system()").fetchone() == (name,)
        with pytest.raises(InsufficientPrivilege), web.transaction():
            web.execute(SYSTEM, [name, doors.seal("system|figures")])
    web.execute("SELECT scope_enter_system('')")
    for name in (*JOBS, "figures", "stays", "escalation", "", None):
        with pytest.raises(InsufficientPrivilege, match="this system actor"), web.transaction():
            web.execute(SYSTEM, [name, doors.seal(f"system|{name}")])
    person = id_of(web, "coordination")
    web.execute(ENTER, [person, "sign_in", doors.seal(f"person|sign_in|{person}")])
    web.execute(SYSTEM, ["figures", doors.seal("system|figures")])
    assert web.execute("SELECT scope_system()").fetchone() == ("figures",)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM access_doorkey",
        "INSERT INTO access_doorkey VALUES ('a', 'b')",
        "SELECT * FROM access_signinsecret",
        "INSERT INTO access_signinsecret SELECT 'a', id FROM access_signin",
        "UPDATE access_signin SET ended_at = NULL, ending = ''",
        "INSERT INTO access_signin (id, user_id) SELECT gen_random_uuid(), id FROM users_user",
        "SELECT seal_holds('system|figures', '1:2')",
        "SELECT scope_hold(id) FROM users_user",
        "SELECT sign_in_open(gen_random_uuid(), id, '', now(), 'mine', '') FROM users_user",
        "SELECT sign_in_open(gen_random_uuid(), id, '', now(), 'mine', NULL) FROM users_user",
    ],
)
@pytest.mark.parametrize("who", [None, "coordination"])
def test_secrets_are_neither_read_nor_written(web, who, statement):
    if who:
        person = id_of(web, who)
        web.execute(ENTER, [person, "sign_in", doors.seal(f"person|sign_in|{person}")])
    with pytest.raises(InsufficientPrivilege):
        web.execute(statement)


def test_the_secret_of_a_connexion_opens_its_own_person_while_it_lasts(people, over):
    with scope.acting(people["director_a"]):
        begun = session_open(user=people["director_a"], device="Firefox")
    digest = hashlib.sha256(begun.secret.encode()).hexdigest()
    assert over.execute(ENTER, [begun.user_id, "session", begun.secret]).fetchone() == (["structure_director"],)
    for actor, secret in (
        (people["coordination"].pk, begun.secret),
        (begun.user_id, digest),
        (begun.user_id, ""),
        (begun.user_id, str(begun.pk)),
    ):
        with over.transaction():
            assert over.execute(ENTER, [actor, "session", secret]).fetchone() == (None,)
            assert over.execute(WHO).fetchone() == NOBODY
    with scope.acting(people["director_a"]):
        past = begun.started_at - dt.timedelta(minutes=1)
        sessions_end(user=people["director_a"], at=past)
    assert over.execute(ENTER, [begun.user_id, "session", begun.secret]).fetchone() == (None,)


def test_a_token_and_the_address_of_a_display_open_whoever_made_them(people, over):
    director, coordination = people["director_a"], people["coordination"]
    token = token_header(director)["HTTP_AUTHORIZATION"].partition(" ")[2]
    with scope.acting(coordination):
        _, address = display_open(kind="on_call", object_id=None, opened_by=coordination)
    for door, secret, owner, other in (
        ("token", token, director.pk, coordination.pk),
        ("display", address, coordination.pk, director.pk),
    ):
        [roles] = over.execute(ENTER, [owner, door, secret]).fetchone()
        assert roles
        for actor, shown in ((other, secret), (owner, hashlib.sha256(secret.encode()).hexdigest()), (owner, "")):
            with pytest.raises(InsufficientPrivilege):
                over.execute(ENTER, [actor, door, shown])


@contextmanager
def served_by_the_web(name):
    """Django's connections over the login of the web, to a database of its own."""
    before = {alias: dict(connections[alias].settings_dict) for alias in connections}
    with logins.login() as login:
        try:
            for alias in before:
                connections[alias].close()
                connections[alias].settings_dict |= {**parse(logins.url_of(login, name)), "OPTIONS": {}}
            yield
        finally:
            for alias, given in before.items():
                connections[alias].close()
                connections[alias].settings_dict |= given


def test_requests_are_served_over_the_login_of_the_web(people, committed):
    """Everybody else enters by the login of the owner in the tests: what only a job may do would pass unseen."""
    kept = {key: signed_in(people[key]) for key in ("coordination", "director_a", "trainer_b", "ase")}
    headers = token_header(people["coordination"])
    with served_by_the_web(committed):
        browser = Client()
        browser.post("/compte/login/", {"login": "gendarme@havre.example", "password": PASSWORD})
        assert browser.get("/mon-compte/").status_code == 200
        assert browser.post("/compte/logout/").status_code == 302
        assert browser.get("/mon-compte/").status_code == 302
        assert kept["coordination"].get("/admin/").status_code == 200
        assert kept["coordination"].get("/admin/chiffres/").status_code == 200
        for client in kept.values():
            assert client.get("/", follow=True).status_code == 200
        assert Client().get("/api/v1/events/", **headers).status_code == 200
        with pytest.raises(Exception, match="secret of theirs|by this door"), scope.acting(people["coordination"]):
            raise AssertionError("entered without a secret")


def test_a_request_acts_as_nobody_to_whom_it_showed_nothing(cast):
    with doors.serving(), pytest.raises(doors.DoorError), scope.acting(cast["coordination"]):
        raise AssertionError("entered without a door")


def test_no_statement_that_runs_bears_a_secret(committed):
    """Logins of the same name read what the others run."""
    key = f"key{uuid.uuid4().hex}"
    store = SessionStore(key)
    assert store.load() == {}
    with psycopg.connect(database.owner_url(committed)) as owner:
        [said] = owner.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s", [connection.connection.info.backend_pid]
        ).fetchone()
    assert "session_read" in said
    assert key not in said
