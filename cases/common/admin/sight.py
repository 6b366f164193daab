"""Who may see a file, for its side: those who see every file, those whom the file names, the grants of the day."""

import uuid
from collections.abc import Iterable

from cases.common.admin.words import moment
from cms.kit.blocks import Listing
from cms.partners.models import Partner
from cms.wall.models import Grant

HEADINGS = ("Qui", "Ce qu’ils en voient", "Motif", "Jusqu’au")
NETWORK = ("La coordination, la direction", "tout, identité sous scellé", "", "")


def sight_block(title: str, kind: str, object_id: uuid.UUID, own: Iterable[tuple[object, str]] = ()) -> Listing:
    """Return who sees a file of `kind`, as `wall.sql` says. `own`: who sees it without a grant, and what of it."""
    grants = list(Grant.objects.live().on(kind, object_id).select_related("user"))
    ids = [grant.partner_id for grant in grants if grant.partner_id]
    partners = Partner.objects.in_bulk(ids) if ids else {}
    rows = [NETWORK, *((who, what, "", "") for who, what in own if who)]
    rows += [
        (
            grant.user or partners.get(grant.partner_id),
            f"{grant.get_level_display()}, {(grant.get_role_display() or 'toute l’équipe').lower()}",
            grant.reason,
            f"jusqu’au {moment(grant.ends_at)}" if grant.ends_at else "",
        )
        for grant in grants
    ]
    return Listing(title, HEADINGS, rows, "", is_aside=True)
