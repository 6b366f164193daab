"""The one statement of matching: every structure with every criterion, or the eligible ones alone, in their rank.

Each `WITH` part that a rule of another app owns (a convention in force, a place open, a stay, a hold, a signature, a
training) is the SQL of that app's own queryset: the rule stays written once. Nothing is cached, a place taken a
second ago is taken.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from cases.enums import Answer
from cases.matching.enums import Failing, Overseas, Weight
from cases.matching.rules import Rules
from cases.matching.selectors.places import confirmations_until, place_rows
from cases.matching.selectors.search import Search
from cases.matching.selectors.sql import CHOSEN, FACTS, JUDGED, REACH
from cases.proposals.models import Proposal
from cases.stays.models import Placement
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import acknowledgements_holding
from cms.partners.models import Convention, Suspension
from formation.people.selectors.training import refresh_due_before, trained_enrolments
from referentiel.visits.selectors.marks import failing_marks

Part = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Statement:
    sql: str
    params: tuple[Any, ...]


def statement(search: Search, rules: Rules, *, only_eligible: bool = False, limit: int | None = None) -> Statement:
    """Build the statement. Excluded structures are left out, or follow the eligible ones with each of their
    reasons.
    """
    parts: list[tuple[str, Part]] = [
        ("asked_rules", _asked_rules(search, rules)),
        ("reach", (REACH, (search.case_id, search.exploitation, search.away_km, search.place))),
        *((name, (sql, ())) for name, sql in CHOSEN.items()),
        *((name, _of(rows)) for name, rows in _querysets(search, rules).items()),
        ("facts", (FACTS, ())),
        ("judged", (JUDGED, ())),
    ]
    heads = ", ".join(
        f"{name} AS MATERIALIZED ({sql})" if name in KEPT else f"{name} AS ({sql})" for name, (sql, _) in parts
    )
    where = "WHERE cardinality(excluded) = 0" if only_eligible else ""
    tail = f"LIMIT {int(limit)}" if limit else ""
    params = tuple(value for _, (_, values) in parts for value in values)
    return Statement(f"WITH {heads} SELECT * FROM judged {where} ORDER BY {RANK} {tail}", params)  # noqa: S608


RANK = """cardinality(excluded) > 0, tier, score DESC, recent, last_asked_at NULLS FIRST, code_name"""
KEPT = ("asked_rules", "reach", "facts")


def rows_of(built: Statement) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(built.sql, built.params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _of(rows: QuerySet[Any]) -> Part:
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def _querysets(search: Search, rules: Rules) -> dict[str, QuerySet[Any]]:
    day, since = search.day, search.at - dt.timedelta(days=rules.fair_days)
    proposals = Proposal.objects.filter(orientation__case_id=search.case_id, withdrawn_at=None)
    refused_since = search.at - dt.timedelta(days=rules.refused_days)
    trained = trained_enrolments(refresh_due_before(), day).exclude(employer=None)
    return {
        "bound": _latest(Convention.objects.in_force_on(day), "-starts_on", "ends_on"),
        "suspended": _latest(Suspension.objects.on(day), "-starts_on", "ends_on"),
        **{name: _many(rows) for name, rows in place_rows(search.at, without=search.siblings).items()},
        "told": _latest(confirmations_until(search.at), "-confirmed_at", "confirmed_at", "blocked"),
        "signed": acknowledgements_holding(DocumentKind.REFERENTIEL, day)
        .order_by()
        .values("partner_id")
        .annotate(at=Max("signed_at")),
        "trained": trained.order_by().values("employer_id").annotate(on=Max("session__ends_on")),
        "failing": failing_marks(at=search.at)
        .order_by()
        .values("partner_id")
        .annotate(codes=ArrayAgg(Concat("code", Value(":"), "value"), order_by="code")),
        "asked": _latest(
            proposals.filter(Q(answer=None) | ~Q(answer=Answer.REFUSED) | Q(answered_at__gte=refused_since)),
            "-sent_at",
            *("answer_id", "refusal_reason_id", "answered_at"),
        ),
        "arrivals": _many(Placement.objects.arrived_between(timezone.localdate(since), day)),
        "proposed": Proposal.objects.filter(sent_at__gte=since, sent_at__lte=search.at)
        .order_by()
        .values("partner_id")
        .annotate(at=Max("sent_at")),
    }


def _many(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Count the rows of each structure."""
    return rows.order_by().values("partner_id").annotate(n=Count("pk"))


def _latest(rows: QuerySet[Any], order: str, *columns: str) -> QuerySet[Any]:
    """List the latest row of each structure."""
    return rows.order_by("partner_id", order).distinct("partner_id").values("partner_id", *columns)


def _asked_rules(search: Search, rules: Rules) -> Part:
    """Return one row: what is asked of a structure.

    Numbers and codes are parameters, never text of the statement.
    """
    values = {
        "age": (search.age, "integer"),
        "sex": (search.sex, "text"),
        "forms": (list(search.forms), "text[]"),
        "containment": (search.containment, "integer"),
        "needs": (list(search.needs), "text[]"),
        "languages": (list(search.languages), "text[]"),
        "habilitations": (list(search.habilitations), "text[]"),
        "is_night": (search.is_night, "boolean"),
        "days": (search.admission_days, "integer"),
        "n": (search.together, "integer"),
        "zone": (search.zone, "text"),
        "region": (search.region, "text"),
        "fresh_since": (search.at - dt.timedelta(hours=rules.fresh_hours), "timestamptz"),
        "day": (search.day, "date"),
        **{f"w_{name}": (getattr(rules, f"{name}_points"), "integer") for name in POINTS},
        **{f"{name}_required": (getattr(rules, name) == Weight.REQUIRED, "boolean") for name in WEIGHED},
        **{f"{name}_counts": (getattr(rules, name) != Weight.IGNORED, "boolean") for name in WEIGHED},
        "sea_refused": (rules.overseas == Overseas.REFUSE, "boolean"),
        "imperative_excludes": (rules.imperative == Failing.EXCLUDES, "boolean"),
        "sea_last": (rules.overseas == Overseas.LAST, "boolean"),
        "waiting": (Answer.WAITING, "text"),
        "refused": (Answer.REFUSED, "text"),
    }
    columns = ", ".join(f"%s::{kind} AS {name}" for name, (_, kind) in values.items())
    return f"SELECT {columns}", tuple(value for value, _ in values.values())


WEIGHED = ("signature", "training", "siblings", "habilitation", "night", "delay")
POINTS = (
    "signature", "training", "siblings", "habilitation", "night", "language", "form", "containment", "psychologist",
    "delay", "place", "far", "avoided", "travel",
)  # fmt: skip
