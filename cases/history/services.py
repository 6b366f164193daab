"""Load a register of earlier years: closed requests, each line on its own, never twice."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases.arrival.models import Linking
from cases.arrival.services.linking import linking_arrived, linking_waive
from cases.common.services import manager_only, row_create
from cases.enums import CaseEnd, SollicitationState, WaiverReason
from cases.files.models import Case
from cases.files.services import case_open
from cases.history.rules import (
    AGE,
    ARRIVAL_AGE,
    ARRIVED,
    CHANNEL,
    DAYS,
    FORM,
    FRAME,
    HOST,
    LEFT,
    LEFT_WHY,
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
from cases.proposals.models import Orientation
from cases.requests.models import Sollicitation, SollicitationForm
from cases.requests.services.sollicitations import CODED, requester_type_of
from cases.stays.models import Placement
from cases.stays.services import CODED as STAY_CODED, convention_on, gate_waits
from cms.journal.services import journal_append
from cms.kit.constraints import constraints_settle, sentence_for
from cms.users.models import User
from cms.wall.services import reference_draw

PARIS = ZoneInfo("Europe/Paris")
SPACE = uuid.UUID("6f1b7c1e-6a0c-4f53-9d0a-2d3f4c1f8a77")
"""Namespace of the keys of lines: the same line is the same request, whatever the file."""


def history_try(*, lines: list[HistoryLine], register: str, by: User) -> list[HistoryLine]:
    """Return what `history_load` would answer.

    Everything is written, then rolled back, to learn what the database refuses.
    """
    with transaction.atomic():
        done = history_load(lines=lines, register=register, by=by)
        transaction.set_rollback(True)
    words = {line.number: f"serait chargée : {line.said}" for line in lines}
    return [line if line.is_wrong else replace(line, said=words[line.number]) for line in done]


@transaction.atomic
def history_load(*, lines: list[HistoryLine], register: str, by: User) -> list[HistoryLine]:
    """Write the lines without a fault; answers what became of each. `register` is the hash of the file, for the
    journal; a line that another file already held is told, and not loaded again.
    """
    manager_only()
    minors: dict[str, Case] = {}
    done = [_load(line, by, minors) for line in lines]
    loaded = sum(bool(line.facts) and not line.is_wrong for line in done)
    journal_append(action="cases.history.load", details={"loaded": loaded, "lines": len(done), "register": register})
    return done


def _load(line: HistoryLine, by: User, minors: dict[str, Case]) -> HistoryLine:
    if line.is_wrong:
        return line
    key = uuid.uuid5(SPACE, line.key)
    if Sollicitation.objects.filter(idempotency_key=key).exists():
        return replace(line, said="déjà chargée.", is_wrong=True)
    try:
        with transaction.atomic():
            reference = _request_write(line.facts, key, by, minors)
            constraints_settle()
    except ValidationError as error:
        return replace(line, said=" ".join(error.messages), is_wrong=True)
    except IntegrityError as error:
        return replace(line, said=sentence_for(error), is_wrong=True)
    return replace(line, said=f"chargée : {reference}")


def _request_write(facts: dict[int, Any], key: uuid.UUID, by: User, minors: dict[str, Case]) -> str:
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
        orientation = _orientation_write(row, case, facts, by) if facts[ORIENTED] else None
        if orientation and facts[HOST]:
            _stay_write(orientation, case, facts, by)
        last = max(case.opened_on, case.closed_on or case.opened_on, *(facts[day] or facts[RECEIVED] for day in DAYS))
        case.closed_on = last
        Case.objects.filter(pk=case.pk).update(closed_on=last, closing_reason_id=CaseEnd.ACCOMPLISHED)
    return row.reference


def _orientation_write(row: Sollicitation, case: Case, facts: dict[int, Any], by: User) -> Orientation:
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
    return orientation


def _stay_write(orientation: Orientation, case: Case, facts: dict[int, Any], by: User) -> None:
    """Write a stay that is over, under the convention of its first day.

    Nobody is given a right to read it; a waiver that says where the stay comes from stands for its agreements.
    """
    host, arrived = facts[HOST], _noon(facts[ARRIVED])
    convention = convention_on(host, facts[ARRIVED])
    if convention is None:
        raise ValidationError("« Arrivée le » : cette structure n’avait pas de convention en cours ce jour-là.")
    linking = Linking(case=case, partner=host, orientation=orientation, opened_at=arrived)
    row_create(linking, kind="linking", action="cases.linking.open", coded=("case_id", "partner_id", "opened_at"))
    linking_waive(linking=linking, reason_id=WaiverReason.TAKEN_OVER, by=by)
    placement = Placement(
        case=case,
        orientation=orientation,
        partner=host,
        convention=convention,
        legal_frame_id=facts[FRAME],
        arrived_at=arrived,
        arrived_on=facts[ARRIVED],
        confirmed_at=arrived,
        confirmed_by=by,
        age_at_arrival=facts[AGE] if facts[ARRIVAL_AGE] is None else facts[ARRIVAL_AGE],
        ended_on=facts[LEFT],
        end_reason_id=facts[LEFT_WHY],
    )
    gate_waits()
    coded = (*STAY_CODED, "confirmed_at", "ended_on", "end_reason_id")
    row_create(placement, kind="placement", action="cases.placement.open", coded=coded)
    linking_arrived(linking=linking, placement=placement)


def _noon(day: dt.date) -> dt.datetime:
    """Return noon of a day, in Paris: a register holds days, and noon is the same day in UTC and never at night."""
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=PARIS)
