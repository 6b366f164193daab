"""The course of the fictitious stays: circuits, reviews, what is known afterwards. Nothing is drawn here."""

import datetime as dt
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from cases.circuit.selectors import versions_to_start
from cases.circuit.services import circuit_start, circuit_step_move
from cases.models import Case, CircuitStep, CircuitVersion, Milestone, Placement, StepState
from cases.stays.reviews.rules import asked_from, due_on, reviews_due
from cases.stays.reviews.selectors import after_stays_asked
from cases.stays.reviews.services import ReviewAnswers, after_stay_note, review_write
from cms.demo.plan import PARIS
from cms.users.models import User

CIRCUITS = 12
"""Running circuits of the demo: the latest stays."""
ASKED_LEFT = 2
"""Stays of which nobody has said yet what became of the minor."""
STATES = ("SUR", "SUR", "FRAGILE")
SCHOOLS = ("REPRISE", "SUIVIE", "ATTENTE")
ADHESIONS = ("ACCEPTE", "DEMANDE", "AMBIVALENT")
GOALS = ("SOINS", "ECOLE", "JUSTICE", "AUTONOMIE")


def follow_up_load(stays: Sequence[Placement], *, by: User, now: dt.datetime, first_structure_id: UUID) -> None:
    today = now.astimezone(PARIS).date()
    on = [stay for stay in stays if stay.confirmed_at]
    _reviews(on, by=by, today=today, late=_late_one(on, today, first_structure_id))
    running = [stay for stay in on if stay.ended_on is None]
    versions = {version.template.label: version for version in versions_to_start()}
    for stay in running[-CIRCUITS:]:
        _circuit(stay, versions, by=by, today=today)
    for number, stay in enumerate(list(after_stays_asked())[ASKED_LEFT:]):
        code = "OUI" if number % 6 == 5 else "INCONNUE" if number % 4 == 3 else "NON"
        day = cast(dt.date, stay.ended_on) + dt.timedelta(days=182)
        after_stay_note(placement=stay, exploitation_id=f"reexploitation:{code}", known_on=day, by=by)


def _late_one(stays: Sequence[Placement], today: dt.date, structure_id: UUID) -> tuple[UUID, Milestone] | None:
    """Return the stay and the milestone left late: at the demo's first structure when it can be."""
    due = [one for one in reviews_due(stays, day=today) if one.is_late(today) and not one.placement.ended_on]
    own = [one for one in due if one.placement.partner_id == structure_id]
    late = own or due
    return (late[-1].placement.pk, late[-1].milestone) if late else None


def _reviews(stays: Sequence[Placement], *, by: User, today: dt.date, late: tuple | None) -> None:
    for number, due in enumerate(reviews_due(stays, day=today)):
        stay, milestone = due.placement, due.milestone
        if (stay.pk, milestone) == late or not due.is_late(today):
            continue
        opens_on = asked_from(stay, milestone)
        review_write(
            placement=stay,
            milestone=milestone,
            written_on=min(
                today, max(cast(dt.date, opens_on), cast(dt.date, due_on(stay, milestone)) - dt.timedelta(days=1))
            ),
            by=by,
            answers=ReviewAnswers(
                safety_id=f"bilan_securite:{STATES[number % 3]}",
                needs_care=number % 2 == 0,
                schooling_id=f"bilan_scolarite:{SCHOOLS[number % 3]}",
                adhesion_id=f"adhesion:{ADHESIONS[number % 3]}",
                next_goal_id=f"bilan_objectif:{'SUITE' if milestone == Milestone.EXIT else GOALS[number % 4]}",
            ),
        )


def _circuit(stay: Placement, versions: dict[str, CircuitVersion], *, by: User, today: dt.date) -> None:
    version = _version_for(stay, list(versions.values()))
    circuit = circuit_start(case=Case.objects.get(pk=stay.case_id), version=version, started_on=stay.arrived_on, by=by)
    for step in CircuitStep.objects.filter(circuit=circuit, due_on__lt=today):
        circuit_step_move(step=step, state=StepState.DONE, done_on=step.due_on, by=by)


def _version_for(stay: Placement, versions: list[CircuitVersion]) -> CircuitVersion:
    main = stay.case.forms.select_related("form").get(is_main=True).form
    words = {"SEX": "sexuelle", "DEL": "délits", "TRA": "domestique", "MEN": "Mendicité"}
    wanted = words.get(main.extra.get("family"), "sexuelle")
    return next(version for version in versions if wanted in version.template.label)
