"""Every address of every snippet and chooser, for those who must read nothing there."""

import pytest
from django.urls import reverse

from cms.admin.viewsets import ScopedSnippetViewSet
from tests.admin.conftest import NOBODY_ELSE, OUTSIDE, addresses, viewsets
from tests.plugins.extent import sampled

MARKERS = ("MARQUEUR", "S-20", "M-20", "I-20", "Les Tilleuls", "CV-Les")


@pytest.mark.sampled
@pytest.mark.parametrize("key", sampled([NOBODY_ELSE[0], OUTSIDE[0]], [OUTSIDE[0]]))
def test_no_address_tells_anything(client_of, rows, key):
    """The matrix asks everybody; here not a word of a refusal names a row. The sample asks one address in four."""
    browser = client_of(key)
    seen = 0
    for viewset in viewsets():
        asked = list(addresses(viewset, rows[viewset.model]))
        for name, url in sampled(asked, asked[::4]):
            for method in ("get", "post"):
                response = getattr(browser, method)(url)
                text = response.content.decode()
                assert response.status_code in (302, 404), f"{name} {method} {response.status_code}"
                assert not any(marker in text for marker in MARKERS), name
                seen += 1
    assert seen >= sampled([100], [40])[0]


@pytest.mark.parametrize("key", NOBODY_ELSE)
def test_bulk_deletion_names_no_row(client_of, rows, key):
    browser = client_of(key)
    for model, row in rows.items():
        url = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
        response = browser.get(f"{url}?id={row.pk}")
        assert response.status_code == 404
        assert str(row) not in response.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("key", sampled(["coordination", "direction"], ["coordination"]))
def test_the_coordination_opens_its_files(client_of, rows, key):
    browser = client_of(key)
    for viewset in viewsets():
        row = rows[viewset.model]
        pages = dict(addresses(viewset, row))
        space = viewset.url_namespace
        # The matrix opens them too, for whoever holds the row.
        for page in sampled(("list", "list_results", "inspect", "history", "usage", "add", "edit"), ("usage",)):
            if f"{space}:{page}" in pages:
                assert browser.get(pages[f"{space}:{page}"]).status_code == 200, f"{space}:{page}"
        export = browser.get(f"{pages[f'{space}:list']}?export=xlsx")
        assert export.status_code == 200
        assert "spreadsheetml" in export["Content-Type"]


def test_nothing_is_deleted_nor_copied(rows):
    for viewset in viewsets():
        names = {pattern.name for pattern in viewset.get_urlpatterns()}
        assert isinstance(viewset, ScopedSnippetViewSet)
        assert not names & {"delete", "copy", "reorder"}


def test_the_coordination_deletes_nothing_in_bulk(client_of, rows):
    browser = client_of("coordination")
    for model, row in rows.items():
        url = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "delete"])
        assert browser.post(f"{url}?id={row.pk}").status_code == 404
