"""Words of the portal for a moment, a day, an age, a place, a line."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cases.enums import Sex
from cms.kit.templatetags.french import date
from cms.kit.words import NBSP, hour
from cms.territory.models import Territory

MINORS = {Sex.GIRL: "Fille", Sex.BOY: "Garçon"}
YES_NO = {True: "Oui", False: "Non", None: None}


def moment(at: dt.datetime) -> str:
    return date(timezone.localtime(at), "j F Y à H:i")


def soon(at: dt.datetime) -> str:
    """Return a moment in few words: the year only when it is not the current one."""
    at = timezone.localtime(at)
    return date(at, "j F à H:i" if at.year == timezone.localdate().year else "j F Y à H:i")


def day(on: dt.date) -> str:
    return date(on, "j F Y")


def item(label: str, value: Any) -> dict[str, Any]:
    return {"label": label, "value": value}


def known(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines that have a value; a frozen sheet shows the others as unknown."""
    return [line for line in items if line["value"]]


def place(territory: Territory | None) -> str:
    """Return a département as the form offers it."""
    return f"{territory.code} – {territory.name}" if territory else ""


def years(age: int | None) -> str | None:
    return None if age is None else f"{age}{NBSP}ans"


def minor_words(sex_id: str | None, age: int | None) -> str:
    """Return « Fille, 15 ans », « Garçon », « Mineur, 16 ans »."""
    who = MINORS.get(Sex(sex_id), "Mineur") if sex_id in Sex.values else "Mineur"
    return ", ".join(part for part in (who, years(age)) if part)


def until_words(due_at: dt.datetime, now: dt.datetime) -> str:
    """Return « avant 22 h 13 », « demain, 8 h 24 », « le 5 décembre », to stand under what is left."""
    at, today = timezone.localtime(due_at), timezone.localdate(now)
    tomorrow = today + dt.timedelta(days=1)
    if at.date() == tomorrow and at.time() == dt.time():
        return "avant minuit"
    if at.date() == today:
        return f"avant {hour(due_at, now=now)}"
    if at.date() == tomorrow:
        return f"demain, {hour(due_at, now=due_at)}"
    return f"le {date(at, 'j F')}"
