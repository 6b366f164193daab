"""A runaway in the portal: the notice for the police, and the return, which is told the day it happens."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM, only
from cases.common.portal.pages import form_page, posted
from cases.enums import IncidentType
from cases.incidents.runaways.forms import PortalNoticeForm, PortalRunawayReturnForm
from cases.incidents.runaways.papers import notice_pdf
from cases.incidents.runaways.services import runaway_return
from cases.incidents.selectors import incident_get
from cases.stays.selectors import placement_get, reference_of_stay
from cms.kit.papers import pdf_response
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.wall import scope
from cms.wall.reveals.admin import reveal_or_404


def incident_notice(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the « avis de fugue »: the identity is opened first, with a reason; then the form, then the PDF."""
    incident = incident_get(pk=pk, action="cases.runaway.notice")
    only(*TEAM)
    stay = incident.placement
    if stay is None or incident.incident_type_id != IncidentType.RUNAWAY or stay.partner_id not in _own():
        raise Http404
    reveal = reveal_or_404(kind="case", object_id=stay.case_id)
    if answer := fresh_required(request):
        return answer
    if reveal is None:
        messages.info(request, "L’avis de fugue porte l’identité du jeune : ouvrez-la d’abord, puis revenez ici.")
        return redirect("cases:stay_identity", stay.pk)
    form = PortalNoticeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return pdf_response(notice_pdf(incident=incident, answers=form.cleaned_data), "avis-de-fugue")
    context = {"incident": incident, "form": form, "back": reverse("cases:incident", args=[pk])}
    return form_page(request, "cases/incidents/runaways/notice_form.html", context)


def stay_runaway_return(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the return of a runaway. The interview and the medical visit are always asked about."""
    stay = placement_get(pk=pk, action="cases.absence.close")
    if stay.partner_id not in _own():
        raise Http404
    waiting = [row for row in stay.absences.all() if row.is_runaway and not hasattr(row, "runaway_return")]
    if not waiting:
        raise Http404
    absence = waiting[-1]
    form = PortalRunawayReturnForm(posted(request), initial={"returned_at": timezone.localtime()})
    back = reverse("cases:stay", args=[stay.pk])
    if request.method == "POST" and form.is_valid():
        try:
            runaway_return(absence=absence, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Le retour est écrit. Si l’entretien reste à tenir, dites-le à la coordination.")
            return redirect(back)
    context = {
        "reference": reference_of_stay(placement=stay),
        "form": form,
        "back": back,
        "title": "Écrire le retour de fugue",
        "next_step": f"Absent depuis le {absence.starts_on:%d/%m/%Y}. L’entretien et la visite médicale se proposent "
        "toujours, sans sanction immédiate.",
        "submit_label": "Enregistrer le retour",
    }
    return form_page(request, "cases/stays/stay_form.html", context)


def _own() -> list[uuid.UUID]:
    return scope.current().partners_as(*TEAM)
