"""Who is called, when, and what stops it."""

import datetime as dt
import email
import uuid
from email.header import decode_header, make_header

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.requests.services.sollicitations import sollicitation_close, sollicitation_correct, sollicitation_take
from cms.accounts.enums import Decision
from cms.accounts.services.rights import rights_change_ask, rights_change_decide
from cms.kit.mails import message_id
from cms.notify.duty.services.duties import duty_add, duty_cancel
from cms.notify.duty.services.rings import ring_acknowledge
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import Duty, Ring, RingStep
from cms.users.roles import Role
from cms.values.services import setting_change
from cms.wall import scope
from tests.cast.people import role_hold
from tests.notify.steps import COORDINATION, ask, called, ring_of, rota, steps_of

pytestmark = pytest.mark.django_db
NOW = timezone.now


def after(minutes: float) -> dt.datetime:
    return NOW() + dt.timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def quiet(cast):
    """What the cast left open does not ring here."""
    with scope.acting(cast["coordination"]):
        Ring.objects.open().update(closed_at=NOW())
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)


def test_an_urgent_request_calls_the_first_on_duty_and_nobody_else(mails):
    rota()
    request = ask()
    rings_scan()
    assert called(request) == [(0, "coordination", "mail")]
    assert len(mails) == 1


def test_brothers_and_sisters_ring_once(mails, cast):
    rota()
    group = uuid.uuid4()
    first, second = (ask(group_id=group) for _ in range(2))
    rings_scan()
    assert called(first) == [(0, "coordination", "mail")]
    assert len(mails) == 1
    with scope.acting(cast["coordination"]):
        assert not Ring.objects.filter(object_id=second.pk).exists()
        sollicitation_close(sollicitation=first, outcome_id="decision:SANS-SUITE", by=cast["coordination"])
        assert Ring.objects.open().get(object_id__in=[first.pk, second.pk]).object_id == second.pk
        sollicitation_take(sollicitation=second, by=cast["coordination"])
        assert not Ring.objects.open().filter(object_id__in=[first.pk, second.pk]).exists()


@pytest.mark.parametrize(
    ("urgency", "does_ring"), [("U0", True), ("U1", True), ("U2", False), ("U3", False), ("U4", False)]
)
def test_only_urgent_requests_ring(urgency, does_ring, cast):
    request = ask(f"urgence:{urgency}")
    with scope.acting(cast["coordination"]):
        assert Ring.objects.filter(object_id=request.pk).exists() is does_ring


def test_a_call_heard_on_the_telephone_rings_too(mails):
    rota()
    request = ask(by=COORDINATION, received_at=NOW() - dt.timedelta(minutes=20))
    rings_scan()
    assert called(request) == [(0, "coordination", "mail")]


def test_what_is_entered_a_day_later_wakes_nobody(cast):
    request = ask(received_at=NOW() - dt.timedelta(hours=25))
    with scope.acting(cast["coordination"]):
        assert not Ring.objects.filter(object_id=request.pk).exists()


def test_a_rolled_back_request_rings_nobody(cast):
    class Undone(Exception):
        pass

    def undone():
        with transaction.atomic():
            ask()
            raise Undone

    with pytest.raises(Undone):
        undone()
    with scope.acting(cast["coordination"]):
        assert not Ring.objects.open().exists()


def test_an_urgency_that_is_corrected_rings_or_stops(cast):
    request = ask("urgence:U2")
    with scope.acting(cast["coordination"]):
        sollicitation_correct(sollicitation=request, by=cast["coordination"], urgency_id="urgence:U0")
        request.refresh_from_db()
        assert ring_of(request).closed_at is None
        sollicitation_correct(sollicitation=request, by=cast["coordination"], urgency_id="urgence:U3")
    assert ring_of(request).closed_at


def test_no_answer_climbs_by_itself_and_begins_again_at_the_top(mails):
    rota()
    request = ask()
    for minutes in (0, 4, 5.1, 6, 10.2, 15.3):
        rings_scan(at=after(minutes))
    assert called(request) == [
        (0, "coordination", "mail"),
        (1, "direction", "mail"),
        (2, "coordination", "mail"),
        (3, "direction", "mail"),
    ]


def test_the_delay_is_a_setting(mails, cast):
    rota()
    with scope.acting(cast["coordination"]):
        setting_change(key="notify.answer_minutes", value=20, changed_by_id=cast["coordination"].pk)
    request = ask()
    for minutes in (0, 19):
        rings_scan(at=after(minutes))
    assert [rung for rung, *_ in called(request)] == [0]
    rings_scan(at=after(20.1))
    assert [rung for rung, *_ in called(request)] == [0, 1]


