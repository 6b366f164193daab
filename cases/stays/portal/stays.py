"""Stays of a structure: arrival, absences, returns."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM, only
from cases.common.portal.pages import form_page, posted
from cases.common.words import moment
from cases.files.identity.selectors import identity_missing
from cases.files.protection.words import protection_items
from cases.stays.forms import AbsenceForm, ArrivalForm, ReturnForm
from cases.stays.models import Absence, Placement
from cases.stays.reviews.rules import reviews_due
from cases.stays.reviews.words import due_line, written_line
from cases.stays.selectors import case_housed, parts_of_stay, placement_get, placements_of_structure, reference_of_stay
from cases.stays.services import absence_close, absence_open, placement_confirm
from cases.stays.words import absence_events, stay_line, stay_summary
from cms.journal.services import journal_read
from cms.kit.forms.portal import PortalForm
from cms.users.requests import UserRequest
from cms.users.roles import ANSWERS
from cms.wall import scope


def stay_list(request: UserRequest) -> HttpResponse:
    only(*TEAM)
    context = {
        "items": [stay_line(stay) for stay in placements_of_structure()],
        "past": [stay_line(stay) for stay in placements_of_structure(is_over=True)[:50]],
    }
    return render(request, "cases/stays/stays.html", context)


def stay_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = _own_stay(pk, "cases.placement.read")
    journal_read("placement", stay.pk)
    absences = list(stay.absences.all())
    today = timezone.localdate()
    due = reviews_due([stay], day=today) if stay.confirmed_at else []
    case = case_housed(placement=stay)
    context = {
        "reviews": [due_line(one, today) for one in due] + [written_line(review) for review in stay.reviews.all()],
        "stay": stay,
        "reference": case.reference if case else reference_of_stay(placement=stay),
        "summary": stay_summary(stay),
        "protection": protection_items(case) if case else [],
        "can_reveal": stay.ended_on is None,
        "identity_missing": identity_missing(stay.case_id) if stay.ended_on is None else [],
        "absences": absence_events(absences),
        "actions": _actions(stay, absences),
        "next_step": _next_step(stay, absences),
    }
    for part in parts_of_stay.tell(stay=stay):
        context |= part
    return render(request, "cases/stays/stay.html", context)


def _own_stay(pk: uuid.UUID, action: str) -> Placement:
    """Return a stay of the actor's structure, or raise 404: requesters read theirs on the follow-up page."""
    stay = placement_get(pk=pk, action=action)
    if stay.partner_id not in scope.current().partners_as(*TEAM):
        raise Http404
    return stay


def _answers(stay: Placement) -> bool:
    return stay.partner_id in scope.current().partners_as(*ANSWERS)


def _actions(stay: Placement, absences: list[Absence]) -> list[dict]:
    if stay.ended_on:
        return []
    steps = []
    if stay.confirmed_at is None and _answers(stay):
        steps.append(("Confirmer l’arrivée", "cases:stay_arrival"))
    elif stay.confirmed_at and any(absence.ends_on is None for absence in absences):
        steps.append(("Déclarer le retour", "cases:stay_return"))
    elif stay.confirmed_at:
        steps.append(("Déclarer une absence", "cases:stay_absence"))
    return [{"label": label, "url": reverse(name, args=[stay.pk])} for label, name in steps]


def _next_step(stay: Placement, absences: list[Absence]) -> str:
    if stay.ended_on:
        return "Ce séjour est terminé."
    if stay.confirmed_at is None:
        return (
            "Confirmez l’arrivée dès que le jeune est là." if _answers(stay) else "La direction confirmera l’arrivée."
        )
    if any(absence.ends_on is None for absence in absences):
        return "Le jeune est absent : déclarez son retour dès qu’il est là. Le séjour continue trente jours."
    return "Déclarez toute absence le jour même."


def stay_arrival(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = _own_stay(pk, "cases.placement.confirm")
    only(*ANSWERS)
    form = ArrivalForm(posted(request))
    return _stay_form(
        request,
        stay,
        form,
        write=lambda data: placement_confirm(placement=stay, by=request.user),
        done="L’arrivée est confirmée. Merci.",
        texts={
            "title": "Confirmer l’arrivée",
            "next_step": f"Arrivée notée le {moment(stay.arrived_at)}. L’heure est fausse ? Appelez la coordination.",
            "notice": "Le service demandeur saura que l’accueil est effectif, sans connaître le lieu.",
            "submit_label": "Confirmer l’arrivée",
        },
    )


def stay_absence(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = _own_stay(pk, "cases.absence.open")
    form = AbsenceForm(posted(request), initial={"starts_on": timezone.localdate(), "is_runaway": "fugue"})
    return _stay_form(
        request,
        stay,
        form,
        write=lambda data: absence_open(placement=stay, by=request.user, **data),
        done="L’absence est déclarée.",
        texts={
            "title": "Déclarer une absence",
            "next_step": "Le séjour continue si le jeune revient dans les trente jours.",
            "submit_label": "Déclarer l’absence",
            "notice": "Une fugue se signale d’abord par téléphone : 17, service gardien, puis coordination. "
            "Déclarez-la aussi comme situation préoccupante.",
        },
    )


def stay_return(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = _own_stay(pk, "cases.absence.close")
    absence = next((absence for absence in stay.absences.all() if absence.ends_on is None), None)
    if absence is None:
        raise Http404
    if absence.is_runaway:
        return redirect("cases:stay_runaway_return", stay.pk)
    form = ReturnForm(posted(request), initial={"ends_on": timezone.localdate()})
    return _stay_form(
        request,
        stay,
        form,
        write=lambda data: absence_close(absence=absence, returned_on=data["ends_on"], by=request.user),
        done="Le retour est déclaré.",
        texts={
            "title": "Déclarer le retour",
            "next_step": f"Absent depuis le {absence.starts_on:%d/%m/%Y}.",
            "submit_label": "Déclarer le retour",
        },
    )


def _stay_form(
    request: UserRequest,
    stay: Placement,
    form: PortalForm,
    *,
    write: Callable[[dict[str, Any]], object],
    done: str,
    texts: dict[str, str],
) -> HttpResponse:
    back = reverse("cases:stay", args=[stay.pk])
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"stay": stay, "reference": reference_of_stay(placement=stay), "form": form, "back": back, **texts}
    return form_page(request, "cases/stays/stay_form.html", context)
