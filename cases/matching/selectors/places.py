"""The places of a structure: open, taken, held by what was sent to it, and free."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.enums import ANSWERS_ACCEPTING
from cases.matching.models import PlaceConfirmation
from cases.proposals.models import Proposal
from cases.stays.models import Placement
from cms.partners.models import Partner, Place
from cms.values.settings import setting_values


def proposals_holding(at: dt.datetime) -> QuerySet[Proposal]:
    """List proposals that hold a place at a moment; a hold ends by itself.

    A sheet holds until its answer is due; an acceptance for `cases.hold_hours` more, the time to be confirmed; a
    confirmed structure for `cases.arrival_hours`, or until the minor arrives. A refusal, a waiting list or a
    withdrawal holds nothing.
    """
    hold_hours, arrival_hours = setting_values("cases.hold_hours", "cases.arrival_hours")
    arrived = Placement.objects.filter(orientation_id=OuterRef("orientation_id"), partner_id=OuterRef("partner_id"))
    accepted_since, kept_since = at - dt.timedelta(hours=hold_hours), at - dt.timedelta(hours=arrival_hours)
    return Proposal.objects.filter(
        Q(answer=None, answer_by__gt=at)
        | Q(answer__in=ANSWERS_ACCEPTING, confirmed_at=None, answered_at__gt=accepted_since)
        | (Q(confirmed_at__gt=kept_since) & ~Exists(arrived)),
        withdrawn_at=None,
        sent_at__lte=at,
    )


@dataclass(frozen=True)
class Places:
    """Numbers of one structure. `told_at` is when it last said what is free."""

    opened: int
    used: int
    held: int
    blocked: int
    told_at: dt.datetime | None

    @property
    def usable(self) -> int:
        """Free places as the network counts them, before what the structure says."""
        return max(0, self.opened - self.used - self.held)

    @property
    def free(self) -> int:
        return max(0, self.usable - self.blocked)


def places_of(partner: Partner, at: dt.datetime | None = None) -> Places:
    at = at or timezone.now()
    day = timezone.localdate(at)
    confirmation = (
        PlaceConfirmation.objects.filter(partner=partner, confirmed_at__lte=at).order_by("-confirmed_at").first()
    )
    return Places(
        opened=Place.objects.on(day).filter(partner=partner).count(),
        used=Placement.objects.taking_on(day).filter(partner=partner).count(),
        held=proposals_holding(at).filter(partner=partner).count(),
        blocked=confirmation.blocked if confirmation else 0,
        told_at=confirmation.confirmed_at if confirmation else None,
    )
