"""The actor's own training."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from formation.home.selectors import own_enrolments
from formation.sessions.selectors import moment_now, timing_in_force


def own_training(request: HttpRequest) -> HttpResponse:
    """Show one's own sessions, past and to come, and hours."""
    enrolments, now, timing = list(own_enrolments()), timezone.now(), timing_in_force()
    for row in enrolments:
        moment = moment_now(row.session, now, timing)
        is_answered = any(sheet.moment == moment for sheet in row.answer_sheets.all())
        row.questionnaire = None if is_answered else moment
    return render(request, "formation/home/own.html", {"enrolments": enrolments})
