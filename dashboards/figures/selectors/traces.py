"""What an export counted, found again by its code."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from django.core.exceptions import ValidationError

from cms.users.models import User
from cms.wall import scope
from dashboards.figures.models import Trace
from dashboards.figures.selectors.report import counted_ids, rows_queryset
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Grid, key_text
from dashboards.indicators.selectors.cube import cube
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from dashboards.policies import figures_check, whole_scope_check

SHAPE = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
LENGTH = 19
UNKNOWN_CODE = "Aucun export ne porte ce code : reprenez-le au bas d’une feuille du classeur."


@dataclass(frozen=True)
class TraceComparison:
    """One indicator of an export beside what it counts today: rows that left it, rows that came."""

    trace: Trace
    label: str
    gone: int
    come: int

    @property
    def count(self) -> int:
        return len(self.trace.keys)

    @property
    def redefined(self) -> str:
        """Both versions of the definition, when the rules changed since."""
        now = DEFINITIONS[self.trace.indicator].version
        return f"{self.trace.definition} alors, {now} aujourd’hui" if now != self.trace.definition else ""


@dataclass(frozen=True)
class TracedCell:
    """One cell of an exported list or table: its names, how many of its rows are still there, keys that open them."""

    names: tuple[str, ...]
    n: int
    cuts: dict[str, str]


@dataclass(frozen=True)
class TracedRange:
    """A list or a table of an export, whose code leads from each of its cells to the rows."""

    trace: Trace
    title: str
    headers: tuple[str, ...]
    cells: tuple[TracedCell, ...]


def code_read(text: str) -> str:
    code = re.sub(r"[\s.–—]", "", text.upper()).replace("-", "")
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def trace_find(text: str) -> Trace:
    """Return the trace of a code. Raises `ValidationError` for what is no code, or a code that no export bears."""
    code = code_read(text)
    if not SHAPE.fullmatch(code):
        raise ValidationError(
            "Un code de trace a seize chiffres ou lettres de A à F, par exemple 3F2A-9C1B-07DE-55A4."
        )
    if (trace := Trace.objects.filter(code=code).first()) is None:
        raise ValidationError(UNKNOWN_CODE)
    return trace


def range_code(trace: str, cuts: Sequence[str]) -> str:
    """Return the code of a list or of a table: that of its rows, then eight signs that name its cuts."""
    signs = hashlib.sha256(" ".join(cuts).encode()).hexdigest()[:8].upper()
    return f"{trace}-{signs[:4]}-{signs[4:]}"


def cuts_traced(code: str, item: Breakdown | Grid) -> tuple[str, ...]:
    """Return the cuts that lead from the cells of a list or of a table to the rows; none when it has no such rows."""
    names = item.cuts if isinstance(item, Grid) else (item.code,)
    if isinstance(item, Breakdown) and (item.line != COUNTED or item.is_total or item.is_state):
        return ()
    known = {cut.name for cut in INDICATORS[code].rows.cuts}
    return tuple(names) if names and known.issuperset(names) else ()


def is_of_range(text: str) -> bool:
    return len(code_read(text)) > LENGTH


def range_find(user: User, text: str) -> TracedRange:
    """Return the cells of the list or table of a code, counted in the rows of its export that are still there.

    Raises `PermissionDenied`, and `ValidationError` for a code that no list bears.
    """
    figures_check(user)
    code = code_read(text)
    trace = trace_find(code[:LENGTH])
    cuts = next((pair for pair in _cuts_of(trace.indicator) if range_code(trace.code, _names(pair)) == code), None)
    if cuts is None:
        raise ValidationError(UNKNOWN_CODE)
    with scope.acting(scope.FIGURES):
        whole_scope_check()
        return TracedRange(trace, ", puis ".join(cut.title for cut in cuts), _titles(cuts), tuple(_cells(trace, cuts)))


def _cuts_of(code: str) -> Iterator[tuple[Dimension, ...]]:
    """Yield every way to cut the rows of an indicator, once and twice; none of the code of a whole workbook."""
    cuts = INDICATORS[code].rows.cuts if code else ()
    yield from ((cut,) for cut in cuts)
    yield from permutations(cuts, 2)


def _names(cuts: Sequence[Dimension]) -> tuple[str, ...]:
    return tuple(cut.name for cut in cuts)


def _titles(cuts: Sequence[Dimension]) -> tuple[str, ...]:
    return tuple(cut.title.removeprefix("Par ").capitalize() for cut in cuts)


def _cells(trace: Trace, cuts: tuple[Dimension, ...]) -> Iterator[TracedCell]:
    listing, names, lexicon = INDICATORS[trace.indicator].rows, _names(cuts), Lexicon.read()
    period = Period(trace.first, trace.last)
    rows = rows_queryset(listing, period, lexicon, line=COUNTED, cuts={}, keys=trace.keys)
    counted = cube(rows, names, crossed=[(names[0], names[1])] if len(names) > 1 else ())
    counts = counted.across(*names) if len(names) > 1 else {(key,): n for key, n in counted.by(names[0]).items()}
    for keys, n in sorted(counts.items(), key=lambda cell: (-cell[1], [str(key) for key in cell[0]])):
        labels = tuple(cut.label(key, lexicon) for cut, key in zip(cuts, keys, strict=True))
        texts = ["" if key is None else key_text(key) for key in keys]
        yield TracedCell(labels, n, dict(zip(names, texts, strict=True)))


def traces_compare(user: User, trace: Trace) -> list[TraceComparison]:
    """Compare each sheet of the export with the same figure counted now. Raises `PermissionDenied`."""
    figures_check(user)
    codes = trace.parts or [trace.code]
    traces = {row.indicator: row for row in Trace.objects.filter(code__in=codes)}
    now = counted_ids(user, Period(trace.first, trace.last))
    return [
        TraceComparison(
            row,
            DEFINITIONS[code].label,
            gone=len(set(row.keys) - set(now[code])),
            come=len(set(now[code]) - set(row.keys)),
        )
        for code, row in sorted(traces.items())
    ]
