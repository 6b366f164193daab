"""A version before it is published: proposed to a person named, validated or sent back, or taken back."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page

from cms.documents.enums import OPEN_PROPOSALS, ProposalState
from cms.documents.pages.selectors import source_of
from cms.documents.proposals.models import VersionProposal
from cms.documents.versions.models import Document, DocumentVersion
from cms.documents.versions.policies import may_publish, validators_for
from cms.documents.versions.services.pages import document_of, document_publish, document_written
from cms.documents.versions.services.versions import document_lock, version_ready
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall import scope

NOT_ONLINE = "Ce document n’est pas en ligne : publiez d’abord ses pages."
CHANGED = "Les pages, ou la version en vigueur, ont changé depuis la proposition. Renvoyez-la à son auteur."
NOT_OPEN = "Cette proposition n’attend plus rien : elle a été décidée, retirée ou publiée."


@transaction.atomic
def version_propose(
    *,
    kind: str,
    number: str,
    effective_on: dt.date,
    is_major: bool,
    change_note: str,
    validator: User,
    by: User,
    scheduled_on: dt.date | None = None,
) -> VersionProposal:
    """Propose to freeze what is online, to somebody who wrote none of it. Raises `ValidationError` as a publication
    would, when a proposal is open already, or for a validator who may not be one.

    Once validated, somebody publishes it, or the job of the night does on `scheduled_on`, a day to come.
    """
    if not may_publish(kind) or scope.current().user_id != by.pk:
        raise PermissionDenied
    document = document_of(kind)
    document_lock(document)
    if VersionProposal.objects.filter(document=document, state__in=OPEN_PROPOSALS).exists():
        raise ValidationError("Une version de ce document attend déjà : publiez-la ou retirez-la d’abord.")
    version = _ready(document, number, effective_on, is_major, change_note)
    _check_validator(document, validator, by)
    if scheduled_on is not None and scheduled_on <= timezone.localdate():
        raise ValidationError({"scheduled_on": "Choisissez un jour à venir, ou laissez vide pour publier vous-même."})
    row = VersionProposal(
        document=document,
        number=version.number,
        effective_on=effective_on,
        is_major=is_major,
        change_note=version.change_note,
        scheduled_on=scheduled_on,
        content_hash=version.content_hash,
        proposed_by=by,
        proposed_at=timezone.now(),
        validator=validator,
    )
    row_clean(row)
    row.save(force_insert=True)
    return _tell("propose", row)


@transaction.atomic
def proposal_validate(*, proposal: VersionProposal, by: User) -> VersionProposal:
    """Validate these very words for publication. Raises `ValidationError` if they changed."""
    row = _waiting(proposal, by, ProposalState.PROPOSED)
    if not proposal_holds(row):
        raise ValidationError(CHANGED)
    _check_validator(row.document, by, row.proposed_by)
    row.state, row.decided_at = ProposalState.VALIDATED, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    return _tell("validate", row)


@transaction.atomic
def proposal_return(*, proposal: VersionProposal, words: str, by: User) -> VersionProposal:
    """Send the proposal back with the reason. Raises `ValidationError`."""
    row = _waiting(proposal, by, *OPEN_PROPOSALS)
    if not words.strip():
        raise ValidationError({"words": "Dites ce qui est à reprendre."})
    row.state, row.answer, row.decided_at = ProposalState.RETURNED, words.strip(), timezone.now()
    row.save(update_fields=["state", "answer", "decided_at"])
    return _tell("return", row)


@transaction.atomic
def proposal_withdraw(*, proposal: VersionProposal, by: User) -> VersionProposal:
    """Who publishes this document takes it back, before it is published. Raises `ValidationError`."""
    row = _locked(proposal, by)
    if row.state not in OPEN_PROPOSALS:
        raise ValidationError(NOT_OPEN)
    row.state = ProposalState.WITHDRAWN
    row.save(update_fields=["state"])
    return _tell("withdraw", row)


def proposal_publish(*, proposal: VersionProposal, by: User) -> DocumentVersion:
    """Freeze what was validated. Raises `ValidationError` when it was not, or when its words have changed since."""
    if proposal.state != ProposalState.VALIDATED:
        raise ValidationError(NOT_OPEN if not proposal.is_open else "Cette version attend encore sa validation.")
    return document_publish(
        kind=proposal.document.kind,
        number=proposal.number,
        effective_on=proposal.effective_on,
        is_major=proposal.is_major,
        change_note=proposal.change_note,
        published_by=by,
    )


def proposal_get(pk: uuid.UUID) -> VersionProposal:
    """Return a proposal that the scope shows. Raises `Http404`."""
    rows = VersionProposal.objects.select_related("document", "proposed_by", "validator", "version")
    proposal = rows.filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal


def proposal_holds(proposal: VersionProposal) -> bool:
    """Say whether what is online would still be, word for word, the version proposed."""
    try:
        version = _ready(
            proposal.document, proposal.number, proposal.effective_on, proposal.is_major, proposal.change_note
        )
    except ValidationError:
        return False
    return version.content_hash == proposal.content_hash


def authors_since_last(document: Document) -> set[uuid.UUID]:
    """Who put online a page of the document since its last version."""
    root = source_of(document.kind).root()
    if root is None:
        return set()
    rows = Page.objects.live().descendant_of(root, inclusive=True).exclude(live_revision__user=None)
    latest = document.versions.order_by("-sequence").first()
    if latest is not None:
        # When it went online, not when it was written: a page that was scheduled may have been written long before.
        rows = rows.filter(last_published_at__gt=latest.published_at)
    return set(rows.values_list("live_revision__user", flat=True))


def _ready(
    document: Document, number: str, effective_on: dt.date, is_major: bool, change_note: str
) -> DocumentVersion:
    written = document_written(document.kind)
    if written is None:
        raise ValidationError(NOT_ONLINE)
    version, _ = version_ready(
        document=document, clauses=written.clauses, content=written.content, number=number,
        effective_on=effective_on, is_major=is_major, change_note=change_note,
    )  # fmt: skip
    return version


def _check_validator(document: Document, validator: User, author: User) -> None:
    if not validators_for(author).filter(pk=validator.pk).exists():
        raise ValidationError({"validator": "Choisissez une autre personne, qui publie les documents du réseau."})
    if validator.pk in authors_since_last(document):
        sentence = (
            f"{validator} a mis en ligne une partie de ce qui change. Demandez à une personne qui n’en a rien écrit."
        )
        raise ValidationError({"validator": sentence})


def _locked(proposal: VersionProposal, by: User) -> VersionProposal:
    if scope.current().user_id != by.pk:
        raise PermissionDenied
    row = VersionProposal.objects.select_for_update(of=("self",)).select_related("document", "proposed_by")
    return row.get(pk=proposal.pk)


def _waiting(proposal: VersionProposal, by: User, *states: str) -> VersionProposal:
    row = _locked(proposal, by)
    if row.validator_id != by.pk:
        raise ValidationError("Cette version attend la validation d’une autre personne.")
    if row.state not in states:
        raise ValidationError(NOT_OPEN)
    return row


def _tell(verb: str, row: VersionProposal) -> VersionProposal:
    journal_append(
        action=f"documents.proposal.{verb}",
        kind="version_proposal",
        object_id=row.pk,
        details={"document": row.document.kind, "number": row.number, "validator": str(row.validator_id)},
    )
    return row
