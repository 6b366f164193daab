"""Loading a register of earlier years: closed requests, each line by itself, never twice."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from cases.enums import SollicitationState
from cases.history import (
    AGE,
    CHANNEL,
    FORM,
    LEVEL,
    MINOR,
    NATURE,
    ORIENTED,
    ORIGIN,
    OUTCOME,
    PLACE,
    RECEIVED,
    REQUESTER,
    SEX,
    URGENCY,
    HistoryLine,
)
from cases.models import Case, Orientation, Sollicitation, SollicitationForm
from cases.services.cases import case_open
from cases.services.rows import manager_only, row_create
from cases.services.sollicitations import CODED, requester_type_of
from cms.access.constraints import sentence_for
from cms.access.services import reference_draw
from cms.journal.services import journal_append
from cms.users.models import User

PARIS = ZoneInfo("Europe/Paris")
SPACE = uuid.UUID("6f1b7c1e-6a0c-4f53-9d0a-2d3f4c1f8a77")
"""Of the keys of lines: the same line of the same register is the same request."""
CLOSING = "motif_cloture:ACCOMPLI"


@transaction.atomic
def history_load(*, lines: list[HistoryLine], register: str, by: User) -> list[HistoryLine]:
    """Write the lines without a fault; answers what became of each. `register` names the file in the keys of lines."""
    manager_only()
    minors: dict[str, Case] = {}
    done = [_load(line, register, by, minors) for line in lines]
    loaded = sum(bool(line.facts) and not line.is_wrong for line in done)
    journal_append(action="cases.history.load", details={"loaded": loaded, "lines": len(done)})
    return done


def _load(line: HistoryLine, register: str, by: User, minors: dict[str, Case]) -> HistoryLine:
    if line.is_wrong:
        return line
    key = uuid.uuid5(SPACE, f"{register}/{line.number}")
    if Sollicitation.objects.filter(idempotency_key=key).exists():
        return replace(line, said="déjà chargée.", is_wrong=True)
    try:
        with transaction.atomic():
            reference = _written(line.facts, key, by, minors)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except ValidationError as error:
        return replace(line, said=" ".join(error.messages), is_wrong=True)
    except IntegrityError as error:
        return replace(line, said=sentence_for(error), is_wrong=True)
    return replace(line, said=f"chargée : {reference}")


def _written(facts: dict[int, Any], key: uuid.UUID, by: User, minors: dict[str, Case]) -> str:
    received = _noon(facts[RECEIVED])
    row = Sollicitation(
        reference=reference_draw(prefix="S", year=facts[RECEIVED].year),
        requester=facts[REQUESTER],
        requester_type_id=requester_type_of(facts[REQUESTER]),
        submitted_by=by,
        channel_id=facts[CHANNEL],
        nature_id=facts[NATURE],
        urgency_id=facts[URGENCY],
        received_at=received,
        received_on=facts[RECEIVED],
        age_at_reception=facts[AGE],
        sex_id=facts[SEX],
        exploitation_place_id=facts[PLACE],
        origin_id=facts[ORIGIN],
        identification_level_id=facts[LEVEL],
        state=SollicitationState.CLOSED,
        outcome_id=facts[OUTCOME],
        closed_at=_noon(facts[ORIENTED] or facts[RECEIVED]),
        idempotency_key=key,
    )
    row_create(row, kind="sollicitation", action="cases.sollicitation.send", coded=CODED)
    if facts[FORM]:
        SollicitationForm.objects.create(sollicitation=row, form_id=facts[FORM], is_main=True)
    if facts[ORIENTED] or facts[MINOR]:
        case = minors.get(facts[MINOR] or "") or case_open(sollicitation=row)
        if facts[MINOR]:
            minors[facts[MINOR]] = case
        Sollicitation.objects.filter(pk=row.pk).update(case=case)
        if facts[ORIENTED]:
            _oriented(row, case, facts, by)
        Case.objects.filter(pk=case.pk).update(
            closed_on=max(facts[ORIENTED] or facts[RECEIVED], case.opened_on), closing_reason_id=CLOSING
        )
    return row.reference


def _oriented(row: Sollicitation, case: Case, facts: dict[int, Any], by: User) -> None:
    orientation = Orientation(
        case=case,
        sollicitation_id=row.pk,
        decision_id=facts[OUTCOME],
        decided_at=_noon(facts[ORIENTED]),
        decided_on=facts[ORIENTED],
        decided_by=by,
        identification_level_id=facts[LEVEL],
        age_at_decision=facts[AGE],
    )
    row_create(
        orientation,
        kind="orientation",
        action="cases.orientation.decide",
        coded=("decision_id", "decided_at", "identification_level_id", "age_at_decision"),
    )


def _noon(day: dt.date) -> dt.datetime:
    """A register keeps days: noon is the hour that is neither the night nor another day."""
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=PARIS)
