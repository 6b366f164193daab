"""Reading the book of partners for a screen."""

import datetime as dt
import uuid

from django.db import connection
from django.db.models import F, Q, QuerySet

from cms.partners.book.models import Partner
from cms.partners.conventions.models import Convention
from cms.partners.enums import Stage
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope


def partners_as(*roles: Role) -> QuerySet[Partner]:
    """Partners for which the actor speaks today under one of these roles."""
    partners = Partner.objects.filter(pk__in=scope.current().partners_as(*roles))
    return partners.select_related("requester_type").order_by("code_name")


def conventions_of_actor() -> QuerySet[Convention]:
    """Conventions of the services for which the actor asks, the latest first."""
    return Convention.objects.filter(partner_id__in=scope.current().partners_as(Role.REQUESTER))


def directs_until(partner_id: uuid.UUID) -> dt.date | None:
    """Last day that a director may give in the structure; `None` for the coordination, which no date holds."""
    if scope.current().sees_all_cases():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT directs_until(%s)", [partner_id])
        return cursor.fetchone()[0]


def convention_owners() -> QuerySet[User]:
    """Who may answer for a convention: the coordination and the direction, while their account is open."""
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    return people.distinct().order_by("last_name", "first_name")


def conventions_followed() -> QuerySet[Convention]:
    """Conventions with what the pipeline shows of each: the first to do comes first."""
    rows = Convention.objects.select_related("partner__territory", "followup__owner")
    return rows.order_by(F("followup__next_step_on").asc(nulls_last=True), "ends_on", "reference")


def conventions_late(day: dt.date) -> QuerySet[Convention]:
    """Those whose next step was to be done before that day, and those signed and past their end."""
    is_going_on = ~Q(stage__in=(Stage.ENDED, Stage.DENOUNCED))
    return Convention.objects.filter(
        Q(is_going_on, followup__next_step_on__lt=day) | Q(stage=Stage.SIGNED, ends_on__lt=day)
    )
