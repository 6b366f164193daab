"""Publishing a version, reading it, signing it, reminding who has still to sign."""

from cms.documents.services.publishing import (
    document_draft,
    document_pages_load,
    document_publish,
    document_written,
)
from cms.documents.services.readings import part_read
from cms.documents.services.reminders import signatures_remind
from cms.documents.services.signatures import acknowledgement_record, acknowledgement_sign
from cms.documents.services.versions import ClauseContent, documents_load, version_draft, version_publish

__all__ = [
    "ClauseContent",
    "acknowledgement_record",
    "acknowledgement_sign",
    "document_draft",
    "document_pages_load",
    "document_publish",
    "document_written",
    "documents_load",
    "part_read",
    "signatures_remind",
    "version_draft",
    "version_publish",
]
