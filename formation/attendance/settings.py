"""When presences are signed: settings, what they change, and the words of the actions."""

import datetime as dt

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils import timezone

from cms.documents.versions.rules.canonical import content_hash
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.operations.integrity import check_register
from cms.values.settings import setting_counts_register, setting_register, setting_value
from formation.attendance.models import CounterSignature, Signature
from formation.attendance.services.attendance import sheet_content
from formation.sessions.models.sessions import HalfDay

QUARTER = dt.timedelta(days=90)
ACTIONS = {
    "auth.signing.refused": "signature de présence refusée",
    "formation.attendance.record": "présences relevées",
    "formation.excuse.tell": "absence prévenue",
    "formation.halfday.correct": "feuille corrigée et signée de nouveau",
    "formation.halfday.countersign": "feuille contresignée",
    "formation.session.print": "feuille d’émargement téléchargée",
    "formation.session.grow": "place ajoutée à une session",
    "formation.signature.give": "présence signée",
    "formation.walkin.accepted": "venue sans inscription confirmée",
    "formation.walkin.ask": "venue sans inscription",
    "formation.walkin.refused": "venue sans inscription écartée",
}
SENTENCES = {
    "attendance_came_is_there": "Une personne absente n’a pas d’heure d’arrivée.",
    "attendance_hours_in_order": "L’heure de départ suit l’heure d’arrivée.",
    "attendance_left_early_says_when": "Indiquez à quelle heure la personne est partie.",
    "attestation_after_session": "Les attestations s’établissent une fois la session finie.",
    "countersignature_after_half_day": "Contresignez la feuille quand la demi-journée est finie.",
    "attendance_of_enrolled": "Une personne n’est pas inscrite à cette session. Inscrivez-la d’abord.",
    "attendance_unique": "Cette présence vient d’être relevée par quelqu’un d’autre. Rechargez la feuille.",
    "countersignature_rank": "Cette feuille vient d’être contresignée. Rechargez-la.",
    "signature_before_countersignature": "La feuille de cette demi-journée vient d’être contresignée.",
    "signature_of_session": "Cette personne n’est plus inscrite à cette session. Rechargez la page.",
    "signature_once": "Cette personne vient de signer. Rechargez la page.",
    "signature_within_half_day": "L’émargement de cette demi-journée n’est pas ouvert.",
}


def register() -> None:
    setting_register(
        "formation.signing_before",
        "Ouverture de l’émargement avant la demi-journée",
        30,
        unit="minutes",
        most=90,
    )
    setting_register(
        "formation.signing_after",
        "Fermeture de l’émargement après la demi-journée",
        15,
        unit="minutes",
        most=90,
    )
    setting_register(
        "formation.late_minutes",
        "Retard à partir duquel il est noté",
        15,
        unit="minutes",
        help="La personne compte présente à partir de sa signature, ou de l’heure que corrige qui anime.",
    )
    for key in ("formation.signing_before", "formation.signing_after"):
        setting_counts_register(key, "Demi-journées ouvertes à l’émargement en ce moment", _signing)
    setting_counts_register("formation.late_minutes", "Arrivées notées en retard, ces 90 jours", _late)
    check_register("attendance", "Feuilles de présence contresignées", attendance_check)
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def _signing() -> int:
    now = timezone.now()
    before, after = (dt.timedelta(minutes=setting_value(f"formation.signing_{side}")) for side in ("before", "after"))
    return HalfDay.objects.filter(
        session__is_test=False, begins_at__lte=now + before, ends_at__gte=now - after
    ).count()


def _late() -> int:
    late = Value(dt.timedelta(minutes=setting_value("formation.late_minutes")))
    limit = ExpressionWrapper(F("half_day__begins_at") + late, output_field=DateTimeField())
    rows = Signature.objects.filter(half_day__day__gt=timezone.localdate() - QUARTER)
    return rows.filter(half_day__session__is_test=False, signed_at__gt=limit).count()


def attendance_check() -> list[str]:
    """List the sheets whose presences or signatures changed without being signed again."""
    rows = CounterSignature.objects.select_related("half_day")
    latest = rows.order_by("half_day_id", "-rank").distinct("half_day_id")
    return [
        f"La feuille du {row.half_day} ({row.half_day_id}) n’est plus celle qui a été contresignée."
        for row in latest
        if content_hash(sheet_content(row.half_day_id)) != row.content_hash
    ]
