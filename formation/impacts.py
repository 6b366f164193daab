"""What the rules of training move today, before they are saved."""

import datetime as dt

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.utils import timezone

from cms.values.settings import setting_counts_register, setting_still_register, setting_value
from formation.attendance.models import Signature
from formation.common.selectors import refresh_since, trained_enrolments
from formation.enums import Moment, SessionState
from formation.questions.models import AnswerSheet
from formation.sessions.invitations.models import SessionInvitation
from formation.sessions.models.sessions import Enrolment, HalfDay, Session

QUARTER, YEAR = dt.timedelta(days=90), dt.timedelta(days=365)


def register() -> None:
    for key in ("formation.trained_share", "formation.awareness_hours"):
        setting_counts_register(key, "Professionnels formés cette année civile (indicateur 6)", _trained)
    for key in ("formation.trained_share", "formation.awareness_hours", "formation.refresh_months"):
        setting_counts_register(key, "Professionnels formés et à jour", _up_to_date)
    for key in ("formation.signing_before", "formation.signing_after"):
        setting_counts_register(key, "Demi-journées ouvertes à l’émargement en ce moment", _signing)
    setting_counts_register("formation.late_minutes", "Arrivées notées en retard, ces 90 jours", _late)
    setting_counts_register("formation.attestation_share", "Attestations à établir", _attestations)
    setting_counts_register("formation.answer_days", "Sessions dont le questionnaire d’après reste ouvert", _answering)
    setting_counts_register("formation.acquired_share", "Réponses « acquis » des 12 derniers mois", _acquired)
    setting_counts_register("formation.partly_share", "Réponses « non acquis » des 12 derniers mois", _missed)
    setting_counts_register("formation.invitation_days", "Invitations sans réponse, session dans ce délai", _invited)
    moment = "Vaut aussitôt, pour les sessions de demain comme pour celle qui se tient. Les réponses données restent."
    setting_still_register(**dict.fromkeys(("formation.before_minutes", "formation.after_minutes"), moment))


def _people(first: dt.date) -> int:
    return trained_enrolments(first, timezone.localdate()).order_by().values("professional").distinct().count()


def _trained() -> int:
    return _people(timezone.localdate().replace(month=1, day=1))


def _up_to_date() -> int:
    return _people(refresh_since(timezone.localdate()))


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


def _attestations() -> int:
    rows = Enrolment.objects.live().filter(session__state=SessionState.HELD, session__is_test=False, attestations=None)
    return rows.attended(setting_value("formation.attestation_share")).count()


def _answering() -> int:
    since = timezone.localdate() - dt.timedelta(days=setting_value("formation.answer_days"))
    return Session.objects.real().filter(state=SessionState.HELD, ends_on__gte=since).count()


def _told():
    since = timezone.localdate() - YEAR
    rows = AnswerSheet.objects.filter(moment=Moment.AFTER, enrolment__session__is_test=False)
    return rows.filter(enrolment__session__ends_on__gt=since).exclude(knowledge=None)


def _acquired() -> int:
    return _told().filter(knowledge__gte=setting_value("formation.acquired_share")).count()


def _missed() -> int:
    return _told().filter(knowledge__lt=setting_value("formation.partly_share")).count()


def _invited() -> int:
    today = timezone.localdate()
    soon = today + dt.timedelta(days=setting_value("formation.invitation_days"))
    return SessionInvitation.objects.unanswered().filter(session__starts_on__range=(today, soon)).count()
