"""A circuit ends with the case of its minor, and stands on the page of the stay."""

import datetime as dt
from typing import Any

from cases.circuit.models import OPEN_STATES, Circuit
from cases.circuit.selectors import steps_of_case
from cases.circuit.services import circuit_close
from cases.circuit.words import step_lines
from cases.files.models import Case
from cases.files.services import on_case_closing
from cases.stays.models import Placement
from cases.stays.selectors import parts_of_stay
from cms.users.models import User


def register() -> None:
    on_case_closing.register(_case_closing)
    parts_of_stay.register(_steps_part)


def _case_closing(case: Case, on: dt.date, by: User) -> None:
    for circuit in Circuit.objects.filter(case=case, closed_on=None):
        circuit_close(circuit=circuit, on=max(on, circuit.started_on), by=by)


def _steps_part(stay: Placement) -> dict[str, Any]:
    """Return the steps that are still to do, then those that are over."""
    steps = steps_of_case(stay.case_id) if stay.ended_on is None else []
    running = [step for step in steps if step.state in OPEN_STATES]
    return {
        "steps": step_lines(running),
        "steps_over": step_lines([step for step in steps if step not in running]),
    }
