"""The self-assessment in the portal: one chapter a page, actions and proofs, send; then follow the actions."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.documents.models import DocumentKind
from cms.documents.signatures.policies import READERS
from cms.documents.versions.selectors import version_in_force
from cms.files.models import Attachment
from cms.files.papers import attachment_response
from cms.files.selectors import attachment_get
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope
from referentiel.assessments.forms import ChapterForm, DoneForm, EvidenceForm, StepForm
from referentiel.assessments.models import Assessment
from referentiel.assessments.selectors import AssessmentLine, AssessmentPart, assessment_get, parts_of
from referentiel.assessments.services import (
    assessment_carry_over,
    assessment_submit,
    evidence_add,
    evidence_renew,
    marks_write,
    step_done,
    step_write,
)
from referentiel.common.rules import modules_of


def _opened(pk: uuid.UUID) -> tuple[Assessment, bool]:
    """Return an assessment of the scope, and whether the person belongs to its team. Raise `Http404` for others."""
    row = assessment_get(pk)
    is_team = row.partner_id in scope.current().partners_as(*READERS)
    if not is_team and not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    return row, is_team


def _to_write(pk: uuid.UUID) -> Assessment:
    row, is_team = _opened(pk)
    if not is_team:
        raise Http404
    return row


def _sent(request: HttpRequest, row: Assessment) -> HttpResponse:
    messages.info(request, "Cette auto-évaluation est envoyée : elle ne change plus.")
    return redirect("referentiel:assessment", row.pk)


@require_safe
def assessment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row, is_team = _opened(pk)
    parts = parts_of(row)
    lines = [line for part in parts for line in part.lines]
    low = [line for line in lines if line.is_low]
    current = version_in_force(DocumentKind.REFERENTIEL)
    is_open = is_team and row.submitted_at is None
    context = {
        "row": row,
        "parts": parts,
        "is_team": is_team,
        "is_open": is_open,
        "done": sum(part.done for part in parts),
        "total": len(lines),
        "to_plan": [line for line in lines if line.needs_step],
        "low": low,
        "modules": modules_of([code for line in low for code in line.exigence.module_codes]).values(),
        "steps": [line for line in lines if line.step],
        "is_director": row.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR),
        "newer": current if is_open and current and current.pk != row.version_id else None,
        "today": timezone.localdate(),
    }
    return render(request, "referentiel/assessments/assessment.html", context)


def assessment_chapter(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """Show and save one chapter per page: answers are saved as they come."""
    row = _to_write(pk)
    if row.submitted_at is not None:
        return _sent(request, row)
    parts = parts_of(row)
    rank = next((rank for rank, part in enumerate(parts) if part.chapter.code == code), None)
    if rank is None:
        raise Http404
    part = parts[rank]
    form = ChapterForm(request.POST if request.method == "POST" else None, lines=part.lines)
    if request.method == "POST" and form.is_valid() and _marked(request, row, form):
        messages.success(request, "Vos réponses sont gardées.")
        if "next" in request.POST and rank + 1 < len(parts):
            return redirect("referentiel:assessment_chapter", row.pk, parts[rank + 1].chapter.code)
        return redirect("referentiel:assessment", row.pk)
    context = {"row": row, "part": part, "form": form, "has_next": rank + 1 < len(parts)}
    return render(
        request, "referentiel/assessments/assessment_chapter.html", context, status=422 if form.errors else 200
    )


def _marked(request: UserRequest, row: Assessment, form: ChapterForm) -> bool:
    try:
        marks_write(assessment=row, values=form.cleaned_data, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _line(row: Assessment, code: str) -> AssessmentLine:
    parts: list[AssessmentPart] = parts_of(row)
    line = next((line for part in parts for line in part.lines if line.exigence.code == code), None)
    if line is None:
        raise Http404
    return line


def _page(
    request: HttpRequest,
    row: Assessment,
    line: AssessmentLine,
    form: StepForm | EvidenceForm | DoneForm,
    run: Callable[[dict[str, Any]], object],
    *,
    title: str,
    done: str,
) -> HttpResponse:
    """Show a form about one exigence, call the service `run`, and lead back; errors show beside their field."""
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                run(form.cleaned_data)
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, done)
            return redirect("referentiel:assessment", row.pk)
    context = {"row": row, "line": line, "form": form, "title": title}
    return render(request, "referentiel/assessments/assessment_form.html", context, status=422 if form.errors else 200)


def assessment_step(request: HttpRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    row = _to_write(pk)
    if row.submitted_at is not None:
        return _sent(request, row)
    line = _line(row, code)
    step = line.step
    known = {name: getattr(step, name) for name in ("what", "pilot", "due_on", "proof")} if step else None
    form = StepForm(request.POST if request.method == "POST" else None, initial=known)
    return _page(
        request,
        row,
        line,
        form,
        lambda answers: step_write(assessment=row, code=code, **answers),
        title="Ce que vous ferez",
        done="L’action est gardée.",
    )


def assessment_done(request: HttpRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """Say that an action was done, even once the whole is sent."""
    row = _to_write(pk)
    line = _line(row, code)
    step = line.step
    if step is None:
        raise Http404
    form = DoneForm(request.POST if request.method == "POST" else None, initial={"done_on": timezone.localdate()})
    return _page(
        request,
        row,
        line,
        form,
        lambda answers: step_done(step=step, on=answers["done_on"]),
        title="Cette action est faite",
        done="C’est noté.",
    )


def assessment_evidence(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    row = _to_write(pk)
    if row.submitted_at is not None:
        return _sent(request, row)
    line = _line(row, code)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    return _page(
        request,
        row,
        line,
        form,
        lambda answers: evidence_add(assessment=row, code=code, by=request.user, **answers),
        title="Joindre une preuve",
        done="La preuve est jointe.",
    )


def assessment_renew(request: UserRequest, pk: uuid.UUID, proof_pk: uuid.UUID) -> HttpResponse:
    """Replace a proof that expires by a newer one, even once the whole is sent."""
    row = _to_write(pk)
    proof = row.evidences.filter(pk=proof_pk, replaced_by=None).first()
    if proof is None:
        raise Http404
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    return _page(
        request,
        row,
        _line(row, proof.code),
        form,
        lambda answers: evidence_renew(evidence=proof, by=request.user, **answers),
        title="Renouveler une preuve",
        done="La preuve est renouvelée. L’ancienne reste au dossier.",
    )


@require_safe
def assessment_piece(request: HttpRequest, pk: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponseBase:
    row, _ = _opened(pk)
    evidences = row.evidences.values("pk")
    known = Attachment.objects.filter(pk=piece_pk, object_kind="evidence", object_id__in=evidences).first()
    if known is None:
        raise Http404
    piece = attachment_get(kind="evidence", object_id=known.object_id, pk=piece_pk, action="files.attachment.read")
    return attachment_response(request, piece)


@require_POST
def assessment_send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, lambda row: assessment_submit(assessment=row, by=request.user), "Elle est envoyée.")


@require_POST
def assessment_carry(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    done = "Vos réponses sont reprises. Celles dont le texte a changé sont à confirmer."
    return _act(request, pk, lambda row: assessment_carry_over(assessment=row), done)


def _act(request: HttpRequest, pk: uuid.UUID, run: Callable[[Assessment], object], done: str) -> HttpResponse:
    row = _to_write(pk)
    try:
        with transaction.atomic():
            run(row)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("referentiel:assessment", row.pk)
