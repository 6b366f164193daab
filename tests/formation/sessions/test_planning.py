"""Waiting list, messages with a calendar, postponement and cancellation, clocks of overseas, trainers in one place."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from formation.attendance.services.signatures import excuse_tell
from formation.closure.services import session_cancel
from formation.enums import NoticeKind, Period, SessionState
from formation.models import Enrolment, Excuse, Professional, Session, SessionNotice, WaitingEntry
from formation.people.services.people import enrol, enrolment_cancel, waiting_ask
from formation.sessions.services.notices import notices_hand_over
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.notify.steps import messages_leave, obligations_end


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def plan(cast, *, days: int = 40, start: dt.time = dt.time(9), trainer: str = "trainer_b", **facts) -> Session:
    day = timezone.localdate() + dt.timedelta(days=days)
    planned = {
        "module_code": "M1",
        "starts_on": day,
        "ends_on": day,
        "half_days": [(day, Period.MORNING, Decimal("3"), start)],
        "trainers": [cast[trainer]],
    }
    return session_plan(SessionFacts(**(planned | facts)), planned_by=cast[trainer])


def unfolded(content: str) -> list[str]:
    return content.replace("\r\n ", "").split("\r\n")


def calendar_of(message) -> list[str]:
    [(name, content, kind)] = message.attachments
    assert name == "formation.ics"
    assert kind.startswith("text/calendar")
    return unfolded(content if isinstance(content, str) else content.decode())


def test_a_place_given_back_goes_to_the_first_who_waits_in_another_team(acting_as, cast, client_of, sessions):
    with acting_as("trainer_b"):
        session = plan(cast, capacity=1)
    people = {}
    with acting_as("coordination"):
        for person in Professional.objects.filter(first_name__in=("Nadia", "Olivier", "Hugo")):
            people[person.first_name] = person
        Professional.objects.filter(first_name="Hugo").update(email="hugo@exemple.fr")
        with pytest.raises(ValidationError, match="Il reste des places"):
            waiting_ask(session=session, professional=people["Hugo"], by=cast["coordination"])
        taken = enrol(session=session, professional=people["Nadia"], by=cast["coordination"])
    address = f"/formation/sessions/{session.pk}/inscrire/"
    answer = client_of("director_b").post(address, {"people": [str(people["Hugo"].pk)]}, follow=True)
    assert "Une personne attend une place" in text(answer)
    director = client_of("director_a")
    director.post(address, {"people": [str(people["Olivier"].pk)]})
    page = text(director.get(f"/formation/sessions/{session.pk}/"))
    assert "Olivier" in page
    assert "Hugo" not in page
    assert client_of("director_b").post(address, {"people": [str(people["Hugo"].pk)]}).status_code == 422

    assert director.post(f"/formation/inscriptions/{taken.pk}/annuler/").status_code == 302
    with acting_as("coordination"):
        assert Enrolment.objects.live().get(session=session).professional == people["Hugo"]
        assert WaitingEntry.objects.get(enrolment=None).professional == people["Olivier"]
    obligations_end()
    mail.outbox.clear()
    assert notices_hand_over() == 1
    assert notices_hand_over() == 0
    messages_leave()
    [message] = mail.outbox
    assert message.to == ["hugo@exemple.fr"]
    assert "une place s’est libérée" in message.subject
    entry = text(director.get(f"/formation/sessions/{session.pk}/"))
    link = entry.split("/formation/attente/")[1].split('"')[0]
    assert client_of("director_b").post(f"/formation/attente/{link}").status_code == 404
    assert director.post(f"/formation/attente/{link}").status_code == 302
    with acting_as("coordination"):
        enrolment_cancel(enrolment=Enrolment.objects.live().get(session=session), by=cast["coordination"])
        assert not Enrolment.objects.live().filter(session=session).exists()


def test_everybody_is_told_with_a_calendar_that_replaces_the_one_before(acting_as, cast, client_of, sessions):
    with acting_as("trainer_b"):
        session = plan(cast, territory_id="974", venue="Saint-Denis, maison des associations ; salle 2, étage")
    with acting_as("coordination"):
        yanis = Professional.objects.get(first_name="Yanis")
        row = enrol(session=session, professional=yanis, by=cast["coordination"])
        excuse_tell(enrolment=row, half_days=list(session.half_days.all()), by=cast["coordination"])
        half_day = session.half_days.get()
    obligations_end()
    mail.outbox.clear()
    notices_hand_over()
    messages_leave()
    first = calendar_of(mail.outbox[0])
    assert "METHOD:PUBLISH" in first
    assert f"DTSTART:{half_day.day:%Y%m%d}T050000Z" in first
    assert "SEQUENCE:0" in first
    assert "LOCATION:Saint-Denis\\, maison des associations \\; salle 2\\, étage" in first
    assert "de 09:00 à 12:00 (heure de La Réunion)" in mail.outbox[0].body
    browser = client_of("trainer_b")
    assert "de 09:00 à 12:00 (heure de La Réunion)" in text(browser.get(f"/formation/sessions/{session.pk}/"))
    raw = browser.get(f"/formation/sessions/{session.pk}/agenda/").content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75

    with connection.cursor() as cursor:  # it was planned in another request
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    moved = half_day.day + dt.timedelta(days=7)
    address = f"/formation/sessions/{session.pk}/reporter/"
    assert browser.post(address, {"day_1": "jamais", "from_1": "10:30"}).status_code == 422
    assert browser.post(address, {"day_1": moved.isoformat(), "from_1": "10:30"}).status_code == 302
    with acting_as("trainer_b"):
        session.refresh_from_db()
        assert (session.starts_on, session.sequence) == (moved, 1)
        assert Excuse.objects.get().sequence == 0
    obligations_end()
    mail.outbox.clear()
    assert notices_hand_over() == 1
    messages_leave()
    second = calendar_of(mail.outbox[0])
    assert "SEQUENCE:1" in second
    assert f"DTSTART:{moved:%Y%m%d}T063000Z" in second
    assert [line for line in first if line.startswith("UID")] == [line for line in second if line.startswith("UID")]

    with acting_as("trainer_b"):
        session_cancel(session=session, by=cast["trainer_b"])
        assert Session.objects.get(pk=session.pk).state == SessionState.CANCELLED
    obligations_end()
    mail.outbox.clear()
    notices_hand_over()
    messages_leave()
    over = calendar_of(mail.outbox[0])
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2"} <= set(over)
    with acting_as("coordination"):
        kinds = SessionNotice.objects.filter(enrolment=row).values_list("kind", flat=True)
        assert set(kinds) == {NoticeKind.INVITED, NoticeKind.POSTPONED, NoticeKind.CANCELLED}
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"day_1": moved.isoformat(), "from_1": "10:30"}).status_code == 422


@pytest.mark.parametrize(("territory", "hour"), [("971", 13), ("974", 5), ("59", 8)])
def test_nine_o_clock_is_that_of_the_place(acting_as, cast, territory, hour):
    with acting_as("trainer_b"):
        day = dt.date(2027, 1, 12)
        slots = [(day, Period.MORNING, Decimal("3"))]
        session = plan(cast, starts_on=day, ends_on=day, half_days=slots, territory_id=territory)
        begins = session.half_days.get().begins_at
    assert begins == dt.datetime(2027, 1, 12, hour, tzinfo=dt.UTC)


def test_a_trainer_is_in_one_place_at_a_time(acting_as, cast):
    with acting_as("trainer_b"):
        first = plan(cast, start=dt.time(9))
        with pytest.raises(ValidationError, match="anime une autre session"):
            plan(cast, start=dt.time(11, 30))
        # Nine o’clock in Guadeloupe is not nine o’clock in Paris.
        plan(cast, start=dt.time(9), territory_id="971")
        plan(cast, start=dt.time(19))
        session_cancel(session=first, by=cast["trainer_b"])
        plan(cast, start=dt.time(9, 15), half_days=[(first.starts_on, Period.MORNING, Decimal("2.5"), dt.time(9, 15))])
