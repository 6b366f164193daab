"""The register: who sees a request, how its delay runs, what an answer must say."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.data_rights.enums import Asker, ExtensionReason, IdentityCheck, RefusalReason, RequestState, Right, StepKind
from cms.data_rights.models import RightsDetail, RightsRequest, RightsStep
from cms.data_rights.register.services import (
    request_close,
    request_entrust,
    request_extend,
    request_identity,
    request_link,
    request_note,
    request_register,
)
from cms.journal.models import JournalLine
from tests.cast.people import PEOPLE

ANSWER = "Une réponse écrite lui a été remise en main propre."


def register(by, **facts):
    facts = {
        "right": Right.ACCESS,
        "asker": Asker.MINOR,
        "name": "Un nom",
        "received_on": timezone.localdate(),
    } | facts
    return request_register(by=by, **facts)


@pytest.mark.parametrize("key", PEOPLE)
def test_who_sees_which_request(acting_as, request_a, request_dpo, key):
    seen = {"dpo": {request_a, request_dpo}, "direction": {request_a, request_dpo}, "coordination": {request_a}}
    with acting_as(key):
        assert set(RightsRequest.objects.all()) == seen.get(key, set())
        assert {detail.request_id for detail in RightsDetail.objects.all()} == {row.pk for row in seen.get(key, ())}
        assert {step.request_id for step in RightsStep.objects.all()} == {row.pk for row in seen.get(key, ())}


@pytest.mark.parametrize("key", [key for key in PEOPLE if key not in ("dpo", "direction", "coordination")])
def test_the_database_refuses_a_request_written_by_others(acting_as, cast, key):
    today = timezone.localdate()
    with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.create(
            reference="D-1999-0001",
            right=Right.ACCESS,
            asker=Asker.PARENT,
            received_on=today,
            due_on=today + dt.timedelta(days=30),
            registered_by=cast[key],
            is_with_coordination=True,
        )


def test_what_the_coordination_enters_it_sees(acting_as, cast):
    with acting_as("coordination"):
        row = register(cast["coordination"])
        assert RightsRequest.objects.filter(pk=row.pk).exists()


def test_entrusting_opens_a_request_to_the_coordination(acting_as, cast, request_dpo):
    with acting_as("coordination"), pytest.raises(ValidationError):
        request_entrust(request=request_dpo, by=cast["coordination"])
    with acting_as("dpo"):
        request_entrust(request=request_dpo, by=cast["dpo"])
    with acting_as("coordination"):
        assert request_dpo in RightsRequest.objects.all()


def test_data_protection_ties_a_request_to_a_file_that_it_does_not_see(acting_as, cast, found, request_dpo):
    from cases.models import Case

    with acting_as("dpo"):
        assert not Case.objects.exists()
        request_link(request=request_dpo, by=cast["dpo"], case_id=found["case_b"].pk)
    with acting_as("coordination"):
        assert RightsRequest.objects.get(pk=request_dpo.pk).case == found["case_b"]
    with acting_as("direction"):
        lines = JournalLine.objects.filter(object_id=found["case_b"].pk, action="rights.request.link")
        assert lines.count() == 1


def test_a_forged_file_is_refused(acting_as, cast, request_dpo):
    with acting_as("dpo"), pytest.raises(DatabaseError), transaction.atomic():
        request_link(request=request_dpo, by=cast["dpo"], case_id="00000000-0000-4000-8000-000000000000")


def test_a_request_cannot_come_from_tomorrow(acting_as, cast):
    with acting_as("dpo"), pytest.raises(ValidationError) as refused:
        register(cast["dpo"], received_on=timezone.localdate() + dt.timedelta(days=1))
    assert "received_on" in refused.value.error_dict


def test_the_late_ones_come_first_and_the_closed_ones_last(acting_as, cast, request_a, request_dpo):
    today = timezone.localdate()
    with acting_as("dpo"):
        late = register(cast["dpo"], received_on=today - dt.timedelta(days=200))
        closed = register(cast["dpo"], received_on=today - dt.timedelta(days=300))
        request_close(request=closed, by=cast["dpo"], outcome=RequestState.WITHDRAWN, on=today, words=ANSWER)
        assert list(RightsRequest.objects.by_deadline()) == [late, request_a, request_dpo, closed]
        assert [row.is_late for row in (late, request_a, closed)] == [True, False, False]


def test_a_delay_is_extended_once_and_within_the_first_month(acting_as, cast):
    today = timezone.localdate()
    with acting_as("dpo"):
        late = register(cast["dpo"], received_on=today - dt.timedelta(days=60))
        told = {"by": cast["dpo"], "reason": ExtensionReason.COMPLEX, "words": "Trois services à interroger."}
        with pytest.raises(ValidationError) as refused:
            request_extend(request=late, on=today, **told)
        assert "on" in refused.value.error_dict
        row = register(cast["dpo"], received_on=dt.date(2026, 8, 31))
        request_extend(request=row, on=dt.date(2026, 9, 30), **told)
        assert row.due_on == dt.date(2026, 11, 30)
        with pytest.raises(ValidationError):
            request_extend(request=row, on=dt.date(2026, 9, 30), **told)


def test_nothing_is_answered_before_knowing_who_asks(acting_as, cast, request_dpo):
    today = timezone.localdate()
    answer = {"request": request_dpo, "by": cast["dpo"], "on": today, "words": ANSWER}
    with acting_as("dpo"):
        with pytest.raises(ValidationError) as refused:
            request_close(outcome=RequestState.ANSWERED, **answer)
        assert "outcome" in refused.value.error_dict
        request_identity(request=request_dpo, by=cast["dpo"], how=IdentityCheck.KNOWN, on=today)
        request_close(outcome=RequestState.ANSWERED, **answer)
        assert RightsDetail.objects.get(pk=request_dpo.pk).answer == ANSWER
        with pytest.raises(ValidationError):
            request_note(request=request_dpo, by=cast["dpo"], kind=StepKind.NOTE, words="Trop tard.")


def test_a_refusal_gives_its_reason_and_the_remedies(acting_as, cast, request_dpo):
    refusal = {"request": request_dpo, "by": cast["dpo"], "outcome": RequestState.REFUSED}
    refusal |= {"on": timezone.localdate(), "words": ANSWER}
    with acting_as("dpo"):
        with pytest.raises(ValidationError) as refused:
            request_close(**refusal)
        assert set(refused.value.error_dict) == {"reason", "is_told_of_remedies"}
        request_close(**refusal, reason=RefusalReason.LEGAL, is_told_of_remedies=True)
        assert request_dpo.state == RequestState.REFUSED


def test_the_coordination_does_not_answer(acting_as, cast, request_a):
    with acting_as("coordination"), pytest.raises(ValidationError):
        request_close(
            request=request_a,
            by=cast["coordination"],
            outcome=RequestState.ANSWERED,
            on=timezone.localdate(),
            words=ANSWER,
        )


def test_a_correction_is_noted_on_the_file(acting_as, cast, found):
    with acting_as("coordination"):
        row = register(cast["coordination"], right=Right.RECTIFICATION)
        note = {"request": row, "by": cast["coordination"], "kind": StepKind.RECTIFIED, "words": "Année de naissance."}
        with pytest.raises(ValidationError):
            request_note(**note)
        request_link(request=row, by=cast["coordination"], case_id=found["case_a"].pk)
        request_note(**note)
    with acting_as("direction"):
        lines = JournalLine.objects.filter(object_id=found["case_a"].pk, action="rights.request.rectify")
        assert "Année" not in str([(line.reason, line.details) for line in lines])
        assert lines.count() == 1


@pytest.mark.parametrize("statement", ["UPDATE rights_rightsstep SET kind = 'note'", "DELETE FROM rights_rightsstep"])
def test_steps_are_never_changed(acting_as, request_a, statement):
    with acting_as("dpo"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert RightsStep.objects.filter(request=request_a).count() == 3


def test_no_request_is_deleted(acting_as, request_a):
    with acting_as("dpo"):
        assert RightsRequest.objects.filter(pk=request_a.pk)._raw_delete("default") == 0
        assert RightsRequest.objects.filter(pk=request_a.pk).exists()
