"""How the tests read the API: a list to its end, a refusal with its shape, a client that is not Django's."""

import httpx
from django.test import Client

PROBLEM = "application/problem+json"


def everything(browser, address, **headers):
    """Return every row of a list, page after page."""
    rows = []
    while address:
        answer = browser.get(address, **headers)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        rows += page["results"]
        address = page["next"]
    return rows


def problem(answer, status):
    """Return the body of a refusal that has the shape of RFC 9457."""
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"], body["status"]) == (status, PROBLEM, status), body
    assert {"type", "title", "detail"} <= set(body)
    return body


class Here(httpx.BaseTransport):
    """Carry each request to the service of the test, in its transaction."""

    def handle_request(self, request):
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        sent = Client().generic(request.method, request.url.raw_path.decode(), request.read(), headers=headers)
        return httpx.Response(sent.status_code, headers=list(sent.items()), content=sent.content)
