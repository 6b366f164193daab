"""Limits of attempts: counted once for all processes, never forgiven by a rollback, and never a lock by address."""

import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.test import Client

from tests import database
from tests.cast.people import PASSWORD

PROCESSES, TRIES = 4, 10
ACCOUNT = "gendarme@havre.example"
SCRIPT = """
import django
django.setup()
from django.contrib.auth.signals import user_login_failed
from django.test import Client
checked = []
user_login_failed.connect(lambda **kwargs: checked.append(1), weak=False)
for _ in range({tries}):
    Client().post("/compte/login/", {{"login": "{account}", "password": "un mot de passe faux"}})
print(len(checked))
"""


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def in_table(name: str) -> dict[str, str]:
    """Environment of a process whose limits are counted in the table of this database."""
    url = database.owner_url(name)
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.users.settings"}


def start_trying(name: str, tries: int = TRIES) -> subprocess.Popen:
    script = SCRIPT.format(tries=tries, account=ACCOUNT)
    return subprocess.Popen(
        [sys.executable, "-c", script], env=in_table(name), cwd=database.ROOT, stdout=subprocess.PIPE, text=True
    )


def checks(process: subprocess.Popen) -> int:
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return int(out)


@pytest.mark.whole
def test_forty_tries_over_four_processes_reach_the_password_five_times(committed):
    running = [start_trying(committed) for _ in range(PROCESSES)]
    assert sum(checks(process) for process in running) == 5


def sign_in(email: str, password: str = PASSWORD, address: str = "192.0.2.7"):
    return Client(REMOTE_ADDR=address).post("/compte/login/", {"login": email, "password": password})


def test_where_five_were_wrong_the_right_password_waits_too(cast):
    for _ in range(5):
        sign_in(ACCOUNT, "un mot de passe faux")
    assert "trop" in sign_in(ACCOUNT).content.decode().lower()
    assert sign_in("ase@havre.example").status_code == 302


def test_wrong_passwords_of_one_address_lock_nobody_else_there(cast):
    for number in range(60):
        sign_in(f"inconnu-{number}@havre.example", "un mot de passe faux")
    assert sign_in(ACCOUNT).status_code == 302


def test_sixty_signers_and_twenty_sign_ins_share_an_address(cast):
    people = sorted(user.email for user in cast.values() if user.is_active)
    answers = [sign_in(people[number % len(people)]).status_code for number in range(80)]
    assert set(answers) == {302}


def test_an_address_that_asks_too_much_is_slowed_in_french(cast):
    for number in range(120):
        sign_in(f"inconnu-{number}@havre.example", "faux")
    slowed = sign_in(ACCOUNT)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")
    assert "Attendez une minute" in slowed.content.decode()
    assert sign_in(ACCOUNT, address="192.0.2.8").status_code == 302


@pytest.mark.django_db(databases=["default", "limits"])
def test_a_request_undone_forgives_nothing(settings):
    from allauth.core.internal import ratelimit
    from django.db import transaction

    from cms.settings import base

    settings.CACHES = base.CACHES
    with transaction.atomic():
        assert ratelimit.cache.add("essai", 1)
        transaction.set_rollback(True)
    assert ratelimit.cache.get("essai") == 1
    ratelimit.cache.delete("essai")
