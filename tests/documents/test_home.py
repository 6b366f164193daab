"""Pages that everybody may read, at their short address and at Wagtail's."""

import pytest
from django.urls import reverse

from cms.home.models import TextPage


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("accessibility", "Défenseur des droits"),
        ("privacy", "protection des données"),
        ("legal", "Hébergement"),
    ],
)
@pytest.mark.parametrize("key", ["anonymous", "gendarme", "coordination"])
def test_pages_of_the_law_are_public(client_of, name, sentence, key):
    response = client_of(key).get(reverse(name))
    assert response.status_code == 200
    html = response.content.decode()
    assert sentence in html
    assert 'class="hv-foot"' in html


def test_the_statement_says_what_it_must(client_of):
    html = client_of("anonymous").get("/accessibilite/").content.decode()
    assert "non conforme" in html
    assert "Retour d’information et contact" in html
    assert "formulaire.defenseurdesdroits.fr" in html


@pytest.mark.parametrize("path", ["/pages/", "/pages/accessibilite/", "/pages/mentions-legales/"])
def test_wagtail_serves_them_to_everybody(client_of, path):
    response = client_of("anonymous").get(path)
    assert response.status_code == 200
    assert 'class="hv-foot"' in response.content.decode()


def test_a_page_of_the_referentiel_leads_to_its_place_in_the_version(client_of):
    response = client_of("anonymous").get("/pages/referentiel/encadrement/e1-3/")
    assert response.url == "/referentiel/#E1.3"


def test_a_page_taken_down_is_not_found(client_of):
    TextPage.objects.get(slug="mentions-legales").unpublish()
    assert client_of("anonymous").get("/mentions-legales/").status_code == 404


def test_an_editor_previews_a_draft(client_of):
    page = TextPage.objects.get(slug="mentions-legales")
    page.body = "<p>Un brouillon à relire.</p>"
    page.save_revision()
    html = client_of("editor").get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    assert "Un brouillon à relire." in html
