"""A declaration wakes its ladder, on a real mail server and a real gateway, until the network answers."""

import datetime as dt
import email

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.incidents.learning.services import drill_start
from cases.incidents.rules import acknowledge_due_at, not_before_morning
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare, incident_rate
from cases.models import Incident
from cms.notify.duty.services.duties import duty_cancel
from cms.notify.duty.services.rings import ring_acknowledge, ring_read
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import Duty, Ring, RingStep
from cms.partners.models import Partner
from cms.values.models import Value
from cms.values.services import setting_change
from cms.wall import scope
from tests.cases.stays.test_portal_structures import text_of
from tests.notify.steps import account, rota

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture(autouse=True)
def quiet(cast):
    """What the cast left open does not ring here."""
    with scope.acting(cast["coordination"]):
        Ring.objects.open().update(closed_at=NOW())
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)


def after(minutes: float) -> dt.datetime:
    return NOW() + dt.timedelta(minutes=minutes)


def declare(severity: str = "G4", *, by: str = "educator-a", **changes) -> Incident:
    user = account(f"{by}@havre.example")
    with scope.acting(user):
        return incident_declare(
            Declaration(
                **{
                    "partner": Partner.objects.get(code_name="Les Tilleuls"),
                    "incident_type_id": "type_incident:FUG",
                    "severity_id": f"gravite:{severity}",
                    "severity_reason": "MARQUEUR-GRAVITE",
                    "occurred_at": NOW() - dt.timedelta(minutes=20),
                    "noticed_at": NOW() - dt.timedelta(minutes=10),
                    "narrative": "MARQUEUR-FAITS",
                }
                | changes
            ),
            declared_by=user,
        )


def ring_of(incident: Incident) -> Ring | None:
    with scope.acting(account("coordination@havre.example")):
        return Ring.objects.filter(kind="incident", object_id=incident.pk).order_by("opened_at").last()


def called(incident: Incident) -> list[tuple[int, str]]:
    """(rung, who) of what left."""
    with scope.acting(account("coordination@havre.example")):
        steps = RingStep.objects.filter(ring=ring_of(incident), sent_at__isnull=False).select_related("person")
        return sorted({(step.rung, step.person.email.split("@")[0]) for step in steps})


LADDER = [(0, "director-a"), (1, "coordination"), (2, "direction"), (3, "direction"), (4, "state-reader")]


def test_a_critical_incident_climbs_to_the_state(mails, gateway):
    rota(has_phones=True)
    incident = declare()
    for minutes in (0, 4, 5.1, 10.2, 15.3, 20.4):
        rings_scan(at=after(minutes))
    assert called(incident) == LADDER
    assert {body["to"] for body, _ in gateway.received} == {"06 00 00 00 01", "06 00 00 00 02"}
    told = [message.split("\n\n", 1) for message in (*mails, *(body["text"] for body, _ in gateway.received))]
    for text in (str(parts) for parts in told):
        assert not any(word in text for word in ("MARQUEUR", "Tilleuls", incident.reference, "fugue", "Critique"))


def test_the_network_answers_and_nobody_else_is_called(mails, cast):
    rota()
    incident = declare()
    for minutes in (0, 5.1):
        rings_scan(at=after(minutes))
    with scope.acting(cast["coordination"]):
        assert ring_acknowledge(ring=ring_of(incident), by=cast["coordination"], at=after(6))
    rings_scan(at=after(20))
    assert called(incident) == LADDER[:2]
    with scope.acting(cast["coordination"]):
        incident_acknowledge(incident=Incident.objects.get(pk=incident.pk), by=cast["coordination"])
    rings_scan(at=after(300))
    assert called(incident) == LADDER[:2]
    assert ring_of(incident).closed_at


def test_answered_and_never_taken_in_charge_climbs_again(mails, cast):
    rota()
    incident = declare()
    for minutes in (0, 5.1):
        rings_scan(at=after(minutes))
    with scope.acting(cast["coordination"]):
        ring_acknowledge(ring=ring_of(incident), by=cast["coordination"])
    rings_scan(at=after(14))
    assert called(incident) == LADDER[:2]
    rings_scan(at=after(15.1))
    assert called(incident) == LADDER[:3]


