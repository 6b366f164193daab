"""How many calls are left, and how an operation ends: said before it bites."""

import datetime as dt
from email.utils import parsedate_to_datetime

import pytest
from django.core.cache import caches
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from cms.kit.api.endings import Ending
from cms.kit.api.views import Conventions
from tests.api.reading import problem
from tests.cast.session import signed_in, token_header

ADDRESS = "/api/v1/values/?page_size=1"


@pytest.fixture(autouse=True)
def _counted(settings):
    settings.HAVRE_API_RATE = 3
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def test_a_software_is_told_what_is_left_then_when_to_come_back(client, cast):
    header = token_header(cast["gendarme"])
    left = []
    for _ in range(4):  # a minute may end meanwhile: one call more than the limit, or two
        answer = client.get(ADDRESS, **header)
        assert answer["RateLimit-Policy"] == '"jeton";q=3;w=60'
        left.append(int(answer["RateLimit"].partition(";r=")[2].partition(";")[0]))
        if answer.status_code == 429:
            break
    assert answer.status_code == 429 or left.count(2) == 2
    if answer.status_code == 429:
        problem(answer, 429)
        assert left == [2, 1, 0, 0]
        assert 1 <= int(answer["Retry-After"]) <= 60


def test_tokens_of_one_person_count_together_and_somebody_at_a_screen_does_not(client, cast):
    for _ in range(5):
        answer = client.get(ADDRESS, **token_header(cast["gendarme"]))
    assert answer.status_code == 429
    assert client.get(ADDRESS, **token_header(cast["ase"])).status_code == 200
    screen = signed_in(cast["gendarme"])
    assert {screen.get(ADDRESS).status_code for _ in range(5)} == {200}


def ended(days):
    """A view that is gone in so many days."""
    today = timezone.localdate()
    told = Ending(today - dt.timedelta(days=800), today + dt.timedelta(days=days), "https://havre.example/fin/")

    class Old(Conventions):
        authentication_classes = []
        permission_classes = []
        throttle_classes = []
        ending = told

        def get(self, request):
            return Response({"still": True})

    return Old.as_view()(APIRequestFactory().get("/api/v1/old/")), told


def test_an_operation_that_ends_says_so_in_each_answer():
    answer, ending = ended(days=30)
    assert answer.status_code == 200
    assert parsedate_to_datetime(answer["Sunset"]).astimezone(timezone.get_default_timezone()).date() == ending.ends_on
    since = dt.datetime.fromtimestamp(int(answer["Deprecation"].removeprefix("@")), timezone.get_default_timezone())
    assert since.date() == ending.deprecated_on
    assert answer["Link"] == '<https://havre.example/fin/>; rel="deprecation"'


def test_an_operation_that_ended_is_gone():
    answer, _ = ended(days=0)
    assert answer.status_code == 410
    assert answer.data["status"] == 410


def test_nobody_ends_one_in_less_than_a_year():
    with pytest.raises(ValueError, match="a year"):
        Ending(dt.date(2026, 1, 1), dt.date(2026, 12, 1), "")
