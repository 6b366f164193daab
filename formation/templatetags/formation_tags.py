"""Hours on the clock of the place where a session is held."""

import datetime as dt

from django import template

from formation.attendance import papers as sheets
from formation.sessions.models.sessions import Session

register = template.Library()


@register.filter
def hour_in(at: dt.datetime | None, session: Session) -> str:
    """`09:00`, on the clock of the session."""
    return f"{at.astimezone(session.zone):%H:%M}" if at else ""


@register.filter
def row_id(row) -> str:
    """What a line is called on paper."""
    return sheets.row_id(row)
