"""Days and addresses as screens of visits write them."""

import datetime as dt

from django.http import Http404
from django.urls import reverse

from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope


def day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def due(value: dt.date | None, today: dt.date) -> str:
    return f"{day(value)}, en retard" if value and value < today else day(value)


def url(name: str, *args) -> str:
    return reverse(f"referentiel_{name}", args=args)


def coordination_only() -> None:
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
