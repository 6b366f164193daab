"""The référentiel in the portal: read it, see what changed, sign it, keep the receipt."""

from referentiel.views.assessing import (
    assessment,
    assessment_carry,
    assessment_chapter,
    assessment_done,
    assessment_evidence,
    assessment_piece,
    assessment_renew,
    assessment_send,
    assessment_step,
    assessments,
)
from referentiel.views.reading import changes, chapter_read, exigence, pdf, read, readings, search
from referentiel.views.signing import receipt, receipt_pdf, receipt_piece, sign
from referentiel.views.visiting import visit, visit_chapter, visit_letter, visit_send

__all__ = [
    "assessment",
    "assessment_carry",
    "assessment_chapter",
    "assessment_done",
    "assessment_evidence",
    "assessment_piece",
    "assessment_renew",
    "assessment_send",
    "assessment_step",
    "assessments",
    "changes",
    "chapter_read",
    "exigence",
    "pdf",
    "read",
    "readings",
    "receipt",
    "receipt_pdf",
    "receipt_piece",
    "search",
    "sign",
    "visit",
    "visit_chapter",
    "visit_letter",
    "visit_send",
]