def test_a_structure_that_has_read_stops_nothing_and_lets_the_next_be_called_at_once(mails, cast):
    rota()
    incident = declare()
    rings_scan()
    with scope.acting(cast["director_a"]):
        ring = Ring.objects.get(object_id=incident.pk)
        with pytest.raises(DatabaseError, match="ring_frozen"), transaction.atomic():
            ring_acknowledge(ring=ring, by=cast["director_a"])
        ring_read(ring=ring, by=cast["director_a"])
    rings_scan(at=after(0.5))
    assert called(incident) == LADDER[:2]
    assert ring_of(incident).acknowledged_at is None


def test_in_confidence_the_structure_is_not_called_and_its_direction_sees_no_ring(mails, client_of, cast):
    rota()
    incident = declare(is_confidential=True)
    rings_scan()
    assert called(incident) == [(0, "coordination")]
    with scope.acting(cast["director_a"]):
        assert not Ring.objects.exists()
        assert not RingStep.objects.exists()
    page = reverse("notify:ring", args=[ring_of(incident).pk])
    assert client_of("director_a").get(page).status_code == 404


def test_the_state_learns_that_it_exists_and_how_grave_and_nothing_else(mails, client_of, cast):
    rota()
    incident = declare()
    for minutes in (0, 5.1, 10.2, 15.3, 20.4):
        rings_scan(at=after(minutes))
    page = reverse("notify:ring", args=[ring_of(incident).pk])
    state = client_of("state_reader")
    text = text_of(state.get(page))
    assert "Gravité : critique" in text
    for word in ("MARQUEUR", "Tilleuls", incident.reference, "Fugue", "Ouvrir la fiche", "Vasseur", "director"):
        assert word not in text
    assert "Vous avez lu ce message" in text_of(state.post(page, follow=True))
    with scope.acting(cast["state_reader"]):
        assert not Incident.objects.exists()
    assert ring_of(incident).acknowledged_at is None
    director = text_of(client_of("director_a").get(page))
    assert "Ouvrir la fiche" in director
    assert "Vasseur" not in director


@pytest.mark.parametrize(("severity", "does_ring"), [("G1", False), ("G2", True), ("G3", True), ("G4", True)])
def test_a_minor_incident_calls_nobody(severity, does_ring, cast):
    assert bool(ring_of(declare(severity))) is does_ring


def test_what_was_declared_a_day_ago_wakes_nobody(cast):
    old = NOW() - dt.timedelta(hours=25)
    incident = declare(by="coordination", occurred_at=old, noticed_at=old, declared_at=old)
    assert ring_of(incident) is None


def test_the_state_is_called_from_the_gravity_of_the_setting(mails, cast):
    rota()
    with scope.acting(cast["coordination"]):
        setting_change(key="cases.incident_state_level", value=5, changed_by_id=cast["coordination"].pk)
    incident = declare()
    for minutes in (0, 5.1, 10.2, 15.3, 20.4):
        rings_scan(at=after(minutes))
    assert "state-reader" not in {who for _, who in called(incident)}


def test_graver_it_rings_and_less_grave_it_stops(mails, cast):
    rota()
    incident = declare("G1")
    with scope.acting(cast["coordination"]):
        for code, is_open in (("G4", True), ("G1", False)):
            row = Incident.objects.get(pk=incident.pk)
            incident_rate(
                incident=row, severity_id=f"gravite:{code}", reason="Vu au téléphone", by=cast["coordination"]
            )
            assert (ring_of(incident).closed_at is None) is is_open


def test_a_drill_climbs_the_same_ladder_and_says_so(mails, client_of, cast):
    rota()
    with scope.acting(cast["coordination"]):
        house = Partner.objects.get(code_name="Les Tilleuls")
        drill = drill_start(partner=house, by=cast["coordination"])
        assert drill.reference.startswith("IX-")
        assert (drill.is_test, list(Incident.objects.real().filter(pk=drill.pk))) == (True, [])
        with pytest.raises(ValidationError, match="déjà en cours"):
            drill_start(partner=house, by=cast["coordination"])
    for minutes in (0, 5.1, 10.2, 15.3, 20.4):
        rings_scan(at=after(minutes))
    assert called(drill) == LADDER
    page = reverse("notify:ring", args=[ring_of(drill).pk])
    assert "Ceci est un exercice" in text_of(client_of("state_reader").get(page))


@pytest.mark.parametrize("answer", [b"<html>502 Bad Gateway</html>", b"\xff\xfe\x00", b'["delivered"]', b""])
def test_a_gateway_that_answers_rubbish_is_a_message_that_left(mails, gateway, answer):
    rota(has_phones=True)
    gateway.answer = answer
    incident = declare(is_confidential=True)
    rings_scan()
    with scope.acting(account("coordination@havre.example")):
        [step] = RingStep.objects.filter(ring=ring_of(incident), channel="phone")
    assert step.sent_at
    assert step.delivered_at is None


