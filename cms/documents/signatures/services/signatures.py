"""Signing a version: on screen by who has the signature, or on paper and recorded by the coordination."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import may_record_paper, signing_memberships, signs
from cms.documents.signatures.services.reminders import SIGNATURE
from cms.documents.versions.models import DocumentVersion
from cms.documents.versions.selectors import NOT_SIGNER, parts_left, version_in_force
from cms.files.services import Upload, attachment_add
from cms.journal.rows import row_clean
from cms.journal.services import journal_append, refusal_queue
from cms.notify.inbox.services.obligations import notification_close
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope

SCAN_TITLE = "Engagement signé sur papier"
PAPER_HOUR = dt.time(12)
"""A paper bears a day: noon keeps it on that day wherever it is read."""


@transaction.atomic
def acknowledgement_sign(
    *, version: DocumentVersion, partner: Partner, signed_by: User, position: str, at: dt.datetime | None = None
) -> Acknowledgement:
    """Commit a partner to the version in force, in one's own name. `at` (now by default) may be past, never to come.

    Raises `ValidationError` when the person has no signing authority in this partner or has not gone through the
    whole, when the version is not the one in force, when the document is not one to sign, or when it is signed.
    """
    signed_at = at or timezone.now()
    _check_document(version)
    _check_person(partner, signed_by, version.document.signed_by)
    _check_signature(version, partner, signed_at)
    if not position.strip():
        raise ValidationError({"position": "Indiquez votre fonction."})
    if parts_left(signed_by, version, partner):
        raise ValidationError("Avant de signer, lisez chaque chapitre jusqu’au bout, et ce qui change s’il y a lieu.")
    row = _row(version, partner, signed_at, signer_name=signed_by.get_full_name(), signer_position=position)
    row.signed_by = signed_by
    return _keep(row, "documents.acknowledgement.sign")


@transaction.atomic
def acknowledgement_record(
    *,
    version: DocumentVersion,
    partner: Partner,
    signer_name: str,
    signer_position: str,
    signed_on: dt.date,
    scan: Upload,
    by: User,
) -> Acknowledgement:
    """Record what a structure signed on paper: who signed, when, and the scan. The coordination does so by name.

    Raises `ValidationError` as `acknowledgement_sign` does, and when the scan is refused.
    """
    if scope.current().user_id != by.pk or not may_record_paper():
        refusal_queue("partner", partner.pk, "documents.acknowledgement.record")
        raise ValidationError("La coordination seule enregistre un engagement signé sur papier.")
    _check_document(version)
    if not signs(partner, version.document.signed_by):
        raise ValidationError({"partner": "Ce partenaire n’est pas de ceux qui signent ce document."})
    if signed_on > timezone.localdate():
        raise ValidationError({"signed_on": "Une signature ne se date pas du futur."})
    signed_at = dt.datetime.combine(signed_on, PAPER_HOUR, timezone.get_current_timezone())
    signed_at = min(signed_at, timezone.now())
    _check_signature(version, partner, signed_at)
    missing = {
        name: "Recopiez ce qui est écrit sur le papier."
        for name, value in (("signer_name", signer_name), ("signer_position", signer_position))
        if not value.strip()
    }
    if missing:
        raise ValidationError(missing)
    row = _row(version, partner, signed_at, signer_name=signer_name.strip(), signer_position=signer_position)
    row.recorded_by, row.recorded_at = by, timezone.now()
    _keep(row, "documents.acknowledgement.record")
    try:
        attachment_add(kind="acknowledgement", object_id=row.pk, file=scan, title=SCAN_TITLE, by=by)
    except ValidationError as error:
        raise ValidationError({"scan": error.messages}) from error
    return row


def _row(
    version: DocumentVersion, partner: Partner, signed_at: dt.datetime, *, signer_name: str, signer_position: str
) -> Acknowledgement:
    previous = Acknowledgement.objects.filter(partner=partner, version__document=version.document_id)
    return Acknowledgement(
        version=version,
        partner=partner,
        signer_name=signer_name,
        signer_position=signer_position.strip(),
        signed_at=signed_at,
        version_hash=version.content_hash,
        clause_hashes=dict(version.clauses.values_list("code", "content_hash")),
        previous=previous.order_by("-version__sequence").first(),
    )


def _keep(row: Acknowledgement, action: str) -> Acknowledgement:
    row_clean(row, exclude=["clause_hashes", "signed_by"])
    row.save(force_insert=True)
    version = row.version
    notification_close(kind=SIGNATURE, object_id=version.pk, partner_id=row.partner_id)
    journal_append(
        action=action,
        kind="acknowledgement",
        object_id=row.pk,
        details={"document": version.document.kind, "number": version.number, "partner": str(row.partner_id)},
    )
    return row


def _check_document(version: DocumentVersion) -> None:
    if not version.document.must_be_acknowledged:
        raise ValidationError({"version": "Ce document se lit ; il ne se signe pas."})


def _check_person(partner: Partner, signed_by: User, signer: str) -> None:
    held = signing_memberships(signed_by, timezone.localdate(), signer)
    if scope.current().user_id != signed_by.pk or not held.filter(partner=partner).exists():
        refusal_queue("partner", partner.pk, "documents.acknowledgement.sign")
        raise ValidationError({"partner": NOT_SIGNER})


def _check_signature(version: DocumentVersion, partner: Partner, signed_at: dt.datetime) -> None:
    if signed_at > timezone.now():
        raise ValidationError("Une signature ne se date pas du futur.")
    if version_in_force(version.document.kind, timezone.localdate(signed_at)) != version:
        sentence = (
            f"La version {version.number} n’est pas celle en vigueur ce jour-là. Vérifiez la date et la version, ou "
            "rechargez la page pour lire la bonne."
        )
        raise ValidationError({"version": sentence})
    signed = Acknowledgement.objects.filter(version=version, partner=partner).first()
    if signed:
        day = f"{timezone.localtime(signed.signed_at):%d/%m/%Y}"
        raise ValidationError(f"{partner.code_name} a déjà signé la version {version.number}, le {day}.")
