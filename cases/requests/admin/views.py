"""Actions of the coordination on a request, and on the forms of exploitation that a request or a file carries."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from cases.common.admin.forms import pk_of
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.common.rules.states import SOLLICITATION
from cases.files.duplicates.selectors.likeness import duplicates_of
from cases.files.models import Case
from cases.requests.admin.forms import CloseSollicitationForm, ExploitationForm, LinkForm
from cases.requests.models import Sollicitation
from cases.requests.selectors import siblings_waiting
from cases.requests.services.exploitation import case_forms_set, sollicitation_forms_set
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link, sollicitation_take
from cms.admin.actions import RowAction
from cms.kit.pages import action_page
from cms.users.models import User
from cms.users.requests import UserRequest


def _siblings(row: Sollicitation) -> str:
    return ", ".join(str(sibling) for sibling in siblings_waiting(row))


def _take_intro(row: Sollicitation) -> str:
    others = _siblings(row)
    intro = "Vous devenez la personne qui suit cette demande. C’est la première réponse au service demandeur."
    return f"{intro} Ses frères et sœurs sont pris en charge avec elle : {others}." if others else intro


def _take(row: Sollicitation, cleaned: dict[str, Any], by: User) -> str:
    """Return the siblings taken with it: they cannot be told from the others afterwards."""
    others = _siblings(row)
    sollicitation_take(sollicitation=row, by=by)
    return others


def sollicitation_link_view(request: UserRequest, pk: Any) -> HttpResponse:
    row = row_or_404(Sollicitation.objects, pk)
    form = LinkForm(data_of(request), row=row)

    def next_url(case: Case) -> str:
        """Return the next page: the duplicates of a file that has just been opened, if there are any."""
        if form.cleaned_data["case"] or not duplicates_of(case):
            return file_url(row)
        messages.warning(request, f"{case} ressemble à un dossier connu : est-ce le même mineur ?")
        return reverse("cases_case:duplicates", args=[case.pk])

    return action_page(
        request,
        form=form,
        run=lambda cleaned: sollicitation_link(sollicitation=row, by=request.user, case=cleaned["case"]),
        title="Rattacher à une situation",
        subtitle=str(row),
        intro="Sans situation choisie, une nouvelle s’ouvre avec les faits de la demande.",
        done="La demande est rattachée à une situation.",
        back_url=file_url(row),
        done_url=next_url,
        submit_label="Rattacher",
    )


EXPLOITATION: dict[str, Any] = {
    "route": "formes",
    "label": "Formes d’exploitation",
    "form": ExploitationForm,
    "form_kwargs": lambda row: {"row": row},
    "intro": "Cochez toutes celles qui sont connues ou présumées, puis choisissez la principale : elle seule compte "
    "dans les chiffres.",
    "done": "Les formes d’exploitation sont enregistrées.",
}

ACTIONS = (
    RowAction(
        "take",
        route="prendre",
        label="Prendre en charge",
        when=lambda row: (row.state, "take") in SOLLICITATION,
        is_main=True,
        order=10,
        service=_take,
        intro=_take_intro,
        submit_label="Prendre en charge",
        done=lambda row, others: f"Vous suivez {row}." + (f" Et avec elle : {others}." if others else ""),
    ),
    RowAction(
        "link",
        route="rattacher",
        label="Rattacher à une situation",
        when=lambda row: (row.state, "link") in SOLLICITATION and not row.case_id,
        is_main=True,
        order=20,
        view=sollicitation_link_view,
    ),
    RowAction(
        "forms",
        when=lambda row: (row.state, "correct") in SOLLICITATION,
        order=80,
        service=lambda row, chosen, by: sollicitation_forms_set(sollicitation=row, by=by, **chosen),
        **EXPLOITATION,
    ),
    RowAction(
        "close",
        route="clore",
        label="Clore la demande",
        when=lambda row: (row.state, "close") in SOLLICITATION,
        order=120,
        form=CloseSollicitationForm,
        service=lambda row, cleaned, by: sollicitation_close(
            sollicitation=row,
            outcome_id=cleaned["outcome"].pk,
            unmet_reason_id=pk_of(cleaned["unmet_reason"]) or "",
            by=by,
        ),
        submit_label="Clore",
        done="La demande est close.",
    ),
)

CASE_ACTIONS = (
    RowAction(
        "forms",
        order=30,
        service=lambda case, chosen, by: case_forms_set(case=case, by=by, **chosen),
        **EXPLOITATION,
    ),
)
