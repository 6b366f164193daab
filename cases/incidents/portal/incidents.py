"""« Déclarer une situation préoccupante », and what a structure has declared."""

import uuid
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.common.forms.fields import refuse
from cases.common.forms.screens import screen_after, step_of
from cases.common.policies import DECLARES, TEAM, only
from cases.common.portal.pages import form_page, page_of, posted
from cases.common.settings import on_call_phone
from cases.incidents.authorities.selectors import authorities_missing
from cases.incidents.authorities.services import authority_tell
from cases.incidents.forms import EventForm, IncidentForm, OutsideForm, ServiceIncidentForm
from cases.incidents.models.declared import Incident
from cases.incidents.policies import for_who_declares
from cases.incidents.selectors import (
    incident_get,
    incident_in_charge,
    incident_of_charge,
    incidents_in_charge,
    incidents_of_actor,
)
from cases.incidents.services.declaring import Declaration, incident_declare
from cases.incidents.services.events import event_add
from cases.incidents.services.following import task_done
from cases.incidents.words import charge_line, charge_summary, incident_events, incident_line, incident_summary
from cases.stays.selectors import placements_opened_to_requester, stay_references, structure_people_present
from cms.files.portal import attachments_panel
from cms.journal.services import journal_read
from cms.partners.book.selectors import partners_as
from cms.sessions.drafts import RESUME, draft_drop, draft_offered, form_or_draft
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope

SHOWN = 25


def incident_list(request: UserRequest) -> HttpResponse:
    only(*DECLARES)
    page = page_of(request, incidents_of_actor())
    in_charge = incidents_in_charge()[:SHOWN] if scope.current().has_role(Role.REQUESTER) else ()
    context = {
        "page": page,
        "items": [incident_line(incident) for incident in page],
        "in_charge": [charge_line(incident) for incident in in_charge],
        "is_team": scope.current().has_role(*TEAM),
    }
    return render(request, "cases/incidents/incidents.html", context)


def incident_new(request: UserRequest) -> HttpResponse:
    """Ask whether a child is in danger now, then show the declaration."""
    only(*DECLARES)
    return _question(request) or _declaration(request, _form_or_draft(request, _form_of()))


def incident_outside(request: UserRequest) -> HttpResponse:
    """Declare in confidence, for anybody signed in: a transmitter, a trainer, somebody who left the structure."""
    known = {"noticed_at": timezone.localtime(), "key": uuid.uuid4()}
    return _question(request, is_outside=True) or _declaration(
        request, _form_or_draft(request, lambda data: OutsideForm(data, initial=known)), is_outside=True
    )


def _question(request: UserRequest, *, is_outside: bool = False) -> HttpResponse | None:
    """Show « Un enfant est-il en danger maintenant ? », unless it was answered."""
    danger = request.GET.get("danger")
    if request.method != "GET" or danger == "non" or RESUME in request.GET:
        return None
    context = {
        "in_danger": danger == "oui",
        "on_call_phone": on_call_phone(),
        "draft": draft_offered(request),
        "is_outside": is_outside,
        "own": [incident_line(incident) for incident in incidents_of_actor()[:SHOWN]] if is_outside else (),
    }
    return render(request, "cases/incidents/incident_question.html", context)


def _declaration(request: UserRequest, form: IncidentForm, *, is_outside: bool = False) -> HttpResponse:
    step = step_of(request, "send")
    if step == "send" and form.is_valid():
        try:
            incident = _declare(request.user, form)
        except ValidationError as error:
            refuse(form, error)
        else:
            draft_drop(user=request.user, address=request.path)
            return redirect("cases:incident_receipt", incident.pk)
    number = screen_after(request, form, step)
    context = {
        "form": form,
        "back": reverse("portal:home" if is_outside else "cases:incidents"),
        "on_call_phone": on_call_phone(),
        "is_outside": is_outside,
        "number": number,
        "steps": [screen.title for screen in form.screens],
        "fields": [field for field in form.shown(number) if field not in form.gravity(number)],
        "gravity": form.gravity(number),
        "carried": form.carried(number),
        "is_last": number == len(form.screens),
    }
    return form_page(request, "cases/incidents/incident_form.html", context)


