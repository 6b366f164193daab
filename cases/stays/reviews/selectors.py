"""Reading reviews of stays for screens. Row security filters."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from cases.enums import StayEnd
from cases.stays.models import Placement
from cases.stays.reviews.models import AfterStay
from cases.stays.reviews.rules import ReviewDue, reviews_due

HALF_YEAR = dt.timedelta(days=182)
YEAR = dt.timedelta(days=365)


def reviews_late() -> list[ReviewDue]:
    """List, for the coordination, reviews of confirmed stays past their date."""
    day = timezone.localdate()
    stays = Placement.objects.real().confirmed().filter(ended_on=None)
    recent = Placement.objects.real().confirmed().filter(ended_on__gte=day - dt.timedelta(days=60))
    rows = (stays | recent).select_related("case", "partner").prefetch_related("reviews")
    return [due for due in reviews_due(rows, day=day) if due.is_late(day)]


def after_stays_asked() -> QuerySet[Placement]:
    """List stays that ended from six months to a year ago, of minors who are in no stay since.

    The coordination asks what became of them.
    """
    day = timezone.localdate()
    since = Placement.objects.filter(
        case__person_key=OuterRef("case__person_key"), arrived_on__gte=OuterRef("ended_on")
    )
    return (
        Placement.objects.real()
        .confirmed()
        .filter(ended_on__range=(day - YEAR, day - HALF_YEAR))
        .exclude(end_reason_id__in=(StayEnd.TRANSFER, StayEnd.DEATH))
        .filter(~Exists(AfterStay.objects.filter(placement=OuterRef("pk"))), ~Exists(since.exclude(pk=OuterRef("pk"))))
        .select_related("case")
        .order_by(F("ended_on"))
    )
