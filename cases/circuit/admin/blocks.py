"""What the file of a minor shows of its circuit."""

import uuid

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cases.circuit.models import Circuit
from cms.admin.parts import FilePart
from cms.kit.blocks import Cell


def _running() -> dict[str, Subquery]:
    return {"circuit_runs": Subquery(Circuit.objects.filter(case=OuterRef("pk"), closed_on=None).values("pk")[:1])}


def _running_cell(circuit_pk: uuid.UUID | None) -> Cell | None:
    if not circuit_pk:
        return None
    return Cell("en cours", reverse("cases_circuit:inspect", args=[circuit_pk]))


CASE_PARTS = (
    FilePart(
        order=80,
        annotations=_running,
        facts=lambda case: [("Circuit de protection", _running_cell(case.circuit_runs))],
    ),
)
