"""The map of the départements, overseas included, coloured by class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from cms.territory.selectors import map_shapes
from dashboards.drawings.words.charts import link, wrap

STEPS = (1, 2, 5, 10)
"""Lowest value of each class of a map of counts; zero has its own."""
FIRST_ROWS = 12
NOTHING = "0"


@dataclass(frozen=True)
class Legend:
    css: str
    label: str


@dataclass(frozen=True)
class Map:
    title: str
    svg: SafeString
    legend: tuple[Legend, ...]
    source: str
    rows: tuple[tuple[str, str, str, str], ...]
    """Code, name, what is said of it and where it leads, of every territory."""
    nothing: str = ""
    """What is said of a territory that has nothing."""

    @property
    def filled(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return the rows of the table beside the map: the territories that have something."""
        return tuple(row for row in self.rows if row[2] != self.nothing)

    @property
    def first(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return the highest counts alone: a longer table stands elsewhere."""
        return tuple(sorted(self.filled, key=lambda row: (-int(row[2]), row[0])))[:FIRST_ROWS]

    @property
    def rest(self) -> str:
        left = len(self.rows) - len(self.filled)
        return f"Les {left} autres territoires : {self.nothing.lower()}." if left else ""


def count_map(title: str, counts: Mapping[str, int], urls: Mapping[str, str] | None = None) -> Map:
    """Draw counts by territory; a territory that is absent has none. `urls` open the rows of a territory."""
    shown = {code: str(value) for code, value in counts.items()}
    classes = {code: f"fig-c{class_of(value)}" for code, value in counts.items()}
    legend = tuple(Legend(f"fig-c{place}", label) for place, label in enumerate(class_labels()))
    return _map(title, classes, shown, legend, nothing=NOTHING, urls=urls)


def state_map(
    title: str, states: Mapping[str, str], labels: Mapping[str, str], urls: Mapping[str, str] | None = None
) -> Map:
    """Draw states by territory, such as covered, partial, none. `urls` open what covers a territory."""
    legend = tuple(Legend(f"fig-s-{state}", label) for state, label in labels.items())
    classes = {code: f"fig-s-{state}" for code, state in states.items()}
    shown = {code: labels[state] for code, state in states.items()}
    return _map(title, classes, shown, legend, nothing=labels["none"], urls=urls)


def class_of(value: int) -> int:
    return sum(value >= step for step in STEPS)


def class_labels() -> list[str]:
    labels = ["aucune"]
    for step, following in zip(STEPS, [*STEPS[1:], None], strict=True):
        if following is None:
            labels.append(f"{step} et plus")
        else:
            labels.append(str(step) if following == step + 1 else f"{step} à {following - 1}")
    return labels


def _map(
    title: str,
    classes: Mapping[str, str],
    shown: Mapping[str, str],
    legend: Sequence[Legend],
    *,
    nothing: str,
    urls: Mapping[str, str] | None = None,
) -> Map:
    carte = map_shapes()
    empty = legend[0].css if nothing == NOTHING else "fig-s-none"
    drawn = [
        f'<rect class="fig-frame" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="4"/>'
        for box in carte.boxes
    ]
    drawn += [
        link(
            _path(shape.path, classes.get(shape.code, empty), empty, shape.name, shown.get(shape.code, nothing)),
            (urls or {}).get(shape.code, ""),
        )
        for shape in carte.shapes
    ]
    drawn += [
        f'<text class="fig-box" x="{box.x + box.width / 2}" y="{box.y + box.height - 8}">{escape(box.label)}</text>'
        for box in carte.boxes
    ]
    names = {shape.code: shape.name for shape in carte.shapes}
    rows = tuple(
        (code, name, shown.get(code, nothing), (urls or {}).get(code, "")) for code, name in sorted(names.items())
    )
    filled = sum(text != nothing for _, _, text, _ in rows)
    description = f"{filled} territoires sur {len(rows)} sont renseignés ; le tableau suit."
    return Map(
        title, wrap(title, description, carte.view_box, drawn, "fig-map"), tuple(legend), carte.source, rows, nothing
    )


def _path(outline: str, css: str, empty: str, name: str, words: str) -> str:
    """Draw a territory. Most count nothing: they take the colour of the map, and no words of their own."""
    if css == empty and words == NOTHING:
        return f'<path d="{outline}"/>'
    named = "" if css == empty else f' class="{css}"'
    return f'<path{named} d="{outline}"><title>{escape(name)} : {escape(words)}</title></path>'
