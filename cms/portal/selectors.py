"""Reads of the portal's own pages."""

from django.db.models import OuterRef, QuerySet, Subquery

from cms.partners.models import Membership, Partner
from cms.users.models import User


def memberships_of(user: User) -> QuerySet[Membership]:
    """Where a person belongs or belonged, latest first. `partner_name` is empty once the partner is out of reach."""
    name = Partner.objects.filter(pk=OuterRef("partner_id")).values("code_name")
    return Membership.objects.filter(user=user).annotate(partner_name=Subquery(name)).order_by("-starts_on", "pk")
