"""Numbers in French format; a dash for what cannot be computed."""

from cms.kit.words import NBSP, clock_words
from dashboards.indicators.rules.results import Figure

NARROW = "\u202f"
NONE = "–"


def french_number(value: int | float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}".replace(",", NARROW).replace(".", ",")


def french_hours(value: float) -> str:
    """Return hours in words: `0.4` → 24 min; `3.5` → 3 h 30; from two days on, days."""
    minutes = round(value * 60)
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes >= 48 * 60:
        return french_days(value / 24)
    return clock_words(*divmod(minutes, 60), is_short=True)


def french_days(value: float) -> str:
    if value >= 60:
        return f"{french_number(value / 30.44, 1)}{NBSP}mois"
    return f"{french_number(value, 1)}{NBSP}jour{'s' if value >= 2 else ''}"


def french(figure: Figure) -> str:
    """Return the value of a figure, in words and digits."""
    if figure.value is None:
        return NONE
    if figure.kind == "percent":
        return f"{french_number(figure.value * 100)}{NARROW}%"
    if figure.kind == "hours":
        return french_hours(figure.value)
    if figure.kind == "days":
        return french_days(figure.value)
    if figure.kind == "text":
        return figure.value
    if figure.kind == "marks":
        return f"{french_number(figure.value, 1)} sur 5"
    if figure.kind == "points":
        return f"{figure.value:+.0f} points"
    if figure.kind == "euros":
        return f"{french_number(figure.value)}{NBSP}€"
    if figure.kind == "price":
        return f"{french_number(figure.value, 2)}{NBSP}€"
    return french_number(figure.value, 0 if float(figure.value).is_integer() else 1)
