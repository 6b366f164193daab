"""Screens of the administration: publish a version, see who has signed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access import scope
from cms.access.admin_actions import action_page
from cms.documents.models import DocumentKind
from cms.documents.policies import PUBLISHERS
from cms.documents.selectors import version_in_force, version_to_read, versions_of
from cms.documents.services import acknowledgement_record
from cms.documents.standing import State, adherence_list
from cms.partners.models import Partner
from cms.users.roles import SEES_ALL_CASES, Role
from referentiel.assessing import progress_of
from referentiel.forms import CampaignForm, PaperForm, PublishForm
from referentiel.models import Campaign
from referentiel.panels import adherence_words
from referentiel.presentation import changes_between, chapters_changed, chapters_of
from referentiel.selectors import chapters_online, index_page, pages_pending
from referentiel.services import campaign_open, referentiel_publish, version_preview


class ReferentielScreen(WagtailAdminTemplateMixin):
    """A screen of the menu « Référentiel »; it does not exist for roles which have nothing to do there."""

    roles: tuple[Role, ...] = ()
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not scope.current().has_role(*self.roles):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class WriteView(ReferentielScreen, View):
    """Leads to the branch of pages where the référentiel is written."""

    roles = PUBLISHERS

    def get(self, request: HttpRequest) -> HttpResponse:
        index = index_page()
        if index is None:
            raise Http404
        return redirect("wagtailadmin_explore", index.pk)


class PublishView(ReferentielScreen, FormView):
    page_title = "Publier le référentiel"
    template_name = "referentiel/admin/publish.html"
    form_class = PublishForm
    roles = PUBLISHERS
    success_url = reverse_lazy("referentiel_publish")

    def get_context_data(self, **kwargs):
        index = index_page()
        versions = list(versions_of(DocumentKind.REFERENTIEL).prefetch_related(None).select_related("published_by"))
        return super().get_context_data(
            index=index,
            pending=pages_pending(index) if index else [],
            chapters=chapters_online(index) if index else [],
            versions=versions,
            today=timezone.localdate(),
            action_url=reverse("referentiel_publish"),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            version = referentiel_publish(**form.cleaned_data, published_by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, f"La version {version.number} est publiée. Elle ne changera plus.")
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PreviewView(ReferentielScreen, View):
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
        return render(request, "referentiel/preview.html", context)


class AdherenceView(ReferentielScreen, TemplateView):
    page_title = "Engagements des structures"
    template_name = "referentiel/admin/adherence.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs):
        version = version_in_force(DocumentKind.REFERENTIEL)
        rows = adherence_list(version) if version else []
        missing = sum(not row.is_up_to_date for row in rows)
        lines = [{"row": row, "words": adherence_words(row)} for row in rows]
        late = sum(row.state == State.LATE for row in rows)
        return super().get_context_data(version=version, lines=lines, missing=missing, late=late, **kwargs)


class CampaignsView(ReferentielScreen, TemplateView):
    page_title = "Auto-évaluations"
    template_name = "referentiel/admin/campaigns.html"
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
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    return action_page(
        request,
        form=form,
        run=lambda asked: acknowledgement_record(partner=partner, by=request.user, **asked),
        title="Enregistrer un engagement sur papier",
        subtitle=str(partner),
        intro=f"Au nom de {partner} : recopiez qui a signé et quand, et joignez le papier. L’enregistrement porte "
        "votre nom et ne se modifie plus.",
        done=f"L’engagement de {partner} est enregistré.",
        submit_label="Enregistrer l’engagement",
        back_url=reverse("referentiel_adherence"),
    )
