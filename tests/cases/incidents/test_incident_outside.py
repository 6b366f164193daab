"""In confidence, from outside: by whoever is signed in, about a structure that they name and never see."""

import datetime as dt
import uuid

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_attach, incident_declare
from cases.incidents.services.events import event_add
from cases.incidents.services.following import incident_close
from cases.models import Incident, IncidentDetail, Placement
from cms.notify.models import Ring
from cms.partners.models import Partner
from cms.users.models import User
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import at, text_of
from tests.cases.steps import closing_settle, financed_by, refused_on

OUTSIDE = "/situations/incidents/en-confiance/"
NAMED, FACTS = "La maison près du canal, à Arbois", "Un adulte frappe les enfants."


def from_outside(user: User, **changes) -> Incident:
    moment = timezone.now() - dt.timedelta(hours=2)
    return incident_declare(
        Declaration(
            **{
                "structure_named": NAMED,
                "incident_type_id": "type_incident:CONT",
                "occurred_at": moment,
                "noticed_at": moment,
                "narrative": FACTS,
                **changes,
            }
        ),
        declared_by=user,
    )


@pytest.mark.parametrize("key", ["transmitter", "trainer", "trainee", "gendarme", "educator_a", "former_member"])
def test_whoever_is_signed_in_alerts_on_a_page_and_follows_it(client_of, acting_as, key):
    browser = client_of(key)
    assert "Un enfant est-il en danger maintenant" in text_of(browser.get(OUTSIDE))
    form = text_of(browser.get(f"{OUTSIDE}?danger=non"))
    assert "Les Tilleuls" not in form
    assert "Aubépine" not in form
    typed = {
        "key": str(uuid.uuid4()),
        "structure_named": NAMED,
        "incident_type": "type_incident:MAL",
        "occurred_at": at(3),
        "noticed_at": at(2),
        "narrative": FACTS,
    }
    missing = browser.post(OUTSIDE, typed | {"structure_named": ""})
    assert missing.status_code == 422
    assert "Dites de quelle structure il s’agit" in text_of(missing)
    answer = browser.post(OUTSIDE, typed)
    assert answer.status_code == 302
    receipt = text_of(browser.get(answer["Location"]))
    assert "IC-" in receipt
    assert "la structure ne la voit pas" in receipt
    with acting_as("coordination"):
        incident = Incident.objects.get(is_from_outside=True)
        assert (incident.partner_id, incident.is_confidential) == (None, True)
        assert Ring.objects.filter(kind="incident", object_id=incident.pk, closed_at=None).exists()
    page = reverse("cases:incident", args=[incident.pk])
    assert FACTS in text_of(browser.get(page))
    assert (
        browser.post(reverse("cases:incident_note", args=[incident.pk]), {"words": "Encore hier."}).status_code == 302
    )
    assert "Encore hier." in text_of(browser.get(page))
    assert incident.reference in text_of(browser.get(OUTSIDE))
    for other in ("director_a", "director_b", "ase"):
        assert client_of(other).get(page).status_code == 404


def test_the_coordination_says_which_structure_it_is_and_the_structure_still_sees_nothing(cast, acting_as, client_of):
    with acting_as("transmitter"):
        incident = from_outside(cast["transmitter"])
    browser = client_of("coordination")
    assert NAMED in text_of(browser.get(reverse("cases_incident:inspect", args=[incident.pk])))
    assert reverse("cases_incident:attach", args=[incident.pk])
    with acting_as("coordination"):
        held = Incident.objects.get(pk=incident.pk)
        incident_acknowledge(incident=held, by=cast["coordination"])
        closing_settle(held, cast["coordination"])
        with refused_on(match="de quelle structure"):
            incident_close(incident=held, by=cast["coordination"])
        house = Partner.objects.get(code_name="Les Tilleuls")
    attach = reverse("cases_incident:attach", args=[incident.pk])
    assert browser.post(attach, {"partner": str(house.pk)}).status_code == 302
    assert browser.get(attach).status_code == 404
    with acting_as("coordination"):
        event_add(
            incident=Incident.objects.get(pk=incident.pk),
            words="Vue ce matin.",
            by=cast["coordination"],
            is_shared=True,
        )
    declarant = text_of(client_of("transmitter").get(reverse("cases:incident", args=[incident.pk])))
    assert "Vue ce matin." in declarant
    assert "Les Tilleuls" not in declarant
    for key in ("director_a", "educator_a"):
        with acting_as(key):
            assert not Incident.objects.filter(pk=incident.pk).exists()
            assert not IncidentDetail.objects.filter(pk=incident.pk).exists()


