"""What others saw, asked again as oneself: nothing is read nor written that row security does not give."""

from functools import partial
from uuid import UUID

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from tests.attack.crawl import Seen, Walk, crawl, rows_given
from tests.attack.nasty import Shot, rank
from tests.attack.pages import Form
from tests.cast.everything import all_rows
from tests.cast.people import PEOPLE
from tests.cast.proofs import proofs
from tests.plugins.extent import IS_WHOLE, sampled
from tests.wall.expectations import ANONYMOUS, MARKERS

CRAWLERS = sampled([*PEOPLE], ["coordination", "director_a", "director_b", "gendarme", "ase", "trainer"])
PAGES = 600 if IS_WHOLE else 25
PROBERS = 2
"""In `make test`, how many others ask for each address."""
OF_THE_SERVICE = ("journal_", "django_session", "access_", "users_user")
"""Tables that any request may write: journal, connexion, draft."""


@pytest.fixture
def browsers(wide_limits, client_of):
    all_rows()
    proofs()
    found = {key: client_of(key) for key in [*PEOPLE, ANONYMOUS]}
    for client in found.values():
        client.raise_request_exception = False
    return found


def others(address: str, seen_by: set[str]) -> list[str]:
    """Return who asks for an address seen by others."""
    left = [key for key in [*PEOPLE, ANONYMOUS] if key not in seen_by]
    first = rank(address, len(left)) if left else 0
    return left if IS_WHOLE else [left[(first + turn * 5) % len(left)] for turn in range(min(PROBERS, len(left)))]


def leaks(key: str, response, seen: Seen, foreign: set[UUID]) -> list[str]:
    """Return what an answer gives that it should not."""
    found = []
    if response.status_code >= 500:
        found.append(f"erreur {response.status_code}")
    if response.status_code < 300 and foreign:
        found.append(f"fiche d’autrui ouverte ({response.status_code})")
    if response.status_code == 200:
        body = response.sent.decode(errors="ignore")
        found += [marker for marker, holders in MARKERS.items() if marker in body and key not in holders]
    return [f"{key} {seen.route} {seen.address} : {problem}" for problem in found]


@pytest.mark.sampled
def test_what_others_saw_is_not_given(browsers, cast, record_property):
    walks = {key: crawl(browsers[key], PAGES) for key in CRAWLERS}
    given = {key: rows_given(cast[key]) for key in PEOPLE} | {ANONYMOUS: set()}
    probe = partial(_probe, browsers, walks, given)
    problems, reads, read_of_others = probe(is_written=False)
    refused, writes, written_of_others = probe(is_written=True)
    record_property("probes", [reads, writes])
    assert not problems + refused, "\n".join(problems + refused)
    assert min(read_of_others, written_of_others) > 30, "nothing was asked about rows of others"


def _probe(
    browsers: dict[str, Client], walks: dict[str, Walk], given: dict[str, set[UUID]], *, is_written: bool
) -> tuple[list[str], int, int]:
    """Ask again, as each of the others, for the pages seen, or send the forms seen.

    Return what leaked, how many were asked, and how many of them about a row that the person has not.
    """
    asked: dict[str, tuple[Seen, Form | None]] = {}
    for walk in walks.values():
        for seen, form in walk.forms if is_written else [(link, None) for link in walk.links]:
            asked.setdefault(seen.address, (seen, form))
    known, problems, count, of_others = set().union(*given.values()), [], 0, 0
    for address, (seen, form) in asked.items():
        for key in others(address, {name for name, walk in walks.items() if address in walk.addresses}):
            caches["limits"].clear()
            count += 1
            foreign = (seen.rows & known) - given[key]
            of_others += bool(foreign)
            if form is None:
                problems += leaks(key, _sent(browsers[key], seen), seen, foreign)
            else:
                response, written = _written(browsers[key], seen, form)
                problems += leaks(key, response, seen, foreign)
                if foreign and written and response.status_code < 400:
                    problems.append(f"{key} {seen.route} {address} : écrit {written}")
    return problems, count, of_others


def _sent(client: Client, seen: Seen):
    path, _, query = seen.address.partition("?")
    return Shot("GET", path, query).send(client)


def _written(client: Client, seen: Seen, form: Form) -> tuple:
    """Return the answer to a form, and the tables that it wrote in."""
    path, _, query = seen.address.partition("?")
    with transaction.atomic():
        before = _writes()
        response = Shot("POST", path, query, fields=form.fields).send(client)
        after = _writes()
        transaction.set_rollback(True)
    tables = {name for name, number in after.items() if number != before.get(name, 0)}
    return response, sorted(name for name in tables if not name.startswith(OF_THE_SERVICE))


def _writes() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())
