"""How pages of the portal say a moment, a day, an age, a place, a line."""

from django.utils import timezone

from cms.kit.templatetags.french import date
from cms.territory.models import Territory

YES_NO = {True: "Oui", False: "Non", None: None}


def moment(at) -> str:
    return date(timezone.localtime(at), "j F Y à H:i")


def soon(at) -> str:
    """A moment in few words: the year only when it is not this one."""
    at = timezone.localtime(at)
    return date(at, "j F à H:i" if at.year == timezone.localdate().year else "j F Y à H:i")


def day(on) -> str:
    return date(on, "j F Y")


def item(label: str, value) -> dict:
    return {"label": label, "value": value}


def known(items: list[dict]) -> list[dict]:
    """The lines that say something; a frozen sheet keeps the others, which it shows as unknown."""
    return [line for line in items if line["value"]]


def place(territory: Territory | None) -> str:
    """A département as the form offers it."""
    return f"{territory.code} – {territory.name}" if territory else ""


def years(age: int | None) -> str | None:
    return None if age is None else f"{age} ans"
