"""How the tests read the API: a list to its end, a refusal with its shape."""

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
