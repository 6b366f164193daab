"""Documents in the navigation, and on the home page of who signs the protocol."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from cms.documents.enums import PROTOCOL, Signer
from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import signing_memberships
from cms.documents.versions.models import Document, DocumentVersion
from cms.documents.versions.selectors import version_in_force, versions_accepted
from cms.navigation.registry import nav_register, panel_register
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall.scope import Scope


def protocol_panel(current: Scope) -> dict:
    """Units that this person may commit and that have still to sign. One query for who signs nothing."""
    memberships = signing_memberships(User(pk=current.user_id), timezone.localdate(), Signer.UNITS)
    partners = {row.partner_id: row.partner for row in memberships.select_related("partner")}
    version = version_in_force(PROTOCOL) if partners else None
    if version is None:
        return {}
    signed = Acknowledgement.objects.filter(partner__in=partners, version__in=versions_accepted(version))
    for partner_id in signed.values_list("partner_id", flat=True):
        partners.pop(partner_id, None)
    return {"partners": list(partners.values()), "kind": PROTOCOL.value, "number": version.number}


def _added() -> QuerySet[Document]:
    """Return what the network added, is signed, and has its card on the home page."""
    return Document.objects.signed().filter(is_builtin=False, is_on_home=True).order_by("title")


def added_counts(current: Scope) -> dict[str, QuerySet]:
    """Count what the network added, within the one statement of all panels: most networks add nothing."""
    return {"added": _added()}


def to_sign_panel(current: Scope, counts: Mapping[str, int]) -> dict:
    """Return what the network added and this person has still to sign."""
    rows = [row for document in (_added() if counts["added"] else ()) for row in _left(current, document)]
    return {"rows": rows} if rows else {}


def _left(current: Scope, document: Document) -> list[tuple[DocumentVersion, Partner]]:
    memberships = signing_memberships(User(pk=current.user_id), timezone.localdate(), document.signed_by)
    partners = {row.partner_id: row.partner for row in memberships.select_related("partner")}
    version = version_in_force(document.kind) if partners else None
    if version is None:
        return []
    signed = Acknowledgement.objects.filter(partner__in=partners, version__in=versions_accepted(version))
    done = set(signed.values_list("partner_id", flat=True))
    return [(version, partner) for pk, partner in partners.items() if pk not in done]


def register() -> None:
    signers = (Role.STRUCTURE_DIRECTOR, Role.REQUESTER)
    panel_register("documents/panels/to_sign.html", to_sign_panel, order=31, roles=signers, counts=added_counts)
    nav_register("Documents", "documents:index", order=45)
    panel_register("documents/panels/protocol.html", protocol_panel, order=30, roles=(Role.REQUESTER,))
