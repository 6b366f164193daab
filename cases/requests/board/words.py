"""How the board says a length of time."""

import datetime as dt


def elapsed(time: dt.timedelta) -> str:
    """« 40 min », « 2 h 10 », « 3 jours »."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02d}"
    return f"{minutes // (24 * 60)} jours"
