"""« Champs ajoutés », in the menu of settings: questions that the network adds without a change of code."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cases.common.admin.views import data_of
from cases.common.services import manages
from cases.extra.admin.blocks import files_words, impact_listing, impact_words
from cases.extra.admin.forms import ChangeFieldForm, FieldReasonForm, NewFieldForm, RequirementForm
from cases.extra.enums import ExtraAudience, ExtraKind, ExtraTarget
from cases.extra.models import ExtraField, ExtraRequirement
from cases.extra.selectors import unanswered
from cases.extra.services import (
    extra_field_change,
    extra_field_create,
    extra_field_retire,
    extra_field_return,
    extra_require_agree,
    extra_require_ask,
    extra_require_dismiss,
    extra_require_lift,
    extra_seal,
    extra_unseal_agree,
    extra_unseal_ask,
)
from cms.decisions.services import OVER, YOURS
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import moment
from cms.users.requests import UserRequest

TITLE = "Champs ajoutés"
BACK = reverse_lazy("havre_extra:index")


def _field(pk: uuid.UUID) -> ExtraField:
    row = ExtraField.objects.filter(pk=pk).first() if manages() else None
    if row is None:
        raise Http404
    return row


def fields_page(request: UserRequest) -> HttpResponse:
    if not manages():
        raise Http404
    rows = list(ExtraField.objects.select_related("unseal_asked_by"))
    waiting = {row.field_id: row for row in ExtraRequirement.objects.waiting()}
    listing = Listing(
        TITLE,
        ("Question", "Champ de", "Réponse", "Posée à", "Obligatoire", "Scellé", "État"),
        [
            (
                Cell(row.label, reverse("havre_extra:edit", args=[row.pk])),
                row.get_target_display(),
                row.get_kind_display(),
                row.get_audience_display(),
                "demandée, à accorder" if row.pk in waiting else row.is_required,
                _seal_words(row),
                f"retiré le {row.retired_on:%d/%m/%Y}" if row.retired_on else "en service",
            )
            for row in rows
        ],
        "Aucun champ ajouté.",
        [_actions(row, request.user.pk, waiting.get(row.pk)) for row in rows],
    )
    context = {
        "intro": "Des questions que votre réseau pose en plus, sur une demande ou une situation. Les réponses restent "
        "sous scellé et facultatives, sauf si deux personnes conviennent qu’elles servent aux tableaux, ou qu’elles "
        "sont obligatoires. La police, la gendarmerie et "
        "les transmetteurs ne sont jamais obligés d’y répondre.",
        "actions": [Action("Ajouter un champ", reverse("havre_extra:new"), is_main=True)],
        "blocks": [listing],
        "header_title": TITLE,
        "page_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse_lazy("havre_config:index"), "label": "Réglages"},
            {"url": "", "label": TITLE},
        ],
    }
    return TemplateResponse(request, "configuration/config.html", context)


def _seal_words(row: ExtraField) -> str:
    if row.is_waiting:
        return "sous scellé, levée demandée"
    return "sous scellé" if row.is_sealed else "en clair, compté"


def _actions(row: ExtraField, user_id: uuid.UUID, requirement: ExtraRequirement | None) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"havre_extra:{name}", args=[row.pk])

    if row.retired_on:
        return [Action("Remettre en service", to("return"))]
    actions = [Action("Retirer", to("retire")), _required_action(row, user_id, requirement)]
    if row.is_waiting and row.unseal_asked_by_id != user_id:
        actions.append(Action("Accorder la levée", to("agree"), is_main=True))
    if row.is_waiting or not row.is_sealed:
        actions.append(Action("Garder sous scellé", to("seal")))
    elif row.kind != ExtraKind.TEXT:
        actions.append(Action("Lever le scellé", to("unseal")))
    return actions


def _required_action(row: ExtraField, user_id: uuid.UUID, requirement: ExtraRequirement | None) -> Action:
    if row.is_required:
        return Action("Rendre facultative", reverse("havre_extra:lift", args=[row.pk]))
    if requirement is None:
        return Action("Rendre obligatoire", reverse("havre_extra:require", args=[row.pk]))
    url = reverse("havre_extra:requirement", args=[requirement.pk])
    is_mine = requirement.asked_by_id == user_id
    return Action("Obligatoire : votre demande" if is_mine else "Obligatoire : décider", url, is_main=not is_mine)


def new_page(request: UserRequest) -> HttpResponse:
    if not manages():
        raise Http404
    form = NewFieldForm(data_of(request))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: extra_field_create(by=request.user, **form.given()),
        title="Ajouter un champ",
        subtitle=TITLE,
        intro="N’ajoutez que ce qui sert à protéger ou à rendre compte : chaque donnée de plus est à garder.",
        done="Le champ est ajouté : facultatif, et ses réponses sous scellé. Obligatoire, il se décide à deux.",
        back_url=str(BACK),
        submit_label="Ajouter",
    )


def edit_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = _field(pk)
    form = ChangeFieldForm(data_of(request), instance=row)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: extra_field_change(field=_field(pk), by=request.user, **form.given()),
        title=row.label,
        subtitle=TITLE,
        done="Le champ est modifié. Les réponses déjà données restent.",
        back_url=str(BACK),
        impact=lambda cleaned: [field_impact(row)],
        submit_label="Mettre en vigueur",
    )


def field_impact(row: ExtraField) -> str:
    """Count the answers already given. Sealed answers of situations are behind their reveal: they are left out."""
    count = row.answers.count()
    return f"Réponses déjà données, qui restent telles quelles : {count}."


def _decide(
    request: UserRequest,
    pk: uuid.UUID,
    *,
    run: Callable[[ExtraField, dict[str, Any]], object],
    form: AdminForm | None = None,
    **texts: Any,
) -> HttpResponse:
    row = _field(pk)
    form = form or AdminForm(data_of(request))
    return action_page(
        request, form=form, run=lambda cleaned: run(row, cleaned), subtitle=TITLE, back_url=str(BACK), **texts
    )


def retire_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_field_retire(field=row, by=request.user, **cleaned),
        title="Retirer ce champ",
        intro="Il n’est plus demandé. Les réponses déjà données restent sur leurs fiches.",
        done="Le champ est retiré.",
        submit_label="Retirer",
    )


def return_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        run=lambda row, cleaned: extra_field_return(field=row, by=request.user),
        title="Remettre ce champ en service",
        done="Le champ est de nouveau demandé.",
        submit_label="Remettre en service",
    )


def unseal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_unseal_ask(field=row, by=request.user, **cleaned),
        title="Lever le scellé",
        intro="Les réponses à venir seront en clair : elles se liront dans la fiche, les tableaux et les classeurs. "
        "Celles qui sont déjà données restent sous scellé. Une autre personne doit l’accorder.",
        done="La levée est demandée. Une autre personne l’accorde.",
        submit_label="Demander la levée",
    )


def _unseal_words(row: ExtraField) -> str:
    if not row.is_waiting:
        return "Personne ne demande la levée de son scellé."
    return f"Demandée par {row.unseal_asked_by} : {row.unseal_reason}"


def agree_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = _field(pk)
    return _decide(
        request,
        pk,
        run=lambda row, cleaned: extra_unseal_agree(field=row, by=request.user),
        title="Accorder la levée du scellé",
        intro=f"« {row.label} ». {_unseal_words(row)}",
        done="Les réponses à venir seront en clair et comptées.",
        submit_label="Accorder",
    )


def seal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_seal(field=row, by=request.user, **cleaned),
        title="Garder sous scellé",
        intro="Les réponses en clair passent sous scellé aussitôt, et quittent les tableaux.",
        done="Le champ est sous scellé.",
        submit_label="Mettre sous scellé",
    )


def require_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = _field(pk)
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_require_ask(field=row, by=request.user, **cleaned),
        title="Rendre cette réponse obligatoire",
        intro=f"« {row.label} ». {impact_words(row, unanswered(row).count())} {_obliged_words(row)} Rien ne change "
        "tant qu’une autre personne de la coordination ou de la direction ne l’a pas accordé.",
        listing=impact_listing(row),
        done="C’est demandé : une autre personne décide. Rien ne change d’ici là.",
        submit_label="Demander",
    )


def _obliged_words(row: ExtraField) -> str:
    """Say who could no longer leave the answer empty."""
    if row.target == ExtraTarget.SOLLICITATION and row.audience != ExtraAudience.OFFICE:
        return (
            "Les services qui remplissent la demande par étapes (ASE, PJJ, associations) ne pourront plus l’envoyer "
            "sans y répondre ; la police, la gendarmerie et les transmetteurs, toujours."
        )
    return "Seule la coordination y serait tenue, sur ses formulaires."


def requirement_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what somebody asked to be compulsory, with the files to correct counted again, and ask for a decision."""
    rows = ExtraRequirement.objects.select_related("field", "asked_by")
    row = rows.filter(pk=pk).first() if manages() else None
    if row is None:
        raise Http404
    if not row.is_waiting:
        messages.info(request, OVER)
        return redirect(str(BACK))
    is_mine = row.asked_by_id == request.user.pk
    return action_page(
        request,
        form=RequirementForm(data_of(request), is_mine=is_mine),
        run=lambda cleaned: _requirement_decide(request, row, cleaned["verb"]),
        title="Réponse obligatoire demandée",
        subtitle=TITLE,
        intro=_requirement_words(row, is_mine=is_mine),
        listing=impact_listing(row.field),
        done=_requirement_done,
        back_url=str(BACK),
        submit_label="Décider",
    )


