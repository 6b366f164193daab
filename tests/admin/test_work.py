"""« À faire » on the homes of who trains, writes or runs the machines: one’s own work, nothing else."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.home.checks import TO_FILL
from cms.home.models import TextPage
from tests.cast.everything import all_rows
from tests.costs import counted

HOME = "/admin/"
MOST = 23


def words(client, path: str = HOME) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_the_editor_finds_the_pages_to_fill_in_and_the_drafts(client_of):
    page = TextPage.objects.live().filter(body__icontains=TO_FILL).first()
    draft = TextPage.objects.live().exclude(body__icontains=TO_FILL).first()
    draft.title = "MARQUEUR-BROUILLON"
    draft.save_revision()
    home = words(client_of("editor"))
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in home
    assert "encore à compléter" in home
    assert "En ligne, changée depuis" in home
    assert "Rien n’attend" not in home
    for key in ("trainer", "tech_admin", "dpo"):
        assert "encore à compléter" not in words(client_of(key))


def test_the_trainer_finds_one_s_own_sessions(client_of):
    rows = all_rows()
    home, other = words(client_of("trainer")), words(client_of("trainer_b"))
    assert str(rows["session"].pk) in home
    assert str(rows["session"].pk) not in other
    assert str(rows["session_b"].pk) in other
    assert str(rows["session_b"].pk) not in home


def test_the_technical_administrator_reads_what_is_not_well(client_of):
    home = words(client_of("tech_admin"))
    assert "À faire" in home
    assert "Voir l’état du service" in home  # no backup was ever taken of a database of tests
    assert "inscrit" not in home


def test_homes_end_with_first_steps_and_cost_little(client_of):
    for key, step in {
        "editor": "Dire qui lit quoi",
        "trainer": "Planifier une session",
        "dpo": "Lire le journal",
    }.items():
        client = client_of(key)
        client.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            home = words(client)
        assert step in home
        assert len(counted(queries)) <= MOST, key
