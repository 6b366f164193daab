"""The actor's own training."""

from django.db.models import Prefetch, QuerySet

from cms.wall import scope
from formation.attendance.models import Attendance
from formation.attestations.models import Attestation
from formation.questions.models import AnswerSheet
from formation.sessions.models.sessions import Enrolment


def own_enrolments() -> QuerySet[Enrolment]:
    """List the actor's own training, latest first, with hours and presences."""
    rows = Enrolment.objects.live().with_hours().filter(professional__user=scope.current().user_id)
    marks = Prefetch(
        "attendances", Attendance.objects.select_related("half_day").order_by("half_day__day", "recorded_at")
    )
    papers = Prefetch("attestations", Attestation.objects.standing().exclude(content={}))
    sheets = Prefetch("answer_sheets", AnswerSheet.objects.defer("answers"))
    rows = rows.select_related("session__territory", "session__clause")
    return rows.prefetch_related(marks, papers, sheets, "session__half_days").order_by("-session__starts_on")
