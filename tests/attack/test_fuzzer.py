"""Whatever is sent to any address, by anybody: no fault of the service, and no answer that was not foreseen."""

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.signals import got_request_exception
from django.http import QueryDict
from django.test import Client

from tests.attack import nasty, pages
from tests.attack.nasty import Shot
from tests.cast.everything import all_rows
from tests.cast.proofs import proofs
from tests.plugins.extent import IS_WHOLE
from tests.wall.expectations import door_of
from tests.wall.routes import Route, routes

ROLES = ("coordination", "director_a", "gendarme", "dpo")
"""Together they open nearly every address."""
PAGE_KEYS = {"page_id", "parent_page_id", "page_to_move_id", "page_to_copy_id", "destination_id", "page_to_alias_id"}
ROUTES = routes()
USUAL = ["p", "page", "q", "next", "id", "du", "au", "offset"]
"""Parameters of a page whose own were not noted."""
SAMPLE, LEARNT = 1, 24
"""In `make test`: requests for each route, as one person, another at each route; names and forms of one in so many."""


class Asked:
    """Names that a view looks for in what it is sent, noted while it answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            monkeypatch.setattr(QueryDict, method, self._noting(getattr(QueryDict, method)))

    def _noting(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def noted(data: QueryDict, name: str, *args: Any, **options: Any) -> Any:
            if isinstance(name, str) and name not in self.names and name != "csrfmiddlewaretoken":
                self.names.append(name)
            return read(data, name, *args, **options)

        return noted

    def taken(self) -> list[str]:
        names, self.names = self.names, []
        return names[:40]


@dataclass
class Fuzzer:
    client: Client
    asked: Asked

    def learn(self, path: str, query: str) -> tuple[list[str], list[str], list[pages.Form]]:
        """Return the names read by a reading, by a writing, and the forms shown."""
        self.asked.taken()
        answer = Shot("GET", path, query).send(self.client)
        read, found = self.asked.taken(), []
        is_page = not answer.streaming and "html" in answer.headers.get("Content-Type", "")
        tree = pages.read(answer.content) if is_page and answer.status_code < 300 else None
        if tree is not None:
            found = [form for form in pages.forms(tree, path) if form.action.split("?")[0] == path]
        for form in [each for each in found if each.method == "post"] or [None]:
            Shot("POST", path, query, fields=form.fields if form else {"seen": ["1"]}).send(self.client)
        return read, self.asked.taken(), found

    def shots(self, route: Route, path: str, query: str, values: dict[str, object]) -> Iterator[Shot]:
        is_learnt = IS_WHOLE or nasty.rank(route.pattern, LEARNT) == 0
        read, written, found = self.learn(path, query) if is_learnt else ([], [], [])
        yield from _addresses(route, values, query)
        yield from _spoiled(path, query)
        for value in turning(nasty.VALUES, path, 8):
            yield nasty.asked(path, read or USUAL, value)
            yield Shot(
                "POST", path, query, fields={name: [value] for name in written} or dict.fromkeys(USUAL, [value])
            )
        yield from _one_by_one(path, read)
        for form in found:
            if form.method == "post":
                yield from _form_spoiled(form, query)


def turning(values: Sequence[Any], words: str, count: int) -> list[Any]:
    """Return `count` of these values, spread among them, from a place that depends on the words."""
    first, step = nasty.rank(words, len(values)), max(1, len(values) // count)
    return [values[(first + turn * step) % len(values)] for turn in range(min(count, len(values)))]


def _addresses(route: Route, values: dict[str, object], query: str) -> Iterator[Shot]:
    for name in route.parameters:
        for turn, part in enumerate(turning(nasty.PARTS, route.pattern + name, 6)):
            yield Shot(("GET", "POST")[turn % 2], route.path({**values, name: part}), query)


def _spoiled(path: str, query: str) -> Iterator[Shot]:
    """Verbs, bodies and headers that no page sends."""
    yield from (Shot(verb, path, query) for verb in turning(nasty.VERBS, path, 3))
    yield from (Shot("POST", path, query, body=body, kind=kind) for kind, body in turning(nasty.BODIES, path, 3))
    yield from (Shot("GET", path, query, headers=headers) for headers in turning(nasty.HEADERS, path, 3))


def _one_by_one(path: str, names: list[str]) -> Iterator[Shot]:
    for name in names:
        for value in turning(nasty.VALUES, path + name, 3):
            yield Shot("GET", path, f"{nasty.said(name)}={nasty.said(value)}")
        yield Shot("GET", path, f"{nasty.said(name)}=1&{nasty.said(name)}=2&{nasty.said(name)}%5B%5D=3")


def _form_spoiled(form: pages.Form, query: str) -> Iterator[Shot]:
    """One field wrong at a time, the others as the page gave them: nothing stops before it is read."""
    path, _, asked = form.action.partition("?")
    shot = Shot("POST", path, asked or query, fields=form.fields)
    yield shot
    for name, given in form.fields.items():
        for value in turning(nasty.VALUES, path + name, 3):
            yield replace(shot, fields={**form.fields, name: [value]})
        yield replace(shot, fields={**form.fields, name: [*given, *given, "pas-dans-la-liste"]})
        yield replace(shot, fields={other: kept for other, kept in form.fields.items() if other != name})


def _sampled(shots: list[Shot], route: Route) -> list[Shot]:
    return turning(shots, route.pattern, SAMPLE)


@pytest.mark.sampled
@pytest.mark.parametrize("key", ROLES)
def test_nothing_sent_makes_the_service_fail(key, wide_limits, client_of, monkeypatch, record_property):
    client, found = client_of(key), all_rows() | proofs()
    client.raise_request_exception = False
    fuzzer, problems, sent = Fuzzer(client, Asked(monkeypatch)), [], 0
    causes: list[str] = []
    got_request_exception.connect(lambda **_: causes.append(_cause()), weak=False, dispatch_uid="fuzzer")
    for turn, route in enumerate(ROUTES):
        if not IS_WHOLE and turn % len(ROLES) != ROLES.index(key):
            continue
        door = door_of(route)
        held = door.rows_of(route)
        row = next((name for name, holders in held.items() if key in holders), next(iter(held)))
        values = door.values(route, found.get(row)) | dict.fromkeys(PAGE_KEYS, found["home"].pk)
        shots = list(fuzzer.shots(route, route.path(values), door.query.lstrip("?"), values))
        for shot in shots if IS_WHOLE else _sampled(shots, route):
            caches["limits"].clear()
            causes.clear()
            sent += 1
            status = shot.send(client).status_code
            if status not in nasty.DECLARED:
                problems.append(f"{status} {route.name} {shot} : {causes}")
    got_request_exception.disconnect(dispatch_uid="fuzzer")
    record_property("requests", sent)
    assert not problems, "\n".join(problems)


def _cause() -> str:
    kind, error, trace = sys.exc_info()
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-4:]]
    return f"{kind.__name__ if kind else ''}: {str(error)[:120]} @ {' > '.join(places)}"
