"""Reading circuits and reviews for screens. Row security filters."""

import datetime as dt
import uuid

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from cases.arrival.models import Party
from cases.circuit.models import Circuit, CircuitStep, CircuitVersion
from cases.common.selectors import _get
from cases.enums import END_DEATH, END_TRANSFER
from cases.stays.models import Placement
from cases.stays.reviews.models import AfterStay
from cases.stays.reviews.rules import Due, reviews_due
from cms.users.roles import Role
from cms.wall import scope

HALF_YEAR = dt.timedelta(days=182)
YEAR = dt.timedelta(days=365)


def circuit_step_get(*, pk: uuid.UUID, action: str) -> CircuitStep:
    rows = CircuitStep.objects.select_related("measure", "circuit")
    return _get(rows, "circuitstep", pk, action)


def steps_of_case(case_id: uuid.UUID) -> list[CircuitStep]:
    """Steps of the running circuit that the actor may read, in the order of their dates."""
    rows = CircuitStep.objects.filter(circuit__case_id=case_id, circuit__closed_on=None)
    return list(rows.select_related("measure").order_by("due_on", "measure__position"))


def steps_of_requester() -> QuerySet[CircuitStep]:
    """Open steps that the actor's services answer for, the first due first."""
    if not scope.current().partners_as(Role.REQUESTER):
        return CircuitStep.objects.none()
    rows = CircuitStep.objects.running().filter(owner=Party.REQUESTER)
    return rows.select_related("measure").order_by("due_on")


def versions_to_start() -> QuerySet[CircuitVersion]:
    """The last version of each template in use."""
    later = CircuitVersion.objects.filter(template=OuterRef("template"), number__gt=OuterRef("number"))
    rows = CircuitVersion.objects.filter(~Exists(later), template__retired_on=None)
    return rows.select_related("template").order_by("template__label")


def steps_late() -> QuerySet[CircuitStep]:
    """For the coordination: steps past their date, whoever answers for them, the oldest first."""
    rows = CircuitStep.objects.late_on(timezone.localdate()).filter(circuit__case__is_test=False)
    return rows.select_related("measure", "circuit__case").order_by("due_on")


def reviews_late() -> list[Due]:
    """For the coordination: reviews of confirmed stays past their date."""
    day = timezone.localdate()
    stays = Placement.objects.real().confirmed().filter(ended_on=None)
    recent = Placement.objects.real().confirmed().filter(ended_on__gte=day - dt.timedelta(days=60))
    rows = (stays | recent).select_related("case", "partner").prefetch_related("reviews")
    return [due for due in reviews_due(rows, day=day) if due.is_late(day)]


def after_stays_asked() -> QuerySet[Placement]:
    """Stays that ended from six months to a year ago, of minors who are in no stay since: somebody asks what became
    of them.
    """
    day = timezone.localdate()
    since = Placement.objects.filter(
        case__person_key=OuterRef("case__person_key"), arrived_on__gte=OuterRef("ended_on")
    )
    return (
        Placement.objects.real()
        .confirmed()
        .filter(ended_on__range=(day - YEAR, day - HALF_YEAR))
        .exclude(end_reason_id__in=(END_TRANSFER, END_DEATH))
        .filter(~Exists(AfterStay.objects.filter(placement=OuterRef("pk"))), ~Exists(since.exclude(pk=OuterRef("pk"))))
        .select_related("case")
        .order_by(F("ended_on"))
    )


def circuit_of_case(case_id: uuid.UUID) -> Circuit | None:
    return Circuit.objects.filter(case_id=case_id, closed_on=None).first()
