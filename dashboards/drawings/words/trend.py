"""Several lines from period to period, named at their end; a hidden number leaves a gap."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from dashboards.drawings.words.charts import wrap
from dashboards.indicators.rules.formats import french_number

WIDTH, HEIGHT, FLOOR, TOP, LEFT, RIGHT = 440, 230, 198, 16, 28, 350
APART = 15
"""Least room between two names at the end of their lines."""


@dataclass(frozen=True)
class Series:
    """`css` follows what is counted, never its rank. None is not shown."""

    name: str
    css: str
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Trend:
    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    svg: SafeString

    @property
    def rows(self) -> list[tuple[str, list[int | None]]]:
        """Return the numbers of the drawing, one line a period."""
        return [(label, [item.values[place] for item in self.series]) for place, label in enumerate(self.labels)]


def trend(title: str, labels: Sequence[str], series: Sequence[Series]) -> Trend:
    most = max([value or 0 for item in series for value in item.values], default=0) or 1
    step = (RIGHT - LEFT) / max(len(labels) - 1, 1)
    scale = (FLOOR - TOP) / most
    drawn = [f'<path class="fig-axis" d="M{LEFT} {FLOOR}H{RIGHT}"/>']
    every = max(1, round(52 / step))
    drawn += [
        f'<text class="fig-tick" x="{LEFT + place * step:.0f}" y="{FLOOR + 18}">{escape(label)}</text>'
        for place, label in enumerate(labels)
        if place % every == 0 or place == len(labels) - 1
    ]
    used: list[float] = []
    for item in series:
        spots = [
            None if value is None else (LEFT + place * step, FLOOR - value * scale)
            for place, value in enumerate(item.values)
        ]
        drawn.append(_line(item, labels, spots))
        if (last := item.values[-1] if item.values else None) is not None:
            y = _free(FLOOR - last * scale, used)
            words = f"{french_number(last)} {escape(item.name)}"
            drawn.append(f'<text class="fig-name" x="{RIGHT + 8}" y="{y + 4:.0f}">{words}</text>')
    said = " ; ".join(f"{item.name} : {_course(item, labels)}" for item in series)
    return Trend(
        title, said, tuple(labels), tuple(series), wrap(title, said, f"0 0 {WIDTH} {HEIGHT}", drawn, "fig-trend")
    )


def _line(item: Series, labels: Sequence[str], spots: Sequence[tuple[float, float] | None]) -> str:
    path, is_down = "", False
    for spot in spots:
        if spot:
            path += f"{'L' if is_down else 'M'}{spot[0]:.1f} {spot[1]:.1f}"
        is_down = spot is not None
    dots = "".join(
        f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="3.5">'
        f"<title>{escape(label)}, {escape(item.name)} : {french_number(value)}</title></circle>"
        for label, value, spot in zip(labels, item.values, spots, strict=True)
        if spot and value is not None
    )
    return f'<g class="{item.css}"><path d="{path}"/>{dots}</g>' if path else ""


def _free(y: float, used: list[float]) -> float:
    """Return the height nearest to `y` where no name stands yet, further down."""
    while any(abs(y - other) < APART for other in used):
        y += 1
    used.append(y)
    return y


def _course(item: Series, labels: Sequence[str]) -> str:
    shown = [f"{label}, {french_number(n)}" for label, n in zip(labels, item.values, strict=True) if n is not None]
    return f"de {shown[0]} à {shown[-1]}" if len(shown) > 1 else "".join(shown) or "rien de montré"
