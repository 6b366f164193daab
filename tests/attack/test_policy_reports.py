"""What anybody may send to the address of the reports: little, slowly, and nothing of it reaches the log."""

import json
import logging

import pytest
from django.core.cache import caches
from django.test import Client

ADDRESS = "/rapports/politique/"
REPORT = {
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://exfil.example/?nom=Camille",
    "document-uri": "https://havre.example/admin/situations/inspect/7c1d/?q=Camille",
    "script-sample": "Camille",
}


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def send(body: object, kind: str = "application/csp-report", client: Client | None = None):
    return (client or Client(enforce_csrf_checks=True)).post(ADDRESS, json.dumps(body), content_type=kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"csp-report": REPORT}, "application/csp-report"),
        (
            [{"type": "csp-violation", "body": {
                "effectiveDirective": "script-src-elem", "blockedURL": "https://exfil.example/Camille",
                "documentURL": "https://havre.example/admin/x/",
            }}],
            "application/reports+json",
        ),
    ],
)  # fmt: skip
def test_a_report_is_one_line_that_names_nobody(db, caplog, body, kind):
    with caplog.at_level(logging.WARNING, logger="cms.operations.policy_reports"):
        assert send(body, kind).status_code == 204
    assert [record.getMessage() for record in caplog.records] == [
        "content policy: script-src-elem refused an address, in the admin"
    ]


def test_what_is_no_report_writes_nothing(db, caplog):
    sent = [[], {}, 1, "x", None, {"csp-report": 1}, [{"body": []}], {"csp-report": {"effective-directive": ["a\nb"]}}]
    assert {send(body).status_code for body in sent} == {204}
    assert "\n" not in caplog.text.strip()
    assert send({}, "application/json").status_code == 415
    assert send({"csp-report": {"script-sample": "a" * 9000}}).status_code == 413
    assert Client().post(ADDRESS, b"{", content_type="application/csp-report").status_code == 400
    assert Client().get(ADDRESS).status_code == 405


def test_one_address_and_all_of_them_are_bounded(db):
    answers = [send({}).status_code for _ in range(21)]
    assert answers == [204] * 20 + [429]


def test_the_policy_says_where_to_tell(client_of):
    for path in ("/", "/admin/"):
        assert f"report-uri {ADDRESS}" in client_of("coordination").get(path)["Content-Security-Policy"]
