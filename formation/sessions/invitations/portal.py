"""Structures invited to a session: the coordination chooses them, each direction answers."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cms.kit.forms.fields import rows_offered
from cms.users.requests import UserRequest
from formation.common.policies import runs_all_sessions
from formation.common.portal import form_page, posted
from formation.enums import SessionState
from formation.sessions.invitations.forms import DeclineForm, InviteForm
from formation.sessions.invitations.selectors import invitation_get, structures_invitable
from formation.sessions.invitations.services import invitation_decline, structures_invite
from formation.sessions.selectors import aimed_at, session_run_get


def invite(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    if not runs_all_sessions():
        raise Http404
    row = session_run_get(session_id, "formation.session.invite")
    structures = structures_invitable(row)
    form = InviteForm(posted(request), structures=structures)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = structures_invite(
                    session=row, structures=list(form.cleaned_data["structures"]), by=request.user
                )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            plural = "s" if count > 1 else ""
            messages.success(request, f"{count} structure{plural} invitée{plural}. Leur direction est prévenue.")
            return redirect("formation:session", row.pk)
    context = {
        "form": form,
        "session": row,
        "aimed_at": aimed_at(row),
        "has_structures": bool(rows_offered(form, "structures")),
        "is_open": row.state == SessionState.PLANNED and row.starts_on > timezone.localdate(),
    }
    return form_page(request, "formation/sessions/invitations/invite.html", context)


def decline(request: UserRequest, invitation_id: uuid.UUID) -> HttpResponse:
    row = invitation_get(invitation_id)
    question = {
        "title": "Ne pas venir cette fois",
        "text": "La coordination saura que personne de votre équipe ne viendra. Vous pourrez encore inscrire "
        "quelqu’un s’il reste des places.",
        "submit_label": "Décliner l’invitation",
        "cancel_url": reverse("formation:session", args=[row.session_id]),
        "cancel_label": "Revenir à la session",
    }
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                invitation_decline(invitation=row, why=form.cleaned_data["why"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "C’est noté : la coordination sait que vous ne viendrez pas cette fois.")
            return redirect("formation:session", row.session_id)
    return form_page(request, "formation/common/confirm.html", {"form": form, "question": question})
