"""The sheet of attendance: on screen, on paper, as a PDF."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.files.portal import attachments_panel
from cms.journal.services import journal_append
from cms.users.requests import UserRequest
from formation.attendance.forms import AttendanceForm
from formation.attendance.papers import sheet_pdf
from formation.attendance.selectors import STATUS_LETTERS, sheet_of
from formation.attendance.services.attendance import attendance_record
from formation.common.portal import form_page, posted
from formation.enums import Status
from formation.sessions.selectors import session_run_get, trainers_of


def attendance(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show and save the whole sheet: people by half-days."""
    row = session_run_get(session_id, "formation.attendance.record")
    today = timezone.localdate()
    sheet = sheet_of(row, first=today)
    form = AttendanceForm(posted(request), sheet=sheet)
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
    context = {
        "form": form,
        "session": row,
        "sheet": sheet,
        "statuses": statuses_legend(),
        "today": today,
        "now": timezone.now(),
    }
    return form_page(request, "formation/attendance/attendance.html", context)


def _saved(count: int) -> str:
    if not count:
        return "Rien n’a changé sur la feuille."
    return f"{count} présence{'s' if count > 1 else ''} enregistrée{'s' if count > 1 else ''}."


def statuses_legend() -> list[tuple[str, str]]:
    return [(STATUS_LETTERS[status], status.label) for status in Status]


def paper_sheet(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show the sheet to print and sign, for a place without network."""
    row = session_run_get(session_id, "formation.session.print")
    context = {"session": row, "sheet": sheet_of(row), "trainers": trainers_of(row)}
    context["pieces"] = attachments_panel(kind="session", object_id=row.pk, prefix="formation:session")
    return render(request, "formation/attendance/paper_sheet.html", context)


@require_GET
def sheet_download(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Send the sheet with its signatures and countersignatures as a PDF, to keep or to give an auditor."""
    row = session_run_get(session_id, "formation.session.print")
    content = sheet_pdf(row, sheet_of(row), trainers_of(row))
    journal_append(action="formation.session.print", kind="session", object_id=row.pk)
    headers = {"Content-Disposition": 'attachment; filename="emargement.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
