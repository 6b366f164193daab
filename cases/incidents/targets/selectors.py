"""Delays that each severity promises, in force; and what others would change today, before they are."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from cases.enums import IncidentState
from cases.incidents.learning.selectors import measured, since
from cases.incidents.models.declared import Incident
from cases.incidents.rules import KIND, LEAST_LEVEL, WORKING_CLOCK, acknowledge_due_at, answer_key
from cms.notify.models import Ring
from cms.values.models import Value
from cms.values.selectors import values_of
from cms.values.settings import setting_value

MONTHS = 12


@dataclass(frozen=True)
class Target:
    """Of one severity, in minutes: to declare, to be taken in charge, and to answer a call (none: it calls nobody)."""

    report: int
    acknowledge: int
    answer: int | None
    words: str
    """How the delay to declare is said: « 4 heures »."""


Targets = dict[str, Target]


def severities() -> list[Value]:
    return list(values_of("gravite").order_by("position"))


def is_working(severity: Value) -> bool:
    """Return whether a severity is acknowledged within working days, and not by day and night."""
    return severity.extra.get("acknowledge_clock") == WORKING_CLOCK


def targets_in_force() -> Targets:
    targets = {}
    for severity in severities():
        level = severity.extra["level"]
        targets[severity.code] = Target(
            report=severity.extra.get("report_within_minutes", 0),
            acknowledge=severity.extra.get("acknowledge_within_minutes", 0),
            answer=setting_value(answer_key(level)) if level >= LEAST_LEVEL else None,
            words=severity.extra.get("report_within", ""),
        )
    return targets


def as_data(targets: Targets) -> dict[str, dict[str, Any]]:
    return {code: asdict(target) for code, target in targets.items()}


def from_data(data: dict[str, dict[str, Any]]) -> Targets:
    return {code: Target(**target) for code, target in data.items()}


@dataclass(frozen=True)
class IncidentImpact:
    """One open incident, and what the change does to it, in words."""

    incident: Incident
    words: str


@dataclass(frozen=True)
class TargetsImpact:
    """`in_time`: declarations of twelve months within the delay of their severity, before and after; `counted`: of how
    many. The figure « Déclarées dans le délai de leur gravité » moves as they do.
    """

    incidents: list[IncidentImpact]
    in_time: tuple[int, int]
    counted: int


def targets_impact(before: Targets, after: Targets, *, at: dt.datetime | None = None) -> TargetsImpact:
    """Try other delays on what is open, and on the declarations of the last twelve months."""
    at = at or timezone.now()
    rows = list(
        Incident.objects.real()
        .filter(state=IncidentState.DECLARED)
        .select_related("severity", "partner")
        .order_by("declared_at")
    )
    rings = {
        ring.object_id: ring
        for ring in Ring.objects.open().filter(
            kind=KIND, object_id__in=[row.pk for row in rows], acknowledged_at=None, rung_at__isnull=False
        )
    }
    impacts = [
        IncidentImpact(row, words) for row in rows if (words := _changed(row, rings.get(row.pk), before, after, at))
    ]
    counted, in_time = _shares(before, after)
    return TargetsImpact(impacts, in_time, counted)


def _changed(row: Incident, ring: Ring | None, before: Targets, after: Targets, at: dt.datetime) -> str:
    code, words = row.severity.code, []
    late = [_is_late(row, targets[code], at) for targets in (before, after)]
    if late[0] != late[1]:
        words.append("serait en retard" if late[1] else "ne serait plus en retard")
    if ring and ring.rung_at:
        climbs = [_climbs(ring.rung_at, targets[code], at) for targets in (before, after)]
        if climbs[1] and not climbs[0]:
            words.append("appellerait aussitôt l’échelon suivant")
    return " ; ".join(words)


def _is_late(row: Incident, target: Target, at: dt.datetime) -> bool:
    severity = Value(extra=row.severity.extra | {"acknowledge_within_minutes": target.acknowledge})
    due_at = acknowledge_due_at(severity, row.declared_at)
    return due_at is not None and due_at < at


def _climbs(rung_at: dt.datetime, target: Target, at: dt.datetime) -> bool:
    return target.answer is not None and rung_at + dt.timedelta(minutes=target.answer) <= at


def _shares(before: Targets, after: Targets) -> tuple[int, tuple[int, int]]:
    """Count declarations in time, on the rows of indicator 8, in one query."""
    today = timezone.localdate()
    rows = measured(since(MONTHS, today=today), today)
    counts = rows.aggregate(
        counted=Count("pk"), before=Count("pk", filter=_within(before)), after=Count("pk", filter=_within(after))
    )
    return counts["counted"], (counts["before"], counts["after"])


def _within(targets: Targets) -> Q:
    condition = Q(pk=None)
    for code, target in targets.items():
        latest = F("noticed_at") + dt.timedelta(minutes=target.report)
        condition |= Q(severity=f"gravite:{code}", declared_at__lte=latest)
    return condition