def test_from_outside_nobody_chooses_a_structure_a_stay_or_openness(cast, acting_as, rows):
    with acting_as("transmitter"):
        assert from_outside(cast["transmitter"], is_confidential=False).is_confidential
        with refused_on("partner"):
            from_outside(cast["transmitter"], structure_named="")
        house, stay = rows["partner_a"].pk if "partner_a" in rows else None, rows["placement_a"]
        with refused_on("structure_named"):
            from_outside(cast["transmitter"], placements=[stay])
        facts = Incident.objects.get(is_from_outside=True).__dict__
        row = {key: facts[key] for key in facts if not key.startswith("_")} | {"id": uuid.uuid4(), "reference": "X-1"}
        for change in ({"placement_id": stay.pk}, {"partner_id": stay.partner_id}, {"is_test": True}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Incident(**row | change | {"idempotency_key": None}).save(force_insert=True)
    with acting_as("director_a"), refused_on(match="votre compte"):
        incident_attach(incident=Incident(is_from_outside=True), partner=Partner(pk=house), by=cast["director_a"])


def test_the_service_in_charge_reads_what_the_notice_to_it_holds_and_nothing_else(client_of, cast, acting_as, rows):
    with acting_as("director_a"):
        stay = Placement.objects.get(pk=rows["placement_a"].pk)
        incident = declare(
            cast["director_a"], placement=stay, incident_type_id="type_incident:VIO-J", severity_id="gravite:G2",
            narrative="MARQUEUR-GARDE", measures="MARQUEUR-MESURE",
        )  # fmt: skip
        hidden = declare(cast["director_a"], placement=stay, incident_type_id="type_incident:MAL")
    browser = client_of("ase")
    listed = text_of(browser.get("/situations/incidents/"))
    assert "Concernant les mineurs que vous suivez" in listed
    assert incident.reference in listed
    assert hidden.reference not in listed
    shown = text_of(browser.get(reverse("cases:incident_charge", args=[incident.pk])))
    for words in (incident.reference, "Violence entre jeunes", rows["case_a"].reference, "Pas encore noté"):
        assert words in shown
    for words in ("MARQUEUR-GARDE", "MARQUEUR-MESURE", "Tilleuls", "Jura"):
        assert words not in shown
    with acting_as("ase"):
        assert Incident.objects.filter(pk=incident.pk).exists()
        assert not IncidentDetail.objects.filter(pk=incident.pk).exists()
        assert not Incident.objects.filter(pk=hidden.pk).exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            event_add(incident=incident, words="Je note.", by=cast["ase"])
    for name in ("incident", "incident_receipt", "incident_note", "incident_authorities"):
        assert browser.get(reverse(f"cases:{name}", args=[incident.pk])).status_code == 404
    assert browser.get(reverse("cases:incident_charge", args=[hidden.pk])).status_code == 404
    assert client_of("gendarme").get(reverse("cases:incident_charge", args=[incident.pk])).status_code == 404


def test_in_charge_is_who_pays_and_a_pjj_service_whose_stay_is_opened(cast, acting_as, rows):
    with acting_as("director_a"):
        incident = declare(cast["director_a"], placement=Placement.objects.get(pk=rows["placement_a"].pk))

    def reads(key: str) -> bool:
        with acting_as(key):
            return Incident.objects.in_charge().filter(pk=incident.pk).exists()

    assert (reads("ase"), reads("gendarme")) == (True, False)
    with acting_as("coordination"):
        financed_by(cast, rows["linking_a"], "62")
        Partner.objects.filter(code_name="Brigade 12").update(requester_type_id="acteur:PJJ-MO")
    assert (reads("ase"), reads("gendarme")) == (False, True)
