"""Who is told of an incident, and the report to the authority that licensed the structure."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.authorities.forms import PortalReportForm, TellForm
from cases.authorities.lines import authority_items, tally
from cases.authorities.report import report_pdf
from cases.authorities.selectors import authority_calls
from cases.forms.fields import refuse
from cases.selectors import incident_get
from cases.services.authorities import authority_tell
from cases.views.common import TEAM, form_page, only, posted
from cms.access.step_up import fresh_required
from cms.documents.printing import pdf_response
from cms.journal.services import journal_read


def incident_authorities(request, pk):
    """The list, and the form that notes one more call."""
    incident = incident_get(pk=pk, action="cases.incident.tell")
    only(*TEAM)
    journal_read("incident", incident.pk)
    wanted = request.GET.get("destinataire", "").upper()
    initial = {"told_at": timezone.localtime(), "authority": f"autorite:{wanted}"}
    form = TellForm(posted(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request.user, incident, form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est noté.")
            return redirect("cases:incident_authorities", incident.pk)
    calls = authority_calls(incident)
    context = {
        "incident": incident,
        "form": form,
        "items": authority_items(incident, calls),
        "tally": tally(calls),
        "back": reverse("cases:incident", args=[incident.pk]),
    }
    return form_page(request, "cases/authorities.html", context)


def _tell(user, incident, data):
    authority_tell(
        incident=incident,
        authority_id=data["authority"],
        channel_id=data["channel"] or None,
        told_at=data["told_at"],
        note=data["note"],
        proof=data["proof"],
        told_by=user,
    )


def incident_report(request, pk):
    """Asks what the law wants besides what was declared, then gives the PDF; nothing of it is kept."""
    incident = incident_get(pk=pk, action="cases.incident.report")
    only(*TEAM)
    if answer := fresh_required(request):
        return answer
    form = PortalReportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return pdf_response(report_pdf(incident=incident, told=form.cleaned_data), "signalement")
    context = {
        "incident": incident,
        "form": form,
        "back": reverse("cases:incident_authorities", args=[incident.pk]),
        "address_url": reverse("cases:stay_address", args=[incident.placement_id]) if incident.placement_id else "",
    }
    return form_page(request, "cases/report_form.html", context)
