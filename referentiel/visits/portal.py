"""A visit in the portal: read what the coordination saw, answer chapter by chapter, send; then its letter."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cms.documents.signatures.policies import READERS
from cms.kit.papers import pdf_response
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope
from referentiel.enums import VisitState
from referentiel.visits.forms import ObservationsForm
from referentiel.visits.models import Visit
from referentiel.visits.papers import letter_pdf
from referentiel.visits.rules import TO_OBSERVE
from referentiel.visits.selectors.visits import deadline_of, visit_get, visit_parts
from referentiel.visits.services.visits import observations_send, observations_write


def _opened(pk: uuid.UUID) -> tuple[Visit, bool]:
    """Return a visit sent, of the scope, and whether the person belongs to its team. Raise `Http404` for others."""
    row = visit_get(pk)
    is_team = row.partner_id in scope.current().partners_as(*READERS)
    if row.sent_at is None or not (is_team or scope.current().has_role(*SEES_ALL_CASES)):
        raise Http404
    return row, is_team


@require_safe
def visit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row, is_team = _opened(pk)
    if not is_team:
        # The coordination has a page of its own, where it decides.
        return redirect("referentiel_visit", row.pk)
    parts = visit_parts(row)
    lines = [line for part in parts for line in part.seen]
    to_observe = [line for line in lines if line.to_observe]
    context = {
        "row": row,
        "parts": [part for part in parts if part.seen],
        "to_observe": to_observe,
        "answered": sum(line.observation is not None for line in to_observe),
        "missing": [line for line in to_observe if line.is_imperative and line.observation is None],
        "stops": [line for line in lines if line.confirmed and line.is_imperative and line.is_low],
        "is_director": row.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR),
        "deadline": deadline_of(row),
        "is_unanswered": row.state == VisitState.UNANSWERED,
        "is_closed": row.state == VisitState.CLOSED,
    }
    return render(request, "referentiel/visits/visit.html", context)


def visit_chapter(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """Show the marks of one chapter to answer; answers are saved as they come."""
    row, is_team = _opened(pk)
    if not is_team:
        raise Http404
    if row.state not in TO_OBSERVE:
        messages.info(request, "Les observations sont envoyées : elles ne changent plus.")
        return redirect("referentiel:visit", row.pk)
    parts = [part for part in visit_parts(row) if part.to_observe]
    rank = next((rank for rank, part in enumerate(parts) if part.chapter.code == code), None)
    if rank is None:
        raise Http404
    part = parts[rank]
    form = ObservationsForm(request.POST if request.method == "POST" else None, lines=part.to_observe)
    if request.method == "POST" and form.is_valid() and _observations_saved(request, row, form):
        messages.success(request, "Vos observations sont gardées. Elles ne sont pas encore envoyées.")
        if "next" in request.POST and rank + 1 < len(parts):
            return redirect("referentiel:visit_chapter", row.pk, parts[rank + 1].chapter.code)
        return redirect("referentiel:visit", row.pk)
    context = {"row": row, "part": part, "form": form, "has_next": rank + 1 < len(parts)}
    return render(request, "referentiel/visits/visit_chapter.html", context, status=422 if form.errors else 200)


def _observations_saved(request: UserRequest, row: Visit, form: ObservationsForm) -> bool:
    try:
        with transaction.atomic():
            observations_write(visit=row, answers=form.answers(), by=request.user)
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True


@require_POST
def visit_send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row, is_team = _opened(pk)
    if not is_team:
        raise Http404
    try:
        with transaction.atomic():
            observations_send(visit=row, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "Vos observations sont envoyées. La coordination y répondra.")
    return redirect("referentiel:visit", row.pk)


@require_safe
def visit_letter(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Send the letter that closes a visit."""
    row, _ = _opened(pk)
    if row.state != VisitState.CLOSED:
        raise Http404
    return pdf_response(letter_pdf(row), f"visite-{row.pk.hex[:8]}")
