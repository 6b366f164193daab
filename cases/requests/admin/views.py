"""Actions of the coordination on a request: a form, a service, back to the file."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from cases.common.admin.forms import pk_of
from cases.common.admin.views import confirm_page, data_of, file_url, row_or_404
from cases.common.selectors import siblings_waiting
from cases.files.duplicates.selectors import duplicates_of
from cases.files.models import Case
from cases.requests.admin.forms import CloseSollicitationForm, ExploitationForm, LinkForm
from cases.requests.models import Sollicitation
from cases.requests.services.exploitation import case_forms_set, sollicitation_forms_set
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link, sollicitation_take
from cms.kit.pages import action_page


def sollicitation_take_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    others = ", ".join(str(sibling) for sibling in siblings_waiting(row))
    intro = "Vous devenez la personne qui suit cette demande. C’est la première réponse au service demandeur."
    return confirm_page(
        request,
        row,
        run=lambda: sollicitation_take(sollicitation=row, by=request.user),
        title="Prendre en charge",
        intro=f"{intro} Ses frères et sœurs sont pris en charge avec elle : {others}." if others else intro,
        done=f"Vous suivez {row}." + (f" Et avec elle : {others}." if others else ""),
        label="Prendre en charge",
    )


def sollicitation_link_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)

    def run(cleaned):
        case = sollicitation_link(sollicitation=row, by=request.user, case=cleaned["case"])
        opened.extend([] if cleaned["case"] else [case])

    opened: list[Case] = []
    answer = action_page(
        request,
        form=LinkForm(data_of(request)),
        run=run,
        title="Rattacher à une situation",
        subtitle=str(row),
        intro="Sans situation choisie, une nouvelle s’ouvre avec les faits de la demande.",
        done="La demande est rattachée à une situation.",
        back_url=file_url(row),
        submit_label="Rattacher",
    )
    return _duplicates_shown(request, opened[0], answer) if opened and answer.status_code == 302 else answer


def _duplicates_shown(request, case, answer):
    """A file that has just been opened may be the second one of a minor: the moment to see it is now."""
    if not duplicates_of(case):
        return answer
    messages.warning(request, f"{case} ressemble à un dossier connu : est-ce le même mineur ?")
    return redirect(reverse("cases_case:duplicates", args=[case.pk]))


def sollicitation_close_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    return action_page(
        request,
        form=CloseSollicitationForm(data_of(request)),
        run=lambda cleaned: sollicitation_close(
            sollicitation=row,
            outcome_id=cleaned["outcome"].pk,
            unmet_reason_id=pk_of(cleaned["unmet_reason"]) or "",
            by=request.user,
        ),
        title="Clore la demande",
        subtitle=str(row),
        done="La demande est close.",
        back_url=file_url(row),
        submit_label="Clore",
    )


def sollicitation_forms_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    form = ExploitationForm(data_of(request), row=row)
    return _exploitation(
        request, row, form, lambda: sollicitation_forms_set(sollicitation=row, by=request.user, **form.chosen())
    )


def case_forms_view(request, pk):
    row = row_or_404(Case.objects, pk)
    form = ExploitationForm(data_of(request), row=row)
    return _exploitation(request, row, form, lambda: case_forms_set(case=row, by=request.user, **form.chosen()))


def _exploitation(request, row, form, run):
    return action_page(
        request,
        form=form,
        run=lambda cleaned: run(),
        title="Formes d’exploitation",
        subtitle=str(row),
        intro="Cochez toutes celles qui sont connues ou présumées, puis choisissez la principale : elle seule compte "
        "dans les chiffres.",
        done="Les formes d’exploitation sont enregistrées.",
        back_url=file_url(row),
    )
