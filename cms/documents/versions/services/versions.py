"""Publishing a version, loading the documents of the network."""

import datetime as dt
import re
from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.documents.enums import OPEN_PROPOSALS, PROTOCOL, SIGNED_AT_FIRST, DocumentKind, ProposalState, Signer
from cms.documents.pages.selectors import ClauseContent
from cms.documents.proposals.models import VersionProposal
from cms.documents.versions.models import ClauseVersion, Document, DocumentVersion
from cms.documents.versions.policies import may_publish, validation_required
from cms.documents.versions.rules.canonical import content_hash, normalised
from cms.documents.versions.rules.hashes import clause_seal, version_hash
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall import scope

NOT_VALIDATED = (
    "Une autre personne doit d’abord valider exactement ces mots, ce numéro et cette date. Demandez-lui la validation."
)
AWAITS = "Une version de ce document attend déjà : publiez-la telle qu’elle a été proposée, ou retirez-la d’abord."
NUMBER = re.compile(r"\d{1,3}(\.\d{1,3}){0,2}")


def documents_load() -> int:
    """Write the documents of the network that are missing; answers how many were added."""
    known = set(Document.objects.values_list("kind", flat=True))
    missing = [kind for kind in DocumentKind if kind.value not in known]
    for kind in missing:
        Document.objects.create(
            kind=kind.value,
            title=kind.label,
            is_builtin=True,
            signed_by=SIGNED_AT_FIRST.get(kind, Signer.NOBODY),
            is_reminded=kind != PROTOCOL,
        )
    return len(missing)


@transaction.atomic
def version_publish(
    *,
    document: Document,
    clauses: list[ClauseContent],
    content: dict[str, Any],
    number: str,
    effective_on: dt.date,
    is_major: bool,
    change_note: str,
    published_by: User | None,
) -> DocumentVersion:
    """Freeze a version for ever. `published_by` is None when reference data are loaded.

    Raises `ValidationError` when the number does not grow, when nothing changed since the previous version, when the
    date of effect is past or precedes the previous one, when two clauses bear the same code, or when somebody else
    has to validate these very words and has not; `PermissionDenied` when the actor does not publish this document, or
    does so under another's name.
    """
    if document.retired_on:
        raise ValidationError("Ce document est retiré : remettez-le d’abord en service.")
    author_id = published_by.pk if published_by else None
    if not may_publish(document.kind) or author_id != scope.current().user_id:
        raise PermissionDenied
    document_lock(document)
    version, frozen = version_ready(
        document=document, clauses=clauses, content=content, number=number, effective_on=effective_on,
        is_major=is_major, change_note=change_note,
    )  # fmt: skip
    version.published_by, version.published_at = published_by, timezone.now()
    proposal = proposal_for(version)
    row_clean(version, exclude=["content", "published_by"])
    version.save(force_insert=True)
    ClauseVersion.objects.bulk_create(frozen)
    if proposal is not None:
        proposal.state, proposal.version = ProposalState.PUBLISHED, version
        proposal.save(update_fields=["state", "version"])
    journal_append(
        action="documents.version.publish",
        kind="version",
        object_id=version.pk,
        details={"document": document.kind, "number": version.number, "clauses": len(frozen)},
    )
    return version


def version_ready(
    *,
    document: Document,
    clauses: list[ClauseContent],
    content: dict[str, Any],
    number: str,
    effective_on: dt.date,
    is_major: bool,
    change_note: str,
) -> tuple[DocumentVersion, list[ClauseVersion]]:
    """Return a version that may follow the previous one, with its hash, not written yet. Raises `ValidationError`."""
    previous = document.versions.order_by("-sequence").first()
    version = DocumentVersion(
        document=document,
        sequence=previous.sequence + 1 if previous else 1,
        number=number.strip(),
        is_major=is_major,
        change_note=normalised(change_note.strip()),
        effective_on=effective_on,
        content=normalised(content),
    )
    frozen = [_clause(version, position, clause) for position, clause in enumerate(clauses, start=1)]
    _check_follows(version, frozen, previous)
    version.content_hash = version_hash(version, document.kind, frozen)
    return version, frozen


def proposal_for(version: DocumentVersion) -> VersionProposal | None:
    """Return the proposal that this version fulfils. Raises `ValidationError` when one is required and missing."""
    rows = VersionProposal.objects.filter(document=version.document_id)
    proposal = rows.filter(state=ProposalState.VALIDATED, content_hash=version.content_hash).first()
    author = version.published_by_id
    if proposal is None and author and validation_required(version.document.kind, author):
        raise ValidationError(NOT_VALIDATED)
    if proposal is None and rows.filter(state__in=OPEN_PROPOSALS).exists():
        raise ValidationError(AWAITS)
    return proposal


def version_draft(*, document: Document, clauses: list[ClauseContent], content: dict[str, Any]) -> DocumentVersion:
    """Return a version as a publication would freeze it, never written: to read, or compare with the one in force."""
    version = DocumentVersion(document=document, content=normalised(content), number="à venir")
    drafts = [_clause(version, position, clause) for position, clause in enumerate(clauses, start=1)]
    # Where Django keeps what `prefetch_related` read: the clauses of a version that has none in the database.
    vars(version)["_prefetched_objects_cache"] = {"clauses": drafts}
    return version


def document_lock(document: Document) -> None:
    """One publication at a time for a document; the next one reads what this one wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents.version:{document.pk}"])


def _clause(version: DocumentVersion, position: int, clause: ClauseContent) -> ClauseVersion:
    content = normalised(clause.content)
    return ClauseVersion(
        version=version,
        code=normalised(clause.code),
        chapter=normalised(clause.chapter),
        position=position,
        content=content,
        content_hash=content_hash(content),
    )


def _check_follows(version: DocumentVersion, clauses: list[ClauseVersion], previous: DocumentVersion | None) -> None:
    errors: dict[str, list[str]] = {}
    if not NUMBER.fullmatch(version.number):
        errors["number"] = ["Écrivez un numéro comme 1.0, 1.1 ou 2.0."]
    elif previous and _rank(version.number) <= _rank(previous.number):
        errors["number"] = [f"Le numéro doit dépasser celui de la version {previous.number}."]
    if previous and version.effective_on < max(previous.effective_on, timezone.localdate()):
        errors["effective_on"] = [
            "La date d’effet ne peut être ni passée, ni antérieure à celle de la version précédente."
        ]
    if not version.change_note:
        errors["change_note"] = ["Dites en quelques mots ce qui change."]
    if problem := _problem_of_content(version, clauses, previous):
        errors["__all__"] = [problem]
    if errors:
        raise ValidationError(errors)


def _problem_of_content(
    version: DocumentVersion, clauses: list[ClauseVersion], previous: DocumentVersion | None
) -> str | None:
    if not clauses:
        return "Il n’y a rien à publier : aucune clause n’est en ligne."
    doubles = sorted(code for code, count in Counter(clause.code for clause in clauses).items() if count > 1)
    if doubles:
        return f"Un code ne sert qu’une fois : {', '.join(doubles)}."
    if previous is None:
        return None
    before = [clause_seal(clause) for clause in previous.clauses.order_by("position")]
    same_content = content_hash(previous.content) == content_hash(version.content)
    if same_content and before == [clause_seal(clause) for clause in clauses]:
        return f"Rien n’a changé depuis la version {previous.number}."
    return None


def _rank(number: str) -> tuple[int, ...]:
    """« 1.2 » → (1, 2, 0): 1.10 comes after 1.9, and 1 is 1.0."""
    parts = [int(part) for part in number.split(".")]
    return tuple(parts + [0] * (3 - len(parts)))
