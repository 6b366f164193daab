"""Reading circuits for screens. Row security filters."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.models import Linking
from cases.circuit.models import Circuit, CircuitStep, CircuitVersion
from cases.common.selectors import row_get
from cms.users.roles import Role
from cms.wall import scope


def circuit_step_get(*, pk: uuid.UUID, action: str) -> CircuitStep:
    rows = CircuitStep.objects.select_related("measure", "circuit")
    return row_get(rows, "circuitstep", pk, action)


def steps_of_case(case_id: uuid.UUID) -> list[CircuitStep]:
    """List the steps of the running circuit that the actor may read, by date."""
    rows = CircuitStep.objects.filter(circuit__case_id=case_id, circuit__closed_on=None)
    return list(rows.select_related("measure").order_by("due_on", "measure__position"))


def steps_of_requester() -> QuerySet[CircuitStep]:
    """Open steps for which the actor's services answer, those of the minors entrusted to them, the first due first."""
    own = scope.current().partners_as(Role.REQUESTER)
    if not own:
        return CircuitStep.objects.none()
    entrusted = Linking.objects.live().filter(
        case=OuterRef("circuit__case"), guardian_id__in=own, placement__isnull=False
    )
    rows = CircuitStep.objects.running().filter(Exists(entrusted), owner=Party.REQUESTER)
    return rows.select_related("measure").order_by("due_on")


def versions_to_start() -> QuerySet[CircuitVersion]:
    """List the last version of each template in use."""
    later = CircuitVersion.objects.filter(template=OuterRef("template"), number__gt=OuterRef("number"))
    rows = CircuitVersion.objects.filter(~Exists(later), template__retired_on=None)
    return rows.select_related("template").order_by("template__label")


def steps_late() -> QuerySet[CircuitStep]:
    """List, for the coordination, steps past their date, whoever answers for them, the oldest first."""
    rows = CircuitStep.objects.late_on(timezone.localdate()).filter(circuit__case__is_test=False)
    return rows.select_related("measure", "circuit__case").order_by("due_on")


def circuit_of_case(case_id: uuid.UUID) -> Circuit | None:
    return Circuit.objects.filter(case_id=case_id, closed_on=None).first()
