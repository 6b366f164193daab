"""Shape of the answers: page, workbook and API show these objects and compute nothing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.definitions import Definition

WARNING_RATE = 0.2
"""Above this share of « Non renseigné », a breakdown carries a warning."""


KINDS = ("number", "percent", "hours", "days", "euros", "price", "marks", "points", "text")
"""What a number is, wherever a figure or a column says it."""


@dataclass(frozen=True)
class Figure:
    """`kind` is number, percent (value from 0 to 1), hours, days, euros, price (with its cents), marks (out of 5),
    points or text. `line` opens its list of rows.
    """

    code: str
    label: str
    value: Any
    kind: str = "number"
    note: str = ""
    line: str = ""
    part: int | None = None
    whole: int | None = None
    """What a share was worked out of; for a median, `whole` is how many delays it stands on."""


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    n: int
    is_partial: bool = False
    """A month that the period does not hold whole, or that still runs: not to be compared with the others."""


@dataclass(frozen=True)
class Breakdown:
    code: str
    title: str
    rows: tuple[Row, ...]
    unknown: int = 0
    """Number of rows not filled in; they are also the last of `rows`, under their own name."""
    line: str = COUNTED
    """Line of the population that is broken down, for the list of its rows; empty when there is none."""
    is_total: bool = False
    """Only the totals may be read: no list of rows leads from them."""

    is_state: bool = False
    """What stood on successive days: its rows are never added up."""
    whole: int | None = None
    """How many things are behind its rows, when one of them may stand in several."""

    @property
    def total(self) -> int:
        return sum(row.n for row in self.rows)

    @property
    def base(self) -> int:
        """Return what a share of one of its rows is worked out of."""
        return self.total if self.whole is None else self.whole

    @property
    def unknown_rate(self) -> float:
        return self.unknown / self.base if self.base else 0.0

    @property
    def is_warning(self) -> bool:
        return self.unknown_rate > WARNING_RATE


@dataclass(frozen=True)
class Grid:
    """A table of more than one column of figures."""

    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    cuts: tuple[str, ...] = ()
    """Names of the two cuts of a two-way table, whose last line and last column are totals."""
    keys: tuple[tuple[str, ...], ...] = ()
    """Keys of its lines, then of its columns, without the totals; an empty one is not filled in."""
    kinds: tuple[str, ...] = ()
    """Kind of the numbers of each column, as that of a figure; without them, all are numbers."""

    def kind(self, place: int) -> str:
        return self.kinds[place] if self.kinds else "number"


@dataclass(frozen=True)
class Result:
    definition: Definition
    headline: tuple[Figure, ...]
    companions: tuple[Figure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()

    def breakdown(self, code: str) -> Breakdown | None:
        return next((item for item in self.breakdowns if item.code == code), None)

    def breakdown_always(self, code: str) -> Breakdown:
        """Return a breakdown that the indicator always has. Raises `LookupError` for another."""
        if (item := self.breakdown(code)) is None:
            raise LookupError(f"{self.definition.code} has no breakdown {code}")
        return item

    def figure(self, code: str) -> Figure:
        return next(figure for figure in (*self.headline, *self.companions) if figure.code == code)


def headline_label(result: Result, figure: Figure) -> str:
    """Return the short label where the words of the call are too long; what was counted, where they name no number."""
    is_said = len(result.headline) > 1 or result.definition.is_qualitative
    return figure.label if is_said else result.definition.short


def key_text(key: Any) -> str:
    return key.isoformat() if isinstance(key, dt.date) else str(key)


def share_figure(code: str, label: str, part: int | None, whole: int | None, note: str = "") -> Figure:
    """Return a share with its part and its whole: what may be published depends on them."""
    return Figure(code, label, share(part, whole), "percent", note=note, part=part or 0, whole=whole or 0)


def share(part: int | None, whole: int | None) -> float | None:
    """Return a share from 0 to 1; None when there is nothing to share: a dash on screen, never 0 %."""
    return part / whole if part is not None and whole else None


def hours(duration: dt.timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds() / 3600


def days(duration: dt.timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds() / 86400
