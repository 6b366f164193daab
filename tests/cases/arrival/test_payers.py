"""The ASE authority that pays: what it reads of a minor whom another service sent, and its agreement on the price."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.urls import reverse

from cases.arrival.selectors import linkings_of_authorities, payer_agreement_of
from cases.arrival.services.linking import linking_finance
from cases.arrival.services.payers import payer_agree
from cases.models import Linking, PayerAgreement, Placement
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cases.steps import financed_by, journal_of, open_case, place, refused_on, walled
from tests.cast.situations import rows as all_cases

PRICE = 18550
NOON = dt.datetime(2026, 1, 5, 11, tzinfo=dt.UTC)


@pytest.fixture
def linking(cast):
    """Asked by the gendarmerie, paid by the ASE of the Nord."""
    return all_cases()["linking_a"]


def seen(linking: Linking) -> Linking:
    return linkings_of_authorities(["59"]).get(pk=linking.pk)


def test_the_authority_reads_which_minor_it_pays_for_and_agrees_once(cast, linking, acting_as):
    with acting_as("ase"):
        assert (seen(linking).reference[:2], seen(linking).is_agreed) == ("M-", False)
        payer_agree(linking=seen(linking), by=cast["ase"])
        assert seen(linking).is_agreed
        with refused_on("__all__", match="déjà validé"):
            payer_agree(linking=seen(linking), by=cast["ase"])
        stay = Placement.objects.get(pk=linking.placement_id)
        assert stay.arrived_on
        assert not type(linking).objects.filter(pk=linking.pk, partner__code_name="Les Tilleuls").exists()
    assert "cases.linking.pay" in dict(journal_of(linking.pk))


def test_another_price_asks_again(cast, linking, acting_as):
    with acting_as("ase"):
        payer_agree(linking=seen(linking), by=cast["ase"])
    with acting_as("coordination"):
        finance = {"payer_kind_id": "payeur:ASE", "payer_id": "59", "financed_on": dt.date(2026, 1, 5)}
        linking_finance(linking=linking, daily_price_cents=PRICE + 1, by=cast["coordination"], **finance)
    with acting_as("ase"):
        assert not seen(linking).is_agreed
        assert payer_agreement_of(seen(linking)) is None


def test_another_authority_takes_over_and_the_former_one_reads_nothing_more(cast, acting_as):
    """A PJJ service holds this minor: the authority reads as the one that pays, and no longer than it does."""
    with acting_as("coordination"):
        Partner.objects.filter(code_name="Brigade 12").update(requester_type="acteur:PJJ-MO")
        stay = place(cast, open_case(cast)[1])
        linking = financed_by(cast, stay.linking, "59")
    with acting_as("ase"):
        assert Linking.objects.filter(pk=linking.pk).exists()
        assert Placement.objects.filter(pk=linking.placement_id).exists()
    with acting_as("coordination"):
        financed_by(cast, linking, "75")
    with acting_as("ase"):
        assert not Linking.objects.filter(pk=linking.pk).exists()
        assert not Placement.objects.filter(pk=linking.placement_id).exists()


@pytest.mark.parametrize("key", ["gendarme", "director_a", "transmitter", "dpo"])
def test_nobody_else_agrees_to_a_price(cast, linking, acting_as, key):
    with acting_as(key), refused_on(match="votre compte"):
        payer_agree(linking=linking, by=cast[key])


def test_the_database_holds_the_price_and_the_hand(cast, linking, acting_as):
    def agreement(**changes):
        facts = {"linking": linking, "payer_id": "59", "daily_price_cents": PRICE, "answered_at": NOON}
        return PayerAgreement(**facts | {"given_by": cast["ase"]} | changes)

    for changes in (
        {"daily_price_cents": 1},
        {"payer_id": "75"},
        {"given_by": cast["direction"]},
        {"way": "paper"},
        {"reply": "refused"},
    ):
        with acting_as("ase"), walled():
            agreement(**changes).save(force_insert=True)


def test_the_page_says_what_is_written_and_takes_the_agreement(client_of, acting_as, linking):
    browser, address = client_of("ase"), reverse("cases:payer", args=[linking.pk])
    with acting_as("coordination"):
        reference = linking.case.reference
    assert reference in browser.get(reverse("cases:authority")).content.decode()
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"agreed": "on"}).status_code == 302
    page = browser.get(address).content.decode()
    assert "185,50" in page
    assert "Validé le" in page
    assert "Tilleuls" not in page
    assert client_of("gendarme").get(reverse("cases:authority")).status_code == 404


def test_the_coordination_notes_what_came_on_paper(client_of, linking):
    address = reverse("cases_linking:agree", args=[linking.pk])
    told = {"party": "payer", "payer_kind": "payeur:ASE", "payer": "59", "daily_price": "185,50", "way": "paper"}
    refused = {"reply": "refused", "at": "2026-01-04T10:00", "words": "Le budget n’est pas voté."}
    assert client_of("coordination").post(address, told | refused).status_code == 302
    assert payer_waits(client_of, linking)
    agreed = {"reply": "agreed", "at": "2026-01-05T10:00", "said_by": "Le chef de service"}
    assert client_of("coordination").post(address, told | agreed).status_code == 302
    page = client_of("coordination").get(reverse("cases_linking:inspect", args=[linking.pk])).content.decode()
    assert "sur papier, Le chef de service, noté par" in page
    assert client_of("coordination").get(address).status_code == 404


def payer_waits(client_of, linking) -> bool:
    page = client_of("coordination").get(reverse("cases_linking:inspect", args=[linking.pk])).content.decode()
    return "Noter un accord reçu" in page


def test_two_hands_at_once_agree_once(committed):
    linking = all_cases()["linking_a"]
    start, results = threading.Barrier(2), []

    def agree():
        user = User.objects.get(email="ase@havre.example")
        try:
            with scope.acting(user):
                row = seen(linking)
                start.wait(timeout=30)
                payer_agree(linking=row, by=user)
            results.append("agreed")
        except (ValidationError, IntegrityError):
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=agree) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(results) == ["agreed", "refused"]
