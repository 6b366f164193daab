"""The database stops under a real web server: every page says what to do, and comes back with the database."""

import json
import shutil
import threading

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError

from cms.operations.outage import RETRY_SECONDS, is_outage
from tests import database
from tests.cast.session import signed_in
from tests.notify.steps import account
from tests.operations.instance import Instance, ask, wait_for, words
from tests.wall.routes import routes

PHONE = "01 99 00 00 17"
PAGES = ("/", "/admin/", "/boite/", "/compte/login/", "/dire/", "/reperage/")


@pytest.fixture
def instance(committed, tmp_path):
    """A server with the network of the tests, and the cookie of the coordination."""
    client = signed_in(account("coordination@havre.example"))
    made = Instance(tmp_path)
    made.environment["HAVRE_ON_CALL_PHONE"] = PHONE
    shutil.copytree(database.ROOT / "cms" / "static", tmp_path / "static")  # as collectstatic leaves them
    try:
        made.fill(committed)
        yield made, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    finally:
        made.close()


@pytest.mark.slow
def test_every_page_says_what_to_do_and_the_site_recovers_by_itself(instance):
    made, cookie = instance
    process, home = made.web()
    assert ask(f"{home}/sante/pret").status == 200
    assert ask(f"{home}/boite/", cookie=cookie).status == 200
    statuses: set[int] = set()
    over = threading.Event()

    def insist() -> None:
        while not over.is_set():
            statuses.add(ask(f"{home}/boite/", cookie=cookie).status)

    readers = [threading.Thread(target=insist) for _ in range(2)]
    for reader in readers:
        reader.start()
    made.crash()  # while they read
    wait_for(lambda: 503 in statuses)
    over.set()
    for reader in readers:
        reader.join()
    assert statuses <= {200, 503}
    _is_told_everywhere(home, cookie)
    made.server("start")
    wait_for(lambda: ask(f"{home}/sante/pret").status == 200)
    for _ in range(8):  # each thread of the server, and each of its connections
        assert ask(f"{home}/boite/", cookie=cookie).status == 200
    assert process.poll() is None


def _is_told_everywhere(home: str, cookie: str) -> None:
    for path in PAGES:
        answer = ask(home + path, cookie=cookie)
        assert answer.status == 503, path
        assert answer.headers["Retry-After"] == str(RETRY_SECONDS)
        assert answer.headers["Content-Security-Policy"]
        said = words(answer.text)
        assert f"l’astreinte du réseau : {PHONE}" in said.replace("\xa0", " ")
        assert "vérifiez dans Havre qu’il n’est pas déjà arrivé" in said
    problem = ask(f"{home}/api/v1/exigences/", cookie=cookie)
    assert (problem.status, problem.headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(problem.text)["status"] == 503
    assert ask(f"{home}/sante/pret").status == 503
    assert ask(f"{home}/sante/vivant").status == 200
    assert ask(f"{home}/static/cms/tokens.css").status == 200
    found: dict[int, list[str]] = {}
    for number, path in enumerate(sorted({route.path({}) for route in routes()})[::6]):
        data = None if number % 2 else b"x=1"
        found.setdefault(ask(home + path, cookie=cookie, data=data).status, []).append(path)
    assert found.get(500, []) == []
    assert len(found[503]) > 0.9 * sum(len(each) for each in found.values()), {
        s: p[:5] for s, p in found.items() if s != 503
    }


class _Refused(psycopg.OperationalError):
    sqlstate = "57P03"


@pytest.mark.parametrize(
    ("error", "is_gone"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (_Refused("the database system is starting up"), True),
        (psycopg.errors.AdminShutdown("terminating connection"), True),
        (psycopg.errors.TooManyConnections("sorry"), True),
        (psycopg.errors.DiskFull("no space left"), True),
        (psycopg.errors.ReadOnlySqlTransaction("on a standby"), True),
        (InterfaceError("connection already closed"), True),
        (psycopg.InternalError("received 0 results from command 'COMMIT'"), True),
        (psycopg.errors.InFailedSqlTransaction("current transaction is aborted"), False),
        (psycopg.errors.QueryCanceled("statement timeout"), False),
        (psycopg.errors.LockNotAvailable("lock timeout"), False),
        (psycopg.errors.UndefinedTable("no such table"), False),
    ],
)
def test_only_a_database_that_is_gone_is_an_outage(error, is_gone):
    raised = OperationalError("said by Django")
    raised.__cause__ = error
    assert is_outage(error) is is_gone
    assert is_outage(raised) is is_gone
    assert not is_outage(ValueError("ours"))
    later = ValueError("raised by a page that caught it")
    later.__context__ = error
    assert is_outage(later) is is_gone
