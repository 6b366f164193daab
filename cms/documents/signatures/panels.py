"""Documents in the navigation, and on the home page of who signs the protocol."""

from django.utils import timezone

from cms.documents.enums import SIGNED_BY_UNITS
from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import signing_memberships
from cms.documents.versions.selectors import version_in_force, versions_accepted
from cms.navigation.registry import nav_register, panel_register
from cms.users.models import User
from cms.users.roles import Role
from cms.wall.scope import Scope


def protocol_panel(current: Scope) -> dict:
    """Units that this person may commit and that have still to sign. One query for who signs nothing."""
    memberships = signing_memberships(User(pk=current.user_id), timezone.localdate(), SIGNED_BY_UNITS)
    partners = {row.partner_id: row.partner for row in memberships.select_related("partner")}
    version = version_in_force(SIGNED_BY_UNITS) if partners else None
    if version is None:
        return {}
    signed = Acknowledgement.objects.filter(partner__in=partners, version__in=versions_accepted(version))
    for partner_id in signed.values_list("partner_id", flat=True):
        partners.pop(partner_id, None)
    return {"partners": list(partners.values()), "kind": SIGNED_BY_UNITS.value, "number": version.number}


def register() -> None:
    nav_register("Documents", "documents:index", order=45)
    panel_register("documents/panels/protocol.html", protocol_panel, order=30, roles=(Role.REQUESTER,))
