"""Who is told of an incident, and the report to the authority that licensed the structure."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM
from cases.common.portal.pages import form_page, posted
from cases.common.settings import on_call_phone
from cases.incidents.authorities.forms import PortalProofForm, PortalReportForm, TellForm, split
from cases.incidents.authorities.papers import report_response
from cases.incidents.authorities.selectors import authority_calls, authority_phones, never_called
from cases.incidents.authorities.services import authority_proof_add, authority_tell
from cases.incidents.authorities.words import authority_items, choice_at, notice_details, notice_words, tally
from cases.incidents.models.declared import Incident
from cases.incidents.selectors import incident_get
from cms.journal.services import journal_read
from cms.sessions.step_up import fresh_required
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.wall import scope


def _of_team(pk: uuid.UUID, action: str) -> Incident:
    """Return an incident of a structure of the actor's team, or raise 404.

    The authorities told would reveal the place to a service, were it a team elsewhere too.
    """
    incident = incident_get(pk=pk, action=action, is_told=True)
    if incident.partner_id not in scope.current().partners_as(*TEAM):
        raise Http404
    return incident


def incident_authorities(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the authorities to tell, and the form that notes one more call."""
    incident = _of_team(pk, "cases.incident.tell")
    journal_read("incident", incident.pk)
    calls = authority_calls(incident)
    initial = {"told_at": timezone.localtime(), "authority": choice_at(calls, request.GET.get("ligne", ""))}
    form = TellForm(posted(request), request.FILES or None, initial=initial, calls=calls, never=never_called(incident))
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request.user, incident, form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est noté.")
            return redirect("cases:incident_authorities", incident.pk)
    context = {
        "incident": incident,
        "form": form,
        "items": authority_items(incident, calls),
        "tally": tally(calls),
        "phones": authority_phones(incident, calls),
        "on_call_phone": on_call_phone(),
        "back": reverse("cases:incident", args=[incident.pk]),
    }
    return form_page(request, "cases/incidents/authorities/authorities.html", context)


def _tell(user: User, incident: Incident, data: dict[str, Any]) -> None:
    authority_id, ase_authority_id = split(data["authority"])
    authority_tell(
        incident=incident,
        authority_id=authority_id,
        ase_authority_id=ase_authority_id,
        channel_id=data["channel"] or None,
        told_at=data["told_at"],
        note=data["note"],
        proof=data["proof"],
        told_by=user,
    )


def incident_proof(request: UserRequest, pk: uuid.UUID, notice_pk: uuid.UUID) -> HttpResponse:
    """Add a proof, with its date, to what an authority was told. The notice itself does not change."""
    incident = _of_team(pk, "cases.incident.proof")
    notice = next((one for one in incident.notices.all() if one.pk == notice_pk), None)
    if notice is None:
        raise Http404
    form = PortalProofForm(posted(request), request.FILES or None, initial={"dated_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            authority_proof_add(notice=notice, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Le justificatif est ajouté.")
            return redirect("cases:incident_authorities", incident.pk)
    context = {
        "incident": incident,
        "form": form,
        "told": f"{notice.authority}. {notice_details(notice)}",
        "noted": notice_words(notice),
        "back": reverse("cases:incident_authorities", args=[incident.pk]),
    }
    return form_page(request, "cases/incidents/authorities/proof_form.html", context)


def incident_report(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask what the law requires besides what was declared, then give the PDF; nothing of it is kept."""
    incident = _of_team(pk, "cases.incident.report")
    if answer := fresh_required(request):
        return answer
    form = PortalReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return report_response(incident=incident, answers=form.cleaned_data)
    context = {
        "incident": incident,
        "form": form,
        "back": reverse("cases:incident_authorities", args=[incident.pk]),
        "address_url": reverse("cases:stay_address", args=[incident.placement_id]) if incident.placement_id else "",
    }
    return form_page(request, "cases/incidents/authorities/report_form.html", context)