def _requirement_words(row: ExtraRequirement, *, is_mine: bool) -> str:
    """Say what is asked, why, and what it would move: counted when it was asked, and again now."""
    field, count = row.field, unanswered(row.field).count()
    then = "" if count == row.asked_count else f" À la demande : {files_words(field, row.asked_count)} sans réponse."
    return (
        f"« {field.label} ». Demandé par {row.asked_by} le {moment(row.asked_at)} : {row.reason} "
        f"{impact_words(field, count)}{then} {_obliged_words(field)}{f' {YOURS}' if is_mine else ''}"
    )


def _requirement_decide(request: UserRequest, row: ExtraRequirement, verb: str) -> ExtraRequirement:
    run = extra_require_agree if verb == "agree" else extra_require_dismiss
    return run(requirement=row, by=request.user)


def _requirement_done(row: ExtraRequirement) -> str:
    if row.agreed_count is None:
        return "La demande est écartée : rien ne change."
    return f"La réponse est obligatoire. À corriger dès maintenant : {files_words(row.field, row.agreed_count)}."


def lift_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_require_lift(field=row, by=request.user, **cleaned),
        title="Rendre cette réponse facultative",
        intro="Elle pourra rester vide, dès maintenant. Les fiches où elle manque ne sont plus à corriger.",
        done="La réponse est facultative.",
        submit_label="Rendre facultative",
    )
