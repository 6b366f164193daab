"""Reading the book of partners for a screen."""

from django.db.models import QuerySet

from cms.access import scope
from cms.partners.models import Partner
from cms.users.roles import Role


def partners_as(*roles: Role) -> QuerySet[Partner]:
    """Partners for which the actor speaks today under one of these roles."""
    partners = Partner.objects.filter(pk__in=scope.current().partners_as(*roles))
    return partners.select_related("requester_type").order_by("code_name")
