"""Screens of the back office: preparing a publication, deciding it."""

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.kit.blocks import Action
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from dashboards.reporting.common.admin import INDEX, allowed, allowed_to_decide, decision_page, row_or_404, state_of
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.releases.displays import release_shown
from dashboards.reporting.releases.forms import ReleaseForm
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.services import is_of_calendar, release_agree, release_ask, release_dismiss


def release_ask_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed_to_decide(request)
    closed = row_or_404(ClosedPeriod, pk)
    return action_page(
        request,
        form=ReleaseForm(request.POST if request.method == "POST" else None, is_step=is_of_calendar(closed)),
        run=lambda data: release_ask(by=request.user, closed=closed, comments=data, reason=data.get("reason", "")),
        title="Préparer la publication",
        subtitle=closed.title,
        intro="Les nombres de 1 à 4 sont masqués, avec ceux qui les donneraient par soustraction, dans cette "
        "publication et les précédentes. Les totaux sont exacts. Cela prend quelques secondes. Les commentaires sont "
        "imprimés sous les chiffres : sans nom, lieu ni référence.",
        done="La publication est prête. Une autre personne la relit et la décide.",
        back_url=reverse("havre_periods:period", args=[pk]),
        submit_label="Préparer",
        script="dashboards/preparing.js",
    )


def release_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the State reads, or would read, word for word."""
    allowed(request)
    release = row_or_404(Release, pk)
    actions = []
    if release.is_waiting:
        if release.asked_by_id != request.user.pk:
            actions.append(Action("Publier", reverse("havre_periods:release_agree", args=[pk]), is_main=True))
        actions.append(Action("Écarter", reverse("havre_periods:release_dismiss", args=[pk])))
    context = {
        "header_title": f"Publication : {release.title}",
        "header_icon": "havre-figures",
        "breadcrumbs_items": [INDEX, {"url": "", "label": release.title}],
        "release": release,
        "shown": release_shown(release, request.GET),
        "actions": actions,
        "state": state_of(release, agreed="publiée"),
        "is_fictitious": settings.HAVRE_FICTITIOUS,
    }
    return render(request, "reporting/releases/release_admin.html", context)


def release_agree_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        Release,
        pk,
        run=lambda release: release_agree(by=request.user, release=release),
        back="release",
        title="Publier",
        intro="L’État lit cette publication dès maintenant. Elle ne change plus et ne se retire pas.",
        done="C’est publié.",
        submit_label="Publier",
    )


def release_dismiss_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        Release,
        pk,
        run=lambda release: release_dismiss(by=request.user, release=release),
        back="period",
        back_pk="period_id",
        title="Écarter la publication",
        done="La publication est écartée.",
        submit_label="Écarter",
    )
