"""What people are told: by real SMTP, once, in their time, to them alone, and never once it is over."""

import datetime as dt
import email
import uuid
from email.policy import default

import pytest
from django.db import DatabaseError, connection, transaction

from cases.models import Sollicitation
from cases.requests.messages.services import sollicitation_ask_more, sollicitation_reply
from cms.kit.mails import message_id
from cms.notify.enums import Timing
from cms.notify.inbox.rules import notification_kinds
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.inbox.services.obligations import (
    Recipient,
    notification_choose,
    notification_close,
    notification_owe,
    notifications_follow,
)
from cms.notify.models import Obligation, Sending
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.services import setting_change
from cms.wall import scope
from tests.cast.situations import rows as cast_rows
from tests.notify.steps import obligations_end

NOON = dt.datetime(2026, 11, 25, 11, tzinfo=dt.UTC)
TERM, PROPOSAL, SIGNATURE = "convention_term", "proposal", "signature"


def person(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '-')}@havre.example")


def structure() -> Partner:
    with scope.acting(scope.FIGURES):
        return Partner.objects.get(code_name="Les Tilleuls")


def owe(kind: str, key: str = "director_a", *, due_on: dt.date | None = None, **options) -> uuid.UUID:
    """Owed by the coordination, to a director as a member of their structure unless told."""
    object_id = uuid.uuid4()
    if key == "director_a":
        options = {"partner_id": structure().pk, "role": "structure_director"} | options
    with scope.acting(person("coordination")):
        owed = Recipient(object_id=object_id, person_id=person(key).pk, due_on=due_on, **options)
        notification_owe(kind=kind, owed=[owed])
    return object_id


def received(mails: list[str]) -> list[tuple[str, str]]:
    """(to whom, subject) of what the server of messages took, which then forgets it."""
    found = [email.message_from_bytes(text.encode(), policy=default) for text in mails]
    mails.clear()
    return sorted((message["To"], plain(message["Subject"])) for message in found)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def obligation(object_id: uuid.UUID) -> Obligation:
    with scope.acting(scope.NOTIFY):
        return Obligation.objects.get(object_id=object_id)


