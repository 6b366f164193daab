"""What `manage.py verify` looks at in training: sheets as countersigned, attestations as issued."""

from cms.documents.versions.canonical import content_hash
from cms.operations.integrity import check_register
from formation.attendance.models import CounterSignature
from formation.attendance.services.attendance import sheet_content
from formation.attestations.models import Attestation


def register() -> None:
    check_register("attendance", "Feuilles de présence contresignées", attendance_check)
    check_register("attestations", "Attestations de formation", attestations_check)


def attendance_check() -> list[str]:
    """A presence or a signature changed without the sheet being signed again."""
    rows = CounterSignature.objects.select_related("half_day")
    latest = rows.order_by("half_day_id", "-rank").distinct("half_day_id")
    return [
        f"La feuille du {row.half_day} ({row.half_day_id}) n’est plus celle qui a été contresignée."
        for row in latest
        if content_hash(sheet_content(row.half_day_id)) != row.content_hash
    ]


def attestations_check() -> list[str]:
    """Words that are no longer those that were issued; a name erased when its time was over is no fault."""
    return [
        f"L’attestation {row.number} ne dit plus ce qui a été établi."
        for row in Attestation.objects.exclude(content={}).order_by("number")
        if content_hash(row.content) != row.content_hash
    ]
