"""A page of the portal costs at most 15 queries: session, account, scope and journal counted."""

import zlib
from collections.abc import Collection

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast.everything import all_rows
from tests.cast.proofs import proofs
from tests.costs import counted
from tests.plugins.extent import sampled
from tests.wall.expectations import ANONYMOUS, CAST, PORTAL
from tests.wall.routes import routes

BUDGET = 15
OF_WAGTAIL = dict.fromkeys(("/tes-droits/", "/donnees-personnelles/"), 19)
"""Texts that Wagtail serves: tree, site, language and restrictions are asked one by one. Nobody works on them."""
PAGES = [route for route in routes() if route.name in PORTAL and route.name != "wagtail_serve"]


def cost(client, path: str) -> tuple[int, list[str]]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code < 500
    queries = counted(captured.captured_queries)
    return len(queries), queries


def readers(row: str, holders: Collection[str]) -> Collection[str]:
    """Return who opens a page about this row: all those who may, or one of them, always the same."""
    people = sorted(holders - {ANONYMOUS})
    return sampled(people, [people[zlib.crc32(row.encode()) % len(people)]] if people else [])


@pytest.mark.sampled
@pytest.mark.parametrize("key", [key for key in CAST if key != ANONYMOUS])
def test_every_page_stays_within_its_budget(key, client_of):
    client, found, dear = client_of(key), all_rows() | proofs(), []
    for route in PAGES:
        door = PORTAL[route.name]
        for row, holders in door.rows_of(route).items():
            if key not in readers(route.name + row, set(holders)) or door.is_post_only:
                continue
            path = route.path(door.values(route, found.get(row)))
            count, queries = cost(client, path)
            if count > OF_WAGTAIL.get(path, BUDGET):
                dear.append(f"{path} : {count} requêtes\n  " + "\n  ".join(query[:150] for query in queries))
    assert not dear, "\n".join(dear)
