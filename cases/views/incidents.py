"""« Déclarer une situation préoccupante », and what a structure has declared."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.forms.fields import refuse
from cases.forms.incidents import IncidentForm, NoticeForm
from cases.phones import on_call_phone
from cases.selectors import incident_get, incidents_of_structure, structure_people_present
from cases.services.authorities import authority_tell
from cases.services.incidents import incident_declare
from cases.views.common import TEAM, form_page, only, page_of, posted
from cases.views.lines import authorities_left, incident_line, incident_summary, notice_events
from cms.access.drafts import RESUME, draft_drop, draft_offered, form_or_draft
from cms.files.views import attachments_panel
from cms.journal.services import journal_read
from cms.partners.selectors import partners_as


def incident_list(request):
    only(*TEAM)
    page = page_of(request, incidents_of_structure())
    context = {"page": page, "items": [incident_line(incident) for incident in page]}
    return render(request, "cases/incidents.html", context)


def incident_new(request):
    """First the question that cannot wait, then the declaration."""
    only(*TEAM)
    danger = request.GET.get("danger")
    if request.method == "GET" and danger != "non" and RESUME not in request.GET:
        context = {"in_danger": danger == "oui", "on_call_phone": on_call_phone(), "draft": draft_offered(request)}
        return render(request, "cases/incident_question.html", context)
    form = form_or_draft(
        request,
        lambda data: IncidentForm(
            data,
            initial={"noticed_at": timezone.localtime()},
            partners=partners_as(*TEAM),
            stays=structure_people_present(day=timezone.localdate()),
        ),
    )
    if request.method == "POST" and form.is_valid():
        try:
            incident = _declare(request.user, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            draft_drop(user=request.user, address=request.path)
            return redirect("cases:incident_receipt", incident.pk)
    context = {"form": form, "back": reverse("cases:incidents"), "on_call_phone": on_call_phone()}
    return form_page(request, "cases/incident_form.html", context)


def _declare(user, form):
    incident = incident_declare(declared_by=user, **form.arguments())
    for authority in form.cleaned_data["authorities"]:
        authority_tell(incident=incident, authority_id=authority, told_at=form.cleaned_data["told_at"], told_by=user)
    return incident


def incident_receipt(request, pk):
    incident = incident_get(pk=pk, action="cases.incident.receipt")
    only(*TEAM)
    context = {
        "incident": incident,
        "is_phone_first": incident.severity.extra.get("is_phone_first"),
        "to_tell": authorities_left(incident),
        "on_call_phone": on_call_phone(),
    }
    return render(request, "cases/incident_receipt.html", context)


def incident_page(request, pk):
    incident = incident_get(pk=pk, action="cases.incident.read")
    only(*TEAM)
    journal_read("incident", incident.pk)
    form = NoticeForm(posted(request), initial={"told_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            authority_tell(
                incident=incident, authority_id=data["authority"], told_at=data["told_at"], told_by=request.user
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est noté.")
            return redirect("cases:incident", incident.pk)
    context = {
        "incident": incident,
        "form": form,
        "summary": incident_summary(incident),
        "notices": notice_events(incident),
        "to_tell": authorities_left(incident),
        "next_step": _next_step(incident),
        "pieces": attachments_panel(kind="incident", object_id=incident.pk, prefix="cases:incident"),
    }
    return form_page(request, "cases/incident.html", context)


def _next_step(incident) -> str:
    if incident.closed_at:
        return "La coordination a clos cette déclaration."
    if incident.acknowledged_at:
        return (
            f"Prise en compte par la coordination le {timezone.localtime(incident.acknowledged_at):%d/%m/%Y à %H:%M}."
        )
    return "La coordination ne l’a pas encore prise en compte. Pour une urgence, appelez-la."