def jobs() -> int:
    """How many are queued to send."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cms.notify.tasks.notifications'")
        return cursor.fetchone()[0]


@pytest.fixture
def quiet_database(cast):
    """Whatever the cast is owed is over: the tests own what they see."""
    obligations_end()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


pytestmark = pytest.mark.usefixtures("quiet_database")


def test_a_message_leaves_once_and_says_nothing_of_anybody(mails):
    object_id = owe(PROPOSAL, due_on=dt.date(2026, 12, 24))
    assert notifications_send(at=NOON) == 1
    [text] = mails
    message = email.message_from_bytes(text.encode(), policy=default)
    body = message.get_content()
    assert message["To"] == "director-a@havre.example"
    assert plain(message["Subject"]) == "Havre : une proposition attend votre réponse"
    assert f"/boite/{obligation(object_id).pk}/" in body
    assert "avant le 24 décembre 2026" in plain(body)
    assert not any(word in body for word in ("Tilleuls", "M-20", "Alice", str(object_id)))
    assert [notifications_send(at=NOON + dt.timedelta(hours=hours)) for hours in (0, 1, 24)] == [0, 0, 0]
    with scope.acting(scope.NOTIFY):
        sent = Sending.objects.get(obligation__object_id=object_id)
    assert message["Message-ID"] == message_id(sent.pk)


def test_nothing_leaves_for_a_change_that_was_rolled_back(mails):
    class Stop(Exception):
        pass

    def owe_and_fail() -> None:
        with scope.acting(person("coordination")), transaction.atomic():
            owe(PROPOSAL)
            raise Stop

    with pytest.raises(Stop):
        owe_and_fail()
    assert notifications_send(at=NOON) == 0
    assert jobs() == 0
    owe(PROPOSAL)
    assert jobs() == 1


def test_it_is_owed_once_and_its_job_is_queued_with_it():
    object_id, told = uuid.uuid4(), person("director_a").pk
    with scope.acting(person("coordination")):
        owed = [Recipient(object_id=object_id, person_id=told)]
        assert [notification_owe(kind=PROPOSAL, owed=owed) for _ in range(2)] == [1, 0]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'cms.notify.tasks.notifications'"
            )
            assert cursor.fetchone()[0] == 1
        assert notification_close(kind=PROPOSAL, object_id=object_id) == 1
        assert notification_owe(kind=PROPOSAL, owed=owed) == 1


def test_closing_ends_the_message_and_its_reminders(mails):
    day = NOON.date()
    object_id = owe(SIGNATURE, due_on=day + dt.timedelta(days=7))
    assert notifications_send(at=NOON) == 1
    with scope.acting(person("coordination")):
        notification_close(kind=SIGNATURE, object_id=object_id)
    assert [notifications_send(at=NOON + dt.timedelta(days=days)) for days in (1, 7, 8)] == [0, 0, 0]


@pytest.mark.parametrize("change", ["left", "revoked", "inactive"])
def test_who_has_left_is_told_nothing_more(mails, change):
    object_id = owe(PROPOSAL)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        table = "partners_membership"
        where = "user_id = %s AND partner_id = %s"
        values = [person("director_a").pk, structure().pk]
        statement = {
            "left": f"UPDATE {table} SET ends_on = current_date - 1 WHERE {where}",
            "revoked": f"UPDATE {table} SET revoked_at = now() WHERE {where}",
            "inactive": "UPDATE users_user SET is_active = false WHERE id = %s",
        }[change]
        cursor.execute(statement, values[:1] if change == "inactive" else values)
        cursor.execute("SET ROLE havre_app")
    assert notifications_send(at=NOON) == 0
    assert obligation(object_id).closed_at is not None
    assert mails == []


MATRIX = [
    # kind, what was chosen, hour in Paris, what arrives then
    (TERM, None, 12, "digest"),
    (TERM, None, 7, ""),
    (TERM, Timing.NOW, 12, "one"),
    (TERM, Timing.NOW, 23, ""),
    (TERM, Timing.MORNING, 23, "digest"),
    (TERM, Timing.NEVER, 12, ""),
    (SIGNATURE, None, 12, "one"),
    (SIGNATURE, None, 3, ""),
    (SIGNATURE, Timing.MORNING, 12, "digest"),
    (SIGNATURE, Timing.MORNING, 6, ""),
    (SIGNATURE, Timing.NEVER, 12, ""),
    (PROPOSAL, None, 3, "one"),
    (PROPOSAL, None, 12, "one"),
]


@pytest.mark.parametrize(("kind", "chosen", "hour", "arrives"), MATRIX)
def test_each_is_told_when_they_want(mails, kind, chosen, hour, arrives):
    key = "coordination" if kind == TERM else "director_a"
    if chosen:
        with scope.acting(person(key)):
            notification_choose(by=person(key), timings={kind: chosen})
    owe(kind, key, due_on=dt.date(2026, 11, 26))
    notifications_send(at=dt.datetime(2026, 11, 25, hour - 1, 30, tzinfo=dt.UTC))
    subjects = [subject for _, subject in received(mails)]
    assert len(subjects) == (1 if arrives else 0)
    assert (arrives == "digest") == ("récapitulatif" in "".join(subjects))


def test_an_urgent_kind_is_not_for_choosing():
    urgent = [kind.kind for kind in notification_kinds() if kind.is_urgent]
    assert PROPOSAL in urgent
    for kind in [*urgent, "inconnu"]:
        with scope.acting(person("director_a")), pytest.raises(Exception, match="toujours aussitôt"):
            notification_choose(by=person("director_a"), timings={kind: Timing.NEVER})


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def test_the_morning_is_that_of_paris_even_when_the_clock_changes(mails):
    """In 2026 the clock goes back on 25 October: 8 h in Paris is 6 h UTC the day before, and 7 h UTC that day."""
    owe(TERM, "coordination", due_on=dt.date(2026, 10, 24))
    told = [notifications_send(at=at(text)) for text in ("2026-10-24 05:59", "2026-10-24 06:00", "2026-10-24 06:01")]
    assert told == [0, 1, 0]
    for _ in range(2):
        owe(TERM, "coordination", due_on=dt.date(2026, 10, 30))
    hours = ("2026-10-24 20:00", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 06:30", "2026-10-25 07:00")
    assert [notifications_send(at=at(text)) for text in hours] == [0, 0, 0, 0, 1]
    assert notifications_send(at=at("2026-10-25 23:30")) == 0
    first, second = (email.message_from_bytes(text.encode(), policy=default) for text in mails)
    assert first["Message-ID"] != second["Message-ID"]
    assert "Une convention arrive à son terme (2)" in second.get_content()


def test_the_night_of_the_clock_change_keeps_its_quiet_hours(mails):
    owe(SIGNATURE, due_on=dt.date(2026, 10, 26))
    quiet = ("2026-10-24 18:00", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 05:59")
    assert [notifications_send(at=at(text)) for text in quiet] == [0, 0, 0, 0]
    assert notifications_send(at=at("2026-10-25 06:00")) == 1


def test_a_reminder_whose_day_was_missed_leaves_once_with_the_nearest(mails):
    """30 and 7 days before, and once over: a worker that was away a month sends one message, not three."""
    day = NOON.date()
    owe(SIGNATURE, due_on=day + dt.timedelta(days=40))
    sent = [notifications_send(at=NOON + dt.timedelta(days=days)) for days in (0, 9, 10, 36, 36, 40, 41, 60)]
    assert sent == [0, 0, 1, 1, 0, 0, 1, 0]


def test_the_first_message_of_something_already_near_counts_as_its_reminder(mails):
    owe(PROPOSAL, due_on=NOON.date() + dt.timedelta(days=1))
    assert [notifications_send(at=NOON + dt.timedelta(hours=hours)) for hours in (0, 1, 24, 25)] == [1, 0, 1, 0]


def test_a_server_that_is_down_loses_nothing(settings, mail_server, mails):
    owe(PROPOSAL)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    assert notifications_send(at=NOON) == 0
    settings.EMAIL_PORT = port
    assert notifications_send(at=NOON + dt.timedelta(seconds=30)) == 0
    assert notifications_send(at=NOON + dt.timedelta(minutes=2)) == 1
    assert len(mails) == 1


def test_nobody_reads_the_inbox_of_another(acting_as, cast):
    object_id = owe(PROPOSAL)
    for key in cast:
        with acting_as(key):
            seen = Obligation.objects.filter(object_id=object_id).exists()
            assert seen is (key == "director_a"), key
            assert not Sending.objects.exists()
    with acting_as("director_a"):
        row = Obligation.objects.get(object_id=object_id)
        for change in ({"closed_at": NOON}, {"due_on": NOON.date()}, {"person_id": cast["director_b"].pk}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Obligation.objects.filter(pk=row.pk).update(**change)
    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        Obligation.objects.create(kind=PROPOSAL, object_id=uuid.uuid4(), person=cast["director_a"], owed_at=NOON)


def test_what_is_worked_out_from_the_state_opens_and_closes_with_it(mails):
    kept, gone, told = uuid.uuid4(), uuid.uuid4(), person("coordination").pk
    day = NOON.date() + dt.timedelta(days=20)

    def follow(*objects: uuid.UUID, due_on: dt.date = day) -> None:
        notifications_follow(
            kind=TERM, owed=[Recipient(object_id=one, person_id=told, due_on=due_on) for one in objects]
        )

    follow(kept, gone)
    first = obligation(kept)
    follow(kept)
    assert (obligation(kept).pk, obligation(kept).closed_at) == (first.pk, None)
    assert obligation(gone).closed_at is not None
    notifications_send(at=NOON)
    follow(kept, due_on=day + dt.timedelta(days=5))
    with scope.acting(scope.NOTIFY):
        assert Obligation.objects.open().get(object_id=kept).pk != first.pk


def test_a_question_waits_for_its_answer_and_an_answer_for_its_reader(mails, client_of, cast):
    with scope.acting(cast["coordination"]):
        asked = Sollicitation.objects.get(pk=cast_rows()["sollicitation_a"].pk)
        sollicitation_ask_more(sollicitation=asked, text="Quelle date ?", by=cast["coordination"])
    notifications_send(at=NOON)
    assert received(mails) == [("gendarme@havre.example", "Havre : un message attend votre réponse")]
    with scope.acting(cast["gendarme"]):
        sollicitation_reply(sollicitation=Sollicitation.objects.get(pk=asked.pk), text="Demain.", by=cast["gendarme"])
        assert not Obligation.objects.open().filter(object_id=asked.pk).exists()
    with scope.acting(cast["coordination"]):
        asked.refresh_from_db()
        row = Obligation.objects.open().get(object_id=asked.pk, person_id=asked.taken_by_id)
    client = client_of("coordination" if asked.taken_by_id == cast["coordination"].pk else "direction")
    answer = client.get(f"/boite/{row.pk}/")
    assert answer.status_code == 302
    assert str(asked.pk) in answer["Location"]
    with scope.acting(scope.NOTIFY):
        assert not Obligation.objects.open().filter(object_id=asked.pk).exists()


def test_quiet_hours_and_the_hour_of_the_morning_are_settings(mails):
    with scope.acting(person("coordination")):
        for key, value in (("notify.quiet_from", 0), ("notify.quiet_to", 0), ("notify.digest_hour", 10)):
            setting_change(key=key, value=value, changed_by_id=person("coordination").pk)
    owe(SIGNATURE, due_on=dt.date(2026, 11, 26))
    owe(TERM, "coordination", due_on=dt.date(2026, 11, 26))
    assert notifications_send(at=at("2026-11-25 02:00")) == 1
    assert [notifications_send(at=at(f"2026-11-25 {hour}")) for hour in ("08:59", "09:00")] == [0, 1]
