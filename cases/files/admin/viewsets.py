"""The coordination's files in the admin: sollicitations, situations, orientations."""

import django_filters
from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.arrival.models import Linking
from cases.circuit.models import Circuit
from cases.common.admin.viewsets import FileInspectView
from cases.extra.admin import ExtraExportView
from cases.extra.selectors import answers_missing, answers_told
from cases.files.admin import views
from cases.files.admin.blocks import case_blocks
from cases.files.admin.forms import CaseFactsForm
from cases.files.models import Case
from cases.requests.models import Sollicitation
from cases.stays.models import Placement
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.admin import piece_actions
from cms.kit.blocks import Action
from cms.kit.filters import day_filters
from cms.territory.forms import territory_filter
from cms.values.forms import ScopedFilterSet, ValueFilter


class CaseFilterSet(ScopedFilterSet):
    is_open = django_filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="En cours")
    identification_level = ValueFilter("niveau_identification", "Niveau d’identification")
    form = ValueFilter("forme", "Forme d’exploitation", field_name="forms__form")
    origin = territory_filter("origin", "Département d’origine")
    opened_on_from, opened_on_to = day_filters("opened_on", "Ouverte")

    class Meta:
        model = Case
        fields = ["identification_level", "origin"]


class CaseInspectView(FileInspectView):
    related = (
        "sex", "age_precision", "identification_level", "nationality_zone", "prior_follow_up", "origin",
        "exploitation_place", "adhesion", "containment", "legal_frame", "payer", "closing_reason",
    )  # fmt: skip

    def get_object(self, queryset=None):
        stays = Placement.objects.filter(case=OuterRef("pk"), ended_on=None)
        requests = Sollicitation.objects.open().filter(case=OuterRef("pk"))
        linkings = Linking.objects.live().filter(case=OuterRef("pk"), placement=None).order_by("-opened_at")
        circuits = Circuit.objects.filter(case=OuterRef("pk"), closed_on=None)
        rows = Case.objects.select_related(*self.related).annotate(
            has_stay=Exists(stays),
            has_request=Exists(requests),
            linking_waits=Subquery(linkings.values("pk")[:1]),
            circuit_runs=Subquery(circuits.values("pk")[:1]),
            extra_told=answers_told("case"),
            extra_missing=answers_missing("case"),
        )
        return get_object_or_404(rows, pk=self.pk)

    def blocks(self):
        return case_blocks(self.object)

    def actions(self):
        return [
            *super().actions(),
            Action("Qui peut voir, qui a ouvert", reverse("havre_file:page", args=[self.object.pk])),
        ]

    def next_step(self):
        row = self.object
        if row.closed_on:
            return "Cette situation est close : il n’y a plus rien à faire."
        if row.linking_waits:
            return "Une arrivée se prépare : complétez sa mise en lien."
        if row.has_stay:
            return "Un séjour est en cours : suivez-le, et enregistrez sa fin le moment venu."
        if row.has_request:
            return "Prochaine étape : ouvrez la sollicitation ci-dessous pour décider une orientation ou la clore."
        return "Aucun séjour ni demande en cours : clôturez la situation si l’accompagnement est fini."


class CaseViewSet(ScopedSnippetViewSet):
    model = Case
    index_view_class = ExtraExportView
    journal_kind = "case"
    is_file = True
    icon = "folder-open-inverse"
    url_prefix = "situations"
    admin_url_namespace = "cases_case"
    menu_label = "Situations"
    edit_form_class = CaseFactsForm
    inspect_view_class = CaseInspectView
    actions = (*views.ACTIONS, *piece_actions(Case, kind="case", order=120))
    filterset_class = CaseFilterSet
    list_display = ["reference", "opened_on", "sex", "birth_year", "identification_level", "origin", "closed_on"]
    list_export = [
        "reference", "opened_on", "closed_on", "sex__label", "birth_year", "identification_level__label",
        "origin__name", "exploitation_place__name", "is_unaccompanied", "legal_frame__label", "closing_reason__label",
    ]  # fmt: skip
    export_filename = "situations"
    search_fields = ["reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sex", "identification_level", "origin")
