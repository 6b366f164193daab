"""The places of a structure: open, taken, held by what was sent to it, and free."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases.enums import ANSWERS_ACCEPTING
from cases.matching.models import PlaceConfirmation
from cases.proposals.models import Proposal
from cases.stays.models import Placement
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner, Place
from cms.users.roles import ANSWERS
from cms.values.settings import setting_values
from cms.wall import scope


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


def place_rows(at: dt.datetime, *, without: Collection[uuid.UUID] = ()) -> dict[str, QuerySet[Any]]:
    """Return the rows that make the number of free places, each of one structure: the search counts the same.

    `without`: requests whose sheets hold nothing against the search, those of brothers and sisters.
    """
    day, held = timezone.localdate(at), proposals_holding(at)
    if without:  # a structure reads no orientation: joined, its own sheets would go
        held = held.exclude(orientation__sollicitation__in=without)
    return {
        "opened": Place.objects.on(day),
        "present": Placement.objects.taking_on(day),
        "held": held,
    }


def confirmations_until(at: dt.datetime) -> QuerySet[PlaceConfirmation]:
    """List what structures said of their places until a moment, the latest first in each."""
    return PlaceConfirmation.objects.filter(confirmed_at__lte=at).order_by("partner_id", "-confirmed_at")


def places_counted(structures: QuerySet[Partner], at: dt.datetime | None = None) -> QuerySet[Partner]:
    """Return the structures with their numbers beside them, as the database counts them."""
    at = at or timezone.now()
    told = confirmations_until(at).filter(partner_id=OuterRef("pk"))
    counts = {f"n_{name}": _count_of(rows) for name, rows in place_rows(at).items()}
    return structures.annotate(
        **counts, n_blocked=Subquery(told.values("blocked")[:1]), told=Subquery(told.values("confirmed_at")[:1])
    )


def places_by_structure(structures: QuerySet[Partner], at: dt.datetime | None = None) -> dict[uuid.UUID, Places]:
    """Return the numbers of each structure, in one query: the home, the page of places and the search say the same."""
    names = ("pk", "n_opened", "n_present", "n_held", "n_blocked", "told")
    rows = places_counted(structures.order_by(), at).values_list(*names)
    return {pk: Places(opened, used, held, blocked or 0, told) for pk, opened, used, held, blocked, told in rows}


def structures_counted() -> QuerySet[Partner]:
    """List the structures whose numbers the actor reads whole: for the others, rows that are hidden would lack."""
    structures = Partner.objects.filter(kind=PartnerKind.STRUCTURE, is_test=False)
    if scope.current().sees_all_cases():
        return structures
    return structures.filter(pk__in=scope.current().partners_as(*ANSWERS))


def places_of(partner: Partner, at: dt.datetime | None = None) -> Places:
    return places_by_structure(Partner.objects.filter(pk=partner.pk), at)[partner.pk]


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().filter(partner_id=OuterRef("pk")).values("partner_id").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


@dataclass(frozen=True)
class Overrun:
    """A structure that houses more minors than it has places since extra places ended. `since`: their last day."""

    partner_id: uuid.UUID
    code_name: str
    since: dt.date
    over: int


def extra_overruns(day: dt.date) -> list[Overrun]:
    """List the structures where a minor stays in an extra place past its term, without a place for each.

    The place stays taken: a date puts nobody out. The coordination opens a place, or prepares a passage elsewhere.
    """
    late = Placement.objects.present_on(day).filter(place__is_extra=True, place__ends_on__lt=day)
    ends = late.filter(partner_id=OuterRef("pk")).order_by("place__ends_on").values("place__ends_on")
    over = _count_of(Placement.objects.present_on(day)) - _count_of(Place.objects.on(day))
    rows = Partner.objects.annotate(since=Subquery(ends[:1]), over=over).filter(since__isnull=False, over__gt=0)
    return [
        Overrun(*row) for row in rows.order_by("since", "code_name").values_list("pk", "code_name", "since", "over")
    ]


def extra_places_on(partner: Partner, day: dt.date) -> QuerySet[Place]:
    return Place.objects.on(day).filter(partner=partner, is_extra=True)
