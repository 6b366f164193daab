"""Enrolling by oneself, and giving the place back."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope
from formation.common.portal import confirm_page, form_page, posted
from formation.people.forms.own import OwnEnrolForm
from formation.people.models import Professional
from formation.people.services.own import enrol_own, enrol_own_end
from formation.sessions.selectors import enrolment_own_get, session_get


def enrol(request: UserRequest, session_id: uuid.UUID) -> HttpResponse:
    row = session_get(session_id)
    current = scope.current()
    is_member = bool(current.partners_as(Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR))
    is_known = Professional.objects.filter(user=current.user_id).exists()
    form = OwnEnrolForm(posted(request), is_known=is_known, is_member=is_member)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                waits = enrol_own(session=row, by=request.user, facts=form.facts())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            outcome = "attendez une place : vous serez inscrit dès qu’une se libère" if waits else "êtes inscrit"
            messages.success(request, f"Vous {outcome}.")
            return redirect("formation:session", row.pk)
    context = {"form": form, "session": row, "is_full": row.places_taken >= row.capacity}
    return form_page(request, "formation/people/enrol_own.html", context)


def leave(request: UserRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    row = enrolment_own_get(enrolment_id)
    if row.professional.user_id != request.user.pk:
        raise Http404
    question = {
        "title": "Rendre ma place",
        "text": "Votre place ira à quelqu’un d’autre. Pour une demi-journée seulement, prévenez plutôt d’une absence.",
        "submit_label": "Rendre ma place",
        "tone": "danger",
        "cancel_url": reverse("formation:session", args=[row.session_id]),
        "cancel_label": "Garder ma place",
    }
    return confirm_page(
        request, lambda: enrol_own_end(enrolment=row, by=request.user), question, "Votre place est rendue."
    )
