"""The coordination's files in the admin: sollicitations, situations, orientations."""

import django_filters
from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.arrival.admin import views as linking_views
from cases.arrival.models import Linking
from cases.circuit.admin import views as circuit_views
from cases.circuit.models import Circuit
from cases.common.admin.viewsets import FileInspectView
from cases.extra.admin import ExtraExportView
from cases.extra.selectors import answers_missing, answers_told
from cases.files.admin import views as views
from cases.files.admin.blocks import case_blocks
from cases.files.admin.forms import CaseFactsForm
from cases.files.duplicates import admin as duplicates
from cases.files.models import Case
from cases.files.protection import admin as protection
from cases.requests.admin import views as requests_views
from cases.requests.models import Sollicitation
from cases.stays.admin import views as stays_views
from cases.stays.models import Placement
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.admin import piece_action, piece_urls
from cms.kit.blocks import Action
from cms.kit.filters import ScopedFilterSet, ValueFilter, day_filters, territory_filter


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
    namespace = "cases_case"
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

    def steps(self):
        is_open = self.object.closed_on is None
        return [
            ("Voir l’identité", "reveal", True, False),
            ("Écrire l’identité", "identity", True, False),
            ("Formes d’exploitation", "forms", True, False),
            ("Cadre juridique", "frame", is_open, False),
            ("Lieu à éviter", "away", True, False),
            ("Besoins et langues", "needs", True, False),
            ("Commencer un circuit de protection", "circuit", is_open and not self.object.circuit_runs, False),
            ("Ouvrir une mise en lien", "linking", is_open, False),
            ("Ouvrir un séjour", "stay", is_open, False),
            ("Doublons possibles", "duplicates", True, False),
            ("Clore la situation", "close", is_open, False),
        ]

    def actions(self):
        return [
            *super().actions(),
            piece_action(self.namespace, self.object.pk),
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

    def action_urls(self):
        return [
            self.action("identite", views.case_identity_view, name="identity"),
            self.action("identite/voir", views.case_reveal_view, name="reveal", permission="view", needs_fresh=True),
            self.action("circuit", circuit_views.case_circuit_view, name="circuit"),
            self.action("mise-en-lien", linking_views.case_linking_view, name="linking"),
            self.action("sejour", stays_views.case_stay_view, name="stay"),
            self.action("formes", requests_views.case_forms_view, name="forms"),
            self.action("cadre", protection.case_frame_view, name="frame"),
            self.action("cadre/<uuid:frame_pk>/demarche", protection.case_frame_met_view, name="frame_met"),
            self.action("a-eviter", protection.case_away_view, name="away"),
            self.action("a-eviter/<uuid:away_pk>/lever", protection.case_away_lift_view, name="away_lift"),
            self.action("besoins", protection.case_needs_view, name="needs"),
            *self.duplicate_urls(),
            self.action("clore", views.case_close_view, name="close"),
            *piece_urls(self),
        ]

    def duplicate_urls(self):
        other, merge = "doublons/<uuid:other_pk>", "rapprochement/<uuid:merge_pk>"
        return [
            self.action("doublons", duplicates.case_duplicates_view, name="duplicates"),
            self.action(other, duplicates.case_compare_view, name="compare"),
            self.action(f"{other}/rapprocher", duplicates.case_merge_ask_view, name="merge_ask"),
            self.action(f"{other}/distincts", duplicates.case_apart_view, name="apart"),
            self.action(f"{merge}/accorder", duplicates.case_merge_agree_view, name="merge_agree"),
            self.action(f"{merge}/refuser", duplicates.case_merge_refuse_view, name="merge_refuse"),
            self.action(f"{merge}/defaire", duplicates.case_merge_undo_view, name="merge_undo"),
            self.action("distincts/<uuid:apart_pk>/lever", duplicates.case_apart_lift_view, name="apart_lift"),
        ]
