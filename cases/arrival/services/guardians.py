"""The service to which the minor is entrusted: it signs the convention, reads the stay and answers for its steps."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.arrival.convention.services import agreement_ask, agreement_done, convention_follow
from cases.arrival.enums import Party
from cases.arrival.models import Linking
from cases.arrival.policies import may_entrust
from cases.arrival.services.live import KIND, lock_live
from cases.common.services import manager_only, row_change
from cases.enums import FAMILIES_FOLLOWING
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give, grants_end

REASON = "Service gardien"
MAY_NOT = (
    "Ce service peut demander un accueil, il ne peut pas confier un mineur : choisissez l’ASE, la PJJ ou le magistrat."
)


@transaction.atomic
def linking_guardian_set(*, linking: Linking, guardian: Partner, by: User) -> Linking:
    """Name the service to which the minor is entrusted, which reads the linking from then on.

    Raises `ValidationError` for a service that may not hold a minor, and once the former one has agreed.
    """
    manager_only()
    lock_live(linking)
    if linking.guardian_id == guardian.pk:
        return linking
    if not may_entrust(guardian):
        raise ValidationError({"guardian": MAY_NOT})
    if linking.agreements.agreed().filter(party=Party.REQUESTER).exists():
        raise ValidationError({"guardian": "Le service gardien a déjà donné son accord."})
    _forget(linking, linking.guardian_id)
    _name(linking, guardian)
    convention_follow(linking=linking, by=by)
    return linking


def guardian_by_default(*, linking: Linking) -> None:
    """Name the service of the authority that pays, when it has a single one and nobody is named."""
    if linking.guardian_id or linking.payer_id is None:
        return
    services = Partner.objects.filter(kind=PartnerKind.ASE, ase_authority_id=linking.payer_id, closed_on=None)[:2]
    if len(services) == 1:
        _name(linking, services[0])


def guardian_grant(*, linking: Linking) -> None:
    """Open the stay to the guardian. The service that asked has its own grant, by the rule of stays."""
    if linking.placement_id is None or linking.guardian is None or linking.guardian_id == linking.requester_id:
        return
    _open("placement", linking.placement_id, linking.guardian, _level(linking.guardian))


def _name(linking: Linking, guardian: Partner) -> None:
    row_change(linking, {"guardian_id": guardian.pk}, kind=KIND, action="cases.linking.guardian")
    linking.guardian = guardian
    if guardian.pk != linking.requester_id:
        _open(KIND, linking.pk, guardian, Level.SHEET)
    guardian_grant(linking=linking)
    agreement_ask(linking, Party.REQUESTER)


def _forget(linking: Linking, guardian_id: uuid.UUID | None) -> None:
    """Ask nothing more of the former guardian, and close what it read, unless it reads it as the one that asked."""
    agreement_done(linking, Party.REQUESTER)
    if guardian_id is None or guardian_id == linking.requester_id:
        return
    for kind, row_id in ((KIND, linking.pk), ("placement", linking.placement_id)):
        if row_id:
            grants_end(kind=kind, object_id=row_id, reason=REASON, partner_id=guardian_id)


def _open(kind: str, object_id: uuid.UUID, guardian: Partner, level: Level) -> None:
    to = Grantee(guardian.pk, Role.REQUESTER)
    grant_give(kind=kind, object_id=object_id, level=level, reason=REASON, to=to)


def _level(guardian: Partner) -> Level:
    """Return how much of the stay a guardian reads: the ASE and the PJJ may ask for the address, a court may not."""
    kind = guardian.requester_type
    follows = guardian.kind == PartnerKind.ASE or (kind is not None and kind.extra.get("family") in FAMILIES_FOLLOWING)
    return Level.CONTACT if follows else Level.SHEET
