"""Who was told of an incident, and who need not be."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.policies import TEAM
from cases.common.services import NOT_OPEN, manager_only, manages, past, past_day, row_create
from cases.enums import Authority
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.authorities.selectors import BY_COORDINATION
from cases.incidents.models.declared import AuthorityNotice, Incident, NoticeProof
from cases.notices.services import transition_tell
from cms.files.services import Upload, attachment_add
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

PROOF_TITLE = "Justificatif : autorité prévenue"


@transaction.atomic
def authority_tell(
    *,
    incident: Incident,
    authority_id: str,
    told_by: User,
    told_at: dt.datetime | None = None,
    channel_id: str | None = None,
    ase_authority_id: str | None = None,
    note: str = "",
    proof: Upload | None = None,
) -> AuthorityNotice:
    """Record that an authority was told of an incident, by who follows it or by the coordination; never changed.

    `note`: whom they spoke to, the number or reference given; sealed. `proof` is kept as a piece of the incident.
    """
    _check_teller(incident, authority_id)
    told_at = past("told_at", told_at or timezone.now())
    if told_at < incident.occurred_at:
        raise ValidationError({"told_at": "L’autorité ne peut être informée avant les faits."})
    piece = proof and attachment_add(kind="incident", object_id=incident.pk, file=proof, title=PROOF_TITLE, by=told_by)
    notice = AuthorityNotice(
        incident=incident,
        authority_id=authority_id,
        channel_id=channel_id,
        ase_authority_id=ase_authority_id,
        told_at=told_at,
        told_by=told_by,
        note=note.strip() or None,
        proof_id=piece.pk if piece else None,
    )
    row_create(
        notice,
        kind="incident",
        action="cases.incident.tell",
        coded=("authority_id", "channel_id", "ase_authority_id", "told_at", "proof_id"),
        sealed=("note",),
        object_id=incident.pk,
    )
    if ase_authority_id or authority_id == Authority.GUARDIAN:
        transition_tell("ase_told", object_id=incident.pk, at=told_at)
    return notice


def _check_teller(incident: Incident, authority_id: str) -> None:
    """Raise `ValidationError` for who does not follow the incident, and for what the coordination alone tells."""
    if not _follows(incident):
        raise ValidationError(NOT_OPEN, code="scope")
    if authority_id.partition(":")[2] in BY_COORDINATION and not manages():
        raise ValidationError({"authority": "La coordination seule informe ce destinataire : laissez-la faire."})


@transaction.atomic
def authority_proof_add(
    *, notice: AuthorityNotice, dated_on: dt.date, by: User, words: str = "", piece: Upload | None = None
) -> NoticeProof:
    """Add what proves, afterwards, that an authority was told: a document or words, and the day that they bear.

    The notice itself does not change. Raises `ValidationError` for a proof dated before the notice, or empty.
    """
    incident = Incident.objects.get(pk=notice.incident_id)
    if not _follows(incident):
        raise ValidationError(NOT_OPEN, code="scope")
    if not words.strip() and piece is None:
        raise ValidationError({"words": "Joignez le document, ou écrivez ce que l’autorité a répondu."})
    if past_day("dated_on", dated_on) < timezone.localdate(notice.told_at):
        raise ValidationError({"dated_on": "Ce justificatif précède le moment où l’autorité a été prévenue."})
    attachment = piece and attachment_add(kind="incident", object_id=incident.pk, file=piece, title=PROOF_TITLE, by=by)
    proof = NoticeProof(
        notice=notice,
        dated_on=dated_on,
        words=words.strip() or None,
        piece_id=attachment.pk if attachment else None,
        added_at=timezone.now(),
        added_by=by,
    )
    row_create(
        proof,
        kind="incident",
        action="cases.incident.proof",
        coded=("notice_id", "dated_on", "piece_id"),
        sealed=("words",),
        object_id=incident.pk,
    )
    return proof


@transaction.atomic
def authority_waive(
    *,
    incident: Incident,
    authority_id: str,
    reason_id: str,
    by: User,
    words: str = "",
    ase_authority_id: str | None = None,
) -> AuthorityWaiver:
    """Say why an authority that the incident calls for is not told. The coordination alone decides it."""
    manager_only()
    waiver = AuthorityWaiver(
        incident=incident,
        authority_id=authority_id,
        ase_authority_id=ase_authority_id,
        reason_id=reason_id,
        words=words.strip(),
        decided_at=timezone.now(),
        decided_by=by,
    )
    row_create(
        waiver,
        kind="incident",
        action="cases.incident.waive_authority",
        coded=("authority_id", "ase_authority_id", "reason_id"),
        sealed=("words",),
        object_id=incident.pk,
    )
    return waiver


def _follows(incident: Incident) -> bool:
    """Return whether the actor follows the incident: coordination, team of the structure, service that declared."""
    current = scope.current()
    services = current.partners_as(Role.REQUESTER)
    return manages() or incident.partner_id in current.partners_as(*TEAM) or incident.service_id in services