def test_a_gateway_that_does_not_speak_http_calls_the_next_and_blocks_nobody(mails, settings, mail_server):
    rota(has_phones=True)
    settings.HAVRE_GATEWAY_URL = f"http://127.0.0.1:{mail_server.port}/"  # a mail server answers there
    incidents = [declare(is_confidential=True), declare(is_confidential=True)]
    rings_scan()
    for incident in incidents:
        assert called(incident)[:2] == [(0, "coordination"), (1, "direction")]


PARIS_NIGHT = dt.datetime(2026, 10, 25, 0, 50, tzinfo=dt.UTC)
"""2 h 50 in Paris, the first of the two: ten minutes later it is two o’clock again."""


def test_the_night_when_clocks_go_back_climbs_neither_twice_nor_late(mails):
    incident = declare()
    for minute in range(0, 26):
        at = timezone.localtime(PARIS_NIGHT + dt.timedelta(minutes=minute))  # as a civil clock says it, twice
        rings_scan(at=at)
    with scope.acting(account("coordination@havre.example")):
        rungs = RingStep.objects.filter(ring=ring_of(incident)).values_list("rung", flat=True)
        assert sorted(set(rungs)) == [0, 1, 2, 3, 4, 5]
    ring = ring_of(incident)
    assert ring.rung_at == PARIS_NIGHT + dt.timedelta(minutes=25)
    ids = [email.message_from_bytes(text.encode())["Message-ID"] for text in mails]
    assert len(ids) == len(set(ids))


def test_what_can_wait_is_told_in_the_morning_even_when_clocks_change():
    def paris(*moment, fold=0):
        return dt.datetime(*moment, tzinfo=timezone.get_current_timezone(), fold=fold)

    assert not_before_morning(paris(2026, 10, 24, 22, 0)) == paris(2026, 10, 25, 8, 0)
    assert not_before_morning(paris(2026, 10, 25, 2, 30, fold=1)) == paris(2026, 10, 25, 8, 0)
    assert not_before_morning(paris(2026, 3, 28, 23, 0)) == paris(2026, 3, 29, 8, 0)
    assert not_before_morning(paris(2026, 11, 25, 14, 0)) == paris(2026, 11, 25, 14, 0)
    assert not_before_morning(paris(2026, 11, 25, 20, 0)) == paris(2026, 11, 26, 8, 0)


def last_night() -> dt.datetime:
    """The last eleven o’clock in the evening, less than a day ago."""
    now = timezone.localtime()
    day = now.date() if now.hour >= 23 else now.date() - dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(23), timezone.get_current_timezone())


def test_a_significant_incident_waits_for_the_morning_and_a_grave_one_does_not(mails):
    night = last_night()
    at = {"by": "coordination", "occurred_at": night, "noticed_at": night, "declared_at": night}
    waiting, grave = declare("G2", **at), declare("G3", **at)
    rings_scan(at=night)
    assert called(waiting) == []
    assert called(grave)
    morning = dt.datetime.combine(night.date() + dt.timedelta(days=1), dt.time(8), night.tzinfo)
    rings_scan(at=morning - dt.timedelta(minutes=1))
    assert called(waiting) == []
    rings_scan(at=morning)
    assert called(waiting)


def test_delays_are_counted_by_the_clock_of_each_severity():
    def due(code: str, *moment) -> dt.datetime:
        severity = Value.objects.get(pk=f"gravite:{code}")
        return timezone.localtime(acknowledge_due_at(severity, timezone.make_aware(dt.datetime(*moment))))

    assert due("G4", 2026, 10, 25, 1, 50).astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 0, 20, tzinfo=dt.UTC)
    assert due("G2", 2026, 11, 27, 15, 0).replace(tzinfo=None) == dt.datetime(2026, 11, 30, 15, 0)  # Friday → Monday
    assert due("G2", 2026, 11, 28, 15, 0).replace(tzinfo=None) == dt.datetime(2026, 12, 1, 8, 0)  # a Saturday
    assert due("G2", 2026, 12, 24, 9, 0).replace(tzinfo=None) == dt.datetime(2026, 12, 28, 9, 0)  # over Christmas
    assert due("G1", 2026, 11, 23, 9, 0).replace(tzinfo=None) == dt.datetime(2026, 11, 30, 9, 0)
