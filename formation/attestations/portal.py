"""Attestations: issued for a session, handed out, replaced or withdrawn; and the page where anybody checks one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from cms.journal.services import attempt_refused, journal_append
from cms.users.requests import UserRequest
from formation.attestations.forms import CheckForm, ResultsForm, WithdrawForm
from formation.attestations.models import Attestation
from formation.attestations.papers import attestations_pdf
from formation.attestations.selectors import attestation_checked, attestation_get, attestations_of
from formation.attestations.services.attestations import (
    attestation_replace,
    attestation_withdraw,
    attestations_ask,
    deserving,
)
from formation.common.portal import confirm_page, form_page, posted
from formation.common.services import too_many, wrong_once
from formation.enums import SessionState
from formation.people.services.people import result_record
from formation.questions.selectors import knowledge_after
from formation.sessions.selectors import enrolments_of, session_run_get

STATES = {
    "valid": ("Valable", "success"),
    "expired": ("Expirée", "warning"),
    "replaced": ("Remplacée", "warning"),
    "withdrawn": ("Retirée", "danger"),
}


@never_cache
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    form = CheckForm(posted(request))
    if request.method == "POST" and form.is_valid():
        number, code = (form.cleaned_data[name].strip().upper() for name in ("number", "code"))
        if number.replace("-", "").isalnum() and code.isalnum():
            return redirect("formation:attestation-check", number, code)
        form.add_error(None, "Un numéro et un code n’ont que des lettres, des chiffres et des tirets.")
    return form_page(request, "formation/attestations/attestation_verify.html", {"form": form})


@never_cache
@require_GET
@login_not_required
def check(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show what the code of the paper opens: valid or not, the title and the dates. Never a name."""
    if too_many(request):
        return render(request, "formation/attendance/signing/wait.html", status=429)
    checked = attestation_checked(number, code)
    if checked is None:
        wrong_once(request)
        attempt_refused("auth.attestation.refused", {})
        return render(request, "formation/attestations/attestation_unknown.html", status=404)
    label, tone = STATES[checked.state]
    context = {"attestation": checked, "label": label, "tone": tone, "number": number.upper()}
    return render(request, "formation/attestations/attestation_check.html", context)


@require_http_methods(["GET", "POST"])
def of_session(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show everybody's attestation, and the button that asks for those that are missing."""
    row = session_run_get(session_id, "formation.attestation.issue")
    if request.method == "POST":
        try:
            attestations_ask(session=row, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Les attestations sont en cours. Elles apparaissent ici dans un instant.")
        return redirect("formation:attestations", row.pk)
    attestations = list(attestations_of(row))
    waiting = deserving(row).count() if row.state == SessionState.HELD else 0
    context = {"session": row, "attestations": attestations, "waiting": waiting, "states": STATES}
    context["standing"] = sum(_is_standing(each) for each in attestations)
    return render(request, "formation/attestations/attestations.html", context)


def _is_standing(row: Attestation) -> bool:
    return row.withdrawn_at is None and not hasattr(row, "successor") and bool(row.content)


@require_GET
def printed(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Send all those that stand as a PDF, one page each."""
    row = session_run_get(session_id, "formation.attestation.export")
    standing = [each for each in attestations_of(row) if _is_standing(each)]
    if not standing:
        raise Http404
    details = {"count": len(standing)}
    journal_append(action="formation.attestation.export", kind="session", object_id=row.pk, details=details)
    return _pdf(attestations_pdf(standing), "attestations.pdf")


@require_GET
def download(request: HttpRequest, attestation_id: uuid.UUID) -> HttpResponse:
    row = attestation_get(attestation_id)
    if not row.content:
        raise Http404
    journal_append(action="formation.attestation.export", kind="attestation", object_id=row.pk)
    return _pdf(attestations_pdf([row]), "attestation.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def replace(request: UserRequest, attestation_id: uuid.UUID) -> HttpResponse:
    row = attestation_get(attestation_id, must_run=True)
    question = _question(row) | {
        "title": "Établir une nouvelle attestation",
        "text": "Elle reprend le nom, les présences et le résultat tels qu’ils sont écrits aujourd’hui. L’attestation "
        f"{row.number} ne change pas : sa vérification dira qu’elle est remplacée.",
        "submit_label": "Établir une nouvelle attestation",
    }
    return confirm_page(
        request,
        lambda: attestation_replace(attestation=row, by=request.user),
        question,
        "La nouvelle attestation est établie.",
    )


def withdraw(request: UserRequest, attestation_id: uuid.UUID) -> HttpResponse:
    row = attestation_get(attestation_id, must_run=True)
    form = WithdrawForm(posted(request))
    question = _question(row) | {
        "title": "Retirer l’attestation",
        "text": f"La vérification de {row.number} dira qu’elle est retirée. Cela ne se défait pas.",
        "submit_label": "Retirer l’attestation",
        "tone": "danger",
    }
    if request.method == "POST" and form.is_valid():
        try:
            attestation_withdraw(attestation=row, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "L’attestation est retirée.")
            return redirect(question["cancel_url"])
    return form_page(request, "formation/common/confirm.html", {"form": form, "question": question})


def _question(row: Attestation) -> dict[str, str]:
    back = reverse("formation:attestations", args=[row.enrolment.session_id])
    return {"cancel_url": back, "cancel_label": "Revenir aux attestations"}


def results(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    row = session_run_get(session_id, "formation.enrolment.result")
    enrolments = list(enrolments_of(row))
    form = ResultsForm(posted(request), enrolments=enrolments, knowledge=knowledge_after(row))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for enrolment, result in form.results():
                result_record(enrolment=enrolment, result=result, by=request.user)
        messages.success(request, "Les résultats sont enregistrés.")
        return redirect("formation:session", row.pk)
    return form_page(request, "formation/attestations/results.html", {"form": form, "session": row})
