"""How screens say the line of a structure."""

import datetime as dt

from cms.kit.words import actions_register, clock_words
from cms.partners.oncall.enums import Weekday
from cms.partners.oncall.models import OnCallLine

NO_LINE = "aucune ligne d’astreinte"


def register() -> None:
    actions_register({"partners.oncall.set": "astreinte de la structure réglée"})


def hour(time: dt.time) -> str:
    """Return an hour as it is said: « 20 h », « 7 h 30 »."""
    return clock_words(time.hour, time.minute, is_short=True)


def hours_words(line: OnCallLine) -> str:
    """Return « tous les jours de 20 h à 8 h », « samedi et dimanche, jour et nuit »."""
    days = sorted(set(line.days))
    names = [Weekday(day).label for day in days]
    said = "tous les jours" if len(days) == len(Weekday) else _listed(names)
    if line.starts_at == line.ends_at:
        return f"{said}, jour et nuit"
    return f"{said} de {hour(line.starts_at)} à {hour(line.ends_at)}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def line_words(line: OnCallLine | None) -> str:
    """Return the number to call and its hours."""
    return f"{line.phone} ({hours_words(line)})" if line else NO_LINE
