"""Enrolling from a workbook; the coordination's page about files that look alike."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cms.users.requests import UserRequest
from formation.common.policies import can_enrol_team
from formation.common.portal import confirm_page, form_page, posted
from formation.people.forms.people import PairForm, WorkbookForm
from formation.people.models import Professional
from formation.people.selectors.people import doubles, merge_get, merges, professional_get
from formation.people.selectors.skills import network_matrix, team_matrix
from formation.people.selectors.workbook import MOST_LINES, LineOutcome, book_read, lines_check, template_book
from formation.people.services.imports import people_import
from formation.people.services.merges import professionals_apart, professionals_merge, professionals_separate
from formation.sessions.selectors import session_run_get

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    """Check a workbook line by line; enrol people only when the box is ticked."""
    row = session_run_get(session_id, "formation.enrolment.import")
    form = WorkbookForm(posted(request), request.FILES or None)
    lines: list[LineOutcome] = []
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            lines = lines_check(row, book_read(form.cleaned_data["file"].read()))
            if form.cleaned_data["does_enrol"]:
                with transaction.atomic():
                    lines = people_import(session=row, lines=lines, by=request.user)
                done = True
        except ValidationError as error:
            form.add_error("file", error.messages)
    context = {
        "form": form,
        "session": row,
        "lines": lines,
        "done": done,
        "wrong": sum(line.is_wrong for line in lines),
        "ready": sum(line.facts is not None for line in lines),
        "most": MOST_LINES,
    }
    return form_page(request, "formation/people/import.html", context)


@require_GET
def template(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session_run_get(session_id, "formation.enrolment.import")
    headers = {"Content-Disposition": 'attachment; filename="inscriptions.xlsx"'}
    return HttpResponse(template_book(), content_type=XLSX, headers=headers)


@require_GET
def doubles_list(request: HttpRequest) -> HttpResponse:
    return render(request, "formation/people/doubles.html", {"pairs": doubles(), "merges": list(merges())})


def pair(request: UserRequest, one_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Show two files side by side, and decide: one person, and which file stays, or two people."""
    one, other = professional_get(one_id), professional_get(other_id)
    form = PairForm(posted(request), one=one, other=other)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                sentence = _decide(request, form, one, other)
        except ValidationError as error:
            form.add_error("choice", error.messages)
        else:
            messages.success(request, sentence)
            return redirect("formation:doubles")
    return form_page(request, "formation/people/pair.html", {"form": form, "people": [one, other]})


def _decide(request: UserRequest, form: PairForm, one: Professional, other: Professional) -> str:
    choice = form.cleaned_data["choice"]
    if choice == form.APART:
        professionals_apart(one=one, other=other, by=request.user)
        return "C’est noté : ce sont deux personnes."
    kept, merged = (one, other) if choice == form.KEEP_ONE else (other, one)
    professionals_merge(kept=kept, merged=merged, by=request.user)
    return "Les deux fiches comptent maintenant pour une personne."


def separate(request: UserRequest, merge_id: uuid.UUID) -> HttpResponse:
    row = merge_get(merge_id)
    question = {
        "title": "Défaire le rapprochement",
        "text": f"{row.merged} retrouve ses inscriptions et ses accompagnements. Le reste ne bouge pas.",
        "submit_label": "Défaire le rapprochement",
        "tone": "danger",
        "cancel_url": reverse("formation:doubles"),
        "cancel_label": "Garder le rapprochement",
    }
    return confirm_page(
        request,
        lambda: professionals_separate(merge=row, by=request.user),
        question,
        "Ce sont de nouveau deux fiches.",
    )


@require_GET
def team_skills(request: HttpRequest) -> HttpResponse:
    """Show who of the team has followed which module."""
    if not can_enrol_team():
        raise Http404
    return render(request, "formation/people/team_matrix.html", {"matrix": team_matrix()})


@require_GET
def network_skills(request: HttpRequest) -> HttpResponse:
    return render(request, "formation/people/network_matrix.html", {"matrix": network_matrix()})
