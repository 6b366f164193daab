"""The home of a structure that takes nobody in says so, since when, until when, and whom to call."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.common.settings import ON_CALL
from cms.kit.templatetags.french import date
from cms.partners.book.admin.blocks import partner_next_step
from cms.partners.book.services import partner_change
from cms.partners.conventions.services import convention_advance, partner_suspend
from cms.partners.enums import Stage
from cms.values.services import setting_change
from tests.cases.steps import partner
from tests.portal.test_budget import BUDGET, cost

HOUSE = "Les Tilleuls"
DONE = ("Tout est en place", "Rien à faire")


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " ").replace("\u00a0", " "))


@pytest.mark.parametrize("days", [None, 5])
def test_a_suspended_structure_reads_since_when_until_when_and_whom_to_call(cast, acting_as, client_of, days):
    today = timezone.localdate()
    until = days and today + dt.timedelta(days=days)
    with acting_as("coordination"):
        setting_change(key=ON_CALL, value="01 02 03 04 05", changed_by_id=cast["coordination"].pk)
        partner_suspend(partner=partner(HOUSE), starts_on=today, ends_on=until, reason="Une mise en cause.")
        assert "Tout est en place" not in partner_next_step(partner(HOUSE))
    browser = client_of("director_a")
    home = text_of(browser.get("/"))
    assert "nouvelles arrivées suspendues" in home
    assert f"Depuis le {date(today, 'j F Y')}" in home
    assert (f"jusqu’au {date(until, 'j F Y')}" if until else "sans date de fin") in home
    assert 'href="tel:0102030405"' in home
    assert "mise en cause" not in home, "the reason is the coordination's to tell"
    assert not [words for words in DONE if words in home]
    count, queries = cost(browser, "/")
    assert count <= BUDGET, "\n".join(queries)


def test_a_structure_without_a_convention_reads_that_nobody_is_sent_to_it(acting_as, client_of):
    today = timezone.localdate()
    with acting_as("coordination"):
        convention_advance(convention=partner(HOUSE).conventions.get(), stage=Stage.DENOUNCED, on=today)
    home = text_of(client_of("director_a").get("/"))
    assert "aucune convention en vigueur" in home
    assert date(today, "j F Y") in home
    assert not [words for words in DONE if words in home]


def test_a_structure_out_of_the_book_reads_since_when(acting_as, client_of):
    today = timezone.localdate()
    with acting_as("coordination"):
        partner_change(partner=partner(HOUSE), closed_on=today)
    home = text_of(client_of("director_a").get("/"))
    assert "est sortie du carnet du réseau" in home
    assert not [words for words in DONE if words in home]


def test_a_structure_that_takes_minors_in_reads_nothing_of_it(client_of):
    home = text_of(client_of("director_b").get("/"))
    assert "suspendues" not in home
    assert "aucune convention" not in home


def test_the_file_of_a_suspended_structure_says_so_first(acting_as, client_of):
    with acting_as("coordination"):
        house = partner(HOUSE)
        partner_suspend(partner=house, starts_on=timezone.localdate(), reason="Travaux")
    page = text_of(client_of("coordination").get(reverse("partners_partner:inspect", args=[house.pk])))
    assert "Suspendue : aucun mineur n’y est orienté" in page
