"""Words of the admin for a day, a moment, a delay; links from one file to another."""

import datetime as dt

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from cases.common.rules.clocks import running
from cases.common.words import until_words
from cms.admin.heads import HeadClock
from cms.kit.blocks import Cell
from cms.kit.words import NBSP
from cms.partners.models import Partner


def day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def moment(value: dt.datetime | None) -> str:
    return f"{timezone.localtime(value):%d/%m/%Y à %H:%M}" if value else ""


def linked(row: Model | None) -> Cell | None:
    return None if row is None else Cell(row, reverse(f"cases_{row._meta.model_name}:inspect", args=[row.pk]))


def partner_cell(partner: Partner) -> Cell:
    return Cell(partner, reverse("partners_partner:inspect", args=[partner.pk]))


def years(age: int | None) -> str:
    return "" if age is None else f"{age}{NBSP}ans"


def time_left(due_at: dt.datetime, now: dt.datetime) -> str:
    """Return « reste 3 jours », « reste 5 h », « en retard de 2 jours »: hours under two days, then days."""
    is_late = due_at < now
    minutes = int(abs(due_at - now).total_seconds() // 60)
    if minutes < 60:
        length = f"{minutes}{NBSP}min"
    elif minutes < 48 * 60:
        length = f"{minutes // 60}{NBSP}h"
    else:
        length = f"{minutes // (24 * 60)}{NBSP}jours"
    return f"en retard de {length}" if is_late else f"reste {length}"


def head_clock(aim: str, due_at: dt.datetime | None, since: dt.datetime | None, now: dt.datetime) -> HeadClock | None:
    """Return the clock of a head; `aim` is what must be done by then. None when nothing was promised."""
    if due_at is None:
        return None
    clock = running(due_at, since, now)
    if clock.is_late:
        return HeadClock(f"{clock.left} de retard", aim, clock.tone, clock.used)
    return HeadClock(clock.left, f"{aim}, {until_words(due_at, now)}", clock.tone, clock.used)
