"""Reads of the portal's own pages."""

from django.db.models import QuerySet

from cms.partners.models import Membership
from cms.users.models import User


def memberships_of(user: User) -> QuerySet[Membership]:
    """Where a person belongs or belonged, the latest first."""
    return Membership.objects.filter(user=user).select_related("partner").order_by("-starts_on", "pk")
