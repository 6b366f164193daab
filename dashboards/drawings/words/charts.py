"""Charts drawn on the server: SVG with classes only, so that colours come from one style sheet, light or dark.

Every chart keeps the rows it was drawn from: its table is built from the same ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from dashboards.indicators.rules.formats import french_number

WIDTH = 440
NOTHING = "Aucune valeur sur la période."


@dataclass(frozen=True)
class Point:
    """One bar or dot. `short` is written under it, `label` in its tooltip and in the table; `url` opens its rows."""

    label: str
    value: int
    short: str = ""
    url: str = ""
    is_hidden: bool = False
    """Not shown: no bar, and its words say so."""
    is_partial: bool = False
    """A month that is not whole: drawn pale, and its label says which days are counted."""

    @property
    def caption(self) -> str:
        return f"{self.label} : {'masqué' if self.is_hidden else french_number(self.value)}"


@dataclass(frozen=True)
class Chart:
    title: str
    description: str
    points: tuple[Point, ...]
    svg: SafeString


def bars(title: str, points: Sequence[Point]) -> Chart:
    """Draw vertical bars, for months and ages."""
    height, floor, top = 210, 178, 18
    step = (WIDTH - 12) / max(len(points), 1)
    scale = _scale(points, floor - top)
    every = max(1, round(34 / step))
    drawn = []
    for place, point in enumerate(points):
        x, tall = 6 + place * step, point.value * scale
        drawn.append(
            _group(
                point,
                f'<rect class="fig-hit" x="{x:.1f}" y="0" width="{step:.1f}" height="{floor}"/>'
                f'<rect class="{_class("fig-bar", point)}" x="{x + step * 0.14:.1f}" y="{floor - tall:.1f}" '
                f'width="{step * 0.72:.1f}" '
                f'height="{tall:.1f}" rx="2"/>',
            )
        )
        middle = x + step / 2
        if point.is_hidden:
            drawn.append(_words(middle, floor - 5, "…", "fig-value"))
        elif point.value and step > 20:
            drawn.append(_words(middle, floor - tall - 5, french_number(point.value), "fig-value"))
        if place % every == 0:
            drawn.append(_words(middle, floor + 16, point.short or point.label, "fig-tick"))
    drawn.append(f'<line class="fig-axis" x1="0" x2="{WIDTH}" y1="{floor}" y2="{floor}"/>')
    return _chart(title, points, height, drawn)


def horizontal_bars(title: str, points: Sequence[Point]) -> Chart:
    """Draw one line of words and one bar for each row, for lists with long names."""
    row = 40
    most = max([point.value for point in points], default=0) or 1
    drawn = []
    for place, point in enumerate(points):
        y = place * row
        wide = (WIDTH - 70) * point.value / most
        drawn.append(
            _group(
                point,
                f'<rect class="fig-hit" x="0" y="{y}" width="{WIDTH}" height="{row}"/>'
                f'<text class="fig-label" x="0" y="{y + 15}">{escape(_cut(point.label))}</text>'
                f'<rect class="fig-track" x="0" y="{y + 21}" width="{WIDTH - 70}" height="10" rx="3"/>'
                f'<rect class="fig-bar" x="0" y="{y + 21}" width="{wide:.1f}" height="10" rx="3"/>'
                f'<text class="fig-value fig-end" x="{WIDTH - 4}" y="{y + 31}">{french_number(point.value)}</text>',
            )
        )
    return _chart(title, points, max(len(points), 1) * row, drawn)


def line(title: str, points: Sequence[Point]) -> Chart:
    """Draw a line of states, month after month."""
    height, floor, top = 210, 178, 22
    step = (WIDTH - 40) / max(len(points) - 1, 1)
    scale = _scale(points, floor - top)
    spots = [(20 + place * step, floor - point.value * scale) for place, point in enumerate(points)]
    every = max(1, round(34 / step))
    path = " ".join(f"{'M' if place == 0 else 'L'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(spots))
    drawn = [
        f'<line class="fig-axis" x1="0" x2="{WIDTH}" y1="{floor}" y2="{floor}"/>',
        f'<path class="fig-line" d="{path}"/>',
    ]
    for place, ((x, y), point) in enumerate(zip(spots, points, strict=True)):
        drawn.append(
            _group(
                point,
                f'<circle class="{_class("fig-dot", point)}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
            )
        )
        if place % every == 0:
            drawn.append(_words(x, floor + 16, point.short or point.label, "fig-tick"))
            drawn.append(_words(x, y - 9, french_number(point.value), "fig-value"))
    return _chart(title, points, height, drawn, course(points))


def course(points: Sequence[Point]) -> str:
    """Return where a line starts and ends, in words: states are never added up."""
    if not _any(points):
        return NOTHING
    ends = [f"{point.label}, {french_number(point.value)}" for point in (points[0], points[-1])]
    return f"De {ends[0]} à {ends[1]}."


def summary(points: Sequence[Point]) -> str:
    """Return the drawing as a sentence, for whoever cannot see it."""
    if not _any(points):
        return NOTHING
    highest = max(points, key=lambda point: point.value)
    if any(point.is_hidden for point in points):
        hidden = sum(point.is_hidden for point in points)
        return f"{len(points)} valeurs, dont {hidden} masquées. La plus haute : {highest.caption}."
    total = sum(point.value for point in points)
    return (
        f"{len(points)} valeurs, total {french_number(total)}. "
        f"La plus haute : {highest.label}, {french_number(highest.value)}."
    )


def _class(name: str, point: Point) -> str:
    return f"{name} fig-partial" if point.is_partial else name


def link(drawn: str, url: str) -> str:
    """Make a drawing open the rows behind it. The table beside gives the same link to the keyboard."""
    return f'<a class="fig-open" href="{escape(url)}" tabindex="-1">{drawn}</a>' if url else drawn


def _group(point: Point, drawn: str) -> str:
    return link(f"<g><title>{escape(point.caption)}</title>{drawn}</g>", point.url)


def wrap(title: str, description: str, view_box: str, drawn: Sequence[str], extra: str = "") -> SafeString:
    """Return an SVG image with its title and its description; its role is `group` when it holds links."""
    role = "group" if any("<a " in part for part in drawn) else "img"
    return mark_safe(  # noqa: S308 (every word is escaped where it is put in)
        f'<svg class="fig-svg {extra}" viewBox="{view_box}" role="{role}" '
        f'aria-label="{escape(title)}. {escape(description)}" focusable="false"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{''.join(drawn)}</svg>"
    )


def _chart(title: str, points: Sequence[Point], height: int, drawn: Sequence[str], description: str = "") -> Chart:
    description = description or summary(points)
    return Chart(title, description, tuple(points), wrap(title, description, f"0 0 {WIDTH} {height}", drawn))


def _words(x: float, y: float, words: str, name: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _scale(points: Sequence[Point], room: int) -> float:
    return room / max(point.value for point in points) if _any(points) else 0.0


def _any(points: Sequence[Point]) -> bool:
    return any(point.value for point in points)


def _cut(label: str, most: int = 58) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
