"""Reading versions and acknowledgements."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from cms.documents.models import Acknowledgement, ClauseVersion, Document, DocumentVersion
from cms.documents.policies import signing_memberships
from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from cms.users.models import User

IN_ORDER = Prefetch("clauses", ClauseVersion.objects.order_by("position"))


def version_in_force(kind: str, on: dt.date | None = None) -> DocumentVersion | None:
    """The version of a document that applies on a day (today by default), or none yet."""
    day = on or timezone.localdate()
    versions = DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=day)
    return versions.select_related("document").order_by("-effective_on", "-sequence").first()


def version_to_read(kind: str, on: dt.date | None = None) -> DocumentVersion | None:
    """The version in force with its clauses in their order, in two queries."""
    version = version_in_force(kind, on)
    if version:
        prefetch_related_objects([version], IN_ORDER)
    return version


def versions_of(kind: str) -> QuerySet[DocumentVersion]:
    """Every version of a document, newest first, clauses in their order."""
    versions = DocumentVersion.objects.filter(document__kind=kind).select_related("document")
    return versions.prefetch_related(IN_ORDER).order_by("-sequence")


def clauses_in_force(kind: str, on: dt.date | None = None) -> dict[str, dict]:
    """Frozen content of each clause in force, by code."""
    version = version_in_force(kind, on)
    return dict(version.clauses.values_list("code", "content")) if version else {}


def versions_accepted(version: DocumentVersion) -> QuerySet[DocumentVersion]:
    """Versions whose signature holds for this one: from the last major on. A minor change asks for no new one."""
    earlier = DocumentVersion.objects.filter(document=version.document_id, sequence__lte=version.sequence)
    last_major = earlier.filter(is_major=True).order_by("-sequence").values("sequence")[:1]
    return earlier.filter(sequence__gte=Coalesce(Subquery(last_major), 1))


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
    """The signature of this partner under this very version."""
    return Acknowledgement.objects.filter(partner=partner, version=version).first()


def acknowledgement_valid(partner: Partner, version: DocumentVersion) -> Acknowledgement | None:
    """The latest signature of this partner that still holds for this version."""
    holding = Acknowledgement.objects.filter(partner=partner, version__in=versions_accepted(version))
    return holding.select_related("version").order_by("-version__sequence").first()


def acknowledgement_get(acknowledgement_id: uuid.UUID) -> Acknowledgement:
    """A signature of the current scope. Raises `Http404`, and keeps the refusal, for any other."""
    rows = Acknowledgement.objects.select_related("version__document", "partner", "previous__version")
    found = rows.filter(pk=acknowledgement_id).first()
    if found is None:
        refusal_queue("acknowledgement", acknowledgement_id, "documents.acknowledgement.read")
        raise Http404
    return found


def partners_to_sign_for(user: User) -> list[Partner]:
    """Partners that this person may commit today."""
    memberships = signing_memberships(user, timezone.localdate()).select_related("partner")
    return sorted({membership.partner for membership in memberships}, key=lambda partner: partner.code_name)


def partner_to_sign_for(user: User, partner_id: uuid.UUID) -> Partner:
    """The partner named in a request to sign. Keeps the refusal and raises `ValidationError` for any other."""
    for partner in partners_to_sign_for(user):
        if partner.pk == partner_id:
            return partner
    refusal_queue("partner", partner_id, "documents.acknowledgement.sign")
    raise ValidationError({"partner": "Vous ne signez que pour une structure qui vous a donné sa signature."})


@dataclass(frozen=True)
class Adherence:
    """Where a structure stands before the version in force. `signed` is its latest signature, whatever the version."""

    partner: Partner
    signed: Acknowledgement | None
    is_up_to_date: bool


def adherence_list(version: DocumentVersion, on: dt.date | None = None) -> list[Adherence]:
    """Structures under a convention in force, with what they signed; those that have still to sign come first."""
    structures = list(Partner.objects.structures().with_convention_on(on or timezone.localdate()))
    signatures = Acknowledgement.objects.filter(version__document=version.document_id, partner__in=structures)
    latest = {row.partner_id: row for row in signatures.select_related("version").order_by("version__sequence")}
    accepted = set(versions_accepted(version).values_list("pk", flat=True))
    rows = []
    for partner in structures:
        signed = latest.get(partner.pk)
        rows.append(Adherence(partner, signed, signed is not None and signed.version_id in accepted))
    return sorted(rows, key=lambda row: (row.is_up_to_date, row.partner.code_name))