def test_nobody_in_the_rota_calls_the_whole_coordination(mails):
    request = ask()
    rings_scan()
    assert called(request) == [(0, "coordination", "mail"), (0, "direction", "mail")]


def test_somebody_who_lost_the_role_is_not_called(mails, cast):
    trainee = cast["trainee"]
    role_hold(trainee, Role.COORDINATION)
    with scope.acting(cast["coordination"]):
        duty_add(person=trainee, rank=1, starts_at=after(-60), ends_at=after(60))
        duty_add(person=cast["direction"], rank=2, starts_at=after(-60), ends_at=after(60))
        change = rights_change_ask(user=trainee, role=Role.COORDINATION, is_given=False, reason="départ")
    with scope.acting(cast["direction"]):
        rights_change_decide(change=change, decision=Decision.APPROVED)
    request = ask()
    rings_scan()
    assert called(request) == [(0, "direction", "mail")]


def test_the_message_says_nothing_and_keeps_one_id(mails):
    rota()
    request = ask()
    rings_scan()
    [step] = steps_of(request)
    with scope.acting(scope.NOTIFY):
        RingStep.objects.update(sent_at=None, tried_at=None, tries=0)
    rings_scan()
    first, second = (email.message_from_bytes(text.encode()) for text in mails)
    assert first["Message-ID"] == second["Message-ID"] == message_id(step.pk)
    subject = str(make_header(decode_header(first["Subject"])))
    assert subject == "Havre\u00a0: un message urgent vous attend"
    body = first.get_payload(decode=True).decode()
    assert f"/astreinte/{step.ring_id}/" in body
    for word in ("MARQUEUR", request.reference, "Brigade", "gendarme", "mineur", "demande"):
        assert word.lower() not in (body + subject).lower()


def test_acknowledged_stops_the_ladder(mails, cast):
    rota()
    request = ask()
    rings_scan()
    with scope.acting(cast["coordination"]):
        assert ring_acknowledge(ring=ring_of(request), by=cast["coordination"])
    rings_scan(at=after(10))
    assert called(request) == [(0, "coordination", "mail")]
    [step] = steps_of(request)
    assert step.sent_at <= step.opened_at == step.acknowledged_at


def test_a_call_and_its_request_are_taken_in_one_act(mails, cast):
    rota()
    request = ask()
    rings_scan()
    with scope.acting(cast["coordination"]):
        assert ring_acknowledge(ring=ring_of(request), by=cast["coordination"])
        request.refresh_from_db()
        assert (request.state, request.taken_by) == ("in_charge", cast["coordination"])
        ring = Ring.objects.get(object_id=request.pk)
        assert (ring.acknowledged_by, ring.closed_at is None) == (cast["coordination"], False)
    rings_scan(at=after(15.1))
    assert called(request) == [(0, "coordination", "mail")]


def test_who_comes_second_is_told_who_was_first(client_of, cast):
    rota()
    request = ask()
    ring = ring_of(request)
    first, second = client_of("direction"), client_of("coordination")
    address, file = reverse("notify:ring", args=[ring.pk]), reverse("cases_sollicitation:night", args=[request.pk])
    assert first.post(address).url == file
    told = second.post(address, follow=True).content.decode()
    assert "Denis Aubin a pris cet appel à" in told
    told = second.post(reverse("cases_sollicitation:take", args=[request.pk])).content.decode()
    assert "Denis Aubin suit déjà cette demande" in told


def test_a_request_taken_on_its_file_tells_its_call_who_took_it(client_of, cast):
    rota()
    request = ask()
    ring = ring_of(request)
    client_of("direction").post(reverse("cases_sollicitation:take", args=[request.pk]))
    told = client_of("coordination").post(reverse("notify:ring", args=[ring.pk]), follow=True).content.decode()
    assert "Denis Aubin a pris cet appel à" in told
    assert "Denis Aubin s’en est chargé" in told


def test_of_two_who_answer_the_second_is_told(mails, cast):
    rota()
    ring = ring_of(ask())
    with scope.acting(cast["direction"]):
        assert ring_acknowledge(ring=ring, by=cast["direction"])
    with scope.acting(cast["coordination"]):
        assert not ring_acknowledge(ring=ring, by=cast["coordination"])
        assert Ring.objects.get(pk=ring.pk).acknowledged_by == cast["direction"]


