"""Reading versions and acknowledgements."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from cms.documents.enums import DELAY_DAYS, OPEN_PROPOSALS, ProposalState, Signer
from cms.documents.proposals.models import VersionProposal
from cms.documents.signatures.models import Acknowledgement, Reading
from cms.documents.signatures.policies import signing_memberships
from cms.documents.versions.models import ClauseVersion, Document, DocumentVersion
from cms.journal.services import refusal_queue
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.settings import setting_value

WHAT_CHANGES = ""
"""The part of a version that is no chapter: what changes in it."""
NOT_SIGNER = "Vous ne signez que pour une structure qui vous a donné sa signature."
FORMER = "Structure que vous avez quittée"
IN_ORDER = Prefetch("clauses", ClauseVersion.objects.order_by("position"))


def version_in_force(kind: str, on: dt.date | None = None) -> DocumentVersion | None:
    """Return the version of a document that applies on a day (today by default), or none yet."""
    day = on or timezone.localdate()
    versions = DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=day)
    return versions.select_related("document").order_by("-effective_on", "-sequence").first()


def version_to_read(kind: str, on: dt.date | None = None) -> DocumentVersion | None:
    """Return the version in force with its clauses in their order, in two queries."""
    version = version_in_force(kind, on)
    if version:
        prefetch_related_objects([version], IN_ORDER)
    return version


def versions_of(kind: str) -> QuerySet[DocumentVersion]:
    """Every version of a document, newest first, clauses in their order."""
    versions = DocumentVersion.objects.filter(document__kind=kind).select_related("document")
    return versions.prefetch_related(IN_ORDER).order_by("-sequence")


def version_previous(version: DocumentVersion) -> DocumentVersion | None:
    """Return the version published before this one, with its clauses in their order."""
    return versions_of(version.document.kind).filter(sequence__lt=version.sequence).first()


def version_last(kind: str) -> DocumentVersion | None:
    """Return the last version published, in force or to come, with its clauses in their order."""
    return versions_of(kind).first()


def proposal_open(kind: str) -> VersionProposal | None:
    """Return the proposal of a document that waits to be validated, or published."""
    rows = VersionProposal.objects.filter(document__kind=kind, state__in=OPEN_PROPOSALS)
    return rows.select_related("validator", "proposed_by").first()


def proposals_awaiting(user: User) -> QuerySet[VersionProposal]:
    """Return what awaits this person: to validate, and one's own to publish or to write again."""
    mine = Q(proposed_by=user, state__in=[ProposalState.RETURNED, ProposalState.LAPSED])
    mine |= Q(proposed_by=user, state=ProposalState.VALIDATED, scheduled_on=None)
    # A proposal sent back, or whose day passed, awaits until a later one is made.
    later = VersionProposal.objects.filter(document=OuterRef("document"), proposed_at__gt=OuterRef("proposed_at"))
    rows = VersionProposal.objects.filter(Q(validator=user, state=ProposalState.PROPOSED) | mine)
    return rows.exclude(Exists(later)).select_related("document", "proposed_by").order_by("proposed_at")


def clauses_in_force(kind: str, on: dt.date | None = None) -> dict[str, dict]:
    """Frozen content of each clause in force, by code."""
    version = version_in_force(kind, on)
    return dict(version.clauses.values_list("code", "content")) if version else {}


def versions_accepted(version: DocumentVersion) -> QuerySet[DocumentVersion]:
    """Versions whose signature holds for this one: from the last major on. A minor change asks for no new one."""
    return _from_last_major(DocumentVersion.objects.filter(document=version.document_id), version.sequence)


def versions_accepted_on(kind: str, day: dt.date) -> QuerySet[DocumentVersion]:
    """Return the same for the version in force on a day, without reading it first: for a query within another."""
    rows = DocumentVersion.objects.filter(document__kind=kind)
    in_force = rows.filter(effective_on__lte=day).order_by("-effective_on", "-sequence").values("sequence")[:1]
    return _from_last_major(rows, Subquery(in_force))


def _from_last_major(rows: QuerySet[DocumentVersion], sequence: int | Subquery) -> QuerySet[DocumentVersion]:
    earlier = rows.filter(sequence__lte=sequence)
    last_major = earlier.filter(is_major=True).order_by("-sequence").values("sequence")[:1]
    return earlier.filter(sequence__gte=Coalesce(Subquery(last_major), 1))


def delay_days(document: Document | None = None) -> int:
    """How long a partner has to sign a new major version: the delay of the document, or that of the settings."""
    return (document and document.ack_days) or setting_value(DELAY_DAYS)


