"""Requests that answered 500, each by its cause."""

import pytest
from django.urls import reverse

FAR = "9" * 19


@pytest.mark.parametrize("target", ["NaN", "²", "2026-13", '{"$ne": 1}', "inbox:liste"])
def test_an_unknown_next_leads_nowhere_else(client_of, target):
    answer = client_of("gendarme").post(reverse("inbox:read_all"), {"next": target})
    assert answer.status_code == 302
    assert not answer.headers["Location"].startswith(("//", "http"))


@pytest.mark.parametrize("key", ["ase", "gendarme", "director_a"])
def test_a_child_that_is_not_in_the_list_is_said_so(client_of, key):
    answer = client_of(key).post(reverse("cases:incident_new"), {"children": ["pas-dans-la-liste"]})
    assert answer.status_code == 422


def test_a_page_beyond_all_rows_is_none(client_of):
    client = client_of("coordination")
    address = reverse("dashboards_rows", args=["I1"]) + "?du=2026-01-01&au=2026-06-30"
    assert client.get(address).status_code == 200
    for number in (FAR, "9" * 40, "-1", "²"):
        assert client.get(f"{address}&p={number}").status_code in (200, 404)


@pytest.mark.parametrize(("year", "month"), [(FAR, 1), (2026, FAR), (0, 1), (2026, 13), (1, 1)])
def test_a_month_without_review_is_none(client_of, year, month):
    for key, name in (("dpo", "month"), ("dpo", "sign"), ("direction", "month")):
        known = reverse(f"havre_review:{name}", args=[2026, 1]).replace("2026/1/", f"{year}/{month}/")
        assert client_of(key).get(known).status_code in (200, 404), known
        assert client_of(key).post(known, {"remarks": "Rien à signaler."}).status_code < 500


@pytest.mark.parametrize("year", [FAR, 0, 10000])
def test_a_year_without_plan_is_none(client_of, year):
    for name in ("year-plan", "year-plan-write", "year-plan-line", "year-plan-publish"):
        address = reverse(f"formation:{name}", args=[2025]).replace("2025", str(year))
        for method in ("get", "post"):
            assert getattr(client_of("coordination"), method)(address).status_code < 500, address


def test_an_action_named_as_a_verb_is_not_that_verb(client_of):
    assert client_of("coordination").generic("TRACE", "/api/v1/publications/").status_code == 405
    assert client_of("coordination").generic("TRACE", reverse("release-trace")).status_code == 405


@pytest.mark.parametrize("offset", [FAR, "9" * 40, "-1", "1e9"])
def test_published_pages_have_no_such_rank(client_of, offset):
    answer = client_of("coordination").get(reverse("content:pages:listing"), {"offset": offset})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
