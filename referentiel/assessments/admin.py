"""Campaigns of self-assessment, in the administration."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.generic import TemplateView

from cms.documents.versions.admin import DocumentScreen
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope
from referentiel.assessments.forms import CampaignForm
from referentiel.assessments.models import Campaign
from referentiel.assessments.selectors import progress_of
from referentiel.assessments.services import campaign_open


class CampaignsView(DocumentScreen, TemplateView):
    page_title = "Auto-évaluations"
    template_name = "referentiel/assessments/admin/campaigns.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        campaigns = list(Campaign.objects.select_related("version"))
        year = self.request.GET.get("annee", "")
        chosen = next((row for row in campaigns if str(row.year) == year), campaigns[0] if campaigns else None)
        return super().get_context_data(
            campaign=chosen,
            rows=progress_of(chosen) if chosen else [],
            others=[row for row in campaigns if row != chosen],
            **kwargs,
        )


def campaign_open_view(request: UserRequest) -> HttpResponse:
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    return action_page(
        request,
        form=CampaignForm(request.POST if request.method == "POST" else None),
        run=lambda answers: campaign_open(by=request.user, **answers),
        title="Ouvrir une campagne",
        subtitle="Auto-évaluations",
        intro="Les structures s’évalueront sur la version du référentiel en vigueur aujourd’hui. Une année n’a "
        "qu’une campagne.",
        done="La campagne est ouverte.",
        submit_label="Ouvrir la campagne",
        back_url=reverse("referentiel_campaigns"),
    )
