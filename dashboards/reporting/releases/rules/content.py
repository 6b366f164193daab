"""What a release says: the figures and tables of a frozen report, without the cells that are hidden."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result
from dashboards.indicators.selectors.coverage import STATE_LABELS
from dashboards.reporting.releases.rules.cells import (
    MISSING,
    MISSING_TOTAL,
    TIMES,
    Cell,
    Cells,
    breakdowns_of,
    lines_of,
    missing_of,
)
from dashboards.reporting.releases.rules.plan import (
    COARSER,
    LEAST_BASE,
    LEAST_SLOWEST,
    OVERSEAS,
    PUBLISHED,
    STEPS,
    PublicationPlan,
    plan_of,
)
from dashboards.reporting.releases.rules.programme import SMALL

SHAPE = 1
HIDDEN = None
TOTAL = "Total"
COVERED = ("I5", "I5.overseas")
OVERSEAS_LENGTH, DROM = 3, ("971", "972", "973", "974", "976")
PLACES_NOTE = (
    "La carte et le tableau d’outre-mer montrent les territoires dont l’autorité est sous convention. Les autres "
    "départements du chiffre ne sont couverts que par une structure : ils ne sont pas situés, pour protéger les lieux."
)


def content_of(cells: Cells, hidden: set[Cell]) -> dict[str, Any]:
    """Return plain data that pages, papers, workbook and API all read. A hidden cell is null, whatever the reason."""
    results = cells.report.results
    return {
        "shape": SHAPE,
        "first": cells.report.period.first.isoformat(),
        "last": cells.report.period.last.isoformat(),
        "indicators": [_IndicatorContent(cells, hidden, plan, results[plan.code]).all() for plan in PUBLISHED],
        "map": {code: state for code, state in coverage_of(results["I5"]).items() if state != "none"},
        "withheld": sorted([list(name) for name in cells.untold]),
        "left_out": sorted({_title_of(*name, results) for name in cells.untold}),
        "hidden": [cell.plain() for cell in sorted(hidden, key=repr)],
    }


def _title_of(code: str, name: str, results: Mapping[str, Result]) -> str:
    """Return in words what a release leaves out: a table, or a figure by itself."""
    plan, result = plan_of(code), results[code]
    titles = {item.code: item.title for item in result.grids}
    titles |= {item.code: item.title for item in breakdowns_of(plan, result)}
    titles |= {figure.code: figure.label for figure in (*result.headline, *result.companions)}
    return f"{code} – {titles.get(name, 'Besoins non couverts')}"


def coverage_of(result: Result) -> dict[str, str]:
    """Return the state of each territory for the map, by conventions alone: where only a structure stands, whoever
    knows which authorities signed would find it.
    """
    by_label = {label: state for state, label in STATE_LABELS.items()}
    return {code: by_label[label] for _, code, label in conventions_of(result)}


def conventions_of(result: Result) -> tuple[tuple[Any, ...], ...]:
    return next((grid.rows for grid in result.grids if grid.code == "conventions"), ())


def tells_places(figure: Figure, result: Result) -> bool:
    """Return whether a number of covered départements would place structures: beside the conventions, all the others
    are then covered by a structure alone.
    """
    if figure.code not in COVERED or not (rows := conventions_of(result)):
        return False
    codes = [code for _, code, _ in rows if len(code) == OVERSEAS_LENGTH and code.startswith(DROM)]
    if figure.code == "I5":
        codes += [code for _, code, _ in rows if len(code) < OVERSEAS_LENGTH]
    signed = sum(coverage_of(result)[code] != "none" for code in codes)
    return signed < len(codes) == figure.value


class _IndicatorContent:
    """One indicator of a release."""

    def __init__(self, cells: Cells, hidden: set[Cell], plan: PublicationPlan, result: Result) -> None:
        self.cells, self.hidden, self.plan, self.result = cells, hidden, plan, result
        self.numbers = cells.numbers

    def all(self) -> dict[str, Any]:
        definition = self.result.definition
        return {
            "code": definition.code,
            "label": definition.label,
            "short": definition.short,
            "unit": definition.unit,
            "dating": definition.dating,
            "rules": list(definition.rules),
            "version": definition.version,
            "is_qualitative": definition.is_qualitative,
            "figures": [item for item in map(self.figure, self._figures()) if item],
            "tables": [
                *(self.table(item) for item in self._told() if item.rows),
                *(
                    self.cross(grid)
                    for grid in self.result.grids
                    if grid.rows and grid.cuts and self._is_told(grid.code)
                ),
                *self._missing(),
                *self._overseas(),
            ],
            "notes": self._notes(),
        }

    def _is_told(self, table: str) -> bool:
        return self.cells.is_told(self.plan, table)

    def _told(self) -> list[Breakdown]:
        return [item for item in breakdowns_of(self.plan, self.result) if self._is_told(item.code)]

    def _notes(self) -> list[str]:
        """Return the notes of what concerns nobody; coverage has one of its own, since the others name places."""
        if self.plan.code == "I5":
            return [PLACES_NOTE]
        return list(self.result.notes) if self.plan.is_open else []

    def _figures(self) -> list[Figure]:
        nights = (self.plan.nights or ())[:1]
        wanted = {*self.plan.apart, *self.plan.cells, *self.plan.measures, *self.plan.words, *nights}
        return [*self.result.headline, *(figure for figure in self.result.companions if figure.code in wanted)]

    def figure(self, figure: Figure) -> dict[str, Any] | None:
        value = self._value(figure)
        return {
            "code": figure.code,
            "label": figure.label,
            "kind": figure.kind,
            "value": value,
            "is_hidden": value is HIDDEN and figure.value is not None,
            "note": figure.note if self.plan.is_open or figure.code == "I4.authorities" else "",
        }

    def _value(self, figure: Figure) -> Any:
        if figure.value is None:
            return None
        if self._is_untold(figure):
            return HIDDEN
        if figure.code in self.plan.structures:
            return round(figure.value, 2) if self._structures_may_be_shown(figure) else HIDDEN
        if figure.kind in ("percent", "hours", "days"):
            is_shown = self.plan.is_open or (may_be_shown(figure) and not self._tells(figure))
            return _rounded(figure, self.plan) if is_shown else HIDDEN
        if tells_places(figure, self.result):
            return HIDDEN
        if self.plan.nights and figure.code == self.plan.nights[0]:
            return figure.value if self._nights_may_be_shown(figure) else HIDDEN
        if self.plan.is_open or figure.kind == "text" or figure.code == "I4.authorities":
            return figure.value
        if figure.code in self.plan.cells:
            cut, key = self.plan.cells[figure.code]
            return self.n(self.cells.place(self.plan, cut, key), figure.value) if self._is_told(cut) else HIDDEN
        measure = "" if figure.code == self.plan.measure else figure.code
        return self.n(self.cells.cell(self.plan, measure=measure), figure.value)

    def _is_untold(self, figure: Figure) -> bool:
        """Return whether the number of a figure, or the headline that a share goes with, is left out."""
        if self.plan.is_open or figure.kind == "text" or figure.code == "I4.authorities":
            return False
        beside = figure.code in self.plan.apart
        return (self.plan.code, figure.code if beside else self.plan.measure) in self.cells.untold

    def _tells(self, figure: Figure) -> bool:
        """Return whether a share would reveal hidden cells: beside the total, few wholes are possible."""
        if figure.code in self.plan.shares:
            counts = self.cells.counts[self.plan.measure]
            is_told = figure.code in counts.shares and counts.share(figure.code) not in self.hidden
            return not is_told or counts.cell() in self.hidden
        cut = self._cut_told(self.plan.wholes.get(figure.code, ""))
        rest = int(self.result.figure(self.plan.measure).value or 0) - (figure.whole or 0)
        if figure.code not in self.plan.wholes or rest == 0:
            return False
        item = next((item for item in self._told() if item.code == cut), None)
        if item is None:
            return True
        lines = [(n, self.n(self.cells.place(self.plan, cut, key), n)) for key, n in sorted(lines_of(self.plan, item))]
        if cut in TIMES:
            lines = _latest(lines, rest)
        return rest <= SMALL or any(shown is HIDDEN for _, shown in lines)

    def _cut_told(self, cut: str) -> str:
        """Return a cut, or the coarser one that is told in its place."""
        coarser = [rule.code for rule in COARSER if rule.fine == cut] + (["by_quarter"] if cut == "by_month" else [])
        return next((code for code in (cut, *coarser) if self._is_told(code)), "")

    def _structures_may_be_shown(self, figure: Figure) -> bool:
        """Return whether a share of structures may be shown: not with a hidden number, nor when it leaves few out."""
        plan = next(item for item in PUBLISHED if item.code == "I4")
        number = int(self.cells.report.results["I4"].figure(plan.measure).value or 0)
        is_told = self.cells.cell(plan) not in self.hidden
        return is_told and may_be_shown(figure) and not 1 <= number - (figure.whole or 0) <= SMALL

    def _nights_may_be_shown(self, figure: Figure) -> bool:
        """Return whether the nights tell nothing that the release hides.

        They are at most those of all who were there before, and of all who arrived, each month from its first day:
        with every total told, nothing hidden is left to be bounded but who was there on the eve, a number of the
        release before. It is held when it is small.
        """
        stock = self.plan.nights[1] if self.plan.nights else ""
        time = self._cut_told("by_month")
        item = next((item for item in self._told() if item.code == time), None)
        totals = [self.cells.cell(self.plan), self.cells.cell(self.plan, measure=stock)]
        if item is None or any(cell in self.hidden for cell in totals) or (self.plan.code, stock) in self.cells.untold:
            return False
        if any(self.n(self.cells.place(self.plan, time, key), n) is HIDDEN for key, n in lines_of(self.plan, item)):
            return False
        period, nights, eve = self.cells.report.period, int(figure.value), figure.part or 0
        days = (period.last - period.first).days + 1
        months = ((dt.date.fromisoformat(row.key), row.n) for row in item.rows if row.key)
        arrived = sum(n * ((period.last - max(start, period.first)).days + 1) for start, n in months)
        return nights >= LEAST_BASE * days and (eve > SMALL or nights - arrived <= days)

    def n(self, cell: Cell, number: int) -> int | None:
        if self.plan.is_open or number == 0:
            return number
        # A cell that the network does not know is shown only if it is not small.
        known = cell in self.numbers
        return HIDDEN if cell in self.hidden or (not known and number <= SMALL) else number

    def table(self, item: Breakdown) -> dict[str, Any]:
        labels = {row.key: row.label for row in item.rows} | {OVERSEAS: "Outre-mer, tous territoires"}
        rows = [
            [labels[key], self.n(self.cells.place(self.plan, item.code, key), n)]
            for key, n in lines_of(self.plan, item)
        ]
        keys = [key for key, _ in lines_of(self.plan, item)]
        return {
            "code": item.code,
            "title": item.title,
            "headers": ["Modalité", "Nombre"],
            "rows": rows,
            "keys": keys,
            "is_state": item.is_state,
            "unknown": not item.is_state and item.is_warning,
        }

    def cross(self, grid: Grid) -> dict[str, Any]:
        (down_cut, across_cut), (downs, acrosses) = grid.cuts, grid.keys
        rows = []
        for down, row in zip(downs, grid.rows, strict=False):
            inside = [
                self.n(self.cells.cell(self.plan, (down_cut, down), (across_cut, across)), n)
                for across, n in zip(acrosses, row[1:], strict=False)
            ]
            rows.append([row[0], *inside, self.n(self.cells.cell(self.plan, (down_cut, down)), row[-1])])
        last = grid.rows[-1]
        across = [
            self.n(self.cells.cell(self.plan, (across_cut, key)), n)
            for key, n in zip(acrosses, last[1:], strict=False)
        ]
        rows.append([TOTAL, *across, self.n(self.cells.cell(self.plan), last[-1])])
        return {"code": grid.code, "title": grid.title, "headers": list(grid.headers), "rows": rows, "is_cross": True}

    def _missing(self) -> list[dict[str, Any]]:
        needs = missing_of(self.result) if MISSING in self.cells.counts else []
        if not needs or not (self._is_told(MISSING) or self._is_told(MISSING_TOTAL)):
            return []
        numbers = {(region, form): n for region, form, n in needs}
        regions, forms = sorted({region for region, _, _ in needs}), sorted({form for _, form, _ in needs})

        def one(**classes: str) -> int | None:
            cell = self.cells.cell(self.plan, *classes.items(), measure="missing")
            return self.n(cell, self.numbers.get(cell, 0))

        if not self._is_told(MISSING):
            return [
                {
                    "code": MISSING_TOTAL,
                    "title": "Besoins non couverts",
                    "headers": ["Région", TOTAL],
                    "rows": [[TOTAL, one()]],
                    "is_cross": True,
                }
            ]
        rows = [
            [
                region,
                *(one(région=region, forme=form) if (region, form) in numbers else 0 for form in forms),
                one(région=region),
            ]
            for region in regions
        ]
        rows.append([TOTAL, *(one(forme=form) for form in forms), one()])
        title = "Besoins non couverts : ce qui a manqué, par région et forme principale"
        headers = ["Région", *forms, TOTAL]
        return [{"code": "missing", "title": title, "headers": headers, "rows": rows, "is_cross": True}]

    def _overseas(self) -> list[dict[str, Any]]:
        rows = [[name, state] for name, code, state in conventions_of(self.result) if len(code) == OVERSEAS_LENGTH]
        if self.plan.code != "I5" or not rows:
            return []
        title = "Outre-mer : territoires dont l’autorité est sous convention"
        return [{"code": "overseas", "title": title, "headers": ["Territoire", "Couverture"], "rows": rows}]


def _latest(months: list[tuple[int, int | None]], rest: int) -> list[tuple[int, int | None]]:
    """Return the last months, which a share on the first ones leaves out; none when it cuts a month in two."""
    ends = (months[at:] for at in range(len(months) - 1, -1, -1))
    return next((end for end in ends if sum(n for n, _ in end) == rest), [])


def _rounded(figure: Figure, plan: PublicationPlan) -> float:
    """Return a share in whole percents; a delay no closer than would tell one row from another."""
    if plan.is_open or figure.kind not in STEPS:
        return float(round(figure.value, 2))
    step = STEPS[figure.kind]
    return round(figure.value / step) * step


def may_be_shown(figure: Figure) -> bool:
    """Return whether a share or a delay rests on enough rows, no side of a share being from 1 to 4."""
    least = LEAST_SLOWEST if figure.code.endswith(".p90") else LEAST_BASE
    if figure.value is None or (figure.whole or 0) < least:
        return False
    if figure.kind != "percent":
        return True
    part = figure.part or 0
    return not any(1 <= side <= SMALL for side in (part, (figure.whole or 0) - part))
