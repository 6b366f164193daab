"""Pages of training: catalogue for everybody, sessions for trainers, team for directors, and one's own training."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.files.portal import attachments_panel
from cms.journal.services import journal_append
from formation.attendance.papers import sheet_pdf
from formation.attendance.services.attendance import attendance_record
from formation.common import selectors
from formation.common.forms import (
    AttendanceForm,
    CloseForm,
    PortalForm,
    SessionForm,
    TeamEnrolForm,
    TeamMemberForm,
    TraineeForm,
)
from formation.common.policies import can_enrol_team, can_plan, runs_all_sessions
from formation.enums import SessionState, Status
from formation.people.models import Professional
from formation.people.services.people import enrol, enrolment_cancel, professional_register, waiting_ask
from formation.questions.services import moment_now, timing_in_force
from formation.sessions.invitations.selectors import invitations_of, invitations_open
from formation.sessions.models.sessions import Session
from formation.sessions.services.sessions import (
    half_days_unsigned,
    session_cancel,
    session_close,
    session_plan,
    teaches,
)

PAGE = 20


def catalogue(request: HttpRequest) -> HttpResponse:
    """Modules of the curriculum in force, and the sessions to come."""
    return render(
        request,
        "formation/curriculum/catalogue.html",
        {
            "version": selectors.curriculum_in_force(),
            "sessions": list(selectors.sessions_upcoming()[:PAGE]),
            "can_plan": can_plan(),
            "can_enrol": can_enrol_team(),
        },
    )


def module(request: HttpRequest, code: str) -> HttpResponse:
    clause = selectors.module_get(code)
    context = {"module": clause.content, "sessions": list(selectors.sessions_upcoming(module_code=code)[:PAGE])}
    return render(request, "formation/curriculum/module.html", context)


def own_training(request: HttpRequest) -> HttpResponse:
    """My sessions, past and to come, and my hours."""
    enrolments, now, timing = list(selectors.own_enrolments()), timezone.now(), timing_in_force()
    for row in enrolments:
        moment = moment_now(row.session, now, timing)
        is_answered = any(sheet.moment == moment for sheet in row.answer_sheets.all())
        row.questionnaire = None if is_answered else moment
    return render(request, "formation/people/own.html", {"enrolments": enrolments})


def sessions_run_list(request: HttpRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    page = Paginator(selectors.sessions_run().order_by("-starts_on", "pk"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "formation/sessions/sessions.html",
        {"page": page, "today": timezone.localdate(), "runs_all": runs_all_sessions()},
    )


def plan(request: HttpRequest) -> HttpResponse:
    if not can_plan():
        raise Http404
    initial = {"trainers": [request.user.pk], "module_code": request.GET.get("module")}
    form = SessionForm(_posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        slots = form.slots()
        try:
            session = session_plan(
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
                planned_by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "La session est planifiée. Vous pouvez y inscrire des personnes.")
            return redirect("formation:session", session.pk)
    return _form(request, "formation/sessions/plan.html", {"form": form})


def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Facts of a session for everybody; who is enrolled, for whoever runs it or directs them."""
    row = selectors.session_get(session_id)
    runs = selectors.runs(row)
    enrolments = list(selectors.enrolments_of(row)) if runs or can_enrol_team() else []
    own = selectors.own_enrolment_of(row)
    context = {
        "session": row,
        "runs": runs,
        "trainers": selectors.trainers_of(row),
        "enrolments": enrolments,
        "can_enrol": can_enrol_team() and row.state == SessionState.PLANNED,
        "is_full": row.places_taken >= row.capacity,
        "waiting": list(selectors.waiting_of(row)) if runs or can_enrol_team() else [],
        "own": own,
        "aimed_at": selectors.aimed_at(row),
        "questionnaire": own and moment_now(row, timezone.now()),
        "is_open": row.state == SessionState.PLANNED,
        "has_begun": row.starts_on <= timezone.localdate(),
        "invites": runs_all_sessions(),
        "invitations": list(invitations_of(row)) if runs_all_sessions() else [],
        "proposed": list(invitations_open().filter(session=row)) if can_enrol_team() else [],
        "places_left": max(row.capacity - row.places_taken, 0),
    }
    return render(request, "formation/sessions/session.html", context)


