"""A runaway: its clock by département, the notice for the police, the return, and what is late."""

import datetime as dt
import io
import uuid

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.home.admin import runaway_kinds
from cases.home.selectors import RETURN, structure_tasks
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.authorities.services import authority_tell
from cases.incidents.learning.selectors import runaways_untold
from cases.incidents.runaways.selectors import runaway_clock
from cases.incidents.runaways.services import runaway_delay_set, runaway_return
from cases.incidents.selectors import closing_missing
from cases.models import Absence, Incident, Placement, Runaway, RunawayDelay, RunawayReturn
from cases.watch.selectors import incidents_waiting
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from cms.territory.models import Territory
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.incidents.test_authority_pages import words_of
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import at, text_of
from tests.cases.steps import journal_of, refused_on


def stay_of(rows) -> Placement:
    return Placement.objects.get(pk=rows["placement_a"].pk)


@pytest.fixture
def runaway(cast, acting_as, rows) -> Incident:
    with acting_as("director_a"):
        Absence.objects.filter(placement=rows["placement_a"])
        return declare(
            cast["director_a"], placements=[stay_of(rows)], noticed_at=timezone.now() - dt.timedelta(hours=1)
        )


def test_a_declaration_opens_the_absence_of_the_stay_once(cast, acting_as, rows, runaway):
    with acting_as("director_a"):
        absence = Runaway.objects.get(incident=runaway).absence
        assert (absence.placement_id, absence.is_runaway, absence.ends_on) == (rows["placement_a"].pk, True, None)
        second = declare(cast["director_a"], placements=[stay_of(rows)])
        assert Runaway.objects.get(incident=second).absence is None
        assert stay_of(rows).absences.filter(ends_on=None).count() == 1


def test_one_told_in_confidence_opens_nothing_that_the_structure_reads(cast, acting_as, rows):
    with acting_as("educator_a"):
        told = declare(cast["educator_a"], placements=[stay_of(rows)], is_confidential=True)
        assert not Runaway.objects.filter(incident=told).exists()
        assert not stay_of(rows).absences.filter(ends_on=None).exists()


@pytest.mark.parametrize(("hour", "minutes"), [(12, 120), (21, 60), (3, 60), (6, 120)])
def test_the_clock_is_that_of_the_departement_by_day_and_by_night(acting_as, cast, runaway, hour, minutes):
    """Hours in UTC, in July: Paris is two hours ahead."""
    with acting_as("coordination"):
        incident = Incident.objects.select_related("partner").get(pk=runaway.pk)
        assert runaway_clock(incident).due_at == incident.noticed_at
        territory = Territory.objects.get(pk=incident.partner.territory_id)
        runaway_delay_set(territory=territory, day_minutes=120, night_minutes=60, by=cast["coordination"])
        incident.noticed_at = dt.datetime(2026, 7, 1, hour, tzinfo=dt.UTC)
        clock = runaway_clock(incident)
        assert clock.due_at - incident.noticed_at == dt.timedelta(minutes=minutes)
        police = next(call for call in authority_calls(incident) if call.authority.code == "FSI")
        assert police.due_at == clock.due_at
        assert "Protocole du département" in police.delay


