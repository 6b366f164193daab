"""Published documents that somebody must read or sign: frozen versions, their clauses, acknowledgements."""

from cms.documents.enums import DocumentKind
from cms.documents.kinds.models import KindDecision
from cms.documents.pages.models import ArticlePage, DocumentPage
from cms.documents.proposals.models import VersionProposal
from cms.documents.signatures.models import Acknowledgement, Reading
from cms.documents.units.models import AuthorisedUnit, UnitReview
from cms.documents.versions.models import ClauseVersion, Document, DocumentVersion
from cms.documents.visibility.models import Visibility

__all__ = [
    "Acknowledgement",
    "ArticlePage",
    "AuthorisedUnit",
    "ClauseVersion",
    "Document",
    "DocumentKind",
    "DocumentPage",
    "DocumentVersion",
    "KindDecision",
    "Reading",
    "UnitReview",
    "VersionProposal",
    "Visibility",
]
