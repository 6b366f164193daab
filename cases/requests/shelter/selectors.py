"""The last shelter of a request, for the board and its file; whom to call to find one."""

from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from cases.requests.models import Sollicitation
from cases.requests.shelter.models import Shelter
from cms.partners.enums import PartnerKind
from cms.partners.models import Contact
from cms.territory.models import AseAuthority


@dataclass(frozen=True)
class AsePhone:
    """A number of the ASE of a département, as the address book holds it."""

    service: str
    position: str
    number: str


def last_shelter() -> dict[str, Subquery]:
    """Return annotations: until when and where the minor of a request is sheltered, `None` when nobody said."""
    last = Shelter.objects.filter(sollicitation=OuterRef("pk")).order_by("-noted_at")
    return {
        "shelter_until": Subquery(last.values("until")[:1]),
        "shelter_kind": Subquery(last.values("kind__label")[:1]),
    }


def shelter_of(sollicitation: Sollicitation) -> Shelter | None:
    """Return the shelter that holds, or held last."""
    return Shelter.objects.filter(sollicitation=sollicitation).select_related("kind").first()


def shelters_of_file() -> Prefetch:
    return Prefetch("shelters", Shelter.objects.select_related("kind", "noted_by"))


def ase_phones(territory_id: str | None) -> list[AsePhone]:
    """Return the numbers of the ASE of a département; none when the book knows none."""
    if territory_id is None:
        return []
    authorities = AseAuthority.objects.active_on(timezone.localdate()).covering(territory_id)
    rows = (
        Contact.objects.filter(partner__kind=PartnerKind.ASE, partner__closed_on=None, partner__is_test=False)
        .filter(partner__ase_authority__in=authorities)
        .exclude(phone="")
        .order_by("partner__code_name", "position", "phone")
    )
    return [AsePhone(row.partner.code_name, row.position, row.phone) for row in rows.select_related("partner")]
