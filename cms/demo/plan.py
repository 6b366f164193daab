"""What happens to minors in the fictitious network: drawn from a seed, without any database.

Every person, place and story is invented. The proportions are those published on the subject or chosen to look like
them; the counts are exact, so that the figures of the demo can be foretold.
"""

import datetime as dt
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MONTHS = 24
DAYS = 730

PERSONS = 228
REPEATED = 12
"""Sollicitations about a minor whom another service has already named: 240 sollicitations for 228 persons."""


class Path(StrEnum):
    """How far a request went."""

    WAITING = "waiting"
    DISMISSED = "dismissed"
    ADVICE = "advice"
    ORDINARY = "ordinary"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    PLACED = "placed"


PATHS = {
    Path.WAITING: 8,
    Path.DISMISSED: 62,
    Path.ADVICE: 30,
    Path.ORDINARY: 32,
    Path.REFUSED: 22,
    Path.ACCEPTED: 13,
    Path.PLACED: 61,
}
"""228 persons; 128 oriented, of whom 96 to the network; 74 accepted; 61 placed."""

FORMS = {"SEX": 60, "DEL-VOL": 13, "DEL-STUP": 13, "TRA-DOM": 4, "TRA-ECO": 2, "MEN": 4, "IND": 4}
SECOND_FORM = {"SEX": ("SEX-NUM", "DEL-STUP"), "DEL-VOL": ("MEN",), "DEL-STUP": ("SEX",), "MEN": ("DEL-VOL",)}
AGES = {11: 1, 12: 3, 13: 8, 14: 17, 15: 26, 16: 25, 17: 17, 19: 3}
ZONES = {"FR": 54, "MAGHREB": 17, "UE": 7, "AFR-SUB": 10, "EUR": 6, "ASIE": 3, "INCONNUE": 3}
PRIOR = {"ASE-PLAC": 44, "ASE-MO": 16, "PJJ": 14, "AUCUN": 16, "INCONNU": 10}
FAMILIES = {
    "ASE": 41,
    "PJJ": 17,
    "POLICE": 12,
    "GENDARMERIE": 6,
    "ASSOCIATION": 14,
    "JUSTICE": 4,
    "EDUCATION": 3,
    "SANTE": 2,
    "LIGNE": 1,
}
URGENCIES = {"U0": 6, "U1": 14, "U2": 34, "U3": 36, "U4": 10}
LEVELS = {"SUSP": 62, "FORM": 26, "JUD": 12}
PRECISIONS = {"EXACT": 62, "DECL": 22, "EST": 13, "INC": 3}
ORIGINS = {
    "75": 9, "93": 9, "59": 8, "13": 8, "69": 6, "62": 4, "31": 4, "33": 4, "44": 4, "34": 4, "67": 3, "94": 4,
    "92": 3, "95": 3, "77": 3, "06": 3, "76": 3, "35": 3, "38": 3, "57": 2, "80": 2, "54": 2, "974": 3, "971": 2,
    "973": 2,
}  # fmt: skip
INCIDENTS = {
    "FUG": 38,
    "CONT": 14,
    "VIO-J": 15,
    "AUTO": 6,
    "TS": 4,
    "REPER": 6,
    "ADRES": 4,
    "MAL": 3,
    "SANTE": 6,
    "ARME": 4,
}
CHANNELS = {"PORTAIL": 46, "TEL": 30, "ASTREINTE": 12, "COURRIEL": 12}
REFUSALS = {"PLACE": 34, "GROUPE": 22, "TROP-PRES": 12, "AGREMENT": 10, "EQUIPE": 8, "SECURITE": 8, "AUTRE": 6}
MISSING = ("PLACE", "PROFIL", "PLACE", "ELOIGNEMENT", "CONTENANCE", "PLACE", "FINANCE")
"""What was missing, from one request without a place to the next."""
FRAMES = {"OPP-P": 34, "AE": 30, "OPP-JE": 18, "AP": 8, "PJJ-MEJ": 10}
ENDS = {"PREVUE": 40, "TRANSFERT": 14, "FAMILLE": 14, "DROIT-COMMUN": 14, "MAJORITE": 12, "JUDICIAIRE": 6}
RUNAWAY_SHARE = 0.17
"""Share of stays that a runaway of more than 30 days ends."""
WEEKS_PER_INCIDENT = 55


