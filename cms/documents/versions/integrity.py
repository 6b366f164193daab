"""Integrity checks for `manage.py verify`: hashes are computed again from what the tables hold."""

from collections.abc import Iterator

from cms.documents.signatures.models import Acknowledgement
from cms.documents.versions.models import DocumentVersion
from cms.documents.versions.rules.canonical import content_hash
from cms.documents.versions.rules.hashes import version_hash
from cms.files.models import Attachment


def versions_check() -> list[str]:
    """Versions whose content, clauses or rank are no longer those that were published."""
    versions = DocumentVersion.objects.select_related("document").prefetch_related("clauses")
    problems: list[str] = []
    expected: dict[str, int] = {}
    for version in versions.order_by("document__kind", "sequence"):
        kind = version.document.kind
        rank = expected.get(kind, 0) + 1
        if version.sequence != rank:
            problems.append(f"{version} : le rang {rank} manque, une version a été retirée")
        expected[kind] = version.sequence
        problems += _version_problems(version)
    return problems


def _version_problems(version: DocumentVersion) -> Iterator[str]:
    clauses = list(version.clauses.all())
    for clause in clauses:
        if content_hash(clause.content) != clause.content_hash:
            yield f"{version}, clause {clause.code} : le texte a changé depuis la publication"
    if version_hash(version, version.document.kind, clauses) != version.content_hash:
        yield f"{version} : l’ensemble n’est plus celui qui a été publié"


def acknowledgements_check() -> list[str]:
    """Acknowledgements whose hashes are not those of the version that they point at, whose previous one is of another
    partner, or that were signed on paper and have lost their scan.
    """
    rows = Acknowledgement.objects.select_related("version__document", "previous__version")
    rows = rows.prefetch_related("version__clauses")
    scanned = set(Attachment.objects.filter(object_kind="acknowledgement").kept().values_list("object_id", flat=True))
    problems: list[str] = []
    for row in rows.order_by("signed_at"):
        name = f"{row.version}, engagement {row.pk}"
        if row.version_hash != row.version.content_hash:
            problems.append(f"{name} : l’empreinte signée n’est pas celle de la version")
        if row.clause_hashes != {clause.code: clause.content_hash for clause in row.version.clauses.all()}:
            problems.append(f"{name} : les empreintes signées ne sont pas celles des clauses")
        if not _follows(row):
            problems.append(f"{name} : l’engagement précédent n’est pas celui de ce partenaire")
        if row.is_on_paper and row.pk not in scanned:
            problems.append(f"{name} : le papier signé n’est plus joint")
    return problems


def _follows(row: Acknowledgement) -> bool:
    """Say whether the previous engagement is of the same partner, on an earlier version of the same document."""
    before = row.previous
    return before is None or (
        before.partner_id == row.partner_id
        and before.version.document_id == row.version.document_id
        and before.version.sequence < row.version.sequence
    )
