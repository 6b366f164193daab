"""A release as pages and papers show it: words, drawings, tables. Nothing is worked out but from what is published."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cms.documents.enums import DocumentKind
from dashboards.drawings.words.charts import Chart, Point, bars, horizontal_bars, line
from dashboards.drawings.words.map import Map, state_map
from dashboards.indicators.rules.definitions import COMMON_RULES
from dashboards.indicators.rules.formats import french
from dashboards.indicators.rules.results import Figure
from dashboards.periods import SHORT_MONTHS, Period, french_day
from dashboards.reporting.releases.models import Release

SIGNED_LABELS = {"covered": "Autorité sous convention", "partial": "Une des deux autorités", "none": "Pas encore"}
MASKED = "masqué"
LEGEND = (
    "« masqué » : nombre de 1 à 4, ou nombre qui le donnerait par soustraction, dans cette publication ou les "
    "précédentes. Les totaux sont exacts. Le masque est le même partout : page, classeur, papier, logiciel."
)
DRAWN = {
    "I1": ("by_month", "by_quarter", "by_form", "by_form_wide", "by_age", "by_age_wide"),
    "I2": ("by_month", "by_quarter", "by_outcome"),
    "I3": ("by_month", "by_quarter", "by_type", "by_form_wide"),
    "I4": ("by_region", "by_region_wide"),
    "I5": ("by_month", "by_region"),
    "I6": ("by_month", "by_quarter", "by_group"),
    "I7": ("by_month", "by_module"),
    "I8": ("by_month", "by_quarter", "by_type"),
}


DOCUMENTS = {"I7": DocumentKind.TRAINING_STRATEGY.value, "I8": DocumentKind.INCIDENT_CIRCUIT.value}
"""What the qualitative indicators are about: the page that a reader goes on to."""
MOST_BARS = 20
"""Beyond, a chart no longer reads: it says how many rows its table has more."""


@dataclass(frozen=True)
class TableLine:
    label: str
    cells: tuple[str, ...]
    raw: tuple[Any, ...] = ()
    """Numbers themselves, for workbooks; None when hidden."""
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    headers: tuple[str, ...]
    lines: tuple[TableLine, ...]
    chart: Chart | None = None
    note: str = ""
    is_cross: bool = False
    left_out: str = ""
    """What the chart does not draw, in words: without them, its only bar would pass for all there is."""


@dataclass(frozen=True)
class FigureLine:
    """One figure: its words, those of the period before, and the target of the year."""

    code: str
    label: str
    text: str
    note: str = ""
    before: str = ""
    target: str = ""
    is_hidden: bool = False
    raw: Any = None
    """The number itself, for workbooks, as those of the period before and of the target; None when hidden."""
    kind: str = "number"
    raw_before: Any = None
    raw_target: int | None = None


@dataclass(frozen=True)
class Part:
    code: str
    label: str
    short: str
    unit: str
    dating: str
    rules: tuple[str, ...]
    version: str
    is_qualitative: bool
    headline: tuple[FigureLine, ...]
    figures: tuple[FigureLine, ...]
    drawn: tuple[Table, ...]
    tables: tuple[Table, ...]
    comment: str
    notes: tuple[str, ...]
    map: Map | None
    document: str


@dataclass(frozen=True)
class Page:
    title: str
    days: str
    trace: str
    published_on: dt.date | None
    parts: tuple[Part, ...]
    unmet: tuple[Table, ...]
    legend: str
    before: str
    common_rules: tuple[str, ...]
    has_targets: bool
    exception: str = ""
    """Why a period that is not of the calendar was published."""
    left_out: tuple[str, ...] = ()
    """Tables that nothing could mask."""


def page_of(release: Release) -> Page:
    """Return all that a reader is shown of a release, beside the one before it."""
    content, earlier = release.content, release_before(release)
    read_before = earlier.content["indicators"] if earlier else ()
    figures_before = {figure["code"]: figure for item in read_before for figure in item["figures"]}
    parts = tuple(_part(release, item, figures_before) for item in content["indicators"])
    second = next(part for part in parts if part.code == "I2")
    unmet = tuple(
        table
        for table in second.tables
        if table.code in ("missing", "missing_total", "region_outcome", "form_outcome")
    )
    agreed = release.agreed_at
    return Page(
        release.title,
        f"du {french_day(release.first)} au {french_day(release.last)}",
        release.trace,
        agreed.date() if agreed else None,
        parts,
        unmet,
        LEGEND,
        earlier.title if earlier else "",
        COMMON_RULES,
        bool(content.get("targets")),
        content.get("exception", ""),
        tuple(content.get("left_out", ())),
    )


def release_before(release: Release) -> Release | None:
    """Return the latest release of as long a period that ended the day before, or of the same days a year earlier."""
    length = (release.last - release.first).days
    rows = Release.objects.agreed().filter(last__lt=release.first).order_by("-last")
    return next((row for row in rows if abs((row.last - row.first).days - length) <= 3), None)


def _part(release: Release, item: dict[str, Any], earlier: dict[str, dict]) -> Part:
    code = item["code"]
    figures = [_figure_line(figure, earlier, release.content.get("targets") or {}) for figure in item["figures"]]
    count = 2 if code in ("I4", "I5", "I6") else 1
    tables = [_table(code, table) for table in item["tables"]]
    covered = state_map("Départements dont l’autorité est sous convention", release.content["map"], SIGNED_LABELS)
    return Part(
        code,
        item["label"],
        item["short"],
        item["unit"],
        item["dating"],
        tuple(item["rules"]),
        item["version"],
        item["is_qualitative"],
        tuple(figures[:count]),
        tuple(figures[count:]),
        tuple(table for table in tables if table.chart),
        tuple(table for table in tables if not table.chart),
        release.comments.get(code, ""),
        tuple(item["notes"]),
        covered if code == "I5" else None,
        DOCUMENTS.get(code, ""),
    )


def words_of(figure: dict[str, Any]) -> str:
    if figure["is_hidden"]:
        return MASKED
    return french(Figure(figure["code"], figure["label"], figure["value"], figure["kind"]))


def _figure_line(figure: dict[str, Any], earlier: dict[str, dict], targets: dict[str, int]) -> FigureLine:
    code = figure["code"]
    before = words_of(earlier[code]) if code in earlier and figure["kind"] != "text" else ""
    target = french(Figure(code, "", targets[code])) if code in targets else ""
    return FigureLine(
        code,
        figure["label"],
        words_of(figure),
        figure["note"],
        before,
        target,
        figure["is_hidden"],
        figure["value"],
        figure["kind"],
        earlier[code]["value"] if before else None,
        targets.get(code),
    )


def cell_words(value: Any) -> str:
    if value is None:
        return MASKED
    return value if isinstance(value, str) else french(Figure("", "", value))


def _table(code: str, table: dict[str, Any]) -> Table:
    is_cross = bool(table.get("is_cross"))
    lines = tuple(
        TableLine(row[0], tuple(map(cell_words, row[1:])), tuple(row[1:]), is_cross and row is table["rows"][-1])
        for row in table["rows"]
    )
    note = "Plus de 20 % de « Non renseigné » : à lire avec prudence." if table.get("unknown") else ""
    chart = _chart(code, table) if table["code"] in DRAWN.get(code, ()) else None
    beside = left_out(table) if chart else ""
    return Table(table["code"], table["title"], tuple(table["headers"]), lines, chart, note, is_cross, beside)


def left_out(table: dict[str, Any]) -> str:
    """Return in words the rows that a chart leaves out: otherwise they would not be seen. Months keep their
    place, hidden or not.
    """
    if table["code"] == "by_month":
        return ""
    hidden = sum(row[1] is None for row in table["rows"])
    beyond = max(0, len(table["rows"]) - hidden - MOST_BARS)
    words = {"masquée": hidden, "non dessinée": beyond}
    parts = [f"{n} autre{'s' * (n > 1)}, {word}{'s' * (n > 1)}" for word, n in words.items() if n]
    return f"Et {' ; '.join(parts)} : voir le tableau." if parts else ""


def _chart(code: str, table: dict[str, Any]) -> Chart | None:
    """Draw the cells that are shown; a hidden one has no bar and says so."""
    rows = list(zip(table["keys"], table["rows"], strict=True))
    if not any(row[1] for _, row in rows) and any(row[1] is None for _, row in rows):
        return None  # nothing to draw: the table says what is hidden
    if table["code"] == "by_month":
        if table.get("is_state"):
            return line(table["title"], [Point(row[0], row[1], _short(key)) for key, row in rows])
        points = [Point(row[0], row[1] or 0, _short(key), is_hidden=row[1] is None) for key, row in rows]
        return bars(table["title"], points) if points else None
    points = [Point(row[0], row[1]) for _, row in rows if row[1] is not None]
    return horizontal_bars(table["title"], points[:MOST_BARS]) if points else None


def _short(key: str) -> str:
    return SHORT_MONTHS[int(key[5:7]) - 1] if key else ""


def period_words(release: Release) -> str:
    return str(Period(release.first, release.last))
