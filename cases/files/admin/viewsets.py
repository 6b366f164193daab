"""The coordination's files in the admin: sollicitations, situations, orientations."""

import datetime as dt
from dataclasses import replace

import django_filters
from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases.arrival.admin import views as linking_views
from cases.arrival.models import Linking
from cases.circuit.admin import views as circuit_views
from cases.circuit.models import Circuit
from cases.common.admin import views as views
from cases.common.admin.forms import CaseFactsForm, SollicitationCorrectForm, SollicitationForm
from cases.common.states import SOLLICITATION
from cases.enums import ORIENTATION_NETWORK, SollicitationState
from cases.extra.models import ExtraField, ExtraKind
from cases.extra.selectors import answer_column, answers_missing, answers_told, fields_counted
from cases.files.admin.blocks import case_blocks, orientation_blocks
from cases.files.duplicates import admin as duplicates
from cases.files.models import Case
from cases.files.protection import admin as protection
from cases.grid.admin import sollicitation_grid_read_view, sollicitation_grid_view
from cases.matching.admin import orientation_matching_view, sollicitation_places_view
from cases.matching.models import Matching
from cases.proposals.models import Orientation
from cases.requests.admin.blocks import sollicitation_blocks
from cases.requests.calls.admin import sibling_add_view
from cases.requests.messages.admin import sollicitation_advise_view, sollicitation_ask_view
from cases.requests.models import Sollicitation
from cases.stays.models import Placement
from cms.admin.viewsets import ScopedIndexView, ScopedInspectView, ScopedSnippetViewSet
from cms.files.admin import piece_action, piece_urls
from cms.kit.blocks import Action
from cms.kit.filters import ScopedFilterSet, ValueFilter, day_filters, territory_filter
from cms.kit.xlsx.lists import Taken, rows_of
from cms.kit.xlsx.sheets import Render, choice_cell, day_cell
from cms.partners.models import Partner


def structure_filter() -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="partner",
        label="Structure",
        queryset=lambda request: Partner.objects.structures(),
        empty_label="Toutes",
    )


class FileInspectView(ScopedInspectView):
    """A file: `related` is read with the row; `steps` are (label, page, is it allowed, is it the main one)."""

    related: tuple[str, ...] = ()
    namespace = ""

    def get_object(self, queryset=None):
        return get_object_or_404(self.model.objects.select_related(*self.related), pk=self.pk)

    def steps(self) -> list[tuple[str, str, bool, bool]]:
        return []

    def actions(self):
        return [
            Action(label, reverse(f"{self.namespace}:{page}", args=[self.object.pk]), is_main)
            for label, page, is_allowed, is_main in self.steps()
            if is_allowed
        ]


class SollicitationFilterSet(ScopedFilterSet):
    state = django_filters.ChoiceFilter(label="État", choices=SollicitationState.choices, empty_label="Tous")
    urgency = ValueFilter("urgence", "Urgence")
    form = ValueFilter("forme", "Forme d’exploitation", field_name="forms__form")
    current_place = territory_filter("current_place", "Département")
    received_on_from, received_on_to = day_filters("received_on", "Reçue")

    class Meta:
        model = Sollicitation
        fields = ["state", "urgency", "current_place"]


