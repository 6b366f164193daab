"""Reading the real name and the address of a structure under a live reveal. Each reading is written to the journal."""

import uuid
from typing import Any

from django.db.models import QuerySet

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.partners.book.models import Partner, PartnerIdentity
from cms.users.roles import Role
from cms.wall import scope


def address_rows(partner_id: uuid.UUID) -> list[tuple[str, Any]]:
    """Labels and values, written to the journal before they are shown. All empty while nothing was written."""
    journal_append(action="partners.identity.read", kind="partner", object_id=partner_id, outcome=Outcome.READ)
    row = PartnerIdentity.objects.filter(pk=partner_id).first() or PartnerIdentity()
    return [
        ("Nom réel", row.real_name),
        ("Adresse", row.address),
        ("Adresse postale de correspondance", row.mail_address),
    ]


def partners_as(*roles: Role) -> QuerySet[Partner]:
    """Partners for which the actor speaks today under one of these roles."""
    partners = Partner.objects.filter(pk__in=scope.current().partners_as(*roles))
    return partners.select_related("requester_type").order_by("code_name")
