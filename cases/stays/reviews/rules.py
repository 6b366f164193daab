"""When a review is asked for, and which are missing. Nothing is planned ahead: what is late is read from the state."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cases.stays.models import Placement
from cases.stays.reviews.enums import Milestone

EARLY_DAYS = 3
"""A review may be written that many days before its milestone."""
EXIT_DAYS = 7
"""The review of the end is due that many days after it."""
EXIT_ASKED_DAYS = 60
"""Past that, nobody asks for it any more."""
RUNNING = tuple(milestone for milestone in Milestone if milestone != Milestone.EXIT)


@dataclass(frozen=True)
class ReviewDue:
    """A review that is asked for."""

    placement: Placement
    milestone: Milestone
    due_on: dt.date

    def is_late(self, day: dt.date) -> bool:
        return self.due_on < day


def due_on(placement: Placement, milestone: Milestone) -> dt.date | None:
    """Return the day by which a review is due; `None` for the end of a stay that goes on."""
    if milestone == Milestone.EXIT:
        return placement.ended_on and placement.ended_on + dt.timedelta(days=EXIT_DAYS)
    return placement.arrived_on + dt.timedelta(days=int(milestone))


def asked_from(placement: Placement, milestone: Milestone) -> dt.date | None:
    """Return the first day on which a review may be written; `None` for the end of a stay that goes on."""
    if milestone == Milestone.EXIT:
        return placement.ended_on
    return placement.arrived_on + dt.timedelta(days=int(milestone) - EARLY_DAYS)


def reviews_due(placements: Iterable[Placement], *, day: dt.date) -> list[ReviewDue]:
    """List reviews due today, the oldest first; none whose day came before the structure entered the book.

    `placements` come with their structure and their reviews prefetched, confirmed ones alone.
    """
    reviews = []
    for placement in placements:
        written = {review.milestone for review in placement.reviews.all()}
        for milestone in _asked(placement, day):
            on = due_on(placement, milestone)
            if on and on >= placement.partner.opened_on and milestone not in written:
                reviews.append(ReviewDue(placement, milestone, on))
    return sorted(reviews, key=lambda due: due.due_on)


def _asked(placement: Placement, day: dt.date) -> list[Milestone]:
    if placement.ended_on:
        is_recent = (day - placement.ended_on).days <= EXIT_ASKED_DAYS
        return [Milestone.EXIT] if is_recent else []
    return [
        milestone
        for milestone in RUNNING
        if placement.arrived_on + dt.timedelta(days=int(milestone) - EARLY_DAYS) <= day
    ]
