"""A body that says it is written in a charset which writes no text: rot13, hexadecimal, names of domains, none."""

import pytest
from django.test import Client

FORM = "application/x-www-form-urlencoded"
PART = b'--a\r\nContent-Disposition: form-data; name="words"\r\n\r\n\xc3\xa9\xff\r\n--a--\r\n'
NO_TEXT = ("hex", "rot13", "idna", "punycode", "undefined", "base64", "zlib", "utf-7", "utf-16", "cp037", "unknown-8")
ADDRESSES = ("/", "/dire/", "/compte/login/", "/api/v1/schema/", "/api/content/v2/pages/", "/nulle-part/")


@pytest.fixture
def stranger(db):
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("charset", NO_TEXT)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=a", "text/plain", "application/json"])
def test_a_charset_that_writes_no_text_is_no_fault(stranger, charset, kind):
    for address in ADDRESSES:
        for method in ("GET", "POST"):
            answer = stranger.generic(
                method, f"{address}?q=%C3%A9%FF", PART, content_type=f"{kind}; charset={charset}"
            )
            assert answer.status_code < 500, (method, address)


@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset*=inconnu''utf-8",
        "text/plain; a*=inconnu''%00",
        "multipart/form-data; boundary*=inconnu''a",
        "application/json; a*=hex''b",
        "text/plain; a*=idna''%ff",
        "text/plain; a*=utf-8'b",
        "text/plain; a*0*=utf-8''b; a*2=c",
        "; ; =",
        ";",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_kind_that_cannot_be_read_is_refused_before_any_page(stranger, kind, method):
    for address in ADDRESSES:
        answer = stranger.generic(method, address, PART, content_type=kind)
        assert answer.status_code < 500, address


@pytest.mark.parametrize("told", ["inconnu''%00.pdf", "hex''a.pdf", "idna''%ff.pdf", "undefined''a"])
def test_a_name_of_file_in_such_a_charset_is_no_fault(stranger, told):
    body = f'--a\r\nContent-Disposition: form-data; name="x"; filename*={told}\r\n\r\nb\r\n--a--\r\n'.encode()
    for address in ADDRESSES:
        answer = stranger.generic("POST", address, body, content_type="multipart/form-data; boundary=a")
        assert answer.status_code < 500, address


@pytest.mark.parametrize("query", ["offset=-1", "limit=2", "", "a=%00"])
def test_what_an_answer_varies_on_is_a_list_of_names(stranger, query):
    varies = stranger.get(f"/api/content/v2/pages/?{query}").headers.get("Vary")
    assert varies is None or all(name.strip() for name in varies.split(",")), varies
    assert "cookie" not in (varies or "").lower()
