"""Networks drawn at random, in memory: rows, and the report that they give of any period, without a database."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row, share_figure
from dashboards.periods import Period

REGIONS = ("11", "24", "32", "44", "75", "76", "84", "93", "01", "04", "COM")
ZONE = {"01": "drom", "04": "drom", "COM": "com"}
AGES = tuple(f"tranche_age:{key}" for key in ("T00-10", "T11-12", "T13-14", "T15", "T16", "T17"))
FORMS = tuple(f"forme:{key}" for key in ("SEX", "TRA", "MEN", "DEL", "DOM"))
NATIONALITIES = tuple(f"zone_nationalite:{key}" for key in ("FR", "MAGHREB", "UE", "INCONNUE", "ASIE"))
URGENCIES = tuple(f"urgence:U{level}" for level in (2, 3, 1, 4, 0))
EMPLOYERS = tuple(f"type_employeur:{key}" for key in ("STRUCTURE", "POLICE", "ASE", "SANTE", "ETAT"))
DETAILS = {"is_partner": {key: str(key.endswith("STRUCTURE")).lower() for key in EMPLOYERS}}
NETWORK, ORDINARY = "decision:RESEAU", "decision:DROIT-COMMUN"
Fact = dict[str, Any]


def weighted(draw: random.Random, keys: Sequence[str], unknown: float = 0.08) -> str:
    """A class, the first ones far more often than the last ones."""
    return "" if draw.random() < unknown else keys[min(int(draw.expovariate(1.3 / len(keys) * 2)), len(keys) - 1)]


@dataclass
class Network:
    """Rows of every indicator. `late` are rows entered after some closings: `before` a day, they are not seen."""

    rows: dict[str, list[Fact]] = field(default_factory=dict)
    structures: list[Fact] = field(default_factory=list)


def network(seed: int, size: int, *, first: dt.date = dt.date(2025, 1, 1), days: int = 730) -> Network:
    draw = random.Random(seed)
    found = Network()

    def day() -> dt.date:
        return first + dt.timedelta(days=draw.randrange(days))

    found.rows["I1"] = [
        {
            "day": day(),
            "by_region": (region := weighted(draw, REGIONS)),
            "by_zone": ZONE.get(region, "metro" if region else ""),
            "by_form": weighted(draw, FORMS),
            "by_age": weighted(draw, AGES),
            "by_sex": weighted(draw, ("sexe:F", "sexe:M")),
            "by_nationality": weighted(draw, NATIONALITIES),
            "by_unaccompanied": weighted(draw, ("no", "yes")),
            "by_family": weighted(draw, ("ASE", "PJJ", "POLICE", "SANTE"), 0),
            "by_urgency": weighted(draw, URGENCIES, 0),
            "by_outcome": weighted(draw, ("yes", "no", "later")),
            "off_hours": draw.random() < 0.3,
        }
        for _ in range(size)
    ]
    found.rows["I2"] = persons(draw, size * 2 // 3, day, _oriented)
    found.rows["I3"] = persons(draw, size // 3, day, _arrived)
    found.rows["I6"] = persons(draw, size, day, _trained)
    found.rows["I8"] = [
        {
            "day": day(),
            "by_type": weighted(draw, ("FUG", "CONT", "REPER", "TS"), 0),
            "by_severity": weighted(draw, ("G1", "G2", "G3", "G4"), 0),
            "by_place": weighted(draw, ("MECS", "FDE", "LVA")),
            "by_state": weighted(draw, ("closed", "open"), 0),
        }
        for _ in range(size // 6)
    ]
    found.rows["missing"] = [
        {"day": day(), "région": weighted(draw, REGIONS) or "?", "forme": weighted(draw, FORMS) or "?"}
        for _ in range(size // 8)
    ]
    found.structures = [
        {
            "day": day(),
            "by_type": weighted(draw, ("MECS", "FDE", "LVA")),
            "by_region": weighted(draw, REGIONS, 0),
            "by_habilitation": weighted(draw, ("ASE", "PJJ", "DOUBLE")),
        }
        for _ in range(12 + size // 20)
    ]
    return found


def persons(draw: random.Random, size: int, day: Callable, facts: Callable) -> list[Fact]:
    """Events of persons: some come back, under the facts that stay theirs."""
    rows = []
    for person in range(size):
        own = {"person": person, "by_sex": weighted(draw, ("sexe:F", "sexe:M")), "by_form": weighted(draw, FORMS)}
        own["by_origin_region"] = weighted(draw, REGIONS)
        own["by_unaccompanied"] = weighted(draw, ("no", "yes"))
        own["by_nationality"] = weighted(draw, NATIONALITIES)
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            rows.append({**own, "day": day(), **facts(draw)})
    return rows


def _oriented(draw: random.Random) -> Fact:
    return {
        "by_age": weighted(draw, AGES),
        "by_level": weighted(draw, ("SUSP", "FORM", "JUD"), 0),
        "by_family": weighted(draw, ("ASE", "PJJ", "POLICE", "SANTE"), 0),
        "by_decision": NETWORK if draw.random() < 0.7 else ORDINARY,
        "answer": draw.choice(("accepted", "pending", "unsolved")),
    }


def _arrived(draw: random.Random) -> Fact:
    region = weighted(draw, REGIONS, 0)
    return {
        "by_age": weighted(draw, AGES),
        "by_type": weighted(draw, ("MECS", "FDE", "LVA"), 0),
        "by_distance": weighted(draw, ("same", "adjacent", "region", "farther")),
        "by_host_region": region,
        "by_host_zone": ZONE.get(region, "metro"),
    }


def _trained(draw: random.Random) -> Fact:
    employer = weighted(draw, EMPLOYERS)
    return {
        "by_region": weighted(draw, REGIONS),
        "by_group": weighted(draw, ("EDUC", "SANTE", "SECU", "JUST")),
        "by_employer": employer,
        "by_partner": DETAILS["is_partner"].get(employer, ""),
    }


def chosen(rows: Iterable[Fact], period: Period) -> list[Fact]:
    """The rows of a period: all events, or the first of each person."""
    inside = sorted((row for row in rows if period.first <= row["day"] <= period.last), key=lambda row: row["day"])
    if not inside or "person" not in inside[0]:
        return inside
    found: dict[int, Fact] = {}
    for row in inside:
        found.setdefault(row["person"], row)
    return list(found.values())


def outcome_of(row: Fact, inside: Iterable[Fact]) -> str:
    """What became of a person in a period: one acceptance of the period is enough, and a longer one may hold it."""
    if row["by_decision"] == ORDINARY:
        return "ordinary"
    answers = {other["answer"] for other in inside if other["person"] == row["person"]}
    return next(answer for answer in ("accepted", "pending", "unsolved") if answer in answers)


def report_of(net: Network, period: Period) -> Report:
    results = {code: _result(net, code, period) for code in DEFINITIONS}
    moment = dt.datetime.combine(period.last, dt.time(12), tzinfo=dt.UTC)
    return Report(period, results, Grid("funnel", "", (), ()), (), moment)


CROSSES = {
    "I1": {"region_form": ("by_region", "by_form")},
    "I2": {"region_outcome": ("by_origin_region", "by_outcome"), "form_outcome": ("by_form", "by_outcome")},
    "I3": {"form_age": ("by_form", "by_age")},
}
APART = {
    "I1": ("I1.young", "I1.advice", "I1.information", "I1.relance"),
    "I2": ("I2.young",),
    "I3": ("I3.outside", "I3.adhesion", "I3.young", "I3.stock"),
    "I4": ("I4.managers", "I4.places", "I4.suspended", "I4.unsigned", "I4.none"),
    "I5": ("I5.C3", "I5.C4"),
    "I6": ("I6.supported", "I6.aware", "I6.participations", "I6.teams"),
    "I7": ("I7.planned", "I7.cancelled"),
    "I8": ("I8.silent", "I8.suspended"),
}
MEASURE = {"I4": "I4.structures", "I6": "I6.trained"}


def _result(net: Network, code: str, period: Period) -> Result:
    rows = _rows(net, code, period)
    cuts = dict.fromkeys(cut for row in rows for cut in row if cut.startswith("by_"))
    off_hours = sum(row.get("off_hours", False) for row in rows)
    told = [Figure(name, name, _apart(net, name, period)) for name in APART[code]]
    if code == "I1":
        told.append(share_figure("I1.off_hours", "Nuit", off_hours, len(rows)))
    if code == "I2":
        sides = Counter(row["by_decision"] for row in rows), Counter(row["by_outcome"] for row in rows)
        told += [Figure("I2.network", "", sides[0][NETWORK]), Figure("I2.ordinary", "", sides[0][ORDINARY])]
        told += [Figure(f"I2.{key}", "", sides[1][key]) for key in ("accepted", "unsolved", "pending")]
    grids = [_cross(name, cut, rows) for name, cut in CROSSES.get(code, {}).items() if rows]
    if code == "I2":
        grids.append(_missing(net, period))
    months = _months(rows, period) if code != "I4" else []
    return Result(
        DEFINITIONS[code],
        (Figure(MEASURE.get(code, code), code, len(rows)),),
        tuple(told),
        (*months, *(_breakdown(cut, rows) for cut in cuts)),
        tuple(grids),
    )


def _rows(net: Network, code: str, period: Period) -> list[Fact]:
    if code == "I4":
        return [row for row in net.structures if row["day"] <= period.last]
    found = chosen(net.rows.get(code, ()), period)
    if code == "I2":
        inside = [row for row in net.rows["I2"] if period.first <= row["day"] <= period.last]
        return [{**row, "by_outcome": outcome_of(row, inside)} for row in found]
    return found


def _apart(net: Network, name: str, period: Period) -> int:
    """A number beside the headline: a few of the events of the period, or what stands on its last day."""
    if name.startswith(("I4", "I3.stock", "I8.s")):
        return sum(row["day"] <= period.last for row in net.structures[:: 2 + len(name) % 5])
    rows = net.rows["I1"][:: 5 + len(name)]
    return sum(period.first <= row["day"] <= period.last for row in rows)


def _breakdown(cut: str, rows: Sequence[Fact]) -> Breakdown:
    counts = Counter(row[cut] for row in rows)
    unknown = counts.pop("", 0)
    lines = [Row(key, key, n) for key, n in sorted(counts.items())]
    return Breakdown(cut, cut, (*lines, *([Row("", "Non renseigné", unknown)] if unknown else [])), unknown)


def _months(rows: Sequence[Fact], period: Period) -> list[Breakdown]:
    counts = Counter(row["day"].replace(day=1) for row in rows)
    lines = tuple(Row(month.isoformat(), f"{month:%m/%Y}", counts[month]) for month in period.months)
    return [Breakdown("by_month", "Par mois", lines)]


def _cross(name: str, cuts: tuple[str, str], rows: Sequence[Fact]) -> Grid:
    counts = Counter((row[cuts[0]], row[cuts[1]]) for row in rows)
    downs, acrosses = sorted({down for down, _ in counts}), sorted({across for _, across in counts})
    lines = [(down, *(counts[(down, one)] for one in acrosses)) for down in downs]
    body = [(*line, sum(line[1:])) for line in lines]
    totals = ("Total", *(sum(column) for column in list(zip(*body, strict=True))[1:]))
    keys = (tuple(downs), tuple(acrosses))
    return Grid(name, name, (cuts[0], *acrosses, "Total"), (*body, totals), cuts=cuts, keys=keys)


def _missing(net: Network, period: Period) -> Grid:
    counts = Counter((row["région"], row["forme"]) for row in chosen(net.rows["missing"], period))
    rows = tuple((region, form, "Place", n, 0) for (region, form), n in sorted(counts.items()))
    return Grid("missing", "Ce qui a manqué", ("Région", "Forme", "Motif", "Demandes", "Couvertes"), rows)
