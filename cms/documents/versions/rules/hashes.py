"""What the hash of a version covers: all that its reader signs."""

from collections.abc import Iterable
from typing import Any

from cms.documents.versions.models import ClauseVersion, DocumentVersion
from cms.documents.versions.rules.canonical import content_hash


def clause_seal(clause: ClauseVersion) -> list[Any]:
    """Return a clause as the whole sees it."""
    return [clause.position, clause.code, clause.chapter, clause.content_hash]


def version_hash(version: DocumentVersion, kind: str, clauses: Iterable[ClauseVersion]) -> str:
    """Hash of the whole, computed from the hashes of its clauses in their order.

    Rank, number, date of effect, major or minor and change note are part of what is published.
    """
    return content_hash(
        {
            "document": kind,
            "sequence": version.sequence,
            "number": version.number,
            "effective_on": version.effective_on.isoformat(),
            "is_major": version.is_major,
            "change_note": version.change_note,
            "content": version.content,
            "clauses": [clause_seal(clause) for clause in sorted(clauses, key=lambda clause: clause.position)],
        }
    )