class SollicitationInspectView(FileInspectView):
    namespace = "cases_sollicitation"
    related = (
        "case", "requester", "requester_type", "detected_by", "submitted_by", "channel", "nature", "urgency",
        "outcome", "taken_by", "current_place", "relance_of", "sex", "age_precision", "identification_level",
        "nationality_zone", "prior_follow_up", "origin", "exploitation_place", "unmet_need__reason",
    )  # fmt: skip

    def get_object(self, queryset=None):
        rows = Sollicitation.objects.select_related(*self.related)
        told = {"extra_told": answers_told("sollicitation"), "extra_missing": answers_missing("sollicitation")}
        return get_object_or_404(rows.annotate(**told), pk=self.pk)

    def blocks(self):
        return sollicitation_blocks(self.object)

    def steps(self):
        state, is_linked = self.object.state, bool(self.object.case_id)
        return [
            ("Prendre en charge", "take", (state, "take") in SOLLICITATION, True),
            ("Rattacher à une situation", "link", (state, "link") in SOLLICITATION and not is_linked, True),
            ("Chercher un lieu", "places", (state, "orient") in SOLLICITATION and is_linked, True),
            ("Orienter vers le droit commun", "orient", (state, "orient") in SOLLICITATION and is_linked, False),
            ("Demander un complément", "ask", (state, "ask") in SOLLICITATION, False),
            ("Répondre par un avis", "advise", (state, "advise") in SOLLICITATION, False),
            ("Noter un besoin non couvert", "unmet", state == SollicitationState.ORIENTED, False),
            ("Formes d’exploitation", "forms", (state, "correct") in SOLLICITATION, False),
            ("Remplir la grille de repérage", "grid", (state, "correct") in SOLLICITATION, False),
            ("Ajouter un frère ou une sœur", "sibling", (state, "correct") in SOLLICITATION, False),
            ("Ajouter une pièce", "piece_add", True, False),
            ("Clore la demande", "close", (state, "close") in SOLLICITATION, False),
        ]

    def next_step(self):
        row = self.object
        if row.state == SollicitationState.CLOSED:
            return "Cette demande est close : il n’y a plus rien à faire."
        if row.state == SollicitationState.RECEIVED:
            return "Prochaine étape : prenez la demande en charge, puis rappelez le service demandeur."
        if not row.case_id:
            return "Prochaine étape : rattachez la demande à une situation, connue ou nouvelle."
        if row.state == SollicitationState.IN_CHARGE:
            return "Prochaine étape : cherchez un lieu, ou orientez vers le droit commun."
        return "Prochaine étape : suivez les réponses des structures dans l’orientation, puis clôturez la demande."

    def get_edit_url(self):
        return super().get_edit_url() if (self.object.state, "correct") in SOLLICITATION else None


class ExtraExportView(ScopedIndexView):
    """A list whose workbook ends with the added fields that may be counted; what is sealed never leaves so."""

    def taken(self) -> Taken:
        plain = super().taken()
        fields = fields_counted(self.model._meta.model_name)
        if not fields:
            return plain
        columns = {f"x_{field.code}": answer_column(field, "pk") for field in fields}
        queryset = self.get_queryset().annotate(**columns)
        return replace(
            plain,
            headings=[*plain.headings, *(field.label for field in fields)],
            rows=lambda: rows_of(queryset, [*self.list_export, *columns]),
            renders=[*plain.renders, *(_render(field) for field in fields)],
        )


def _render(field: ExtraField) -> Render:
    if field.kind != ExtraKind.DATE:
        return choice_cell(field.labels())
    return lambda value: day_cell(dt.date.fromisoformat(value) if value else None)