@pytest.mark.parametrize("is_taken", [True, False])
def test_taking_or_closing_the_request_ends_the_ring(is_taken, mails, cast):
    rota()
    request, by = ask(), cast["coordination"]
    rings_scan()
    with scope.acting(by):
        if is_taken:
            sollicitation_take(sollicitation=request, by=by)
        else:
            sollicitation_close(sollicitation=request, outcome_id="decision:HORS-CHAMP", by=by)
    rings_scan(at=after(60))
    assert ring_of(request).closed_at
    assert len(mails) == 1


def test_a_gateway_that_is_down_calls_the_next_at_once_and_is_tried_again(mails, gateway):
    rota(has_phones=True)
    gateway.status = 503
    request = ask()
    rings_scan()
    assert called(request) == [(0, "coordination", "mail"), (1, "direction", "mail")]
    gateway.status = 200
    rings_scan(at=after(2.1))
    assert (0, "coordination", "phone") in called(request)
    assert (1, "direction", "phone") in called(request)


def test_a_gateway_that_stays_down_is_tried_five_times_and_the_ladder_keeps_its_pace(mails, gateway):
    rota(has_phones=True)
    gateway.status = 503
    request = ask()
    told = []
    for minutes in range(0, 31, 1):
        rings_scan(at=after(minutes))
        told.append({step.rung: step.tries for step in steps_of(request) if step.channel == "phone"})
    # The pause grows: at once, then after 2, 4, 6 and 8 minutes; then no more.
    assert [told[minute][0] for minute in (0, 1, 2, 5, 6, 11, 12, 19, 20, 30)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert max(told[20]) == 5  # two at once, then one each five minutes


def test_the_gateway_is_given_a_number_a_link_and_a_signature(mails, gateway):
    rota(has_phones=True)
    request = ask()
    rings_scan()
    [(body, headers)] = gateway.received
    assert body["to"] == "06 00 00 00 01"
    assert "MARQUEUR" not in str(body)
    assert headers["Idempotency-Key"] == body["id"]
    [step] = [step for step in steps_of(request) if step.channel == "phone"]
    assert step.sent_at
    assert not step.delivered_at


def test_what_the_gateway_says_at_once_is_kept(mails, gateway):
    rota(has_phones=True)
    gateway.answer = {"state": "delivered"}
    request = ask()
    rings_scan()
    assert [step.delivered_at is not None for step in steps_of(request)] == [False, True]


def test_a_mail_server_that_is_down_calls_the_next(settings, mails, mail_server):
    rota()
    settings.EMAIL_PORT = 9  # nobody listens there
    request = ask()
    rings_scan()
    assert called(request) == []
    assert {step.rung for step in steps_of(request)} == {0, 1}
    settings.EMAIL_PORT = mail_server.port
    rings_scan(at=after(2.1))
    assert called(request) == [(0, "coordination", "mail"), (1, "direction", "mail")]


def test_each_move_leaves_a_line(mails, cast):
    from cms.journal.models import JournalLine

    rota()
    ring = ring_of(ask())
    rings_scan()
    with scope.acting(cast["direction"]):
        ring_acknowledge(ring=ring, by=cast["direction"])
        lines = JournalLine.objects.filter(object_id=ring.pk).order_by("at")
        said = list(lines.values_list("action", "actor_system"))
    acts = ("open", ""), ("climb", "notify"), ("close", ""), ("acknowledge", "")
    assert said == [(f"notify.ring.{act}", actor) for act, actor in acts]


def test_who_asks_sees_no_ring_nor_rota(cast):
    rota()
    ask()
    with scope.acting(cast["gendarme"]):
        assert not Ring.objects.exists()
        assert not Duty.objects.exists()
    with scope.acting(scope.NOTIFY):
        from cases.models import Sollicitation

        assert not Sollicitation.objects.exists()


def test_nobody_writes_a_ring_but_through_its_services(cast):
    ring = ring_of(ask())
    with scope.acting(cast["coordination"]):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ring.objects.filter(pk=ring.pk).update(rung=7, rung_at=NOW())
        with pytest.raises(DatabaseError), transaction.atomic():
            Ring.objects.filter(pk=ring.pk).update(acknowledged_at=NOW(), acknowledged_by=cast["direction"])
        with pytest.raises(DatabaseError), transaction.atomic():
            Ring.objects.create(kind="sollicitation", object_id=ring.pk, opened_at=NOW())
