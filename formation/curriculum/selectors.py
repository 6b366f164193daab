"""The curriculum in force, and its modules."""

from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse

from cms.documents.models import ClauseVersion, DocumentKind, DocumentVersion
from cms.documents.versions.selectors import clauses_in_force, version_in_force, version_to_read
from referentiel.common.rules import Module


def curriculum_in_force() -> DocumentVersion | None:
    """Return the version that everybody reads, with `ordered_clauses`."""
    return version_to_read(DocumentKind.CURRICULUM)


def module_in_force(code: str) -> ClauseVersion | None:
    """Return a module as the version in force holds it."""
    version = version_in_force(DocumentKind.CURRICULUM)
    return version.clauses.filter(code=code).first() if version else None


def module_get(code: str) -> ClauseVersion:
    module = module_in_force(code)
    if module is None:
        raise Http404
    return module


def modules_proposed(codes: Sequence[str]) -> list[Module]:
    contents = clauses_in_force(DocumentKind.CURRICULUM)
    return [
        Module(code, contents[code]["title"], reverse("formation:module", args=[code]))
        for code in sorted(set(codes) & set(contents))
    ]
