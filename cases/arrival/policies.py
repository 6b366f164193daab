"""Who may hold a minor: signposts of `may_entrust`, in the database."""

from django.db.models import Q, QuerySet

from cases.enums import FAMILIES_ENTRUSTING
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner


def may_entrust(partner: Partner) -> bool:
    """Return whether a minor may be entrusted to this service: the ASE, the PJJ, a court."""
    kind = partner.requester_type
    return partner.kind == PartnerKind.ASE or (kind is not None and kind.extra.get("family") in FAMILIES_ENTRUSTING)


def services_entrusting() -> QuerySet[Partner]:
    """List the services to which a minor may be entrusted."""
    held = Q(kind=PartnerKind.ASE) | Q(requester_type__extra__family__in=FAMILIES_ENTRUSTING)
    return Partner.objects.filter(held, closed_on=None).order_by("code_name")
