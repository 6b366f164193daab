"""The référentiel in the portal: read it, see what changed, sign it, keep the receipt."""

from referentiel.views.reading import changes, chapter_read, exigence, pdf, read, readings, search
from referentiel.views.signing import receipt, receipt_pdf, receipt_piece, sign

__all__ = [
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
]
