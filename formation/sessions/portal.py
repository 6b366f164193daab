"""Pages of sessions: the catalogue for everybody, planning, the file of a session, its calendar."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.users.requests import UserRequest
from formation.common.policies import can_enrol_team, can_plan, runs_all_sessions
from formation.common.portal import PAGE, form_page, posted
from formation.curriculum.selectors import curriculum_in_force, module_get
from formation.enums import SessionState
from formation.sessions.forms import SessionForm
from formation.sessions.invitations.selectors import invitations_of, invitations_open
from formation.sessions.papers import session_calendar
from formation.sessions.selectors import (
    aimed_at,
    enrolments_of,
    moment_now,
    own_enrolment_of,
    runs,
    session_get,
    sessions_run,
    sessions_upcoming,
    trainers_of,
    waiting_of,
)
from formation.sessions.services.sessions import SessionFacts, session_plan


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the modules of the curriculum in force, and the sessions to come."""
    return render(
        request,
        "formation/sessions/catalogue.html",
        {
            "version": curriculum_in_force(),
            "sessions": list(sessions_upcoming()[:PAGE]),
            "can_plan": can_plan(),
            "can_enrol": can_enrol_team(),
        },
    )


def module(request: HttpRequest, code: str) -> HttpResponse:
    clause = module_get(code)
    context = {"module": clause.content, "sessions": list(sessions_upcoming(module_code=code)[:PAGE])}
    return render(request, "formation/sessions/module.html", context)


def sessions_run_list(request: HttpRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    page = Paginator(sessions_run().order_by("-starts_on", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "formation/sessions/sessions.html",
        {"page": page, "today": timezone.localdate(), "runs_all": runs_all_sessions()},
    )


def plan(request: UserRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    initial = {"trainers": [request.user.pk], "module_code": request.GET.get("module")}
    form = SessionForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slots = form.slots()
        try:
            facts = SessionFacts(
                module_code=data["module_code"],
                starts_on=slots[0][0],
                ends_on=slots[-1][0],
                half_days=slots,
                trainers=list(data["trainers"]),
                territory_id=data["territory"] or None,
                venue=data["venue"],
                is_remote=data["is_remote"],
                capacity=data["capacity"],
                time_zone=data["time_zone"],
                audiences=[value.pk for value in data["audiences"]],
                aimed_territories=data["aimed_territories"],
            )
            session = session_plan(facts, planned_by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "La session est planifiée. Vous pouvez y inscrire des personnes.")
            return redirect("formation:session", session.pk)
    return form_page(request, "formation/sessions/plan.html", {"form": form})


def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show the facts of a session to everybody, and who is enrolled to whoever runs it or directs them."""
    row = session_get(session_id)
    is_run = runs(row)
    enrolments = list(enrolments_of(row)) if is_run or can_enrol_team() else []
    own = own_enrolment_of(row)
    context = {
        "session": row,
        "runs": is_run,
        "trainers": trainers_of(row),
        "enrolments": enrolments,
        "can_enrol": can_enrol_team() and row.state == SessionState.PLANNED,
        "is_full": row.places_taken >= row.capacity,
        "waiting": list(waiting_of(row)) if is_run or can_enrol_team() else [],
        "own": own,
        "aimed_at": aimed_at(row),
        "questionnaire": own and moment_now(row, timezone.now()),
        "is_open": row.state == SessionState.PLANNED,
        "has_begun": row.starts_on <= timezone.localdate(),
        "invites": runs_all_sessions(),
        "invitations": list(invitations_of(row)) if runs_all_sessions() else [],
        "proposed": list(invitations_open().filter(session=row)) if can_enrol_team() else [],
        "places_left": max(row.capacity - row.places_taken, 0),
    }
    return render(request, "formation/sessions/session.html", context)


@require_GET
def calendar(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Send the dates as a calendar file."""
    row = session_get(session_id)
    response = HttpResponse(session_calendar(row), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="formation.ics"'
    return response
