"""Home pages stay within their budget with all that they may show: rows that the cast does not have."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.matching.services import places_confirm
from cases.models import UnmetNeed
from cases.proposals.unmet.services import need_note
from referentiel.models import ExigencePage
from referentiel.reading.services import referentiel_publish
from tests.cases import scenes
from tests.cases.proposals.test_unmet import NO_PLACE, refused_by_a
from tests.cases.steps import days_ago, partner
from tests.portal.test_budget import BUDGET, cost

WEEK, MOST = "/admin/veille/semaine/", 50
"""What does not wait for this hour, on the page beside the « Salle de veille »: a query a panel, and a few a kind."""


def test_the_home_of_a_requester_whose_minor_has_arrived(client_of):
    stay = scenes.arrived(scenes.proposed(scenes.request_sent())[0])
    client_of("director_a").post(reverse("cases:stay_arrival", args=[stay.pk]))
    browser = client_of("gendarme")
    assert "Accueil effectif" in browser.get("/").content.decode()
    count, queries = cost(browser, "/")
    assert count <= BUDGET, "\n".join(queries)


@pytest.mark.parametrize("key", ["director_a", "director_b", "educator_a"])
def test_the_home_of_a_structure_after_a_minor_version(client_of, cast, acting_as, key):
    """A minor version asks for no signature of who signed, and for what changes to be read."""
    with acting_as("coordination"):
        exigence = ExigencePage.objects.get(code="E1.3")
        exigence.text = "Deux adultes veillent chaque nuit."
        exigence.save_revision().publish()
        referentiel_publish(
            number="1.1",
            effective_on=dt.date.today(),
            is_major=False,
            change_note="Une virgule.",
            published_by=cast["coordination"],
        )
    browser = client_of(key)
    browser.get("/")
    count, queries = cost(browser, "/")
    assert count <= BUDGET, "\n".join(queries)


def test_the_home_of_the_coordination_when_places_open_for_requests_that_wait(client_of, cast, acting_as):
    browser = client_of("coordination")
    asked = [refused_by_a(cast, acting_as) for _ in range(2)]
    with acting_as("coordination"):
        need_note(sollicitation=asked[0], reason_id=NO_PLACE, by=cast["coordination"])
        UnmetNeed.objects.update(noted_at=days_ago(1))
    with acting_as("director_a"):
        places_confirm(partner=partner("Les Tilleuls"), free=1, by=cast["director_a"])
    browser.get(WEEK)
    one, queries = cost(browser, WEEK)
    assert "Une place s’ouvre" in browser.get(WEEK).content.decode()
    assert one <= MOST, "\n".join(queries)
    with acting_as("coordination"):
        need_note(sollicitation=asked[1], reason_id=NO_PLACE, by=cast["coordination"])
        UnmetNeed.objects.update(noted_at=days_ago(1))
    assert cost(browser, WEEK)[0] == one + 1, "one search a request"
