"""Every address of the service, called by each of the cast, on rows of their own and on rows of others.

A route that `expectations.py` does not know fails: nobody adds an address without saying who may open it.
"""

import pytest
from django.db import transaction
from django.test import Client

from tests.access.expectations import ANONYMOUS, CAST, MARKERS, Door, door_of
from tests.access.routes import Route, routes
from tests.cast.rows import all_rows

ROUTES = routes()


@pytest.fixture
def clients(cast):
    """One client a person, signed in; `anonymous` is not."""
    opened = {key: Client(raise_request_exception=False) for key in CAST}
    for key, client in opened.items():
        if key != ANONYMOUS:
            client.force_login(cast[key])
    return opened


def test_every_route_has_an_expectation():
    unknown = sorted({f"{route.name}  {route.pattern}" for route in ROUTES if door_of(route) is None})
    assert not unknown, "Dites qui peut ouvrir ces adresses dans expectations.py :\n" + "\n".join(unknown)


def test_the_walk_sees_the_whole_house():
    places = {route.pattern.split("/")[0].lstrip("^") for route in ROUTES}
    assert {"admin", "api", "compte", "formation", "referentiel", "situations", "pages"} <= places
    assert len(ROUTES) > 250


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.name}-{route.pattern}"[:120])
def test_who_opens_what(route, clients):
    door = door_of(route)
    if door is None:
        pytest.fail(f"{route.name} : aucune attente")
    found = all_rows()
    for row, holders in door.rows_of(route).items():
        values = door.values(route, found.get(row))
        for key, client in clients.items():
            _check(route, door, client, key, key in holders, row, values)


def _check(route: Route, door: Door, client: Client, key: str, is_allowed: bool, row: str, values: dict) -> None:
    path = route.path(values)
    for method in ("get", "post"):
        response = _call(client, method, path)
        said = f"{method.upper()} {path} par {key} sur {row or 'aucune fiche'} → {response.status_code}"
        assert response.status_code < 500, said
        if not is_allowed:
            assert door.refuses(response, is_anonymous=key == ANONYMOUS), f"{said} : aurait dû être refusé"
        elif method == "get" and not door.is_post_only:
            assert door.opens(response), f"{said} : aurait dû s’ouvrir"
        _check_markers(response, key, said)


def _call(client: Client, method: str, path: str):
    """One request whose writing is undone, so that the next person finds the rows as they were."""
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    return response


def _check_markers(response, key: str, said: str) -> None:
    if response.streaming or not response.content:
        return
    body = response.content.decode(errors="ignore")
    foreign = [marker for marker, holders in MARKERS.items() if marker in body and key not in holders]
    assert not foreign, f"{said} : laisse lire {foreign}"
