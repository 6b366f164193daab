"""Every address of the service, called by each of the cast, on rows of their own and on rows of others.

A route that `expectations.py` does not know fails: nobody adds an address without saying who may open it. A page that
opens is read as its reader does: French alone, no key, no code, numbers that agree.
"""

import re
import zlib
from collections.abc import Collection

import pytest
from django.db import transaction
from django.test import Client

from tests.cast.everything import all_rows
from tests.cast.proofs import proofs
from tests.plugins.extent import IS_WHOLE, sampled
from tests.wall.expectations import ANONYMOUS, CAST, MARKERS, Door, door_of
from tests.wall.routes import Route, routes
from tests.wall.screen_words import list_codes, page_faults

ROUTES = routes()
GROUPS = sampled([[key] for key in CAST], [CAST[part::4] for part in range(4)])
"""Who calls in one test: their rows are written once for all of them."""
LISTS = "/admin/reglages/"
"""Where codes of lists are written, and read by whoever sets them."""


def test_every_route_has_an_expectation():
    unknown = sorted({f"{route.name}  {route.pattern}" for route in ROUTES if door_of(route) is None})
    assert not unknown, "Dites qui peut ouvrir ces adresses dans expectations.py :\n" + "\n".join(unknown)


def test_the_walk_sees_the_whole_house():
    places = {route.pattern.split("/")[0] for route in ROUTES}
    assert {"admin", "api", "compte", "formation", "referentiel", "situations", "pages"} <= places
    assert len(ROUTES) > 250


def callers(route: Route, row: str, holders: Collection[str], *, is_first: bool) -> Collection[str]:
    """Return who calls this route on this row: all of the cast, or one of each kind (somebody who holds the row,
    somebody who does not, nobody signed in), always the same. Nobody signed in tries the first row alone.
    """
    if IS_WHOLE:
        return CAST
    rank = zlib.crc32(f"{route.pattern} {row}".encode())
    kinds = (sorted(holders - {ANONYMOUS}), sorted(set(CAST) - set(holders) - {ANONYMOUS}), [ANONYMOUS] * is_first)
    return {kind[rank % len(kind)] for kind in kinds if kind}


def methods(route: Route, door: Door, key: str, is_allowed: bool) -> tuple[str, ...]:
    """Return how it is called. What may be posted is posted, with more than nothing, by the fuzzer."""
    if IS_WHOLE:
        return ("get", "post")
    if is_allowed and not door.is_post_only:
        return ("get",)
    # One door, before any view, stops whoever did not sign in.
    return ("get", "post") if key != ANONYMOUS else (("get", "post")[zlib.crc32(route.pattern.encode()) % 2],)


@pytest.mark.sampled
@pytest.mark.parametrize("keys", GROUPS, ids="-".join)
def test_who_opens_what(keys, client_of):
    found, codes, problems = all_rows() | proofs(), list_codes(), []
    for key in keys:
        client = client_of(key)
        client.raise_request_exception = False
        for route in ROUTES:
            door = door_of(route)
            for turn, (row, holders) in enumerate(door.rows_of(route).items() if door else ()):
                if key in callers(route, row, holders, is_first=turn == 0):
                    values = door.values(route, found.get(row))
                    problems += _problems(route, door, client, key, key in holders, row, values, codes)
    assert not problems, "\n".join(problems)


def _problems(
    route: Route,
    door: Door,
    client: Client,
    key: str,
    is_allowed: bool,
    row: str,
    values: dict,
    codes: re.Pattern[str],
) -> list[str]:
    path, problems = route.path(values) + door.query, []
    for method in methods(route, door, key, is_allowed):
        response = _call(client, method, path)
        said = f"{method.upper()} {path} ({route.name}) par {key} sur {row or 'aucune fiche'} → {response.status_code}"
        if response.status_code >= 500:
            problems.append(f"{said} : erreur du service")
        elif not is_allowed and not door.refuses(response, is_anonymous=key == ANONYMOUS):
            problems.append(f"{said} : aurait dû être refusé")
        elif is_allowed and method == "get" and not door.is_post_only and not door.opens(response):
            problems.append(f"{said} : aurait dû s’ouvrir")
        if foreign := _foreign_markers(response, key):
            problems.append(f"{said} : laisse lire {foreign}")
        if is_allowed and method == "get" and not door.is_api and not door.is_post_only:
            faults = page_faults(response, None if path.startswith(LISTS) else codes)
            problems += [f"{said} : {fault}" for fault in faults]
    return problems


def _call(client: Client, method: str, path: str):
    """One request whose writing is undone, so that the next one finds the rows as they were."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    client.cookies = cookies  # one of the addresses signs out
    return response


def _foreign_markers(response, key: str) -> list[str]:
    if response.streaming or not response.content:
        return []
    body = response.content.decode(errors="ignore")
    return [marker for marker, holders in MARKERS.items() if marker in body and key not in holders]