def acknowledgements_holding(kind: str, day: dt.date) -> QuerySet[Acknowledgement]:
    """Signatures that hold on a day: under the last major version whose delay is over, or under a later one.

    A new major version thus leaves each structure its delay.
    """
    delay = Coalesce("document__ack_days", Value(delay_days()), output_field=IntegerField())
    due_before = ExpressionWrapper(Value(day, DateField()) - delay, DateField())
    due = DocumentVersion.objects.filter(document__kind=kind, is_major=True, effective_on__lte=due_before)
    return Acknowledgement.objects.filter(
        version__document__kind=kind,
        signed_at__date__lte=day,
        version__sequence__gte=Coalesce(Subquery(due.order_by("-sequence").values("sequence")[:1]), Value(0)),
    )


def acknowledgements_missing(document: Document, on: dt.date | None = None) -> QuerySet[Partner]:
    """Structures under a convention in force that have still to sign the version in force that day."""
    day = on or timezone.localdate()
    structures = Partner.objects.structures().with_convention_on(day)
    version = version_in_force(document.kind, day)
    if version is None:
        return structures.none()
    signed = Acknowledgement.objects.filter(version__in=versions_accepted(version)).values("partner_id")
    return structures.exclude(pk__in=signed).order_by("code_name")


def acknowledgement_of(partner: Partner, version: DocumentVersion) -> Acknowledgement | None:
    """Return the signature of this partner under this very version."""
    return Acknowledgement.objects.filter(partner=partner, version=version).first()


def acknowledgement_valid(partner: Partner, version: DocumentVersion) -> Acknowledgement | None:
    """Return the latest signature of this partner that still holds for this version."""
    holding = Acknowledgement.objects.filter(partner=partner, version__in=versions_accepted(version))
    return holding.select_related("version").order_by("-version__sequence").first()


def acknowledgement_last(partner: Partner, document_id: uuid.UUID) -> Acknowledgement | None:
    """Return the latest version of a document that this partner signed, whether or not it still holds."""
    rows = Acknowledgement.objects.filter(partner=partner, version__document=document_id)
    return rows.select_related("version").order_by("-version__sequence").first()


def chapters_of_version(version: DocumentVersion) -> list[str]:
    """Codes of its chapters, in their order. A document without chapters has none to go through."""
    rows = version.clauses.order_by("position").values_list("chapter", flat=True)
    return [chapter for chapter in dict.fromkeys(rows) if chapter]


def readings_of(user: User, version: DocumentVersion) -> dict[str, Reading]:
    """Return what a person read, by chapter. A minor version leaves the reading of the previous one as it is, but for
    what changes in it.
    """
    rows = Reading.objects.filter(user=user, version__in=versions_accepted(version)).order_by("read_at")
    return {row.chapter: row for row in rows if row.chapter != WHAT_CHANGES or row.version_id == version.pk}


def parts_left(user: User, version: DocumentVersion, partner: Partner) -> list[str]:
    """Return what a person has still to read before signing for a partner: what changes, when it signed an earlier
    version, then each chapter. A unit signs at the foot of the text: nothing is kept of its reading.
    """
    signed_before = (
        partner.kind == PartnerKind.STRUCTURE
        and Acknowledgement.objects.filter(
            partner=partner, version__document=version.document_id, version__sequence__lt=version.sequence
        ).exists()
    )
    parts = ([WHAT_CHANGES] if signed_before else []) + chapters_of_version(version)
    done = readings_of(user, version)
    return [part for part in parts if part not in done]


def acknowledgement_get(acknowledgement_id: uuid.UUID) -> Acknowledgement:
    """Return a signature of the current scope. Raises `Http404`, and records the refusal, for any other."""
    rows = Acknowledgement.objects.select_related("version__document", "previous__version", "recorded_by")
    acknowledgement = rows.filter(pk=acknowledgement_id).first()
    if acknowledgement is None:
        refusal_queue("acknowledgement", acknowledgement_id, "documents.acknowledgement.read")
        raise Http404
    # Who left keeps the receipt; the structure, which they may no longer read, is named no more.
    known = Partner.objects.filter(pk=acknowledgement.partner_id).first()
    acknowledgement.partner = known or Partner(pk=acknowledgement.partner_id, code_name=FORMER)
    return acknowledgement


def partners_to_sign_for(user: User, signed_by: str = Signer.STRUCTURES) -> list[Partner]:
    """Partners that this person may commit today to a document that `signed_by` sign."""
    memberships = signing_memberships(user, timezone.localdate(), signed_by).select_related("partner")
    return sorted({membership.partner for membership in memberships}, key=lambda partner: partner.code_name)


def partner_to_sign_for(user: User, partner_id: uuid.UUID, signed_by: str = Signer.STRUCTURES) -> Partner:
    """Return the partner named in a request to sign. Journals and raises `ValidationError` for any other."""
    for partner in partners_to_sign_for(user, signed_by):
        if partner.pk == partner_id:
            return partner
    refusal_queue("partner", partner_id, "documents.acknowledgement.sign")
    raise ValidationError({"partner": NOT_SIGNER})
