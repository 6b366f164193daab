"""The screen of the search: nobody tonight, what is checked, brothers and sisters apart."""

import datetime as dt
import re
import uuid
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.files.protection.services import keep_away_add, keep_away_lift
from cases.files.services import case_update_facts
from cases.matching.services import places_confirm
from cases.models import Matching, Proposal
from cases.requests.shelter.services import shelter_note
from tests.cases.matching.test_protection import A, B, profile
from tests.cases.steps import open_case, orient, partner

NOBODY = "Aucune structure ne peut accueillir cette nuit."
SHELTER = "Noter une mise à l’abri"


@pytest.fixture
def as_coordination(cast, acting_as):
    with acting_as("coordination"):
        yield cast


def page(client_of, sollicitation, query="") -> str:
    url = reverse("cases_sollicitation:places", args=[sollicitation.pk])
    html = unescape(client_of("coordination").get(f"{url}{query}").content.decode()).replace("\u00a0", " ")
    main = html[html.index('class="hv-main"') :]
    return re.sub(r"\s+", " ", main)


def late(*days: int) -> None:
    for name, number in zip((A, B), days, strict=True):
        profile(name, admission_days=number)


def test_when_nobody_can_tonight_the_screen_says_so_and_offers_a_shelter(as_coordination, client_of):
    sollicitation, _ = open_case(as_coordination)
    late(5, 2)
    shown = page(client_of, sollicitation)
    assert NOBODY in shown
    assert reverse("cases_sollicitation:shelter", args=[sollicitation.pk]) in shown
    assert "Elles admettent plus tard (2)" in shown
    later = shown[shown.index("Elles admettent plus tard") :]
    assert later.index(B) < later.index(A)
    assert later.count(f'value="{partner(A).pk}"') == 1
    assert shown.count('class="button"') == 1


def test_once_sheltered_the_screen_says_until_when_and_asks_the_later_ones(as_coordination, client_of):
    sollicitation, case = open_case(as_coordination)
    late(5, 2)
    shelter_note(
        sollicitation=sollicitation,
        kind_id="abri_provisoire:ASE-URGENCE",
        until=timezone.now() + dt.timedelta(hours=9),
        agreed_by="Mme Roy, cadre d’astreinte",
        by=as_coordination["coordination"],
    )
    shown = page(client_of, sollicitation)
    assert "À l’abri jusqu’à" in shown
    assert "Noter un autre abri" in shown
    orient(as_coordination, sollicitation, (B,), derogation="À l’abri d’ici là.")
    assert Proposal.objects.filter(orientation__case=case, partner=partner(B)).exists()


def test_structures_already_asked_are_not_nobody(as_coordination, client_of):
    sollicitation, _ = open_case(as_coordination)
    late(0, 5)
    places_confirm(partner=partner(A), free=1, by=as_coordination["coordination"])
    orient(as_coordination, sollicitation, (A,))
    shown = page(client_of, sollicitation)
    assert NOBODY not in shown
    assert "ont déjà reçu la fiche" in shown


def test_by_day_the_words_are_not_those_of_the_night(as_coordination, client_of):
    sollicitation, _ = open_case(as_coordination, urgency_id="urgence:U2")
    late(5, 8)
    shown = page(client_of, sollicitation)
    assert "Aucune structure ne convient dans ce délai." in shown
    assert NOBODY not in shown
    assert SHELTER not in shown


def test_with_one_structure_tonight_no_shelter_is_offered(as_coordination, client_of):
    sollicitation, _ = open_case(as_coordination)
    late(0, 5)
    shown = page(client_of, sollicitation)
    assert "1 structure convient" in shown
    assert SHELTER not in shown
    assert "Elles admettent plus tard" not in shown


UNCHECKED = "aucune distance n’est vérifiée"


def test_that_no_distance_is_checked_is_said_only_when_it_is_true(as_coordination, client_of):
    by = as_coordination["coordination"]
    sollicitation, case = open_case(as_coordination)
    assert f"non précisé : {UNCHECKED}" in page(client_of, sollicitation)
    away = keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:RESEAU", radius_km=200, by=by)
    shown = page(client_of, sollicitation)
    assert UNCHECKED not in shown
    assert "non précisé : la distance est vérifiée depuis les lieux à éviter" in shown
    assert "Nord (59), 200 km au moins (à exclure)" in shown
    keep_away_lift(keep_away=away, by=by)
    assert UNCHECKED in page(client_of, sollicitation)
    case_update_facts(case=case, by=by, exploitation_place_id="59")
    shown = page(client_of, sollicitation)
    assert UNCHECKED not in shown
    assert "Nord (59), 150 km au moins" in shown


def test_a_family_is_separated_by_a_link_and_the_post_carries_it(as_coordination, client_of):
    group = uuid.uuid4()
    rows = [open_case(as_coordination, group_id=group)[0] for _ in range(2)]
    for name in (A, B):
        profile(name, admission_days=0, takes_siblings=True)
        places_confirm(partner=partner(name), free=1, by=as_coordination["coordination"])
    together, apart = page(client_of, rows[0]), page(client_of, rows[0], "?fratrie=separes")
    assert "Il faut 2 places dans la même structure." in together
    assert "1 place libre pour 2" in together
    assert "La fratrie est séparée exprès" in apart
    assert "2 structures conviennent" in apart
    url = reverse("cases_sollicitation:places", args=[rows[0].pk])
    data = {"structures": [partner(A).pk], "identification_level": "niveau_identification:SUSP"}
    refused = client_of("coordination").post(url, data)
    assert refused.status_code == 422
    assert client_of("coordination").post(url, data | {"fratrie": "separes"}).status_code == 302
    kept = Matching.objects.get(sollicitation=rows[0])
    assert kept.search["is_apart"] is True
    why = client_of("coordination").get(reverse("cases_orientation:matching", args=[kept.orientation_id]))
    assert "La fratrie était séparée exprès" in why.content.decode()
