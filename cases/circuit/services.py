"""The circuit de protection of a minor, from a version of a template, then its own."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.arrival.enums import Party
from cases.circuit.enums import StepState, Visibility
from cases.circuit.models import Circuit, CircuitStep, CircuitTemplate, CircuitVersion
from cases.common.services import NOT_OPEN, lock, manager_only, past_day, row_change, row_create
from cases.files.models import Case
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.models import Value
from cms.wall import scope

KIND = "circuit"
DATA = Path(__file__).parent / "data" / "circuits.json"
LONGEST_DAYS = 730


@transaction.atomic
def circuit_template_publish(
    *,
    steps: Sequence[dict[str, Any]],
    reason: str,
    by: User | None,
    template: CircuitTemplate | None = None,
    label: str = "",
) -> CircuitVersion:
    """Publish the steps of a template, new when none is given. Circuits to come begin with them; those that run keep
    theirs. Raises `ValidationError` beside `steps` for what a circuit could not hold.
    """
    if not scope.current().system:
        manager_only()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.circuit_template'))")
    if template is None:
        template = CircuitTemplate(label=label)
        row_clean(template)
        template.save(force_insert=True)
    last = template.versions.order_by("-number").first()
    _check_steps(steps)
    if last and last.steps == list(steps):
        raise ValidationError("Ces étapes sont déjà celles de la dernière version.")
    version = CircuitVersion(
        template=template,
        number=last.number + 1 if last else 1,
        steps=list(steps),
        reason=reason,
        published_at=timezone.now(),
        published_by=by,
    )
    row_clean(version)
    version.save(force_insert=True)
    details = {"template": str(template.pk), "number": [last.number if last else 0, version.number]}
    journal_append(action="cases.circuit_template.publish", details=details)
    return version


@transaction.atomic
def circuit_template_retire(*, template: CircuitTemplate, by: User) -> CircuitTemplate:
    """Retire a template: no circuit begins from it any more; those that did keep it."""
    manager_only()
    lock(template)
    if template.retired_on:
        raise ValidationError("Ce modèle est déjà retiré.")
    row_change(
        template,
        {"retired_on": timezone.localdate()},
        kind="circuittemplate",
        action="cases.circuit_template.retire",
    )
    return template


def _check_steps(steps: Sequence[dict[str, Any]]) -> None:
    measures = [step["measure"] for step in steps]
    if not measures:
        raise ValidationError({"steps": "Un modèle a au moins une étape."})
    if len(set(measures)) != len(measures):
        raise ValidationError({"steps": "Une mesure ne vient qu’une fois dans un modèle."})
    if Value.objects.of_list("mesure").filter(pk__in=measures).count() != len(measures):
        raise ValidationError({"steps": "Choisissez des mesures de la liste."})
    for step in steps:
        if step["owner"] not in Party.values or step["visibility"] not in Visibility.values:
            raise ValidationError({"steps": "Choisissez un responsable et des lecteurs de la liste."})
        if not 0 <= step["days"] <= LONGEST_DAYS:
            raise ValidationError({"steps": f"Une échéance va de 0 à {LONGEST_DAYS} jours."})
        if not _owner_reads(step["owner"], step["visibility"]):
            raise ValidationError({"steps": "Le responsable d’une étape doit pouvoir la lire."})


def _owner_reads(owner: str, visibility: str) -> bool:
    if owner == Party.REQUESTER:
        return visibility == Visibility.PARTIES
    return owner == Party.NETWORK or visibility != Visibility.NETWORK


def circuits_load(path: Path = DATA) -> int:
    """Add the templates that come with the application and are missing. Answers how many were added."""
    known = set(CircuitTemplate.objects.values_list("label", flat=True))
    added = [item for item in json.loads(path.read_text())["templates"] if item["label"] not in known]
    for item in added:
        steps = [
            {"measure": f"mesure:{code}", "owner": owner, "days": days, "visibility": visibility}
            for code, owner, days, visibility in item["steps"]
        ]
        circuit_template_publish(steps=steps, reason="Modèle fourni avec Havre", by=None, label=item["label"])
    return len(added)


@transaction.atomic
def circuit_start(*, case: Case, version: CircuitVersion, by: User, started_on: dt.date | None = None) -> Circuit:
    """Begin the circuit of a minor with the steps of a version. One runs at a time."""
    manager_only()
    lock(case)
    if case.closed_on:
        raise ValidationError({"case": "Cette situation est close."})
    if version.template.versions.filter(number__gt=version.number).exists():
        raise ValidationError({"version": "Une version plus récente de ce modèle est publiée."})
    day = past_day("started_on", started_on or timezone.localdate())
    circuit = Circuit(case=case, version=version, started_on=day)
    row_create(circuit, kind=KIND, action="cases.circuit.start", coded=("case_id", "version_id", "started_on"))
    CircuitStep.objects.bulk_create(
        CircuitStep(
            circuit=circuit,
            measure_id=step["measure"],
            owner=step["owner"],
            visibility=step["visibility"],
            due_on=day + dt.timedelta(days=step["days"]),
        )
        for step in version.steps
    )
    return circuit


@transaction.atomic
def circuit_step_add(
    *, circuit: Circuit, measure_id: str, owner: Party, due_on: dt.date, visibility: Visibility, by: User
) -> CircuitStep:
    """Add a measure that this minor needs."""
    manager_only()
    _lock_running(circuit)
    step = CircuitStep(circuit=circuit, measure_id=measure_id, owner=owner, due_on=due_on, visibility=visibility)
    coded = ("measure_id", "owner", "due_on", "visibility")
    row_create(step, kind=KIND, action="cases.circuit.step_add", coded=coded, object_id=circuit.pk)
    return step


@transaction.atomic
def circuit_step_plan(
    *, step: CircuitStep, owner: Party, due_on: dt.date, visibility: Visibility, by: User
) -> CircuitStep:
    """Say again who answers for a step, until when, and who reads it."""
    manager_only()
    _lock_running(step.circuit)
    lock(step)
    values = {"owner": owner, "due_on": due_on, "visibility": visibility}
    row_change(step, values, kind=KIND, action="cases.circuit.step_plan", object_id=step.circuit_id)
    return step


@transaction.atomic
def circuit_step_move(
    *, step: CircuitStep, state: StepState, by: User, done_on: dt.date | None = None, note: str | None = None
) -> CircuitStep:
    """Say where a step stands: whoever answers for it, or the coordination. A note left out stays as it was."""
    if not step_may_move(step):
        raise ValidationError(NOT_OPEN, code="scope")
    lock(step)
    if Circuit.objects.filter(pk=step.circuit_id, closed_on__isnull=False).exists():
        raise ValidationError("Ce circuit est clos.")
    is_done = state == StepState.DONE
    if done_on and not is_done:
        raise ValidationError({"done_on": "Un jour ne se donne que pour une étape faite."})
    day = past_day("done_on", done_on or timezone.localdate()) if is_done else None
    values: dict[str, Any] = {"state": state, "done_on": day}
    if note is not None:
        values["note"] = note
    line: dict[str, Any] = {
        "kind": KIND,
        "action": "cases.circuit.step_move",
        "object_id": step.circuit_id,
        "sealed": ("note",),
    }
    row_change(step, values, exclude=("circuit",), **line)
    return step


def step_may_move(step: CircuitStep) -> bool:
    """Return whether the actor answers for this step, by the same rule as the database."""
    if scope.current().sees_all_cases():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s IN (SELECT circuitstep_own_ids())", [step.pk])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def circuit_close(*, circuit: Circuit, by: User, on: dt.date | None = None) -> Circuit:
    """End a circuit. What was not done stays as it is."""
    manager_only()
    _lock_running(circuit)
    values = {"closed_on": past_day("closed_on", on or timezone.localdate())}
    row_change(circuit, values, kind=KIND, action="cases.circuit.close")
    return circuit


def _lock_running(circuit: Circuit) -> None:
    lock(circuit)
    if circuit.closed_on:
        raise ValidationError("Ce circuit est clos.")
