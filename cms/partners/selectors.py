"""Reading the book of partners for a screen."""

import datetime as dt
import uuid

from django.db import connection
from django.db.models import QuerySet

from cms.access import scope
from cms.partners.models import Partner
from cms.users.roles import Role


def partners_as(*roles: Role) -> QuerySet[Partner]:
    """Partners for which the actor speaks today under one of these roles."""
    partners = Partner.objects.filter(pk__in=scope.current().partners_as(*roles))
    return partners.select_related("requester_type").order_by("code_name")


def directs_until(partner_id: uuid.UUID) -> dt.date | None:
    """Last day that a director may give in the structure; `None` for the coordination, which no date holds."""
    if scope.current().sees_all_cases():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT directs_until(%s)", [partner_id])
        return cursor.fetchone()[0]
