"""« Mes données »: what the network keeps about whoever is signed in, on screen, as a PDF or for a machine."""

import json

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cms.data_rights.copies.papers import RIGHTS, TEMPLATE
from cms.data_rights.own.selectors import own_sections
from cms.journal.services import journal_append
from cms.kit.forms.portal import PortalForm
from cms.kit.papers import pdf_response, pdf_write
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest

NAME = "mes-donnees"


class OwnCopyForm(PortalForm):
    format = forms.ChoiceField(
        label="Sous quelle forme ?",
        choices=[("pdf", "À lire ou à imprimer (PDF)"), ("json", "À relire par un logiciel (JSON)")],
        widget=forms.RadioSelect,
        initial="pdf",
        error_messages={"required": "Choisissez une forme."},
    )


def own_data(request: UserRequest) -> HttpResponse:
    form = OwnCopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return fresh_required(request, back=reverse("portal:own_data")) or _copy(request, form.cleaned_data["format"])
    context = {"form": form, "sections": own_sections(request.user)}
    return render(request, "rights/own.html", context, status=422 if form.errors else 200)


def _copy(request: UserRequest, format_: str) -> HttpResponse:
    content = {
        "title": "Ce que Havre garde sur vous",
        "made_on": f"{timezone.localdate():%d/%m/%Y}",
        "sections": own_sections(request.user),
    }
    journal_append(action="rights.own_copy.export", details={"format": format_})
    if format_ == "json":
        body = json.dumps(content, ensure_ascii=False, indent=1).encode()
        headers = {"Content-Disposition": f'attachment; filename="{NAME}.json"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(body, content_type="application/json", headers=headers)
    introduction = f"Copie faite le {content['made_on']}, à partir de votre compte."
    data = content | {
        "introduction": [introduction],
        "withheld": [],
        "withheld_title": "",
        "rights_title": "Vos droits",
        "rights": RIGHTS,
        "footer": content["title"],
    }
    return pdf_response(pdf_write(TEMPLATE, data), NAME)
