"""What the file of a minor shows of its circuit."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cases.circuit.models import Circuit
from cases.files.models import Case
from cms.admin.parts import FilePart
from cms.kit.blocks import Cell


def _running() -> dict[str, Subquery]:
    return {"circuit_runs": Subquery(Circuit.objects.filter(case=OuterRef("pk"), closed_on=None).values("pk")[:1])}


def _running_cell(case: Case) -> Cell | None:
    if not case.circuit_runs:
        return None
    return Cell("en cours", reverse("cases_circuit:inspect", args=[case.circuit_runs]))


CASE_PARTS = (
    FilePart(order=80, annotations=_running, facts=lambda case: [("Circuit de protection", _running_cell(case))]),
)
