"""How the board, a file and a message say that a minor is sheltered: the hour first, then where."""

import datetime as dt

from django.utils import timezone

from cases.common.words import day
from cms.kit.words import clock_words

DAY = dt.timedelta(days=1)


def hour_words(at: dt.datetime) -> str:
    """Return « 12 h », « 9 h 30 »."""
    at = timezone.localtime(at)
    return clock_words(at.hour, at.minute, is_short=True)


def shelter_words(until: dt.datetime, kind: str, now: dt.datetime) -> str:
    """Return « À l’abri jusqu’à 12 h (accueil d’urgence de l’ASE) », with its day when that is further than a day.

    Once the hour has passed, nobody knows where the minor is: the sentence says it.
    """
    is_near = abs(until - now) < DAY
    where = f"({_low(kind)})"
    if until > now:
        end = f"jusqu’à {hour_words(until)}" if is_near else f"jusqu’au {_day_and_hour(until)}"
        return f"À l’abri {end} {where}"
    end = f"depuis {hour_words(until)}" if is_near else f"depuis le {_day_and_hour(until)}"
    return f"L’abri n’est plus assuré {end} {where}"


def message_words(until: dt.datetime, kind: str) -> str:
    """Return what the service that asked reads: with the day, since nobody knows when it will be read."""
    return (
        f"Le mineur est mis à l’abri jusqu’au {_day_and_hour(until)} ({_low(kind)}). "
        "Nous cherchons toujours un lieu d’accueil et vous tenons au courant ici."
    )


def _day_and_hour(at: dt.datetime) -> str:
    return f"{day(timezone.localdate(at))} à {hour_words(at)}"


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]
