"""The account of a software: asked for, then given its key by whoever answers for it, or stopped."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cms.events.software.models import SoftwareAccount
from cms.events.software.policies import may_ask
from cms.events.software.services import software_ask, software_dismiss, software_key, software_stop
from cms.kit.forms.portal import PortalForm
from cms.portal.tokens import scopes_field
from cms.sessions.scopes.rules import TokenScope
from cms.sessions.step_up import fresh_factor
from cms.users.requests import UserRequest


class SoftwareForm(PortalForm):
    name = forms.CharField(
        label="Quel logiciel",
        max_length=80,
        help_text="« Gestion des places », « Agenda de la formation ». N’écrivez aucun nom de personne.",
        error_messages={"required": "Dites quel logiciel."},
    )
    scopes = scopes_field(
        list(TokenScope.choices),
        "Le moins possible : ce qui est accordé ne change plus. Il n’ouvre jamais plus que vous.",
    )
    ends_on = forms.DateField(
        label="Jusqu’à quand",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Deux ans au plus.",
        error_messages={"required": "Indiquez une date de fin.", "invalid": "Cette date n’existe pas."},
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Rien sur un mineur ni sur un lieu.",
        error_messages={"required": "Dites en quelques mots pourquoi."},
    )


def software_new(request: UserRequest) -> HttpResponse:
    if not may_ask():
        raise Http404
    form = SoftwareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            software_ask(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, "C’est demandé : la coordination ou la direction décide. Rien ne s’ouvre d’ici là."
            )
            return redirect("portal:tokens")
    return render(request, "portal/software_new.html", {"form": form}, status=422 if form.is_bound else 200)


@fresh_factor
def software_key_new(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show the key in the answer to the form, and nowhere else."""
    row = get_object_or_404(SoftwareAccount.objects.in_force(), pk=pk, asked_by=request.user)
    context: dict[str, Any] = {"row": row}
    if request.method == "POST":
        context["text"] = software_key(row=row, by=request.user)
    response = render(request, "portal/software_key.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def software_end(request: UserRequest, pk: UUID) -> HttpResponse:
    own = SoftwareAccount.objects.filter(asked_by=request.user, revoked_at=None, dismissed_at=None)
    row = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        try:
            (software_dismiss if row.is_waiting else software_stop)(row=row, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "C’est arrêté : ce logiciel n’ouvre plus rien.")
        return redirect("portal:tokens")
    return render(request, "portal/software_end.html", {"row": row})
