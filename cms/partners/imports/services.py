"""Entering many partners at once: all of them, or none."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.journal.services import journal_append
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.imports.rules import Line, lines_check
from cms.partners.people.services import contact_add


@transaction.atomic
def partners_import(*, lines: Sequence[Line]) -> int:
    """Enter the partners of these lines, those already in the book apart; answers how many.

    The lines are checked again: the book may have changed since they were shown. Raises `ValidationError` with every
    line to correct, and writes nothing then.
    """
    report = lines_check(lines)
    if report.errors:
        raise ValidationError(report.errors)
    for number, facts, contact in report.new:
        try:
            partner = partner_create(PartnerCard(**facts))
            if contact:
                contact_add(partner=partner, **contact)
        except ValidationError as error:
            raise ValidationError([f"Ligne {number} : {sentence}" for sentence in error.messages]) from error
    journal_append(action="partners.import", details={"count": len(report.new)})
    return len(report.new)
