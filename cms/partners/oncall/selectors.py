"""Reading the lines of structures. Row security filters."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.partners.book.models import Partner
from cms.partners.oncall.models import OnCallLine
from cms.partners.people.models import Membership
from cms.users.roles import Role
from cms.wall import scope


def line_of(partner_id: uuid.UUID) -> OnCallLine | None:
    return OnCallLine.objects.filter(pk=partner_id).first()


def lines_of(partner_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, OnCallLine]:
    """Return the lines of several structures, in one query."""
    return OnCallLine.objects.in_bulk(set(partner_ids))


def people_of(partner_id: uuid.UUID) -> QuerySet[Membership]:
    """Return the people of a structure today: its direction first, then its team."""
    rows = Membership.objects.on(timezone.localdate()).filter(
        partner_id=partner_id, role__in=(Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR), user__is_active=True
    )
    return rows.select_related("user").order_by("role", "user__last_name", "user__first_name")


def answering_on(partner_id: uuid.UUID, day: dt.date) -> QuerySet[Membership]:
    """Return who answers for a structure on a day: its direction, and the educators who hold its delegation."""
    rows = Membership.objects.on(day).filter(partner_id=partner_id, user__is_active=True)
    return rows.filter(Q(role=Role.STRUCTURE_DIRECTOR) | Q(role=Role.STRUCTURE_EDUCATOR, may_answer=True))


def structures_directed() -> QuerySet[Partner]:
    own = scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return Partner.objects.structures().filter(pk__in=own).order_by("code_name")
