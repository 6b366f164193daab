"""The log of support: what was done for a team or for one person."""

from django.db.models import QuerySet

from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from formation.common.policies import runs_all_sessions
from formation.people.models import Professional
from formation.people.selectors.people import people_seen
from formation.support.models import SupportAct


def support_acts() -> QuerySet[SupportAct]:
    """List the acts that the actor reads, the latest first."""
    rows = SupportAct.objects.filter(is_test=False).select_related("kind", "recorded_by")
    return rows.prefetch_related("partner", "professional").order_by("-happened_on", "pk")


def teams_to_support() -> QuerySet[Partner]:
    """List the structures, for the coordination alone: trainers may not read their names."""
    if not runs_all_sessions():
        return Partner.objects.none()
    return Partner.objects.filter(kind=PartnerKind.STRUCTURE).order_by("code_name")


def people_to_support() -> QuerySet[Professional]:
    return people_seen().exclude(first_name="").order_by("last_name", "first_name", "pk")
