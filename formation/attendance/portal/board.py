"""Pages of the trainer: board of a half-day, countersignature, signature on the own device, walk-ins, excuses."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.users.requests import UserRequest
from formation.attendance.forms import AttendanceForm, DeviceForm, ExcuseForm, WalkInDecisionForm
from formation.attendance.portal.sheets import statuses_legend
from formation.attendance.selectors import board_of, doubles_of, half_day_get, walk_in_get
from formation.attendance.services.signatures import excuse_tell, half_day_countersign, signature_on_device
from formation.attendance.services.walk_ins import walk_in_accept, walk_in_refuse
from formation.common.portal import form_page, posted
from formation.sessions.models.sessions import HalfDay
from formation.sessions.selectors import enrolment_own_get, enrolments_of

FOLLOW_SECONDS, FOLLOW_TIMES = 15, 20
"""A followed board reloads itself for five minutes; the reader then starts again."""


@require_GET
def board(request: HttpRequest, half_day_id: uuid.UUID) -> HttpResponse:
    """Show who has signed. On demand (`?suivre=`) the page reloads itself some times, without a script."""
    half_day = half_day_get(half_day_id, "formation.halfday.read")
    reloads = _reloads_left(request.GET.get("suivre", ""))
    sheet_board = board_of(half_day)
    context = {
        "session": half_day.session,
        "half_day": half_day,
        "board": sheet_board,
        "state": sheet_board.state(timezone.now()),
        "follows": reloads > 0,
        "times": FOLLOW_TIMES,
        "minutes": FOLLOW_SECONDS * FOLLOW_TIMES // 60,
    }
    response = render(request, "formation/attendance/board.html", context)
    if reloads > 0:
        response.headers["Refresh"] = f"{FOLLOW_SECONDS}; url=?suivre={reloads - 1}"
    return response


def _reloads_left(requested: str) -> int:
    return min(int(requested), FOLLOW_TIMES) if requested.isdecimal() and len(requested) < 4 else 0


def countersign(request: UserRequest, half_day_id: uuid.UUID) -> HttpResponse:
    half_day = half_day_get(half_day_id, "formation.halfday.countersign")
    sheet_board = board_of(half_day)
    form = AttendanceForm(posted(request), sheet=sheet_board.sheet())
    if request.method == "POST" and form.is_valid():
        marks = dict(form.marks()).get(half_day, {})
        try:
            half_day_countersign(
                half_day=half_day, marks=marks, by=request.user, reason=form.cleaned_data.get("reason", "")
            )
        except ValidationError as error:
            form.add_error("reason" if getattr(error, "code", "") == "reason" else None, error.messages)
        else:
            messages.success(request, "La feuille de la demi-journée est contresignée.")
            return redirect("formation:board", half_day.pk)
    context = {"form": form, "session": half_day.session, "half_day": half_day, "board": sheet_board}
    return form_page(request, "formation/attendance/countersign.html", context | {"statuses": statuses_legend()})


def device(request: UserRequest, half_day_id: uuid.UUID) -> HttpResponse:
    """Let somebody sign on the telephone of the trainer."""
    half_day = half_day_get(half_day_id, "formation.signature.device")
    people = enrolments_of(half_day.session).exclude(signatures__half_day=half_day)
    form = DeviceForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        enrolment = form.cleaned_data["enrolment"]
        try:
            signature_on_device(half_day=half_day, enrolment=enrolment, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"{enrolment.professional} a signé.")
            return redirect("formation:board", half_day.pk)
    context = {"form": form, "session": half_day.session, "half_day": half_day, "has_people": people.exists()}
    return form_page(request, "formation/attendance/device.html", context)


def walk_in_decide(request: UserRequest, walk_in_id: uuid.UUID) -> HttpResponse:
    row = walk_in_get(walk_in_id)
    form = WalkInDecisionForm(posted(request), doubles=list(doubles_of(row)))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if form.cleaned_data["who"] == form.REFUSE:
                    walk_in_refuse(walk_in=row, by=request.user)
                    sentence = "Cette signature ne compte pour personne."
                else:
                    walk_in_accept(walk_in=row, by=request.user, professional_id=form.professional_id())
                    sentence = "La personne est inscrite ; sa signature compte."
        except ValidationError as error:
            form.add_error("who", error.messages)
        else:
            messages.success(request, sentence)
            return redirect("formation:session", row.session_id)
    return form_page(
        request, "formation/attendance/walk_in.html", {"form": form, "session": row.session, "walk_in": row}
    )


def excuse(request: UserRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Tell in advance that somebody will not come: the person, the direction of the team, or who runs the session."""
    row = enrolment_own_get(enrolment_id)
    half_days = HalfDay.objects.filter(session=row.session, begins_at__gt=timezone.now())
    form = ExcuseForm(posted(request), half_days=half_days)
    if request.method == "POST" and form.is_valid():
        try:
            excuse_tell(enrolment=row, half_days=list(form.cleaned_data["half_days"]), by=request.user)
        except ValidationError as error:
            form.add_error("half_days", error.messages)
        else:
            messages.success(request, "L’absence est notée : qui anime la verra sur sa feuille.")
            return redirect("formation:session", row.session_id)
    context = {"form": form, "session": row.session, "enrolment": row, "has_half_days": half_days.exists()}
    return form_page(request, "formation/attendance/excuse.html", context)
