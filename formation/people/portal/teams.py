"""Adding people to a session and to a team; taking them off."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cms.users.requests import UserRequest
from formation.common.policies import can_enrol_team
from formation.common.portal import PAGE, confirm_page, form_page, posted
from formation.people.forms.people import TeamEnrolForm, TeamMemberForm, TraineeForm
from formation.people.models import Professional
from formation.people.selectors.training import refresh_due_before, team
from formation.people.services.people import (
    enrol,
    enrolment_cancel,
    professional_register,
    waiting_ask,
    waiting_leave as services_waiting_leave,
)
from formation.sessions.models.sessions import Session
from formation.sessions.selectors import enrolment_get, enrolments_of, session_get, session_run_get, waiting_get


def trainee_add(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    """Add somebody to a session, as its trainer."""
    row = session_run_get(session_id, "formation.enrolment.enrol")
    form = TraineeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = professional_register(form.person(), by=request.user)
                is_waiting = _enrol_or_wait(request, row, person)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            outcome = (
                "attend une place : elle sera inscrite dès qu’une se libère" if is_waiting else "est sur la liste"
            )
            messages.success(request, f"{person} {outcome}.")
            return redirect("formation:session", row.pk)
    return form_page(
        request, "formation/people/person_form.html", {"form": form, "session": row, "title": "Ajouter une personne"}
    )


def team_enrol(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    """Enrol members of the team, as its director."""
    if not can_enrol_team():
        raise Http404
    row = session_get(session_id)
    enrolled = enrolments_of(row).values("professional")
    people = team().exclude(pk__in=enrolled)
    form = TeamEnrolForm(posted(request), people=people)
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
    return form_page(request, "formation/people/team_enrol.html", context)


def _enrol_or_wait(request: UserRequest, row: Session, person: Professional) -> bool:
    """Enrol a person. Return true when the session is full: the person then waits for a place."""
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
    page = Paginator(team().order_by("last_name", "first_name", "pk"), PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "due_before": refresh_due_before()}
    return render(request, "formation/people/team.html", context)


def team_add(request: UserRequest) -> HttpResponse:
    if not can_enrol_team():
        raise Http404
    form = TeamMemberForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = professional_register(form.person(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{person} fait partie de votre équipe.")
            return redirect("formation:team")
    return form_page(
        request, "formation/people/person_form.html", {"form": form, "title": "Ajouter une personne à l’équipe"}
    )


def enrolment_end(request: UserRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    row = enrolment_get(enrolment_id)
    question = {
        "title": "Retirer de la session",
        "text": f"{row.professional} ne viendra pas : sa place sera rendue.",
        "submit_label": "Retirer de la session",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.session_id]),
        "cancel_label": "Garder l’inscription",
    }
    return confirm_page(
        request, lambda: enrolment_cancel(enrolment=row, by=request.user), question, "La place est rendue."
    )


def waiting_leave(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    row = waiting_get(entry_id)
    question = {
        "title": "Retirer de la liste d’attente",
        "text": f"{row.professional} n’attendra plus de place pour cette session.",
        "submit_label": "Retirer de la liste",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.session_id]),
        "cancel_label": "Garder l’attente",
    }
    return confirm_page(request, lambda: services_waiting_leave(entry=row), question, "La liste d’attente est à jour.")
