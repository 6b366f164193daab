"""What the coordination enters itself: a call while it talks, a sheet of paper, a brother; and the notes it reads."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Sollicitation, SollicitationDetail
from cases.requests.siblings.services import Sibling, sibling_add
from cases.requests.tonight.forms import NAMES
from cms.notify.models import Ring
from cms.partners.models import Partner
from tests.cases.requests.test_portal_requests import text_of
from tests.cases.steps import send

CALL, PAPER = reverse("havre_call"), reverse("havre_paper")


@pytest.fixture
def told(acting_as) -> dict:
    """What the coordination types while a gendarme talks."""
    with acting_as("coordination"):
        requester = Partner.objects.get(code_name="Brigade 12")
    return {
        "key": str(uuid.uuid4()),
        "requester": str(requester.pk),
        "received_at": f"{timezone.localtime() - dt.timedelta(minutes=2):%Y-%m-%dT%H:%M}",
        "channel": "canal:ASTREINTE",
        "callback_name": "Gaëlle Roche",
        "callback_phone": "01 99 00 12 34",
        "urgency": "urgence:U0",
        "sex": "sexe:F",
        "age": "15",
        "forms": ["forme:SEX"],
        "narrative": "Elle attend dans le hall.",
        "is_mine": "on",
    }


def test_a_call_is_dated_at_its_hour_and_followed_by_who_took_it(client_of, acting_as, cast, told):
    browser = client_of("coordination")
    page = browser.get(CALL)
    assert len(page.context["form"].visible_fields()) <= 16 + len(NAMES)
    assert f"{timezone.localtime():%Y-%m-%dT%H:}" in text_of(page)
    first, second = browser.post(CALL, told), browser.post(CALL, told)
    assert first.url == second.url
    with acting_as("coordination"):
        row = Sollicitation.objects.latest("received_at")
        assert first.url == reverse("cases_sollicitation:inspect", args=[row.pk])
        assert f"{timezone.localtime(row.received_at):%Y-%m-%dT%H:%M}" == told["received_at"]
        assert (row.channel_id, row.state, row.taken_by) == ("canal:ASTREINTE", "in_charge", cast["coordination"])
        assert row.first_answered_at == row.received_at
        assert row.submitted_by == cast["coordination"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_at": "2099-01-01T10:00"}, "received_at"),
        ({"safe_until": "2020-01-01T10:00"}, "safe_until"),
        ({"forms": ["forme:SEX", "forme:MEN"]}, "main_form"),
        ({"requester": ""}, "requester"),
        ({"age": "40"}, "age"),
    ],
)
def test_what_contradicts_itself_comes_back_beside_its_field(client_of, acting_as, told, changes, field):
    with acting_as("coordination"):
        before = Sollicitation.objects.count()
    page = client_of("coordination").post(CALL, told | changes)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    with acting_as("coordination"):
        assert Sollicitation.objects.count() == before


def test_a_sheet_of_paper_keeps_the_hour_that_it_carries(client_of, acting_as, told):
    at = timezone.localtime() - dt.timedelta(days=2)
    sheet = told | {"received_at": f"{at:%Y-%m-%dT%H:%M}", "is_mine": ""}
    assert client_of("coordination").post(PAPER, sheet).status_code == 302
    with acting_as("coordination"):
        row = Sollicitation.objects.get(channel_id="canal:PAPIER")
        assert (row.received_on, row.state, row.first_answered_at) == (at.date(), "received", None)


def test_a_service_out_of_the_book_enters_it_with_its_call(client_of, acting_as, told):
    browser, new = client_of("coordination"), f"{CALL}?nouveau"
    assert new in browser.get(CALL).content.decode()
    alone = {name: value for name, value in told.items() if name != "requester"}
    alone |= {"unit": "Commissariat du Port", "unit_type": "acteur:PN-CIRC"}
    assert "Nommez le service qui appelle" in text_of(browser.post(new, alone | {"unit": " "}))
    for _ in range(2):
        assert browser.post(new, alone).status_code == 302
    with acting_as("coordination"):
        unit = Partner.objects.get(code_name="Commissariat du Port")
        assert (unit.kind, unit.requester_type_id) == ("requester", "acteur:PN-CIRC")
        assert Sollicitation.objects.get(requester=unit).requester_type_id == "acteur:PN-CIRC"


def test_a_brother_is_added_to_a_request_already_followed(client_of, acting_as, cast):
    with acting_as("gendarme"):
        first = send(cast["gendarme"], detail={"callback_phone": "01 99 00 12 34", "narrative": "Deux enfants."})
    address = reverse("cases_sollicitation:sibling", args=[first.pk])
    assert client_of("coordination").post(address, {"sex": "sexe:M", "age": "40"}).status_code == 422
    assert client_of("coordination").post(address, {"sex": "sexe:M", "age": "8"}).status_code == 302
    with acting_as("coordination"):
        first.refresh_from_db()
        brother = Sollicitation.objects.exclude(pk=first.pk).get(group_id=first.group_id)
        assert (brother.sex_id, brother.age_at_reception) == ("sexe:M", 8)
        assert brother.received_at == first.received_at
        assert SollicitationDetail.objects.get(pk=brother.pk).narrative == "Deux enfants."
    with acting_as("gendarme"):
        assert Sollicitation.objects.filter(pk=brother.pk).exists()


def test_brothers_and_sisters_are_taken_up_in_one_act(client_of, acting_as, cast):
    group = uuid.uuid4()
    with acting_as("gendarme"):
        first, second = (
            send(
                cast["gendarme"], urgency_id="urgence:U0", group_id=group, detail={"callback_phone": "01 99 00 12 34"}
            )
            for _ in range(2)
        )
    address = reverse("cases_sollicitation:take", args=[second.pk])
    browser = client_of("coordination")
    assert f"pris en charge avec elle : {first.reference}" in text_of(browser.get(address))
    assert browser.post(address).status_code == 302
    with acting_as("coordination"):
        for row in (first, second):
            row.refresh_from_db()
            assert (row.state, row.taken_by) == ("in_charge", cast["coordination"])
        third = sibling_add(sollicitation=first, sibling=Sibling("sexe:M", 8), by=cast["coordination"])
        assert (third.state, third.first_answered_at) == ("in_charge", first.first_answered_at)
        assert not Ring.objects.open().filter(object_id__in=[first.pk, second.pk, third.pk]).exists()


def test_doubts_are_notes_for_the_coordination_alone(client_of, acting_as, cast):
    with acting_as("coordination"):
        one = send(
            cast["coordination"], detail={"callback_phone": "+33 1 99 00 12 34", "narrative": "Ceci est un TEST"}
        )
        other = send(cast["coordination"], "ASE du Nord", detail={"callback_phone": "01 99 00 12 34"})
        fine = send(
            cast["coordination"], detail={"callback_phone": "01 99 00 77 77", "narrative": "Contestée, attestée."}
        )
        fresh = send(
            cast["coordination"],
            Partner.objects.get(code_name="Bureau de la protection"),
            requester_type_id="acteur:PAR",
        )
    office = client_of("coordination")

    def file(row) -> str:
        return text_of(office.get(reverse("cases_sollicitation:inspect", args=[row.pk])))

    assert "mots d’essai" in file(one)
    assert "donnée par un autre service, dans 1 demande." in file(one)
    assert "donnée par un autre service" in file(other)
    assert "À vérifier avec le service" not in file(fine)
    assert "première demande de ce service" in file(fresh)
    seen = text_of(client_of("gendarme").get(reverse("cases:request", args=[one.pk])))
    assert "mots d’essai" not in seen
