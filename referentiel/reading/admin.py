"""Screens of the administration: preview a version, see who has signed, self-assessments."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.generic import TemplateView, View

from cms.documents.models import DocumentKind
from cms.documents.signatures.forms import PaperForm
from cms.documents.signatures.selectors import State, adherence_list
from cms.documents.signatures.services.signatures import acknowledgement_record
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.versions.selectors import version_in_force, version_to_read
from cms.kit.pages import action_page
from cms.partners.models import Partner
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope
from referentiel.assessments.models import Campaign
from referentiel.assessments.selectors import progress_of
from referentiel.assessments.services import campaign_open
from referentiel.home.panels import adherence_words
from referentiel.reading.rules import changes_between, chapters_changed, chapters_of
from referentiel.reading.services import version_preview
from referentiel.signing.forms import CampaignForm


class PreviewView(DocumentScreen, View):
    """The version as partners would read it, and what it would change for them."""

    roles = PUBLISHERS

    def get(self, request: HttpRequest) -> HttpResponse:
        version = version_preview()
        if version is None:
            raise Http404
        current = version_to_read(DocumentKind.REFERENTIEL)
        found = changes_between(current, version) if current else None
        context = {
            "version": version,
            "before": current,
            "difference": found,
            "changed": chapters_changed(found) if found else [],
            "chapters": chapters_of(version),
        }
        return render(request, "referentiel/reading/preview.html", context)


class AdherenceView(DocumentScreen, TemplateView):
    page_title = "Engagements des structures"
    template_name = "referentiel/reading/admin/adherence.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs):
        version = version_in_force(DocumentKind.REFERENTIEL)
        rows = adherence_list(version) if version else []
        missing = sum(not row.is_up_to_date for row in rows)
        lines = [{"row": row, "words": adherence_words(row)} for row in rows]
        late = sum(row.state == State.LATE for row in rows)
        return super().get_context_data(version=version, lines=lines, missing=missing, late=late, **kwargs)


class CampaignsView(DocumentScreen, TemplateView):
    page_title = "Auto-évaluations"
    template_name = "referentiel/assessments/admin/campaigns.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs):
        campaigns = list(Campaign.objects.select_related("version"))
        asked = self.request.GET.get("annee", "")
        chosen = next((row for row in campaigns if str(row.year) == asked), campaigns[0] if campaigns else None)
        return super().get_context_data(
            campaign=chosen,
            rows=progress_of(chosen) if chosen else [],
            others=[row for row in campaigns if row != chosen],
            **kwargs,
        )


def campaign_open_view(request: HttpRequest) -> HttpResponse:
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    return action_page(
        request,
        form=CampaignForm(request.POST if request.method == "POST" else None),
        run=lambda asked: campaign_open(by=request.user, **asked),
        title="Ouvrir une campagne",
        subtitle="Auto-évaluations",
        intro="Les structures s’évalueront sur la version du référentiel en vigueur aujourd’hui. Une année n’a "
        "qu’une campagne.",
        done="La campagne est ouverte.",
        submit_label="Ouvrir la campagne",
        back_url=reverse("referentiel_campaigns"),
    )


def paper_view(request: HttpRequest, pk) -> HttpResponse:
    """Record what a structure signed on paper, in its name."""
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    partner = get_object_or_404(Partner.objects.structures(), pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return action_page(
        request,
        form=PaperForm(*posted, kind=DocumentKind.REFERENTIEL),
        run=lambda asked: acknowledgement_record(partner=partner, by=request.user, **asked),
        title="Enregistrer un engagement sur papier",
        subtitle=str(partner),
        intro=f"Au nom de {partner} : recopiez qui a signé et quand, et joignez le papier. L’enregistrement porte "
        "votre nom et ne se modifie plus.",
        done=f"L’engagement de {partner} est enregistré.",
        submit_label="Enregistrer l’engagement",
        back_url=reverse("referentiel_adherence"),
    )
