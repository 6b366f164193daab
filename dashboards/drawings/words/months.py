"""Columns month by month, parted by category, with the period before as dashes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from dashboards.drawings.words.charts import Point, link, summary, wrap
from dashboards.indicators.rules.formats import french_number

WIDTH = 440
HEIGHT, FLOOR, TOP, LEFT = 230, 200, 22, 30
TICKS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 50_000, 100_000, 500_000)
MOST_TICKS = 5
FEW = 8


@dataclass(frozen=True)
class Part:
    """A piece of a column: `css` is the class of its category, which follows the value and never its rank."""

    label: str
    css: str
    value: int


@dataclass(frozen=True)
class Column:
    """A month. `before` is the same month of the period before, None when there is none."""

    label: str
    short: str
    value: int
    parts: tuple[Part, ...]
    url: str = ""
    before: int | None = None
    is_partial: bool = False


@dataclass(frozen=True)
class Columns:
    title: str
    description: str
    columns: tuple[Column, ...]
    svg: SafeString


def columns(title: str, drawn: Sequence[Column]) -> Columns:
    """Draw a column a month, which opens its rows, as the table beside does."""
    said = summary([Point(column.label, column.value) for column in drawn])
    most = max([max(column.value, column.before or 0) for column in drawn], default=0)
    tick = next((tick for tick in TICKS if most <= tick * MOST_TICKS), max(1, most // MOST_TICKS))
    scale = (FLOOR - TOP) / max(most, 1)
    step = (WIDTH - LEFT) / max(len(drawn), 1)
    body = [_tick(value, FLOOR - value * scale) for value in range(0, most + 1, tick)]
    every = max(1, round(30 / step))
    for place, column in enumerate(drawn):
        body.append(_column(column, LEFT + place * step, step, scale))
        if place % every == 0:
            # On a phone, one month in two is named: letters are larger there.
            css = "fig-tick fig-second" if (place // every) % 2 and len(drawn) > FEW else "fig-tick"
            body.append(_words(LEFT + (place + 0.5) * step, FLOOR + 18, column.short, css))
    return Columns(title, said, tuple(drawn), wrap(title, said, f"0 0 {WIDTH} {HEIGHT}", body, "fig-months"))


def _tick(value: int, y: float) -> str:
    css = "fig-axis" if value == 0 else "fig-grid"
    return (
        f'<path class="{css}" d="M{LEFT - 4} {y:.0f}H{WIDTH}"/>'
        f'<text class="fig-tick fig-end" x="{LEFT - 8}" y="{y + 4:.0f}">{french_number(value)}</text>'
    )


def _column(column: Column, x: float, step: float, scale: float) -> str:
    left, wide, top = x + step * 0.16, step * 0.68, float(FLOOR)
    drawn = []
    for part in column.parts:
        if part.value:
            tall = part.value * scale
            css = f"{part.css} fig-partial" if column.is_partial else part.css
            drawn.append(f'<path class="{css}" d="M{left:.1f} {top:.1f}h{wide:.1f}v-{tall:.1f}h-{wide:.1f}z"/>')
            top -= tall
    if drawn:
        drawn.insert(0, f"<title>{escape(_said(column))}</title>")
    body = link(f"<g>{''.join(drawn)}</g>", column.url) if drawn else ""
    if column.before is not None:
        y = FLOOR - column.before * scale
        body += f'<path class="fig-before" d="M{x + step * 0.08:.1f} {y:.1f}h{step * 0.84:.1f}"/>'
    if column.value:
        above = FLOOR - (column.before or 0) * scale if _touches(column, scale) else top
        body += _words(x + step / 2, above - 5, french_number(column.value), "fig-value")
    return body


def _said(column: Column) -> str:
    parts = ", ".join(
        f"{part.label} {french_number(part.value)}" for part in column.parts if part.label and part.value
    )
    return f"{column.label}{f' ({parts})' if parts else ''} : {french_number(column.value)}"


def _touches(column: Column, scale: float) -> bool:
    """Return whether the dashes of the period before would cross the number of the column."""
    return column.before is not None and 0 <= (column.before - column.value) * scale < 18


def _words(x: float, y: float, words: str, css: str) -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'
