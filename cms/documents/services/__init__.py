"""Publishing a version, reading it, signing it, reminding who has still to sign."""

from cms.documents.services.proposals import (
    proposal_get,
    proposal_holds,
    proposal_publish,
    proposal_return,
    proposal_validate,
    proposal_withdraw,
    version_propose,
)
from cms.documents.services.publishing import (
    document_draft,
    document_pages_load,
    document_publish,
    document_written,
)
from cms.documents.services.readings import part_read
from cms.documents.services.reminders import signatures_follow
from cms.documents.services.scheduling import pages_publish_due, versions_publish_due
from cms.documents.services.signatures import acknowledgement_record, acknowledgement_sign
from cms.documents.services.units import reviews_follow, unit_list, unit_review
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
    "pages_publish_due",
    "part_read",
    "proposal_get",
    "proposal_holds",
    "proposal_publish",
    "proposal_return",
    "proposal_validate",
    "proposal_withdraw",
    "reviews_follow",
    "signatures_follow",
    "unit_list",
    "unit_review",
    "version_draft",
    "version_propose",
    "version_publish",
    "versions_publish_due",
]