def trainee_add(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The trainer adds somebody who comes."""
    row = selectors.session_run_get(session_id, "formation.enrolment.enrol")
    form = TraineeForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = professional_register(**form.person(), by=request.user)
                is_waiting = _enrol_or_wait(request, row, person)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            said = "attend une place : elle sera inscrite dès qu’une se libère" if is_waiting else "est sur la liste"
            messages.success(request, f"{person} {said}.")
            return redirect("formation:session", row.pk)
    return _form(
        request, "formation/people/person_form.html", {"form": form, "session": row, "title": "Ajouter une personne"}
    )


def team_enrol(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """A director enrols members of the team."""
    if not can_enrol_team():
        raise Http404
    row = selectors.session_get(session_id)
    enrolled = selectors.enrolments_of(row).values("professional")
    people = selectors.team().exclude(pk__in=enrolled)
    form = TeamEnrolForm(_posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                waiting = sum(_enrol_or_wait(request, row, person) for person in form.cleaned_data["people"])
        except ValidationError as error:
            form.add_error("people", error.messages)
        else:
            messages.success(request, _enrolled(waiting))
            return redirect("formation:session", row.pk)
    context = {"form": form, "session": row, "has_people": people.exists()}
    context["is_full"] = row.places_taken >= row.capacity
    return _form(request, "formation/people/team_enrol.html", context)


def _enrol_or_wait(request: HttpRequest, row: Session, person: Professional) -> bool:
    """True when the session is full: the person then waits for a place."""
    try:
        with transaction.atomic():
            enrol(session=row, professional=person, by=request.user)
    except ValidationError as error:
        if getattr(error, "code", "") != "full":
            raise
        waiting_ask(session=row, professional=person, by=request.user)
        return True
    return False


def _enrolled(waiting: int) -> str:
    if not waiting:
        return "Votre équipe est inscrite."
    people = "Une personne attend" if waiting == 1 else f"{waiting} personnes attendent"
    return f"C’est noté. {people} une place : l’inscription se fait dès qu’une se libère."


def team_list(request: HttpRequest) -> HttpResponse:
    if not can_enrol_team():
        raise Http404
    page = Paginator(selectors.team().order_by("last_name", "first_name", "pk"), PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "due_before": selectors.refresh_due_before()}
    return render(request, "formation/people/team.html", context)


def team_add(request: HttpRequest) -> HttpResponse:
    if not can_enrol_team():
        raise Http404
    form = TeamMemberForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = professional_register(**form.person(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{person} fait partie de votre équipe.")
            return redirect("formation:team")
    return _form(
        request, "formation/people/person_form.html", {"form": form, "title": "Ajouter une personne à l’équipe"}
    )


def attendance(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The sheet: people by half-days, saved at once."""
    row = selectors.session_run_get(session_id, "formation.attendance.record")
    today = timezone.localdate()
    sheet = selectors.sheet_of(row, first=today)
    form = AttendanceForm(_posted(request), sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = [
                    attendance_record(
                        session=row,
                        half_day=half_day,
                        marks=marks,
                        by=request.user,
                        reason=form.cleaned_data.get("reason", ""),
                    )
                    for half_day, marks in form.marks()
                ]
        except ValidationError as error:
            form.add_error("reason" if getattr(error, "code", "") == "reason" else None, error.messages)
        else:
            messages.success(request, _saved(sum(len(rows) for rows in changed)))
            return redirect("formation:attendance", row.pk)
    context = {"form": form, "session": row, "sheet": sheet, "statuses": _legend(), "today": today}
    return _form(request, "formation/attendance/attendance.html", context)


def _saved(count: int) -> str:
    if not count:
        return "Rien n’a changé sur la feuille."
    return f"{count} présence{'s' if count > 1 else ''} enregistrée{'s' if count > 1 else ''}."


def _legend() -> list[tuple[str, str]]:
    return [(selectors.STATUS_LETTERS[status], status.label) for status in Status]


def paper_sheet(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The sheet to print and sign, for a place without network."""
    row = selectors.session_run_get(session_id, "formation.session.print")
    context = {"session": row, "sheet": selectors.sheet_of(row), "trainers": selectors.trainers_of(row)}
    context["pieces"] = attachments_panel(kind="session", object_id=row.pk, prefix="formation:session")
    return render(request, "formation/attendance/paper_sheet.html", context)


@require_GET
def sheet_download(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """The same, signed and countersigned, as a PDF to keep or to give an auditor."""
    row = selectors.session_run_get(session_id, "formation.session.print")
    content = sheet_pdf(row, selectors.sheet_of(row), selectors.trainers_of(row))
    journal_append(action="formation.session.print", kind="session", object_id=row.pk)
    headers = {"Content-Disposition": 'attachment; filename="emargement.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def close(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    row = selectors.session_run_get(session_id, "formation.session.close")
    is_trainer = teaches(row, request.user)
    unsigned = [] if is_trainer else half_days_unsigned(row)
    signs = "Vous contresignez les feuilles qui ne le sont pas encore. " if is_trainer else ""
    question = {
        "title": "Clore la session",
        "text": f"La session sera déclarée tenue : elle comptera dans les chiffres du réseau. {signs}Les attestations "
        "s’établissent.",
        "submit_label": "Clore sans contre-signature" if unsigned else "Clore la session",
        "cancel_url": reverse("formation:session", args=[row.pk]),
    }
    form = CloseForm(_posted(request), unsigned=unsigned)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                session_close(session=row, by=request.user, reason=form.cleaned_data.get("reason", ""))
        except ValidationError as error:
            has_reason = getattr(error, "code", "") == "reason" and "reason" in form.fields
            form.add_error("reason" if has_reason else None, error.messages)
        else:
            messages.success(request, "La session est close.")
            return redirect(question["cancel_url"])
    return _form(request, "formation/common/confirm.html", {"form": form, "question": question})


def cancel(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    row = selectors.session_run_get(session_id, "formation.session.cancel")
    question = {
        "title": "Annuler la session",
        "text": "Elle ne sera plus proposée. Les personnes inscrites qui ont une adresse en sont prévenues ; prévenez "
        "les autres.",
        "submit_label": "Annuler la session",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.pk]),
        "cancel_label": "Garder la session",
    }
    return _confirmed(
        request, lambda: session_cancel(session=row, by=request.user), question, "La session est annulée."
    )


def enrolment_end(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    row = selectors.enrolment_get(enrolment_id)
    question = {
        "title": "Retirer de la session",
        "text": f"{row.professional} ne viendra pas : sa place sera rendue.",
        "submit_label": "Retirer de la session",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.session_id]),
        "cancel_label": "Garder l’inscription",
    }
    return _confirmed(
        request, lambda: enrolment_cancel(enrolment=row, by=request.user), question, "La place est rendue."
    )


def _confirmed(request: HttpRequest, act, question: dict, done: str) -> HttpResponse:
    """Ask, do, and come back to the session; a refusal is said on the page of the question."""
    form = PortalForm(_posted(request))
    if request.method == "POST":
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, done)
            return redirect(question["cancel_url"])
    return _form(request, "formation/common/confirm.html", {"form": form, "question": question})


def _posted(request: HttpRequest):
    """What was sent, even empty; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)
