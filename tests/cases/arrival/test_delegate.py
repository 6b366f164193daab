"""An educator who holds the delegation of the direction: every screen from the sheet to the arrival offers its next
step, and none lets them sign.
"""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import linking_waive
from cases.enums import Answer
from cases.models import Linking, Placement
from cases.proposals.services import proposal_confirm
from cases.stays.services import Arrival, placement_open
from cms.notify.models import Obligation
from cms.partners.models import Membership
from cms.partners.people.services import membership_delegate
from cms.wall import scope
from tests.cases.notices.test_transitions import asked, sheet, told
from tests.cases.steps import partner
from tests.notify.steps import obligations_end

WHO = "educator_a"


def text_of(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(response.content.decode())).replace("\u00a0", " ")


def delegate(cast, acting_as, *, may_answer: bool = True) -> None:
    with acting_as("director_a"):
        row = Membership.objects.get(user=cast[WHO], revoked_at=None)
        membership_delegate(membership=row, may_answer=may_answer)


@pytest.fixture
def night(cast, acting_as):
    obligations_end()
    delegate(cast, acting_as)
    return asked(cast, acting_as)[1]


@pytest.fixture
def kept(night, cast, acting_as, client_of) -> Linking:
    """The educator answered on the sheet; the coordination kept the structure and shared the journey."""
    with acting_as("coordination"):
        address = reverse("cases:proposal", args=[sheet(night).pk])
    browser = client_of(WHO)
    assert address in text_of(browser.get("/"))
    assert address in text_of(browser.get(reverse("cases:proposals")))
    assert "Envoyer la réponse" in text_of(browser.get(address))
    said = {"answer": Answer.ACCEPTED, "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}
    assert "Votre réponse est envoyée" in text_of(browser.post(address, said, follow=True))
    by = cast["coordination"]
    with acting_as("coordination"):
        proposal_confirm(proposal=sheet(night), by=by)
        linking = Linking.objects.get(orientation=night)
        journey = journey_set(
            linking=linking,
            driver_id="conduite:SERVICE",
            leaves_at=timezone.now() + dt.timedelta(hours=1),
            meeting_point="Sous l’horloge",
            relay="Camille, 01 99 00 00 01",
            by=by,
        )
        journey_share(journey=journey, by=by)
    return linking


def test_the_menu_offers_what_the_delegation_gives_and_the_team_page_to_nobody_else(night, client_of):
    home = text_of(client_of(WHO).get("/"))
    for name in ("cases:proposals", "cases:places", "cases:stays"):
        assert f'href="{reverse(name)}"' in home
    assert f'href="{reverse("accounts:team")}"' not in home
    assert client_of(WHO).get(reverse("accounts:team")).status_code == 404


def test_free_places_are_confirmed_by_the_delegate(night, client_of):
    page = client_of(WHO).get(reverse("cases:places"))
    assert "Les Tilleuls" in text_of(page)
    assert 'type="submit"' in page.content.decode()


def test_the_journey_is_told_and_read_without_what_is_signed(kept, cast, acting_as, client_of):
    assert told("journey_structure") == {"director-a", "educator-a"}
    with scope.acting(cast[WHO]):
        row = Obligation.objects.get(kind="journey_structure", object_id=kept.pk, person=cast[WHO])
    page = text_of(client_of(WHO).get(reverse("inbox:open", args=[row.pk]), follow=True))
    assert "Sous l’horloge" in page
    assert "Votre équipe attend le jeune" in page
    assert reverse("cases:linking", args=[kept.pk]) not in page
    assert client_of(WHO).get(reverse("cases:linking", args=[kept.pk])).status_code == 404
    delegate(cast, acting_as, may_answer=False)
    assert client_of(WHO).get(reverse("cases:handover", args=[kept.pk])).status_code == 404


def test_the_arrival_is_confirmed_by_the_delegate_and_by_no_other_educator(kept, cast, acting_as, client_of):
    with acting_as("coordination"):
        case = kept.case
        linking_waive(linking=kept, reason_id="motif_derogation:DANGER", by=cast["coordination"])
        stay = placement_open(
            case=case,
            partner=partner("Les Tilleuls"),
            arrival=Arrival(arrived_at=timezone.now(), legal_frame_id="cadre_juridique:AE"),
            orientation=kept.orientation,
            by=cast["coordination"],
        )
    browser = client_of(WHO)
    file, confirm = (reverse(name, args=[stay.pk]) for name in ("cases:stay", "cases:stay_arrival"))
    assert file in text_of(browser.get("/"))
    assert confirm in text_of(browser.get(file))
    delegate(cast, acting_as, may_answer=False)
    assert confirm not in text_of(browser.get(file))
    assert browser.post(confirm, {}).status_code == 404
    delegate(cast, acting_as)
    assert "L’arrivée est confirmée" in text_of(browser.post(confirm, {}, follow=True))
    with acting_as("coordination"):
        assert Placement.objects.get(pk=stay.pk).confirmed_by == cast[WHO]
    assert told("arrival_confirmed") == {"coordination"}
