"""Derogations in the administration: one coordinator proposes, another agrees, either ends it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.templatetags.french import date
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from referentiel.assessments.selectors import levels_of
from referentiel.common.forms import ReasonForm
from referentiel.common.policies import coordination_only
from referentiel.common.words import url
from referentiel.derogations.forms import DerogationForm
from referentiel.derogations.models import Derogation
from referentiel.derogations.selectors import derogation_get
from referentiel.derogations.services import derogation_agree, derogation_ask, derogation_revoke
from referentiel.enums import Level


def derogation_ask_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    coordination_only()
    partner = get_object_or_404(Partner.objects.structures(), pk=pk)
    version = version_in_force(DocumentKind.REFERENTIEL)
    codes = [code for code, level in levels_of(version).items() if level == Level.IMPERATIVE] if version else []
    form = DerogationForm(
        request.POST if request.method == "POST" else None, codes=codes, initial={"code": request.GET.get("exigence")}
    )
    return action_page(
        request,
        form=form,
        run=lambda answers: derogation_ask(partner=partner, by=request.user, **answers),
        title="Proposer une dérogation",
        subtitle="Visites",
        intro=f"{partner} pourrait recevoir des propositions malgré cette exigence, jusqu’à une date. Une autre "
        "personne de la coordination doit l’accorder.",
        done="La dérogation est proposée : une autre personne l’accorde.",
        submit_label="Proposer",
        back_url=url("visits"),
    )


def derogation_agree_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return derogation_page(
        request,
        pk,
        AdminForm,
        lambda row, answers: derogation_agree(derogation=row, by=request.user),
        title="Accorder la dérogation",
        done="La dérogation est accordée.",
    )


def derogation_revoke_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return derogation_page(
        request,
        pk,
        ReasonForm,
        lambda row, answers: derogation_revoke(derogation=row, by=request.user, **answers),
        title="Lever la dérogation",
        done="La dérogation est levée.",
    )


def derogation_page(
    request: HttpRequest,
    pk: uuid.UUID,
    form_class: type[AdminForm],
    run: Callable[[Derogation, dict[str, Any]], object],
    *,
    title: str,
    done: str,
) -> HttpResponse:
    coordination_only()
    row: Derogation = derogation_get(pk)
    intro = (
        f"{row.partner}, {row.code}, jusqu’au {date(row.ends_on, 'j F Y')}. Proposée par {row.asked_by} : {row.reason}"
    )
    return action_page(
        request,
        form=form_class(request.POST if request.method == "POST" else None),
        run=lambda answers: run(row, answers),
        title=title,
        subtitle="Visites",
        intro=intro,
        done=done,
        submit_label=title,
        back_url=url("visits"),
    )
