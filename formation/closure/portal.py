"""Postponing a session, cancelling it, closing it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.users.requests import UserRequest
from formation.closure.forms import CloseForm, PostponeForm
from formation.closure.services import half_days_unsigned, session_cancel, session_close, session_postpone
from formation.common.portal import confirm_page, form_page, posted
from formation.sessions.selectors import session_run_get, teaches


def close(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    row = session_run_get(session_id, "formation.session.close")
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
    form = CloseForm(posted(request), unsigned=unsigned)
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
    return form_page(request, "formation/common/confirm.html", {"form": form, "question": question})


def cancel(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    row = session_run_get(session_id, "formation.session.cancel")
    question = {
        "title": "Annuler la session",
        "text": "Elle ne sera plus proposée. Les personnes inscrites qui ont une adresse en sont prévenues ; prévenez "
        "les autres.",
        "submit_label": "Annuler la session",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.pk]),
        "cancel_label": "Garder la session",
    }
    return confirm_page(
        request, lambda: session_cancel(session=row, by=request.user), question, "La session est annulée."
    )


def postpone(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    row = session_run_get(session_id, "formation.session.postpone")
    form = PostponeForm(posted(request), half_days=list(row.half_days.all()))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                session_postpone(session=row, moves=form.moves(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "La session est reportée. Les personnes inscrites en sont prévenues.")
            return redirect("formation:session", row.pk)
    return form_page(request, "formation/closure/postpone.html", {"form": form, "session": row})
