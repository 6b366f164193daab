"""What no page can mean never reaches a view, whatever the address."""

import json

import pytest
from django.test import Client

ADDRESSES = ("/", "/reperage/", "/dire/", "/nulle-part/", "/compte/login/", "/api/v1/schema/", "/static/absent.css")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "query",
    ["a=%00", "%00=a", "a=" + "9" * 5000, "a=" + "b" * 9000, "n" * 300 + "=1"],
    ids=["nul", "nul-name", "digits", "long", "long-name"],
)
def test_a_parameter_that_no_page_can_mean_is_refused(db, address, query):
    answer = Client().get(f"{address}?{query}")
    assert answer.status_code == 400
    assert b"\x00" not in answer.content


@pytest.mark.parametrize("part", ["%00", "a%00b", "9" * 300, "a" * 2100])
@pytest.mark.parametrize("before", ["/", "/situations/demandes/", "/documents/", "/api/v1/", "/admin/", "/static/"])
def test_an_address_that_no_page_can_have_is_refused(db, before, part):
    assert Client().get(f"{before}{part}/").status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_AUTHORIZATION": "Token \x00"},
        {"HTTP_COOKIE": 'sessionid="\\000"'},
        {"HTTP_COOKIE": f"sessionid={'a' * 9000}"},
        {"HTTP_REFERER": "http://testserver/" + "9" * 300},
        {"HTTP_X_FORWARDED_FOR": "\x00"},
    ],
)
def test_a_header_that_no_browser_sends_is_refused(db, headers):
    assert Client().get("/", **headers).status_code == 400


def test_the_page_says_what_to_do_and_the_api_answers_in_json(db):
    page = Client().get("/?a=%00")
    assert "Rien n’a été enregistré" in page.content.decode()
    assert page.headers["Content-Security-Policy"]
    answer = Client().get("/api/v1/schema/?a=%00")
    assert "Corrigez-la" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/dire/", "/compte/login/", "/reperage/"])
@pytest.mark.parametrize("value", ["\x00", "9" * 300])
def test_a_field_is_refused_before_its_form(db, address, value):
    """Two of the three are open to strangers without the token of a page, and read their fields by themselves."""
    assert Client().post(address, {"words": value, "login": value, "key": value}).status_code == 400
    assert Client().post(address, {value[:1] + "n" * 300: "a"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [b'{"a": "\\u0000"}', b'{"\\u0000": 1}', b'[{"a": ["\\ud800"]}]', b"[" * 100_000],
    ids=["nul", "nul-name", "half", "deep"],
)
def test_json_is_read_in_depth(client_of, body):
    for address in ("/api/v1/sessions/", "/mon-compte/", "/dire/"):
        answer = client_of("gendarme").post(address, body, content_type="application/json")
        assert answer.status_code in (400, 404)


def test_what_people_write_comes_in(db):
    """An emoji, a long narrative, a long number of a file, a text that only looks like an escape."""
    client = Client()
    for words in ("🦊", "é" * 30_000, "1" * 40, "\\u0000", "a\r\nb\tc"):
        assert client.post("/dire/", {"words": words}).status_code in (200, 422)
    answer = client.post("/api/v1/schema/", json.dumps({"a": "\\u0000"}), content_type="application/json")
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize("verb", ["TRACE", "CONNECT", "PROPFIND", "LISTE"])
def test_a_verb_that_no_page_has_is_refused(client_of, verb):
    for address in ("/", "/api/v1/publications/trace/", "/admin/", "/nulle-part/"):
        answer = client_of("coordination").generic(verb, address)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_the_gateway_still_checks_the_body_as_it_came(db):
    """A multipart body is read once: the signature over it must be checked all the same."""
    kind = "multipart/form-data; boundary=a"
    answer = Client().post("/astreinte/passerelle/", b"--a\r\n\r\n--a--", content_type=kind)
    assert answer.status_code == 404
