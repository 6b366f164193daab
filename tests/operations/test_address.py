"""One address of the site, wherever a link leaves it."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from cms.home.services import site_follow
from cms.kit.addresses import address_of, home_address
from cms.operations.checks import address_check
from cms.wall import scope


@pytest.mark.parametrize(
    ("address", "faults"),
    [
        ("https://havre.example", []),
        ("https://havre.example:8443/", []),
        ("http://havre.example", ["E001"]),
        ("https://localhost:8000", ["E002"]),
        ("http://127.0.0.1:8000", ["E001", "E002"]),
        ("https://[::1]", ["E002"]),
        ("https://0.0.0.0", ["E002"]),
        ("https://havre.example/sous/chemin", ["E003"]),
        ("https://ailleurs.example", ["E004"]),
        ("havre.example", ["E001", "E003"]),
        ("https://[mauvais", ["E003"]),
    ],
)
def test_production_refuses_an_address_that_leads_nowhere(settings, address, faults):
    settings.WAGTAILADMIN_BASE_URL = address
    settings.ALLOWED_HOSTS = ["havre.example", "localhost", "127.0.0.1", "[::1]", "0.0.0.0"]  # noqa: S104
    assert [found.id.removeprefix("operations.") for found in address_check(None)] == faults


def test_what_leaves_the_site_bears_its_address(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://havre.example/"
    assert home_address() == "https://havre.example/"
    assert address_of("inbox:list") == f"https://havre.example{reverse('inbox:list')}"


@pytest.mark.parametrize(
    ("address", "site"),
    [("https://havre.example", "https://havre.example"), ("http://127.0.0.1:8123", "http://127.0.0.1:8123")],
)
def test_pages_follow_the_address(db, settings, address, site):
    settings.WAGTAILADMIN_BASE_URL = address
    with scope.acting(scope.REFERENCE):
        assert site_follow() == site
    assert Site.objects.get().root_url == site


def test_lists_of_the_api_lead_to_the_site_whatever_the_host(settings, client_of):
    settings.WAGTAILADMIN_BASE_URL = "https://havre.example"
    settings.ALLOWED_HOSTS = ["ailleurs.example"]
    answer = client_of("coordination").get("/api/v1/places/?page_size=1", headers={"Host": "ailleurs.example"})
    assert answer.json()["next"].startswith("https://havre.example/api/v1/places/?cursor=")
