"""« Aide »: each screen has its guide, each role its first steps, and the network writes both."""

import re

import pytest
from django.urls import reverse

from cms.documents.guides.rules import FIRST_STEPS, TOPICS, topic_of
from cms.home.models import TextPage
from cms.home.rules import GUIDES
from tests.cast.people import PEOPLE
from tests.wall.routes import routes

EVERYWHERE = ("portal:", "cases:", "reperage:", "documents:", "referentiel:", "formation:", "accounts:", "dashboards:")


def test_each_screen_of_the_portal_and_of_the_admin_has_a_guide(db):
    names = {route.name for route in routes() if route.name.startswith((*EVERYWHERE, "cases_", "havre_", "wagtail"))}
    alone = {"cases:voice", "wagtail", "havre_"}
    assert topic_of("") is None
    without = {name for name in names if topic_of(name) is None and not name.startswith(tuple(alone))}
    assert not without
    written = set(TextPage.objects.live().filter(slug__startswith=GUIDES).values_list("slug", flat=True))
    assert {topic.slug for topic in TOPICS} == written


@pytest.mark.parametrize(
    ("screen", "guide"),
    [
        ("cases:request_new", "demander"),
        ("cases:request_grid_new", "reperer"),
        ("cases:incident_new", "declarer"),
        ("cases:stay", "accueillir"),
        ("formation:session", "animer"),
        ("formation:own", "se-former"),
        ("wagtailadmin_home", "veiller"),
        ("cases_case:inspect", "dossiers"),
        ("wagtailadmin_pages:edit", "publier"),
        ("havre_journal:index", "donnees"),
    ],
)
def test_help_opens_the_guide_of_the_screen(client_of, screen, guide):
    response = client_of("coordination").get(f"/aide/?de={screen}", follow=True)
    assert response.request["PATH_INFO"] == f"/aide/{guide}/"
    assert TextPage.objects.get(slug=f"{GUIDES}{guide}").title in response.content.decode()


@pytest.mark.parametrize("screen", ["", "rien", "x" * 5000, "<script>"])
def test_a_screen_without_guide_opens_them_all(client_of, screen):
    response = client_of("gendarme").get("/aide/", {"de": screen})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().partition("<main")[2]


@pytest.mark.parametrize("key", [key for key in PEOPLE if key != "former_member"])
def test_first_steps_are_those_of_the_role_and_open(client_of, cast, key):
    client = client_of(key)
    page = client.get("/aide/").content.decode()
    role = PEOPLE[key].role
    for step in FIRST_STEPS.get(role, ()):
        address = reverse(step.page)
        assert f'href="{address}"' in page
        assert client.get(address).status_code in (200, 302), step.text


def test_whoever_has_no_account_reads_guides_and_nothing_else(client_of):
    page = client_of("anonymous").get("/aide/").content.decode()
    assert "Se poser la question pour un enfant" in page
    assert "Premiers pas" not in page


def test_the_network_writes_its_own_and_a_guide_taken_down_is_gone(client_of):
    TextPage.objects.get(slug="aide-declarer").unpublish()
    home = TextPage.objects.first().get_parent()
    home.add_child(instance=TextPage(title="Nos réunions du mardi", slug="aide-reunions", body="<p>À dix heures.</p>"))
    client = client_of("educator_a")
    assert "Nos réunions du mardi" in client.get("/aide/").content.decode()
    assert "À dix heures" in client.get("/aide/reunions/").content.decode()
    assert client.get("/aide/declarer/").status_code == 404
    assert client.get("/aide/?de=cases:incident_new").status_code == 200


def test_each_page_leads_to_its_guide(client_of):
    assert "/aide/?de=cases:incidents" in client_of("educator_a").get("/situations/incidents/").content.decode()
    admin = client_of("coordination").get("/admin/").content.decode()
    assert re.search(r"/aide/\?de=wagtail", admin)
    assert client_of("coordination").get("/aide/?de=wagtailadmin_home").status_code == 302
    assert "Guides" in client_of("editor").get("/aide/?de=wagtailadmin_home").content.decode()
