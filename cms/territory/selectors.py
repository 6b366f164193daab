import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from cms.territory.enums import Zone
from cms.territory.models import Territory

MAP_FILE = Path(__file__).parent / "data" / "carte_departements.json"
GRID = 3
"""Units of the map, 900 wide, between two points of an outline: about one pixel of a screen."""
CHOICE_GROUPS = (
    ("Métropole", Zone.METRO),
    ("Départements d’outre-mer", Zone.DROM),
    ("Collectivités d’outre-mer", Zone.COM),
)

GroupedChoices = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class MapBox:
    """A frame drawn round an inset, in the units of the map, with its title."""

    frame: str
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class MapShape:
    """The outline of a territory in one frame; Paris and its inner ring have a second one in the inset."""

    code: str
    name: str
    region: str
    zone: str
    frame: str
    path: str
    middle: tuple[float, float]
    """Of its largest outline, in the units of the map."""


@dataclass(frozen=True)
class TerritoryMap:
    """The map of the départements: SVG view box, source to print under it, frames and outlines."""

    view_box: str
    source: str
    boxes: tuple[MapBox, ...]
    shapes: tuple[MapShape, ...]


def territory_choices() -> GroupedChoices:
    """Choices of a form field, grouped: métropole, overseas départements, overseas collectivities."""
    rows = list(Territory.objects.values_list("zone", "code", "name"))
    return [
        (label, [(code, f"{code} – {name}") for row_zone, code, name in rows if row_zone == zone])
        for label, zone in CHOICE_GROUPS
    ]


def neighbours_of(code: str) -> list[str]:
    """Codes of the territories that touch this one by land, in order; empty for an island."""
    through = Territory.neighbours.through
    codes = through.objects.filter(from_territory=code).values_list("to_territory", flat=True)
    return sorted(codes)


def neighbours_of_many(codes: Collection[str]) -> set[str]:
    """Codes of the territories that touch one of these by land, in one query; none of these is among them."""
    if not codes:
        return set()
    through = Territory.neighbours.through
    found = through.objects.filter(from_territory__in=codes).values_list("to_territory", flat=True)
    return set(found) - set(codes)


@cache
def map_shapes() -> TerritoryMap:
    """Return the drawn map, read once per process: it holds official names and outlines, never figures."""
    data = json.loads(MAP_FILE.read_text(encoding="utf-8"))
    return TerritoryMap(
        view_box=data["viewBox"],
        source=data["source"],
        boxes=tuple(
            MapBox(frame=box["frame"], x=box["x"], y=box["y"], width=box["w"], height=box["h"], label=box["label"])
            for box in data["boxes"]
        ),
        shapes=tuple(
            MapShape(
                code=shape["code"],
                name=french_name(shape["nom"]),
                region=shape["region"],
                zone=shape["zone"],
                frame=shape["frame"],
                path=lighter(shape["d"]),
                middle=middle_of(shape["d"]),
            )
            for shape in data["shapes"]
        ),
    )


def french_name(name: str) -> str:
    """Return an official name with the apostrophe that French typography asks for."""
    return name.replace("'", "’")


def middle_of(path: str) -> tuple[float, float]:
    """Return the middle of the largest outline of a path of straight lines."""
    xs, ys = zip(*max(_rings(path), key=len), strict=True)
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)


def _rings(path: str) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in (point.split(",") for point in ring.rstrip("Z").split("L"))]
        for ring in path.split("M")[1:]
    ]


def lighter(path: str) -> str:
    """Return an outline of straight lines in whole steps from one point of a grid to the next: the same picture at the
    size of a page, for a quarter of the weight.

    A ring too small for one unit is left out, unless nothing else would be drawn of the territory.
    """
    rings = [[(GRID * round(x / GRID), GRID * round(y / GRID)) for x, y in ring] for ring in _rings(path)]
    drawn = [words for ring in rings if (words := _steps(ring))]
    return "".join(drawn) or path


def _steps(points: list[tuple[int, int]]) -> str:
    steps: list[tuple[int, int]] = []
    for (a, b), (c, d) in pairwise(points):
        x, y = c - a, d - b
        left, up = steps[-1] if steps else (0, 0)
        if steps and left * y == up * x and left * x + up * y > 0:
            steps[-1] = (left + x, up + y)  # straight on: one step
        elif x or y:
            steps.append((x, y))
    if len(steps) < 2:
        return ""
    numbers = [number for step in steps for number in step]
    # A minus sign parts two numbers by itself.
    words = "".join(str(number) if number < 0 or not place else f" {number}" for place, number in enumerate(numbers))
    return f"M{points[0][0]} {points[0][1]}l{words}z"
