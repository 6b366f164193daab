"""The web server is killed while people write: what it had acknowledged is kept, and nothing else of what it began."""

import os
import secrets
import signal
import threading
import time
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from tests.cast.session import signed_in
from tests.notify.steps import account
from tests.operations.instance import Instance, ask, wait_for

WRITERS, KILLS, SPARE = 4, 3, 20
"""`SPARE`: acknowledged writes before each kill, so that it falls among others."""


class Writers:
    """People who keep what they typed, under new addresses; those that were answered are `acknowledged`."""

    def __init__(self, home: str, session: str) -> None:
        self.home = home
        token = secrets.token_hex(16)
        self.cookie = f"{session}; {settings.CSRF_COOKIE_NAME}={token}"
        self.token = token
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _write(self) -> None:
        while not self.over.is_set():
            address = f"/situations/propositions/{uuid.uuid4()}/"
            body = f"draft_address={address}&condition=exercice&csrfmiddlewaretoken={self.token}"
            self.sent.add(address)
            try:
                answer = ask(f"{self.home}/mon-compte/saisie/garder/", cookie=self.cookie, data=body.encode())
            except OSError:  # killed as it answered, or not there yet
                time.sleep(0.1)
            else:
                assert answer.status == 204, answer.text[:500]
                self.acknowledged.add(address)

    def has_more_than(self, count: int) -> bool:
        return len(self.acknowledged) > count


@pytest.fixture
def instance(committed, tmp_path) -> Iterator[tuple[Instance, str]]:
    client = signed_in(account("coordination@havre.example"))
    made = Instance(tmp_path)
    try:
        made.fill(committed)
        yield made, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    finally:
        made.close()


@pytest.mark.slow
def test_what_a_killed_server_acknowledged_is_kept(instance, record_property):
    made, session = instance
    process, home = made.web()
    with Writers(home, session) as writers:
        for _ in range(KILLS):
            count = len(writers.acknowledged)
            wait_for(lambda least=count: writers.has_more_than(least + SPARE))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process, _ = made.web(home)
        count = len(writers.acknowledged)
        wait_for(lambda: writers.has_more_than(count + SPARE))
    with psycopg.connect(made.environment["DATABASE_URL"]) as owner:
        kept = {address for (address,) in owner.execute("SELECT address FROM access_draft")}
        [(open_writes,)] = owner.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE state = 'idle in transaction' AND datname = current_database()"
        )
    assert writers.acknowledged <= kept
    assert {address for address in kept if "/situations/propositions/" in address} <= writers.sent
    assert open_writes == 0
    record_property("acknowledged", len(writers.acknowledged))
