"""The indicators at a glance: number, course, change, target."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboards.drawings.words.small import is_late, progress_bar, spark
from dashboards.figures.selectors.comparison import Comparison, ComparisonLine
from dashboards.figures.selectors.report import Report
from dashboards.figures.words.addresses import PageAddress
from dashboards.figures.words.drawn import DRAWINGS, LABELS
from dashboards.indicators.rules.formats import NARROW, french, french_number
from dashboards.indicators.rules.results import Result
from dashboards.periods import Period


def small_label(code: str, text: str) -> str:
    """Return what a number counts, in the singular for none and for one."""
    label = LABELS.get(code, "")
    if text not in ("0", "1"):
        return label
    return " ".join(word.removesuffix("s") for word in label.split())


@dataclass(frozen=True)
class TileNumber:
    text: str
    label: str
    """What is counted, in a word, and out of how many."""


@dataclass(frozen=True)
class Tile:
    code: str
    title: str
    tab: str
    label: str
    url: str
    is_open: bool
    numbers: tuple[TileNumber, ...]
    changes: tuple[str, ...]
    said: str
    """The change in words, for whoever hears the page."""
    course: SafeString
    target: str
    progress: str
    is_late: bool
    bar: SafeString


def tiles(report: Report, comparison: Comparison, address: PageAddress, opened: str) -> tuple[Tile, ...]:
    lines = {line.code: line for line in comparison.lines}
    return tuple(
        _tile(code, result, [lines[figure.code] for figure in result.headline], report.period, address, opened)
        for code, result in report.results.items()
    )


def _tile(
    code: str, result: Result, lines: list[ComparisonLine], period: Period, address: PageAddress, opened: str
) -> Tile:
    expected = pace(period)
    aimed = [line for line in lines if line.target]
    worst = min((line.now / (line.target or 1) for line in aimed), default=None)
    late = worst is not None and is_late(worst, expected)
    return Tile(
        code,
        result.definition.short,
        DRAWINGS[code].tab,
        result.definition.label,
        address.of(code),
        code == opened,
        tuple(
            TileNumber(text, " ".join(filter(None, (small_label(figure.code, text), figure.note))))
            for figure, text in ((figure, french(figure)) for figure in result.headline)
        ),
        tuple(_change(line) for line in lines if line.before is not None),
        " ; ".join(line.difference for line in lines if line.before is not None),
        _course(result),
        " et ".join(french_number(line.target or 0) for line in aimed),
        "" if worst is None else _progress(worst, late=late),
        late,
        SafeString("") if worst is None else progress_bar(worst, expected),
    )


def pace(period: Period) -> float:
    """Return how much of the period is behind, from 0 to 1."""
    return ((period.as_of - period.first).days + 1) / ((period.last - period.first).days + 1)


def _progress(reached: float, *, late: bool) -> str:
    if reached >= 1:
        return "atteinte"
    return f"{french_number(int(100 * reached))}{NARROW}%, {'en retard' if late else 'au rythme'}"


def _change(line: ComparisonLine) -> str:
    gap = line.now - (line.before or 0)
    return f"{'▲' if gap > 0 else '▼'} {french_number(abs(gap))}" if gap else "="


def _course(result: Result) -> SafeString:
    """Draw whole months alone: a month that runs would look like a fall."""
    item = result.breakdown("by_month")
    rows = list(item.rows) if item else []
    while rows and rows[-1].is_partial:
        rows.pop()
    return spark([row.n for row in rows if row.key])
