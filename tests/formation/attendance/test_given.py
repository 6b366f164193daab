"""Training that was given: nothing is certified before its end, and hours are those during which people were there."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal
from formation.attendance.forms import CAME_PREFIX, LEFT_PREFIX, mark_name
from formation.attendance.rules import Presence
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import half_day_countersign, signature_give
from formation.attestations.services.attestations import attestations_issue
from formation.closure.services import session_close
from formation.enums import SessionState, Status, Way
from formation.models import Attendance, Attestation, CounterSignature, Enrolment, Session
from tests.formation.conftest import OVER


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def people(session) -> dict[str, Enrolment]:
    rows = Enrolment.objects.filter(session=session).select_related("professional")
    return {row.professional.first_name: row for row in rows}


def after(half_day, minutes: float) -> dt.datetime:
    return half_day.begins_at + dt.timedelta(minutes=minutes)


def hours(session) -> dict[str, Decimal]:
    return {name: row.hours_present for name, row in people(session).items()}


@pytest.mark.parametrize("ago", [-300, 20], ids=["tonight", "under-way"])
def test_nothing_is_certified_before_the_end(acting_as, cast, client_of, held_now, ago):
    session, half_day = held_now(ago=ago)
    trainer = cast["trainer_b"]
    with acting_as("trainer_b"):
        marks = {row.pk: Status.PRESENT for row in people(session).values()}
        if ago < 0:
            with pytest.raises(ValidationError, match="à venir"):
                attendance_record(session=session, half_day=half_day, marks=marks, by=trainer)
        else:
            attendance_record(session=session, half_day=half_day, marks=marks, by=trainer)
        with pytest.raises(ValidationError, match="se termine le"):
            half_day_countersign(half_day=half_day, marks=marks, by=trainer)
        with pytest.raises(ValidationError, match="se termine le"):
            session_close(session=session, by=trainer)
        assert not CounterSignature.objects.filter(half_day=half_day).exists()
        assert Session.objects.get(pk=session.pk).state == SessionState.PLANNED
        with pytest.raises(DatabaseError, match="not ended"), transaction.atomic():
            CounterSignature.objects.create(
                half_day=half_day, rank=1, content_hash="0" * 64, signed_by=trainer, signed_at=timezone.now()
            )
    board = text(client_of("trainer_b").get(f"/formation/demi-journees/{half_day.pk}/"))
    assert "Contresigner la feuille" not in board
    assert "se contresigne quand la demi-journée est finie" in board


def test_nothing_is_attested_before_the_end_whatever_its_state(acting_as, cast, held_now):
    session, half_day = held_now()
    trainer = cast["trainer_b"]
    with acting_as("trainer_b"):
        marks = {row.pk: Status.PRESENT for row in people(session).values()}
        attendance_record(session=session, half_day=half_day, marks=marks, by=trainer)
        with pytest.raises(ValidationError, match="une fois la session close"):
            attestations_issue(session=session, by=trainer)
        Session.objects.filter(pk=session.pk).update(state=SessionState.HELD)
        with pytest.raises(ValidationError, match="se termine le"):
            attestations_issue(session=session, by=trainer)
        with pytest.raises(DatabaseError, match="not held"), transaction.atomic():
            Attestation.objects.create(
                number="AF-2026-9999", check_code="A" * 10, enrolment=people(session)["Nadia"], title="Essai",
                starts_on=session.starts_on, ends_on=session.ends_on, expires_on=session.ends_on, content={},
                content_hash="0" * 64, issued_by=trainer, issued_at=timezone.now(),
            )  # fmt: skip


def test_late_and_left_early_count_the_hours_between(acting_as, cast, client_of, held_now):
    session, half_day = held_now(ago=OVER, people=("Nadia", "Hugo", "Yanis", "Olivier"))
    with acting_as("coordination"):
        rows = people(session)
    for name, minutes in (("Nadia Bensaïd", 2), ("Hugo Marchand", 60), ("Yanis Faure", 30)):
        signature_give(half_day=half_day, way=Way.QR, name=name, at=after(half_day, minutes))
    trainer = client_of("trainer_b")
    address = f"/formation/demi-journees/{half_day.pk}/contresigner/"
    arrival = timezone.localtime(after(half_day, 60))
    assert f'value="{arrival:%H:%M}"' in text(trainer.get(address))

    def said(name: str, status: str, came: str, left: str) -> dict[str, str]:
        key = (half_day.pk, rows[name].pk)
        return {
            mark_name(*key): status,
            mark_name(*key, prefix=CAME_PREFIX): came,
            mark_name(*key, prefix=LEFT_PREFIX): left,
        }

    hour = {minutes: f"{timezone.localtime(after(half_day, minutes)):%H:%M}" for minutes in (0, 30, 60, 120, 400)}
    sent = said("Nadia", "left_early", "", "") | said("Hugo", "present", hour[60], "")
    # The trainer saw Yanis from the beginning: his telephone was flat.
    sent |= said("Yanis", "present", "", "") | said("Olivier", "absent", "", "")
    assert "à quelle heure la personne est partie" in text(trainer.post(address, sent))
    refused = sent | said("Nadia", "left_early", "", hour[400])
    assert "pendant la demi-journée" in text(trainer.post(address, refused))
    sent |= said("Nadia", "left_early", "", hour[120])
    assert trainer.post(address, sent).status_code == 302
    with acting_as("trainer_b"):
        found = hours(session)
        # An hour typed has no seconds: the half-day of the test began at some.
        seconds = Decimal(half_day.begins_at.second) / 3600
        assert found["Nadia"] == pytest.approx(Decimal(2) - seconds, abs=Decimal("0.01"))
        assert found["Hugo"] == Decimal("2.5")
        assert (found["Yanis"], found["Olivier"]) == (Decimal("3.5"), 0)
        session_close(session=session, by=cast["trainer_b"])
        issued = attestations_issue(session=session, by=cast["trainer_b"])
        assert {row.content["person"].split()[0] for row in issued} == {"Yanis"}
    sheet = text(trainer.get(f"/formation/sessions/{session.pk}/emargement/"))
    assert f"arrivée à {hour[60]}" in sheet
    assert f"départ à {hour[120]}" in sheet
    with acting_as_journal():
        line = JournalLine.objects.filter(action="formation.attendance.record").latest("id")
        assert line.details["hours"][str(rows["Hugo"].pk)][1][0] == after(half_day, 60).astimezone(dt.UTC).isoformat()


def test_a_status_alone_leaves_the_hours_to_the_signature_and_a_correction_moves_them(acting_as, cast, held_now):
    session, half_day = held_now(ago=OVER, people=("Nadia",))
    signature_give(half_day=half_day, way=Way.QR, name="Nadia Bensaïd", at=after(half_day, 90))
    trainer = cast["trainer_b"]
    with acting_as("trainer_b"):
        pk = people(session)["Nadia"].pk

        def record(said: Status | Presence) -> int:
            return len(attendance_record(session=session, half_day=half_day, marks={pk: said}, by=trainer))

        assert record(Status.PRESENT) == 1
        assert hours(session) == {"Nadia": Decimal("2")}
        assert record(Status.PRESENT) == 0
        assert record(Presence("left_early", after(half_day, 30), after(half_day, 45))) == 1
        assert hours(session) == {"Nadia": Decimal("0.25")}
        for wrong in (
            Presence("left_early"),
            Presence("absent", after(half_day, 1)),
            Presence("present", None, after(half_day, 60)),
            Presence("present", after(half_day, 900)),
            Presence("left_early", after(half_day, 60), after(half_day, 30)),
        ):
            with pytest.raises(ValidationError):
                record(wrong)
        half_day.hours = Decimal("0.5")
        half_day.save(update_fields=["hours"])
        assert hours(session) == {"Nadia": Decimal("0")}
        assert record(Status.EXCUSED) == 1
        assert hours(session) == {"Nadia": Decimal("0")}
        assert Attendance.objects.get().came_at is None
