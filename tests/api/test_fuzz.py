"""Whatever is asked of the API, by anybody: no fault of ours, no row of somebody else, and nothing that the document
does not say.
"""

import datetime as dt
import json
import string
from functools import cache
from urllib.parse import urlencode

import httpx
import pytest
import schemathesis
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings, strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.plugins.extent import sampled
from tests.wall.expectations import ANONYMOUS, CAST, MARKERS

LIGHT = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
HARD = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
CONFORMS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NASTY = [
    "\x00",
    "%00",
    "'",
    '"',
    "--",
    "𝒳",
    "\u202e",
    "9" * 400,
    "-1",
    "null",
    "[]",
    "{}",
    "../..",
    "a" * 3000,
    "1e999",
]


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, bool | int | float | type(None)) else str(value)


def operations() -> list[tuple[str, str]]:
    found = SchemaGenerator().get_schema(public=True)["paths"]
    return [(path, method.upper()) for path, verbs in found.items() for method in verbs]


@cache
def document():
    generated = SchemaGenerator().get_schema(public=True)
    return schemathesis.openapi.from_dict(yaml.safe_load(yaml.safe_dump(plain(generated), allow_unicode=True)))


@pytest.fixture
def browser_of(client_of):
    def browser(key: str) -> Client:
        browser = Client() if key == ANONYMOUS else client_of(key)
        browser.raise_request_exception = False
        return browser

    return browser


def check(key: str, response) -> None:
    assert response.status_code < 500, response.content[:400]
    text = b"".join(response).decode(errors="replace") if response.streaming else response.content.decode()
    for marker, who in MARKERS.items():
        assert key in who or marker not in text


def check_document(case, response) -> None:
    """Fail for a status, a kind or a body that the document does not describe."""
    request = httpx.Request(case.method, f"http://testserver{case.formatted_path}")
    headers = list(response.items())
    told = httpx.Response(response.status_code, headers=headers, content=response.content, request=request)
    told.elapsed = dt.timedelta()  # asked for by a wrapper that only a transport gives
    case.validate_response(told, checks=CONFORMS)


def asked() -> list[tuple[str, str, str]]:
    """Return each operation with each of the cast, or with nobody signed in and somebody, another at each turn."""
    people = [key for key in CAST if key != ANONYMOUS]
    found = []
    for rank, (path, method) in enumerate(operations()):
        found += [(path, method, key) for key in sampled(list(CAST), [ANONYMOUS, people[rank % len(people)]])]
    return found


@pytest.mark.sampled
@pytest.mark.parametrize(("path", "method", "key"), asked())
def test_what_the_document_allows_never_fails_nor_tells(browser_of, key, path, method):
    browser = browser_of(key)

    @LIGHT
    @given(case=document()[path][method].as_strategy())
    def ask(case):
        query = urlencode(dict(case.query or {}), doseq=True)
        body = json.dumps(case.body) if isinstance(case.body, dict | list) else ""
        address, headers = f"{case.formatted_path}?{query}", dict(case.headers or {})
        response = browser.generic(method, address, body, content_type="application/json", headers=headers)
        check(key, response)
        check_document(case, response)

    ask()


@pytest.mark.parametrize("key", ["coordination", "director_a", "gendarme", "trainee"])
@pytest.mark.parametrize(("path", "method"), [pair for pair in operations() if pair[1] == "GET"])
def test_what_nobody_would_write_never_fails_nor_tells(browser_of, key, path, method):
    browser = browser_of(key)
    words = st.one_of(st.sampled_from(NASTY), st.text(max_size=12))
    names = st.sampled_from(
        ["du", "au", "page", "page_size", "format", "search", "limit", "ordering", "id", "version"]
    )

    @HARD
    @given(query=st.dictionaries(names, words, max_size=3), part=st.one_of(words, st.uuids().map(str)))
    def ask(query, part):
        safe = "".join(sign for sign in part if sign in string.ascii_letters + string.digits + "-._~%") or "-"
        address = "/".join(safe if piece.startswith("{") else piece for piece in path.split("/"))
        check(key, browser.get(f"{address}?{urlencode(query, errors='replace')}"))

    ask()
