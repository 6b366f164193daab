"""Who counts as trained (indicator 6), and who is due for a refresher."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cms.values.settings import setting_values
from formation.common.policies import can_enrol_team, own_structures_ids
from formation.common.rules import month_later
from formation.people.models import Professional
from formation.sessions.models.sessions import Enrolment, attended

EVER = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Rules:
    """Numbers that the coordination may change: percents, hours, months."""

    trained_share: int
    awareness_hours: float
    refresh_months: int


def rules_in_force() -> Rules:
    return Rules(*setting_values("formation.trained_share", "formation.awareness_hours", "formation.refresh_months"))


def team(rules: Rules | None = None) -> QuerySet[Professional]:
    """List the actor's teams, each person with `last_trained_on`. `rules` are read unless the caller has them."""
    if not can_enrol_team():
        return Professional.objects.none()
    rows = Professional.objects.filter(employer__in=own_structures_ids(), merged_into=None)
    rows = rows.select_related("profession", "employer")
    return with_last_training(rows, rules)


def with_last_training(rows: QuerySet[Professional], rules: Rules | None = None) -> QuerySet[Professional]:
    """Add `last_trained_on`, last day of the latest session that trained the person (indicator 6)."""
    trained = trained_enrolments(EVER, timezone.localdate(), rules).filter(professional=OuterRef("pk"))
    latest = trained.order_by("-session__ends_on").values("session__ends_on")[:1]
    return rows.annotate(**{"last_trained_on": Subquery(latest)})


def refresh_due_before(rules: Rules | None = None) -> dt.date:
    """Return the day before which a last training asks for a refresher."""
    return month_later(timezone.localdate(), -(rules or rules_in_force()).refresh_months)


def refresh_since(day: dt.date, rules: Rules | None = None) -> dt.date:
    """Return the day from which a last training is up to date on `day`."""
    return month_later(day, -(rules or rules_in_force()).refresh_months)


def trained_enrolments(first: dt.date, last: dt.date, rules: Rules | None = None) -> QuerySet[Enrolment]:
    """List the participations that make a person « formé » (I6): present for the set share of the hours of a session
    that lasts long enough, held, and whose last day falls in the period. Add `hours_total` and `hours_present`.

    Hours are those between arrival and leaving. Whoever teaches a session never counts in it. Persons are the distinct
    `professional` of these rows.
    """
    rules = rules or rules_in_force()
    return Enrolment.objects.counted(first, last).with_hours().filter(makes_trained(rules))


def makes_trained(rules: Rules) -> Q:
    """Return the condition of a participation that counts: a session long enough, attended enough."""
    return Q(session__total_hours__gte=rules.awareness_hours) & attended(rules.trained_share)


def makes_aware(rules: Rules) -> Q:
    """Return the same condition for sessions too short to train (« sensibilisation »), which I6 counts apart."""
    return Q(session__total_hours__lt=rules.awareness_hours) & attended(rules.trained_share)
