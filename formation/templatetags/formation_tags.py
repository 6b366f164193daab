"""Hours on the clock of the place where a session is held."""

import datetime as dt

from django import template
from django.db.models import Model

from formation.attendance import papers as sheets
from formation.sessions.models.sessions import Session

register = template.Library()


@register.filter
def hour_in(at: dt.datetime | None, session: Session) -> str:
    """Write a moment as `09:00`, on the clock of the session; nothing when it is None."""
    return f"{at.astimezone(session.zone):%H:%M}" if at else ""


@register.filter
def row_id(row: Model) -> str:
    """Return the name of a line of the sheet, the same on screen and on paper."""
    return sheets.row_id(row)
