"""The plan of a year beside what is achieved: sessions held, people trained, by module and by région."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import ExtractQuarter
from django.http import Http404

from cms.territory.models import Region
from cms.vault.hashing import normalise
from cms.wall import scope
from formation.common.policies import runs_all_sessions
from formation.curriculum.selectors import curriculum_in_force
from formation.enums import SessionState
from formation.people.selectors.training import trained_enrolments
from formation.sessions.models.sessions import Session
from formation.year_plan.models import YearPlan, YearPlanLine

FEWEST = 5
"""Under this number of people, readers outside the coordination see « moins de 5 »."""
REMOTE = ""
"""Key of sessions held at a distance, or whose place is not known."""
CountedRows = set[tuple[Any, ...]]
"""Rows of `_sessions` or of `_people`."""


@dataclass(frozen=True)
class GroupProgress:
    """Plan and achievement of one module, of one région or of the whole year, side by side.

    `sessions` and `target` are planned; `people` are distinct, counted by indicator 6.
    """

    label: str
    sessions: int
    held: int
    coming: int
    target: int
    people: int

    @property
    def share(self) -> float | None:
        return self.held / self.sessions if self.sessions else None


@dataclass(frozen=True)
class LineProgress:
    line: YearPlanLine
    held: int
    coming: int
    people: int


@dataclass(frozen=True)
class PlanProgress:
    plan: YearPlan
    lines: list[LineProgress]
    modules: list[GroupProgress]
    regions: list[GroupProgress]
    total: GroupProgress
    measure: "Measure"


@dataclass(frozen=True)
class Measure:
    """Sessions planned, and those of them that were held: a module held twice as often makes up for no other."""

    planned: int = 0
    held: int = 0
    target: int = 0
    people: int = 0


def plans_read() -> QuerySet[YearPlan]:
    """List the plans that the actor reads, the latest first."""
    return YearPlan.objects.order_by("-year")


def plan_get(year: int) -> YearPlan:
    plan = YearPlan.objects.filter(year=year).first()
    if plan is None:
        raise Http404
    return plan


def plan_write_get(year: int) -> YearPlan:
    if not runs_all_sessions():
        raise Http404
    return plan_get(year)


def lines_of(plan: YearPlan) -> QuerySet[YearPlanLine]:
    rows = YearPlanLine.objects.filter(plan=plan, sessions__gt=0).select_related("audience", "region")
    return rows.order_by("module_code", "quarter", "region__name", "audience__label")


def quarter_days(year: int, quarter: int) -> tuple[dt.date, dt.date]:
    first = dt.date(year, 3 * quarter - 2, 1)
    after = dt.date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def plan_progress(plan: YearPlan) -> PlanProgress:
    """Return the progress of a plan that the actor reads. Only totals leave the scope of figures: whoever reads a
    published plan sees no person.
    """
    lines = list(lines_of(plan))
    with scope.acting(scope.FIGURES):
        sessions, people = _sessions(plan.year), _people(plan.year)
        regions = dict(Region.objects.values_list("code", "name"))
        titles = _titles()
    by_line = [_line(line, sessions, people) for line in lines]
    codes = sorted({line.module_code for line in lines} | {row[1] for row in sessions})
    return PlanProgress(
        plan,
        by_line,
        [_module(code, titles.get(code, code), lines, sessions, people) for code in codes],
        _regions(lines, sessions, people, regions),
        _total(lines, sessions, people),
        _measure(plan.year, lines, range(1, 5), sessions, people),
    )


def plan_measured(first: dt.date, last: dt.date) -> Measure:
    """Measure the published plans over the quarters that stand whole within these days, under the scope of figures."""
    total = Measure()
    for plan in YearPlan.objects.exclude(published_at=None).filter(year__range=(first.year, last.year)):
        quarters = [number for number in range(1, 5) if _within(quarter_days(plan.year, number), first, last)]
        if quarters:
            rows = _sessions(plan.year), _people(plan.year)
            measure = _measure(plan.year, list(lines_of(plan)), quarters, *rows)
            total = Measure(
                total.planned + measure.planned,
                total.held + measure.held,
                total.target + measure.target,
                total.people + measure.people,
            )
    return total


def _within(days: tuple[dt.date, dt.date], first: dt.date, last: dt.date) -> bool:
    return first <= days[0] and days[1] <= last


def _sessions(year: int) -> CountedRows:
    """Return (id, module, quarter, région, state) of the sessions that end that year, without those cancelled."""
    rows = Session.objects.real().filter(ends_on__year=year).exclude(state=SessionState.CANCELLED)
    rows = rows.annotate(quarter=ExtractQuarter("ends_on"))
    values = rows.values_list("pk", "module_code", "quarter", "territory__region", "is_remote", "state")
    return {
        (pk, code, quarter, _place(region, is_remote), state) for pk, code, quarter, region, is_remote, state in values
    }


def _people(year: int) -> CountedRows:
    """Return (person, module, quarter, région of the session, group of professions) of who was trained that year."""
    rows = trained_enrolments(dt.date(year, 1, 1), dt.date(year, 12, 31)).order_by()
    rows = rows.annotate(
        quarter=ExtractQuarter("session__ends_on"), group=KeyTextTransform("group", "profession__extra")
    )
    values = rows.values_list(
        "professional", "session__module_code", "quarter", "session__territory__region", "session__is_remote", "group"
    )
    return {
        (pk, code, quarter, _place(region, is_remote), group) for pk, code, quarter, region, is_remote, group in values
    }


def _place(region: str | None, is_remote: bool) -> str:
    return REMOTE if is_remote else region or REMOTE


def _titles() -> dict[str, str]:
    version = curriculum_in_force()
    return {row.code: f"{row.code} – {row.content['title']}" for row in version.ordered_clauses} if version else {}


def _group(line: YearPlanLine) -> str | None:
    """Return `EDUC` for `groupe_profession:EDUC`, as a profession names its group."""
    return line.audience_id.partition(":")[2] if line.audience_id else None


def _is_of(line: YearPlanLine, code: str, quarter: int, region: str) -> bool:
    return (line.module_code, line.quarter) == (code, quarter) and line.region_id in (None, region)


def _line(line: YearPlanLine, sessions: CountedRows, people: CountedRows) -> LineProgress:
    own = [row for row in sessions if _is_of(line, *row[1:4])]
    group = _group(line)
    trained = {row[0] for row in people if _is_of(line, *row[1:4]) and group in (None, row[4])}
    held = sum(row[4] == SessionState.HELD for row in own)
    return LineProgress(line, held, len(own) - held, len(trained))


def _progress(
    label: str, lines: Iterable[YearPlanLine], sessions: Iterable[tuple[Any, ...]], people: Iterable[tuple[Any, ...]]
) -> GroupProgress:
    lines, sessions = list(lines), list(sessions)
    held = sum(row[4] == SessionState.HELD for row in sessions)
    return GroupProgress(
        label,
        sum(line.sessions for line in lines),
        held,
        len(sessions) - held,
        sum(line.people for line in lines),
        len({row[0] for row in people}),
    )


def _module(
    code: str, label: str, lines: list[YearPlanLine], sessions: CountedRows, people: CountedRows
) -> GroupProgress:
    return _progress(
        label,
        (line for line in lines if line.module_code == code),
        (row for row in sessions if row[1] == code),
        (row for row in people if row[1] == code),
    )


def _regions(
    lines: list[YearPlanLine], sessions: CountedRows, people: CountedRows, names: dict[str, str]
) -> list[GroupProgress]:
    """Return the progress by région of the session; what is planned anywhere stands on a line of its own."""
    keys = {row[3] for row in sessions} | {line.region_id or REMOTE for line in lines}
    # « Île-de-France » stands among the I; what has no région comes last.
    keys_in_order = sorted(keys, key=lambda key: (key == REMOTE, normalise(names.get(key, ""))))
    return [
        _progress(
            names.get(key, "À distance, ou sans région"),
            (line for line in lines if (line.region_id or REMOTE) == key),
            (row for row in sessions if row[3] == key),
            (row for row in people if row[3] == key),
        )
        for key in keys_in_order
    ]


def _total(lines: list[YearPlanLine], sessions: CountedRows, people: CountedRows) -> GroupProgress:
    return _progress("Toute l’année", lines, sessions, people)


def _measure(
    year: int, lines: list[YearPlanLine], quarters: Iterable[int], sessions: CountedRows, people: CountedRows
) -> Measure:
    wanted = set(quarters)
    planned: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        if line.quarter in wanted:
            planned[line.module_code, line.quarter] += line.sessions
    held: dict[tuple[str, int], int] = defaultdict(int)
    for _, code, quarter, _, state in sessions:
        held[code, quarter] += state == SessionState.HELD
    return Measure(
        sum(planned.values()),
        sum(min(held[key], number) for key, number in planned.items()),
        sum(line.people for line in lines if line.quarter in wanted),
        len({row[0] for row in people if row[2] in wanted and any(line.module_code == row[1] for line in lines)}),
    )
