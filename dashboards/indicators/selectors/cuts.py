"""Cuts of the populations, and the breakdowns and two-way tables read along them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.results import Breakdown, Grid, Row, key_text
from dashboards.indicators.selectors.cube import Cube
from dashboards.indicators.selectors.lexicon import (
    PRECISE,
    UNKNOWN,
    Lexicon,
    Scale,
    is_partial,
    month_label,
    month_words,
)
from dashboards.periods import Period


@dataclass(frozen=True)
class Dimension:
    """A way to cut a population. `kind`: month, age, territory, region, value, or choices given in `choices`."""

    name: str
    title: str
    kind: str = "value"
    prefix: str = ""
    choices: Mapping[str, str] | None = None

    def label(self, key: Any, lexicon: Lexicon) -> str:
        if key is None:
            return UNKNOWN
        if self.kind == "month":
            return month_label(key)
        if self.kind == "territory":
            return str(lexicon.territories[key])
        if self.kind == "region":
            return lexicon.regions[key]
        if self.choices is not None:
            return self.choices.get(key, key)
        return lexicon.labels.get(f"{self.prefix}{key}", str(key))

    def keys(self, present: set, period: Period, lexicon: Lexicon) -> list:
        """Return the keys to show, in their natural order: months and ages even at zero, the others if present."""
        if self.kind == "month":
            return period.months
        if self.kind == "age":
            return [bracket.key for bracket in lexicon.brackets if bracket.key in present or bracket.youngest < 18]
        if self.kind == "territory":
            return sorted(present)
        if self.choices is not None:
            return [key for key in self.choices if key in present]
        return sorted(present, key=lambda key: (self.label(key, lexicon), key_text(key)))


MONTH = Dimension("by_month", "Par mois", "month")
AGE = Dimension("by_age", "Par tranche d’âge", "age")
TERRITORY = Dimension("by_territory", "Par département d’exploitation", "territory")
REGION = Dimension("by_region", "Par région d’exploitation", "region")
SEX = Dimension("by_sex", "Par sexe")
FORM = Dimension("by_form", "Par forme principale d’exploitation")
PRECISE_FORM = Dimension("by_precise_form", "Par forme précise d’exploitation", prefix=PRECISE)
FAMILY = Dimension("by_family", "Par famille de service demandeur", prefix="famille_acteur:")
LEVEL = Dimension("by_level", "Par niveau d’identification")
ZONE = Dimension(
    "by_zone",
    "Par lieu d’exploitation, métropole ou outre-mer",
    "choices",
    choices={"metro": "Métropole", "drom": "Départements d’outre-mer", "com": "Collectivités d’outre-mer"},
)
ORIGIN = Dimension("by_origin", "Par département d’origine", "territory")
ORIGIN_REGION = Dimension("by_origin_region", "Par région d’origine", "region")
NATIONALITY = Dimension("by_nationality", "Par zone de nationalité")
UNACCOMPANIED = Dimension(
    "by_unaccompanied",
    "Mineurs non accompagnés",
    "choices",
    choices={"yes": "Mineur non accompagné", "no": "Accompagné"},
)
PRIOR = Dimension("by_prior", "Par suivi antérieur")
URGENCY = Dimension("by_urgency", "Par urgence de la demande")
PERSON_CUTS = (
    MONTH,
    TERRITORY,
    REGION,
    ZONE,
    ORIGIN,
    ORIGIN_REGION,
    AGE,
    SEX,
    NATIONALITY,
    UNACCOMPANIED,
    FORM,
    PRECISE_FORM,
    FAMILY,
    LEVEL,
    PRIOR,
    URGENCY,
)
"""Cuts of indicators 1 to 3."""


BY_SEX = ((FORM, SEX), (AGE, SEX))
"""Two-way tables that indicators 1 to 3 all have."""


def delay_cut(title: str, scale: Scale, name: str = "by_delay") -> Dimension:
    """Return a cut by classes of delay; a row without a delay is not filled in."""
    return Dimension(name, title, "choices", choices={key: label for key, label, _ in scale})


def by_sex(cube: Cube, period: Period, lexicon: Lexicon) -> tuple["Grid", "Grid"]:
    """Return the tables of form and sex, of age and sex."""
    return (
        two_way("form_sex", "Forme principale et sexe", cube, BY_SEX[0], period, lexicon),
        two_way("age_sex", "Âge et sexe", cube, BY_SEX[1], period, lexicon),
    )


def two_way(
    code: str,
    title: str,
    cube: Cube,
    cuts: tuple[Dimension, Dimension],
    period: Period,
    lexicon: Lexicon,
) -> "Grid":
    """Return persons or facts by two cuts at once, with the totals of each line and each column.

    Lines stand in the order of the breakdown: every month of the period, in its order, also without a row.
    """
    rows, columns = cuts
    cells = cube.across(rows.name, columns.name)
    downs = _ordered({down for down, _ in cells}, rows, period, lexicon)
    acrosses = _ordered({across for _, across in cells}, columns, period, lexicon)
    lines = [
        (
            month_words(down, period) if rows.kind == "month" and down else rows.label(down, lexicon),
            *(cells.get((down, across), 0) for across in acrosses),
            sum(cells.get((down, across), 0) for across in acrosses),
        )
        for down in downs
    ]
    totals = [sum(column) for column in list(zip(*lines, strict=True))[1:]]
    headers = (_short_title(rows), *(columns.label(across, lexicon) for across in acrosses), "Total")
    keys = tuple(tuple("" if key is None else key_text(key) for key in side) for side in (downs, acrosses))
    rows_and_total = (*lines, ("Total", *totals)) if lines else ()
    return Grid(code, title, headers, rows_and_total, cuts=(rows.name, columns.name), keys=keys)


def _short_title(cut: Dimension) -> str:
    return cut.title.removeprefix("Par ").capitalize()


def _ordered(present: set, cut: Dimension, period: Period, lexicon: Lexicon) -> list:
    """Return the keys of a breakdown in their natural order, what is not filled in last. An age without a row is left
    out, a month never: a table of nothing has no line.
    """
    if not present:
        return []
    known = cut.keys(present - {None}, period, lexicon)
    if cut.kind != "month":
        known = [key for key in known if key in present]
    return [*known, *([None] if None in present else [])]


def breakdown(cube: Cube, dimension: Dimension, period: Period, lexicon: Lexicon, line: str = COUNTED) -> Breakdown:
    counts = cube.by(dimension.name, line)
    unknown = counts.pop(None, 0)
    keys = dimension.keys(set(counts), period, lexicon)
    rows = tuple(_row(dimension, key, counts.get(key, 0), period, lexicon) for key in keys)
    if dimension.kind == "value" and dimension.choices is None:
        rows = most_first(rows)
    if unknown:
        rows = (*rows, Row("", UNKNOWN, unknown))
    return Breakdown(dimension.name, dimension.title, rows, unknown, line)


def _row(dimension: Dimension, key: Any, n: int, period: Period, lexicon: Lexicon) -> Row:
    if dimension.kind == "month" and key is not None:
        return month_row(key, n, period)
    return Row(key_text(key), dimension.label(key, lexicon), n)


def month_row(month: dt.date, n: int, period: Period) -> Row:
    return Row(key_text(month), month_words(month, period), n, is_partial=is_partial(month, period))


def most_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Sort rows by their number, then by words and key: equal numbers always stand in the same order."""
    return tuple(sorted(rows, key=lambda row: (-row.n, row.label, row.key)))


def breakdowns(cube: Cube, dimensions: tuple[Dimension, ...], period: Period, lexicon: Lexicon) -> tuple:
    return tuple(breakdown(cube, dimension, period, lexicon) for dimension in dimensions)
