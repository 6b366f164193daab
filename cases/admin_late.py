"""What is late after an acceptance, for the home of the coordination: one line a file, the latest first."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from cases.admin_words import time_left
from cases.linking.selectors import runaways_too_long, waivers_to_settle


@dataclass(frozen=True)
class Line:
    """`left` says the delay in words; `is_late` only repeats it in colour."""

    label: str
    url: str
    hint: str
    left: str
    is_late: bool = True


def late_lines(now: dt.datetime) -> list[Line]:
    lines = [*waiver_lines(now), *runaway_lines()]
    return sorted(lines, key=lambda line: not line.is_late)


def waiver_lines(now: dt.datetime) -> list[Line]:
    return [
        Line(
            label=row.case.reference,
            url=reverse("cases_linking:inspect", args=[row.pk]),
            hint=f"Mise en lien à régulariser, {row.partner}",
            left=time_left(row.due_at, now),
            is_late=row.due_at < now,
        )
        for row in waivers_to_settle()
    ]


def runaway_lines() -> list[Line]:
    return [
        Line(
            label=absence.placement.case.reference,
            url=reverse("cases_placement:inspect", args=[absence.placement_id]),
            hint="Fugue sans retour : le séjour est à terminer",
            left=f"depuis le {absence.starts_on:%d/%m/%Y}",
        )
        for absence in runaways_too_long()
    ]