def test_the_delay_is_the_coordination_s_to_write(acting_as, cast, client_of):
    with acting_as("director_a"):
        with refused_on(match="votre compte"):
            runaway_delay_set(
                territory=Territory.objects.get(pk="59"), day_minutes=1, night_minutes=1, by=cast["director_a"]
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            RunawayDelay.objects.create(territory_id="59", day_minutes=1, night_minutes=1)
    url = reverse("havre_runaways:edit", args=["59"])
    browser = client_of("coordination")
    told = {"day_minutes": "120", "night_minutes": "60", "protocol": "Photo"}
    asked = browser.post(url, told)
    assert "police pas encore prévenue" in text_of(asked)
    assert browser.post(url, told | {"seen": asked.context_data["mark"]}).status_code == 302
    assert browser.post(url, {"day_minutes": "9999", "night_minutes": "60"}).status_code == 422
    assert "2 h" in text_of(browser.get(reverse("havre_runaways:index")))


def test_what_is_late_is_on_the_board_until_it_is_done(acting_as, cast, rows, runaway):
    with acting_as("coordination"):
        assert [row.reference for row in incidents_waiting() if row.is_untold].count(runaway.reference) == 1
        authority_tell(incident=runaway, authority_id="autorite:FSI", told_by=cast["coordination"])
        assert runaway.reference not in [row.reference for row in incidents_waiting() if row.is_untold]
        absence = Runaway.objects.get(incident=runaway).absence
        Absence.objects.filter(pk=absence.pk).update(ends_on=timezone.localdate())
        assert len(runaway_kinds(timezone.now())[0]) == 1
    with acting_as("director_a"):
        assert [task.kind for task in structure_tasks()].count(RETURN) == 1
    with acting_as("director_b"):
        assert RETURN not in [task.kind for task in structure_tasks()]
    with acting_as("director_a"):
        absence.refresh_from_db()
        runaway_return(
            absence=absence,
            returned_at=timezone.now(),
            interview="accepted",
            medical="refused",
            police_told=True,
            by=cast["director_a"],
            told="Il avait peur.",
        )
        assert RETURN not in [task.kind for task in structure_tasks()]
    assert "peur" not in str(journal_of(rows["placement_a"].pk))
    with acting_as("coordination"):
        assert runaway_kinds(timezone.now())[0] == []


def to_close(acting_as, incident) -> str:
    with acting_as("coordination"):
        return " ".join(closing_missing(Incident.objects.select_related("partner", "severity").get(pk=incident.pk)))


RETURNED = {"interview": "accepted", "medical": "done", "police_told": "on", "told": "Il avait peur."}


def test_a_return_asks_about_the_interview_and_the_doctor(client_of, acting_as, rows, runaway):
    director = client_of("director_a")
    stay = rows["placement_a"]
    assert director.get(reverse("cases:stay_return", args=[stay.pk]))["Location"].endswith("retour-de-fugue/")
    url = reverse("cases:stay_runaway_return", args=[stay.pk])
    for name in ("interview", "medical", "returned_at"):
        answer = director.post(url, RETURNED | {"returned_at": at(0)} | {name: ""})
        assert answer.status_code == 422
    assert director.post(url, RETURNED | {"returned_at": at(-3)}).status_code == 422
    assert "retour de fugue" in to_close(acting_as, runaway)
    assert director.post(url, RETURNED | {"returned_at": at(0)}).status_code == 302
    with acting_as("director_a"):
        row = RunawayReturn.objects.get(absence__placement=stay)
        assert (row.interview, row.medical, str(row.told)) == ("accepted", "done", "Il avait peur.")
        assert row.absence.ends_on == timezone.localdate()
    assert "retour de fugue" not in to_close(acting_as, runaway)
    assert director.get(url).status_code == 404
    assert client_of("director_b").get(url).status_code == 404
    for key in ("director_b", "gendarme"):
        with acting_as(key):
            assert not RunawayReturn.objects.exists()


NOTICE = {
    "description": "1 m 65, veste rouge",
    "circumstances": "Partie à pied",
    "contact": "Direction, 06 00",
    "danger": "",
}


def test_the_notice_opens_the_identity_first_and_says_what_the_police_need_alone(
    client_of, acting_as, cast, rows, runaway
):
    director = client_of("director_a")
    url = reverse("cases:incident_notice", args=[runaway.pk])
    asked = director.get(url)
    assert asked["Location"] == reverse("cases:stay_identity", args=[rows["placement_a"].pk])
    with acting_as("director_a"):
        case_id = rows["placement_a"].case_id
        reveal_open(kind="case", object_id=case_id, by=cast["director_a"], reason=RevealReason.CONTACT)
    assert director.post(url, NOTICE | {"description": ""}).status_code == 422
    answer = director.post(url, NOTICE)
    assert answer["Content-Disposition"] == 'attachment; filename="avis-de-fugue.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
    said = words_of(answer.content)
    for part in ("MARQUEUR-NOM-A", "veste rouge", "Partie à pied", "Absence constatée", runaway.reference):
        assert part in said, part
    assert not any(
        word in said for word in ("MARQUEUR-FAITS", "MARQUEUR-ADRESSE", "Tilleuls", "traite", "exploitation")
    )
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="cases.runaway.notice", object_id=runaway.pk).count() == 1
    assert client_of("director_b").get(url).status_code == 404


def test_a_notice_is_for_a_runaway_alone(client_of, acting_as, cast, rows):
    with acting_as("director_a"):
        other = declare(cast["director_a"], placements=[stay_of(rows)], incident_type_id="type_incident:INTRU")
    assert client_of("director_a").get(reverse("cases:incident_notice", args=[other.pk])).status_code == 404


def test_a_runaway_that_the_police_made_known_is_entered_at_the_call_or_on_its_file(client_of, acting_as, cast):
    browser = client_of("coordination")
    at = timezone.localtime(timezone.now() - dt.timedelta(hours=2))
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Aubépine")
    call = {
        "key": str(uuid.uuid4()),
        "partner": str(house.pk),
        "declared_at": at.strftime("%Y-%m-%dT%H:%M"),
        "occurred_at": at.strftime("%Y-%m-%dT%H:%M"),
        "noticed_at": at.strftime("%Y-%m-%dT%H:%M"),
        "incident_type": "type_incident:CONT",
        "narrative": "Retrouvée en gare par la police.",
        "is_known_from_police": "on",
    }
    page = reverse("havre_incident_call")
    assert "pour une fugue seulement" in text_of(browser.post(page, call))
    answer = browser.post(page, call | {"incident_type": "type_incident:FUG"})
    assert answer.status_code == 302
    with acting_as("coordination"):
        incident = Incident.objects.get(idempotency_key=call["key"])
        assert incident.runaway.is_known_from_police
        assert incident in runaways_untold(at.date() - dt.timedelta(days=30))
    learnt = text_of(browser.get(reverse("havre_incident_learning")))
    assert "la police ou la gendarmerie" in learnt
    source = reverse("cases_incident:source", args=[incident.pk])
    shown = text_of(browser.get(reverse("cases_incident:inspect", args=[incident.pk])))
    assert "par la police d’abord" in shown
    assert browser.post(source, {"source": ""}).status_code == 302
    with acting_as("coordination"):
        assert not Runaway.objects.get(pk=incident.pk).is_known_from_police
        assert incident not in runaways_untold(at.date() - dt.timedelta(days=30))
    assert client_of("director_b").post(source, {"source": "police"}).status_code in (302, 404)
    with acting_as("coordination"):
        assert not Runaway.objects.get(pk=incident.pk).is_known_from_police
