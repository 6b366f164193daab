"""Who asks that a document or a page be read further, and who agrees."""

from cms.documents.versions.models import Document
from cms.documents.versions.policies import PUBLISHERS, may_publish
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope


def may_ask(document: Document | None) -> bool:
    """Say whether the current actor publishes this document, or pages."""
    return may_publish(document.kind) if document else scope.current().has_role(*PUBLISHERS)


def may_agree() -> bool:
    """Say whether this is the coordination or the direction: `decision_agree` refuses whoever asked."""
    return scope.current().has_role(*SEES_ALL_CASES)
