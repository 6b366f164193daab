"""Writing one row about a partner, with its line in the journal."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.book.models import Partner
from cms.partners.enums import PartnerKind

Row = TypeVar("Row", bound=models.Model)


def row_create(row: Row, *, action: str, details: dict | None = None) -> Row:
    row_clean(row)
    row.save(force_insert=True)
    journal_append(action=action, kind="partner", object_id=getattr(row, "partner_id", row.pk), details=details)
    return row


def structure_only(partner: Partner) -> None:
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError("Cela ne concerne que les structures d’accueil.")
