"""What the network learns of its incidents: delays, repeats, structures that say nothing, the yearly drill.

Figures of the convention are indicator 8 (`dashboards`), counted on the same rows (`measured`); here the coordination
works, over a sliding time.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from cases.enums import IncidentType
from cases.incidents.models.declared import AuthorityNotice, Incident
from cases.incidents.models.followed import IncidentPair
from cases.incidents.selectors import WITHIN
from cases.stays.models import Absence, Placement
from cms.partners.models import Partner
from cms.values.settings import setting_value

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

REPEAT_DAYS = 90
"""The same type in the same structure within three months is a repeat (definition of indicator 8)."""
DRILL_MONTHS = 12
DIMENSIONS = (
    ("type", "Par type", "incident_type__label"),
    ("severity", "Par gravité", "severity__label"),
    ("structure", "Par type de structure", "partner__structure_type__label"),
)


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def since(months: int, *, today: dt.date | None = None) -> dt.date:
    """Return the same day, `months` ago; the last day of a shorter month."""
    today = today or timezone.localdate()
    index = today.year * 12 + today.month - 1 - months
    first = dt.date(index // 12, index % 12 + 1, 1)
    length = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - first
    return first + dt.timedelta(days=min(today.day, length.days) - 1)


def repeated() -> Exists:
    """Return whether an incident follows another of the same type and structure that tells another fact."""
    same_fact = IncidentPair.objects.filter(
        Q(first=OuterRef("pk"), second=OuterRef(OuterRef("pk")))
        | Q(second=OuterRef("pk"), first=OuterRef(OuterRef("pk"))),
        is_same=True,
    )
    return Exists(
        Incident.objects.real().filter(
            ~Exists(same_fact),
            partner_id=OuterRef("partner_id"),
            incident_type_id=OuterRef("incident_type_id"),
            declared_at__lt=OuterRef("declared_at"),
            declared_at__gte=OuterRef("declared_at") - dt.timedelta(days=REPEAT_DAYS),
        )
    )


def delay(end: Any, start: str) -> ExpressionWrapper:
    return ExpressionWrapper(end - F(start), output_field=DurationField())


def measured(first: dt.date, last: dt.date, *, allowed: Any = None) -> QuerySet[Incident]:
    """List the rows of indicator 8: incidents declared between two days, with their delays.

    `allowed`, in minutes, may be given by the figures, which compute it from their own definitions.
    """
    notices = AuthorityNotice.objects.filter(incident_id=OuterRef("pk")).order_by().values("incident_id")
    within = Cast(KeyTextTransform("report_within_minutes", "severity__extra"), IntegerField())
    return (
        Incident.objects.real()
        .declared_between(first, last)
        .exclude(partner__is_test=True)
        .order_by()
        .annotate(
            declare=delay(F("declared_at"), "noticed_at"),
            acknowledge=delay(F("acknowledged_at"), "declared_at"),
            tell=delay(Subquery(notices.annotate(at=Min("told_at")).values("at")), "declared_at"),
            close=delay(F("closed_at"), "declared_at"),
            allowed=within if allowed is None else allowed,
            is_repeated=repeated(),
        )
    )


@dataclass(frozen=True)
class LearningLine:
    """One line: delays are medians; `in_time` counts declarations within the delay of their severity."""

    label: str
    number: int
    declare: dt.timedelta | None
    acknowledge: dt.timedelta | None
    tell: dt.timedelta | None
    close: dt.timedelta | None
    in_time: int
    repeats: int


def delays_by(field: str, first: dt.date, last: dt.date) -> list[LearningLine]:
    """Return the delays by value of a dimension, in one query whatever the number of incidents."""
    within = ExpressionWrapper(F("allowed") * Value(dt.timedelta(minutes=1)), output_field=DurationField())
    rows = (
        measured(first, last)
        .values(label=Coalesce(F(field), Value("Non renseigné")))
        .annotate(
            number=Count("pk"),
            median_declare=Median("declare"),
            median_acknowledge=Median("acknowledge"),
            median_tell=Median("tell"),
            median_close=Median("close"),
            in_time=Count("pk", filter=Q(declare__lte=within)),
            repeats=Count("pk", filter=Q(is_repeated=True)),
        )
        .order_by("-number", "label")
    )
    return [
        LearningLine(
            label=row["label"],
            number=row["number"],
            declare=row["median_declare"],
            acknowledge=row["median_acknowledge"],
            tell=row["median_tell"],
            close=row["median_close"],
            in_time=row["in_time"],
            repeats=row["repeats"],
        )
        for row in rows
    ]


class Silence(TypedDict):
    """What `structures_silent` adds to a structure: minors housed, day of the first arrival, last declaration."""

    minors: int
    housed_since: dt.date
    last_declared_on: dt.date | None


def structures_silent(today: dt.date | None = None) -> "QuerySet[WithAnnotations[Partner, Silence]]":
    """List structures that housed minors through the whole time of the setting and declared nothing themselves.

    Declarations about them by a service, by somebody from outside or known from the police do not count.
    """
    today = today or timezone.localdate()
    first = since(setting_value("cases.silence_months"), today=today)
    own = by_the_structure().filter(partner_id=OuterRef("pk"))
    stays = Placement.objects.real().filter(partner_id=OuterRef("pk")).order_by().values("partner_id")
    present = stays.filter(Q(ended_on=None) | Q(ended_on__gte=first), arrived_on__lte=today)
    counted = present.annotate(number=Count("pk"), first=Min("arrived_on"))
    last = own.order_by().values("partner_id").annotate(last=Max("declared_on")).values("last")
    return (
        Partner.objects.structures()
        .filter(is_test=False, closed_on=None)
        .annotate(
            minors=Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0),
            housed_since=Subquery(counted.values("first")),
            last_declared_on=Subquery(last),
        )
        .filter(~Exists(own.filter(declared_on__gt=first)), minors__gt=0, housed_since__lte=first)
        .order_by("-minors", "code_name")
    )


FROM_ELSEWHERE = Q(service__isnull=False) | Q(is_from_outside=True) | Q(runaway__is_known_from_police=True)
"""Declarations that the structure did not make: a service, somebody from outside, the police told them."""


def by_the_structure() -> QuerySet[Incident]:
    """List incidents that the structure declared, by itself or on the telephone."""
    return Incident.objects.real().exclude(pk__in=Incident.objects.filter(FROM_ELSEWHERE).values("pk"))


def runaways_untold(first: dt.date) -> QuerySet[Incident]:
    """List runaways known from a service or the police that the structure did not declare in the same hours."""
    declarations = by_the_structure().filter(
        partner_id=OuterRef("partner_id"),
        incident_type_id=IncidentType.RUNAWAY,
        occurred_at__range=(OuterRef("occurred_at") - WITHIN, OuterRef("occurred_at") + WITHIN),
    )
    rows = Incident.objects.real().filter(FROM_ELSEWHERE, incident_type_id=IncidentType.RUNAWAY)
    return (
        rows.filter(~Exists(declarations), declared_on__gte=first)
        .select_related("partner", "service", "runaway")
        .order_by("-occurred_at")
    )


def absences_undeclared(first: dt.date) -> QuerySet[Absence]:
    """List runaways written in a stay without any declaration of them."""
    declarations = Incident.objects.real().filter(
        incident_type_id=IncidentType.RUNAWAY,
        placement_id=OuterRef("placement_id"),
        declared_on__gte=OuterRef("starts_on") - dt.timedelta(days=1),
        declared_on__lte=OuterRef("starts_on") + dt.timedelta(days=7),
    )
    rows = Absence.objects.filter(
        ~Exists(declarations), is_runaway=True, starts_on__gte=first, placement__case__is_test=False
    )
    return rows.select_related("placement__case", "placement__partner").order_by("-starts_on")


def drill_last() -> Incident | None:
    return Incident.objects.filter(is_drill=True).select_related("partner").order_by("-declared_at").first()


def drill_is_due(today: dt.date | None = None) -> bool:
    """Return whether no drill was acknowledged within the year."""
    done = Incident.objects.filter(is_drill=True, acknowledged_at__isnull=False)
    return not done.filter(declared_on__gte=since(DRILL_MONTHS, today=today)).exists()