class SollicitationViewSet(ScopedSnippetViewSet):
    model = Sollicitation
    index_view_class = ExtraExportView
    journal_kind = "sollicitation"
    is_file = True
    icon = "mail"
    url_prefix = "sollicitations"
    admin_url_namespace = "cases_sollicitation"
    menu_label = "Sollicitations"
    add_label = "Nouvelle sollicitation"
    menu_name = "sollicitations"
    menu_order = 110
    add_to_admin_menu = True
    form_class = SollicitationForm
    edit_form_class = SollicitationCorrectForm
    inspect_view_class = SollicitationInspectView
    filterset_class = SollicitationFilterSet
    list_display = ["reference", "urgency", "state", "nature", "requester", "age_at_reception", "received_at", "case"]
    list_export = [
        "reference", "requester__code_name", "requester_type__label", "nature__label", "urgency__label", "received_at",
        "age_at_reception", "sex__label", "current_place__name", "state", "first_answered_at", "outcome__label",
        "closed_at",
    ]  # fmt: skip
    export_filename = "sollicitations"
    search_fields = ["reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("urgency", "nature", "requester", "case")

    def action_urls(self):
        return [
            self.action("prendre", views.sollicitation_take_view, name="take"),
            self.action("rattacher", views.sollicitation_link_view, name="link"),
            self.action("chercher-un-lieu", sollicitation_places_view, name="places"),
            self.action("orienter", views.sollicitation_orient_view, name="orient"),
            self.action("complement", sollicitation_ask_view, name="ask"),
            self.action("avis", sollicitation_advise_view, name="advise"),
            self.action("formes", views.sollicitation_forms_view, name="forms"),
            self.action("grille", sollicitation_grid_view, name="grid"),
            self.action("grille/<uuid:grid_pk>", sollicitation_grid_read_view, name="grid_read", permission="view"),
            self.action("fratrie", sibling_add_view, name="sibling"),
            self.action("besoin-non-couvert", views.sollicitation_unmet_view, name="unmet"),
            self.action("clore", views.sollicitation_close_view, name="close"),
            *piece_urls(self),
        ]


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
            self.action("sejour", views.case_stay_view, name="stay"),
            self.action("formes", views.case_forms_view, name="forms"),
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


class OrientationFilterSet(ScopedFilterSet):
    decision = ValueFilter("decision", "Décision")
    decided_on_from, decided_on_to = day_filters("decided_on", "Décidée")

    class Meta:
        model = Orientation
        fields = ["decision"]


class OrientationInspectView(FileInspectView):
    namespace = "cases_orientation"
    related = ("case", "sollicitation", "decision", "decided_by", "identification_level", "ordinary_service")

    def blocks(self):
        return orientation_blocks(self.object)

    def steps(self):
        row = self.object
        is_live = row.cancelled_at is None
        has_stay = row.placements.exists()
        is_kept = is_live and row.decision_id == ORIENTATION_NETWORK and not has_stay
        return [
            ("Ouvrir le séjour", "stay", is_kept and row.proposals.exclude(confirmed_at=None).exists(), True),
            ("Annuler l’orientation", "cancel", is_live and not has_stay, False),
            ("Pourquoi ces structures", "matching", Matching.objects.filter(orientation=row).exists(), False),
        ]

    def next_step(self):
        row = self.object
        if row.cancelled_at:
            return "Cette orientation est annulée : décidez-en une autre depuis la sollicitation."
        if row.decision_id != ORIENTATION_NETWORK:
            return "Le mineur est orienté vers le droit commun : clôturez la sollicitation quand le service l’a reçu."
        if row.placements.exists():
            return "Le séjour est ouvert : suivez-le dans sa fiche."
        if row.proposals.exclude(confirmed_at=None).exists():
            return "Prochaine étape : complétez la mise en lien ci-dessous, puis ouvrez le séjour à l’arrivée."
        return "Prochaine étape : attendez les réponses, saisissez celles du téléphone, et retenez une structure."


class OrientationViewSet(ScopedSnippetViewSet):
    """Decided from a sollicitation; here it is read, its answers followed."""

    model = Orientation
    journal_kind = "orientation"
    is_file = True
    icon = "redirect"
    url_prefix = "orientations"
    admin_url_namespace = "cases_orientation"
    menu_label = "Orientations"
    inspect_view_class = OrientationInspectView
    filterset_class = OrientationFilterSet
    list_display = ["__str__", "case", "decision", "age_at_decision", "decided_by", "cancelled_at"]
    list_export = [
        "case__reference", "sollicitation__reference", "decision__label", "decided_at", "identification_level__label",
        "age_at_decision", "cancelled_at",
    ]  # fmt: skip
    export_filename = "orientations"
    search_fields = ["case__reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("case", "decision", "decided_by")

    def action_urls(self):
        proposal = "proposition/<uuid:proposal_pk>"
        return [
            self.action("sejour", views.orientation_stay_view, name="stay"),
            self.action("annuler", views.orientation_cancel_view, name="cancel"),
            self.action("pourquoi", orientation_matching_view, name="matching", permission="view"),
            self.action(f"{proposal}/reponse", views.proposal_answer_view, name="proposal_answer"),
            self.action(f"{proposal}/retenir", views.proposal_confirm_view, name="proposal_confirm"),
            self.action(f"{proposal}/retirer", views.proposal_withdraw_view, name="proposal_withdraw"),
        ]