def _form_of() -> Callable[[QueryDict | None], IncidentForm]:
    """Return what builds the form of a team, or of a service; who is both declares for the structure."""
    known = {"noticed_at": timezone.localtime(), "key": uuid.uuid4()}
    if scope.current().has_role(*TEAM):
        present = structure_people_present(day=timezone.localdate())
        return lambda data: IncidentForm(data, initial=known, partners=partners_as(*TEAM), stays=present)
    stays = list(placements_opened_to_requester(day=timezone.localdate()))
    references = stay_references(stays)
    services = partners_as(Role.REQUESTER)
    return lambda data: ServiceIncidentForm(data, initial=known, partners=services, stays=stays, references=references)


def _form_or_draft(request: UserRequest, build: Callable[[QueryDict | None], IncidentForm]) -> IncidentForm:
    """Return what `build` gives, of what was posted or of the draft of the person."""
    return cast(IncidentForm, form_or_draft(request, build))


def _declare(user: User, form: IncidentForm) -> Incident:
    incident = incident_declare(Declaration(**form.arguments()), declared_by=user)
    known = set(incident.notices.values_list("authority_id", flat=True))
    for authority in form.cleaned_data.get("authorities", ()):
        if authority not in known:  # the same declaration sent twice tells nobody twice
            authority_tell(
                incident=incident, authority_id=authority, told_at=form.cleaned_data["told_at"], told_by=user
            )
    return incident


def incident_receipt(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    incident = incident_get(pk=pk, action="cases.incident.receipt", is_told=True)
    for_who_declares(incident)
    missing = () if incident.is_from_outside else authorities_missing(incident)
    context = {
        "incident": incident,
        "is_phone_first": incident.severity.extra.get("is_phone_first"),
        "to_tell": [call.name for call in missing if not call.is_for_coordination],
        "on_call_phone": on_call_phone(),
    }
    return render(request, "cases/incidents/incident_receipt.html", context)


def incident_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    incident = incident_get(pk=pk, action="cases.incident.read", is_told=True)
    for_who_declares(incident)
    journal_read("incident", incident.pk)
    # The list of whom to tell has a page of its own: the team and the coordination make the calls.
    # Nobody outside the network is called for a drill.
    may_tell = incident.partner_id in scope.current().partners_as(*TEAM) and not incident.is_drill
    context = {
        "incident": incident,
        "events": incident_events(incident),
        "tasks": incident.tasks.waiting().filter(owner=request.user),
        "summary": incident_summary(incident),
        "may_tell": may_tell,
        "next_step": _next_step(incident),
        "pieces": attachments_panel(kind="incident", object_id=incident.pk, prefix="cases:incident"),
    }
    return render(request, "cases/incidents/incident.html", context)


def incident_note(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a line to the time line, which everybody who reads the declaration reads too."""
    incident = incident_get(pk=pk, action="cases.incident.note")
    for_who_declares(incident)
    form = EventForm(posted(request), is_read_by_service=incident.service_id is not None)
    if request.method == "POST" and form.is_valid():
        event_add(incident=incident, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, "C’est ajouté au suivi.")
        return redirect("cases:incident", incident.pk)
    return form_page(request, "cases/incidents/incident_note.html", {"incident": incident, "form": form})


def incident_charge(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show to the service in charge of a child what the notice to it holds: no facts, no structure."""
    incident = incident_in_charge(pk=pk, action="cases.incident.charge")
    only(Role.REQUESTER)
    journal_read("incident", incident.pk)
    context = {
        "incident": incident,
        "summary": charge_summary(incident, incident_of_charge(incident)),
        "next_step": _next_step(incident),
        "on_call_phone": on_call_phone(),
    }
    return render(request, "cases/incidents/incident_charge.html", context)


@require_POST
def incident_task(request: UserRequest, pk: uuid.UUID, task_pk: uuid.UUID) -> HttpResponse:
    """Mark a task of the person as done."""
    incident = incident_get(pk=pk, action="cases.incident.task_done")
    only(*DECLARES)
    task = incident.tasks.waiting().filter(pk=task_pk, owner=request.user).first()
    if task is None:
        raise Http404
    task_done(task=task, by=request.user)
    messages.success(request, "C’est noté : la tâche est faite.")
    return redirect("cases:incident", incident.pk)


def _next_step(incident: Incident) -> str:
    if incident.closed_at:
        return "La coordination a clos cette déclaration."
    if incident.acknowledged_at:
        return (
            f"Prise en compte par la coordination le {timezone.localtime(incident.acknowledged_at):%d/%m/%Y à %H:%M}."
        )
    return "La coordination ne l’a pas encore prise en compte. Pour une urgence, appelez-la."
