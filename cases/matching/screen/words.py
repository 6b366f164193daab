"""How « Chercher un lieu » says each house in one line, and where it stands on the map."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from cases.matching.rules import Rules
from cases.matching.selectors.candidates import Candidate
from cases.matching.selectors.search import Search
from cases.matching.words import Explanation, Words
from cms.kit.blocks import Badge
from cms.kit.templatetags.french import date
from cms.kit.words import NBSP
from cms.territory.selectors import map_shapes

FULL_KM = 800
"""From this distance on, the bar of the distance is full."""


@dataclass(frozen=True)
class HouseLine:
    """One house of the table. `rank` is 0 for one that is excluded; `reach` counts hundredths of the bar."""

    explanation: Explanation
    rank: int
    is_checked: bool
    distance: str
    reach: int
    seen: str
    is_stale: bool
    admits: str
    ages: str
    pill: Badge | None
    travel: str

    @property
    def candidate(self) -> Candidate:
        return self.explanation.candidate


def house_line(line: Explanation, rank: int, search: Search, rules: Rules, *, is_checked: bool) -> HouseLine:
    c = line.candidate
    return HouseLine(
        explanation=line,
        rank=rank,
        is_checked=is_checked,
        distance="" if c.away_km is None else f"{c.away_km}{NBSP}km",
        reach=min(100, round((c.away_km or 0) * 100 / FULL_KM)),
        seen=seen_words(c.confirmed_at, search.at),
        is_stale=not is_fresh(c, search, rules),
        admits=admits_words(c, search),
        ages="" if c.age_min is None else f"{c.age_min}–{c.age_max}",
        pill=pill_of(c, search, rules),
        travel=f"{c.travel_km}{NBSP}km" if c.travel_km else "",
    )


def seen_words(at: dt.datetime | None, now: dt.datetime) -> str:
    """Return since when the places of a house were last seen, as short as a cell asks."""
    if at is None:
        return "jamais vues"
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return "à l’instant"
    return f"il y a {hours}{NBSP}h" if hours < 48 else f"il y a {hours // 24}{NBSP}j"


def is_fresh(c: Candidate, search: Search, rules: Rules) -> bool:
    return c.confirmed_at is not None and c.confirmed_at >= search.at - dt.timedelta(hours=rules.fresh_hours)


def admits_words(c: Candidate, search: Search) -> str:
    if c.admission_days is None:
        return "à demander"
    if c.admission_days == 0:
        return "cette nuit" if search.is_night and c.takes_at_night else "aujourd’hui"
    return "demain" if c.admission_days == 1 else date(search.day + dt.timedelta(days=c.admission_days), "j M")


def pill_of(c: Candidate, search: Search, rules: Rules) -> Badge | None:
    """Return the worst thing to know of a house that may be asked, in two or three words."""
    return next((badge for badge in _warnings(c, search, rules) if badge), None)


def _warnings(c: Candidate, search: Search, rules: Rules) -> Iterable[Badge | None]:
    yield Badge("près d’un lieu à éviter", "danger") if c.is_avoided else None
    yield Badge("outre-mer", "warning") if c.is_overseas else None
    yield Badge("places à vérifier", "warning") if c.opened and not is_fresh(c, search, rules) else None
    yield _late(c, search)
    left = (c.bound_until - search.day).days if c.bound_until else None
    yield Badge(f"convention{NBSP}: {left}{NBSP}j", "warning") if left is not None and left <= 30 else None
    yield Badge("référentiel non signé", "warning") if not c.signed_at else None
    yield Badge("équipe à former", "warning") if not c.trained_on else None
    yield Badge("âge à vérifier", "warning") if search.age is None else None
    yield Badge("aucune langue commune", "neutral") if search.languages and not c.languages else None
    many = "s" if c.recent > 1 else ""
    yield Badge(f"{c.recent} arrivée{many} récente{many}", "neutral") if c.recent else None


def _late(c: Candidate, search: Search) -> Badge | None:
    if search.admission_days is None:
        return None
    if c.admission_days is None:
        return Badge("délai à demander", "warning")
    if c.admission_days <= search.admission_days:
        return None
    return Badge("trop tard cette nuit" if search.is_night else f"dans {c.admission_days}{NBSP}j", "warning")


SHORT = {
    "away": "trop près",
    "suspended": "suspendue",
    "imperative": "exigence non tenue",
    "overseas": "outre-mer",
    "convention": "sans convention",
    "profile": "sans profil",
    "sex": "n’accueille pas ce sexe",
    "age": "hors d’âge",
    "form": "pas cette forme d’exploitation",
    "habilitation": "pas habilitée",
    "containment": "pas assez contenante",
    "contraindication": "contre-indication",
    "night": "pas la nuit",
    "siblings": "pas de fratrie",
    "signature": "référentiel non signé",
    "training": "équipe non formée",
    "place": "sans place",
    "delay": "trop tard",
    "refused": "a refusé",
    "asked": "déjà interrogée",
    "answered": "a déjà répondu",
}
"""Why a house is left out, as the title of a group of them."""


@dataclass(frozen=True)
class LeftOut:
    title: str
    lines: tuple[HouseLine, ...]


def left_out(lines: Iterable[HouseLine]) -> list[LeftOut]:
    """Group the houses that are excluded by their first reason, the largest group first."""
    groups: dict[str, list[HouseLine]] = {}
    for line in lines:
        groups.setdefault(line.candidate.excluded[0], []).append(line)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [LeftOut(f"{len(rows)} {SHORT.get(code, code)}", tuple(rows)) for code, rows in ordered]


@dataclass(frozen=True)
class Spot:
    """A house on the map. `rank` is 0 for one that is excluded."""

    x: float
    y: float
    rank: int
    name: str
    is_checked: bool = False


@dataclass(frozen=True)
class Land:
    path: str
    name: str
    css: str


@dataclass(frozen=True)
class PlacesMap:
    """The map under a search: what is to be kept away from, what is too near, where the minor is, the houses."""

    view_box: str
    lands: tuple[Land, ...]
    spots: tuple[Spot, ...]
    here: tuple[float, float] | None
    caption: str


METRO_BOX, WHOLE_BOX, METRO = "0 0 716 700", "0 0 900 990", "metro"
STEP = 56
"""Between two houses of one département, so that neither hides the other."""


def places_map(
    lines: Iterable[HouseLine], aways: Collection[str], near: Collection[str], here: str | None, words: Words
) -> PlacesMap:
    spots: list[Spot] = []
    taken: dict[str, int] = {}
    for line in lines:
        c = line.candidate
        if (point := point_of(c.territory)) is None:
            continue
        shift = taken.get(c.territory, 0)
        taken[c.territory] = shift + 1
        spots.append(Spot(point[0] + shift * STEP, point[1], line.rank, c.code_name, line.is_checked))
    shapes = map_shapes().shapes
    codes = {*aways, *near, *taken, *([here] if here else [])}
    frames = {METRO} | {shape.frame for shape in shapes if shape.code in codes and shape.frame not in (METRO, "idf")}
    lands = tuple(
        Land(shape.path, shape.name, "away" if shape.code in aways else "near" if shape.code in near else "land")
        for shape in shapes
        if shape.frame in frames
    )
    ranked = sum(spot.rank > 0 for spot in spots)
    avoided = ", ".join(sorted(words.territories.get(code, code) for code in aways))
    caption = f"Carte de {ranked} structure{'s' if ranked > 1 else ''} qui convien{'nent' if ranked > 1 else 't'}"
    return PlacesMap(
        METRO_BOX if frames == {METRO} else WHOLE_BOX,
        lands,
        tuple(sorted(spots, key=lambda spot: -spot.rank)),
        point_of(here) if here else None,
        f"{caption}{NBSP}; à éviter{NBSP}: {avoided or 'aucun lieu'}. Le tableau dit la même chose.",
    )


@cache
def point_of(code: str) -> tuple[float, float] | None:
    """Return the middle of the largest outline of a territory, in the units of the map."""
    shape = next((shape for shape in map_shapes().shapes if shape.code == code and shape.frame != "idf"), None)
    return shape.middle if shape else None