@dataclass(frozen=True)
class Person:
    """A minor, in coded form. Nothing here could name one."""

    number: int
    path: Path
    received_at: dt.datetime
    family: str
    urgency: str
    main_form: str
    forms: tuple[str, ...]
    sex: str
    age: int
    precision: str
    zone: str
    is_unaccompanied: bool | None
    prior: str
    level: str
    origin: str
    exploitation: str | None

    @property
    def is_from_forces(self) -> bool:
        return self.family in ("POLICE", "GENDARMERIE")

    def birth(self, at: dt.datetime) -> dict[str, int]:
        """Return month and year of birth that give the person's age at that moment, when somebody told them."""
        if self.precision not in ("EXACT", "DECL"):
            return {}
        month = at.month % 12 + 1
        return {"birth_month": month, "birth_year": at.year - self.age - (month > at.month)}


def persons(*, seed: int, today: dt.date) -> list[Person]:
    """Draw the 228 persons, by order of their first request."""
    draw = Random(seed)
    paths = [path for path, count in PATHS.items() for _ in range(count)]
    draw.shuffle(paths)
    moments = sorted(_moment(draw, today) for _ in paths)
    waiting = iter(sorted(_recent(draw, today) for _ in range(PATHS[Path.WAITING])))
    drawn = [
        _person(draw, number, path, next(waiting) if path is Path.WAITING else moment)
        for number, (path, moment) in enumerate(zip(paths, moments, strict=True))
    ]
    return sorted(drawn, key=lambda person: person.received_at)


def sibling_of(first: Person, other: Person) -> Person:
    """Draw the other, with what brothers and sisters share."""
    shared = ("received_at", "urgency", "forms", "main_form", "zone", "is_unaccompanied", "origin", "exploitation")
    return replace(other, **{name: getattr(first, name) for name in shared})


def _person(draw: Random, number: int, path: Path, received_at: dt.datetime) -> Person:
    main_form = pick(draw, FORMS)
    forms: tuple[str, ...] = (main_form,)
    if draw.random() < 0.18 and main_form in SECOND_FORM:
        forms += (draw.choice(SECOND_FORM[main_form]),)
    zone = pick(draw, ZONES)
    origin = pick(draw, ORIGINS)
    return Person(
        number=number,
        path=path,
        received_at=received_at,
        family=pick(draw, FAMILIES),
        urgency=pick(draw, URGENCIES),
        main_form=main_form,
        forms=forms,
        sex=_sex(draw, main_form),
        age=pick(draw, AGES) if path in (Path.DISMISSED, Path.ADVICE) else min(pick(draw, AGES), 17),
        precision=pick(draw, PRECISIONS),
        zone=zone,
        is_unaccompanied=None if zone == "INCONNUE" else zone != "FR" and draw.random() < 0.65,
        prior=pick(draw, PRIOR),
        level="RISQ" if path in (Path.DISMISSED, Path.ADVICE) and draw.random() < 0.6 else pick(draw, LEVELS),
        origin=origin,
        exploitation=origin if draw.random() < 0.55 else pick(draw, ORIGINS),
    )


def _sex(draw: Random, form: str) -> str:
    if draw.random() < 0.01:
        return "X"
    share_of_girls = {"SEX": 0.95, "DEL-VOL": 0.15, "DEL-STUP": 0.12, "TRA-DOM": 0.8}.get(form, 0.4)
    return "F" if draw.random() < share_of_girls else "M"


def _moment(draw: Random, today: dt.date) -> dt.datetime:
    """Draw a moment of reception: requests grow with time, 22 % come at night or at week-ends."""
    back = int(DAYS * (1 - math.sqrt(draw.uniform(0.04, 1)))) + 12
    day = today - dt.timedelta(days=back)
    off_hours = draw.random() < 0.22
    if not off_hours:
        while day.weekday() >= 5:
            day -= dt.timedelta(days=1)
    hour = draw.choice([21, 22, 23, 0, 1, 2, 3, 5]) if off_hours else draw.randint(8, 18)
    return dt.datetime.combine(day, dt.time(hour, draw.randint(0, 59)), PARIS)


def _recent(draw: Random, today: dt.date) -> dt.datetime:
    """Draw requests that wait today: from the last hours to three days ago."""
    midnight = dt.datetime.combine(today, dt.time(0), PARIS)
    return midnight - dt.timedelta(minutes=draw.randint(30, 3 * 24 * 60))


def pick(draw: Random, weights: dict) -> Any:
    return draw.choices(list(weights), weights=list(weights.values()))[0]


def around(draw: Random, median: float, *, spread: float = 0.7) -> float:
    """Draw a delay around its median, never negative, with a long tail."""
    return median * math.exp(draw.gauss(0, spread))
