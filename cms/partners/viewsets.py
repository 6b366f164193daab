"""The network's book in the admin: partners, their conventions, their places."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.access.admin_blocks import Action, Cell, Facts, Listing
from cms.access.filters import ScopedFilterSet, ValueFilter, day_filters, territory_filter
from cms.access.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.files.admin_views import piece_action, piece_urls, pieces_block
from cms.partners import admin_views as views
from cms.partners.admin_files import day, partner_actions, partner_blocks, partner_next_step
from cms.partners.enums import PartnerKind, Stage
from cms.partners.forms import ConventionForm, PartnerEditForm, PartnerForm
from cms.partners.models import Convention, Partner
from cms.partners.services import STAGE_AFTER


class PartnerFilterSet(ScopedFilterSet):
    kind = django_filters.ChoiceFilter(label="Nature", choices=PartnerKind.choices, empty_label="Toutes")
    structure_type = ValueFilter("type_structure", "Type de structure")
    territory = territory_filter("territory", "Département")

    class Meta:
        model = Partner
        fields = ["kind", "structure_type", "territory"]


class PartnerInspectView(ScopedInspectView):
    def get_object(self, queryset=None):
        rows = self.model.objects.select_related(
            "structure_type", "requester_type", "territory", "profile__containment", "profile__habilitation"
        )
        return get_object_or_404(rows, pk=self.pk)

    def blocks(self):
        return partner_blocks(self.object)

    def actions(self):
        return partner_actions(self.object)

    def next_step(self):
        return partner_next_step(self.object)


class PartnerViewSet(ScopedSnippetViewSet):
    model = Partner
    journal_kind = "partner"
    icon = "group"
    url_prefix = "partenaires"
    admin_url_namespace = "partners_partner"
    menu_label = "Partenaires"
    add_label = "Nouveau partenaire"
    form_class = PartnerForm
    edit_form_class = PartnerEditForm
    inspect_view_class = PartnerInspectView
    filterset_class = PartnerFilterSet
    list_display = ["code_name", "kind", "structure_type", "territory", "opened_on", "closed_on"]
    list_export = [
        "code_name",
        "kind",
        "structure_type__label",
        "requester_type__label",
        "territory__name",
        "opened_on",
        "closed_on",
    ]
    export_headings = {"structure_type__label": "Type de structure", "requester_type__label": "Type de service"}
    export_filename = "partenaires"
    search_fields = ["code_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("structure_type", "territory")

    def action_urls(self):
        row = "<uuid:row_pk>"
        return [
            self.action("profil", views.profile_view, name="profile"),
            self.action(f"rattachement/{row}/fin", views.member_end_view, name="member_end", needs_fresh=True),
            self.action("adresse", views.reveal_view, name="reveal", permission="view", needs_fresh=True),
            self.action("suspendre", views.suspend_view, name="suspend"),
            self.action(f"suspension/{row}/fin", views.suspension_end_view, name="suspension_end"),
            self.action("contact", views.contact_add_view, name="contact_add"),
            self.action(f"contact/{row}/corriger", views.contact_change_view, name="contact_change"),
            self.action(f"contact/{row}/retirer", views.contact_remove_view, name="contact_remove"),
            self.action("places", views.places_view, name="places"),
            self.action(f"place/{row}/fermer", views.place_close_view, name="place_close"),
        ]


class ConventionFilterSet(ScopedFilterSet):
    stage = django_filters.ChoiceFilter(label="Étape", choices=Stage.choices, empty_label="Toutes")
    locals().update(day_filters("ends_on", "Prend fin"))

    class Meta:
        model = Convention
        fields = ["stage"]


class ConventionInspectView(ScopedInspectView):
    def get_object(self, queryset=None):
        return get_object_or_404(self.model.objects.select_related("partner"), pk=self.pk)

    def blocks(self):
        row = self.object
        facts = [
            ("Partenaire", Cell(row.partner, reverse("partners_partner:inspect", args=[row.partner_id]))),
            ("Étape", row.get_stage_display()),
            ("Signée le", day(row.signed_on)),
            ("Prend effet le", day(row.starts_on)),
            ("Prend fin le", day(row.ends_on)),
            ("Dénoncée le", day(row.denounced_on)),
        ]
        steps = [
            (step.get_stage_display(), day(step.happened_on), step.recorded_by)
            for step in row.steps.select_related("recorded_by")
        ]
        return [
            Facts("Convention", facts),
            Listing("Étapes", ("Étape", "Le", "Saisie par"), steps, "Aucune étape."),
            pieces_block("convention", row.pk, "partners_convention"),
        ]

    def next_step(self):
        row = self.object
        if not STAGE_AFTER[Stage(row.stage)]:
            return "Cette convention est finie : ouvrez-en une autre pour continuer avec ce partenaire."
        if row.stage == Stage.SIGNED:
            return "La convention est signée : il n’y a rien à faire avant son échéance."
        return "Prochaine étape : notez la lettre d’intention, le projet ou la signature dès qu’elle est là."

    def actions(self):
        pieces = piece_action("partners_convention", self.object.pk)
        if not STAGE_AFTER[Stage(self.object.stage)]:
            return [pieces]
        url = reverse("partners_convention:advance", args=[self.object.pk])
        return [Action("Passer à l’étape suivante", url, is_main=True), pieces]


class ConventionViewSet(ScopedSnippetViewSet):
    model = Convention
    journal_kind = "convention"
    icon = "doc-full"
    url_prefix = "conventions"
    admin_url_namespace = "partners_convention"
    menu_label = "Conventions"
    add_label = "Nouvelle convention"
    form_class = ConventionForm
    inspect_view_class = ConventionInspectView
    filterset_class = ConventionFilterSet
    list_display = ["reference", "partner", "stage", "starts_on", "ends_on"]
    list_export = ["reference", "partner__code_name", "stage", "signed_on", "starts_on", "ends_on", "denounced_on"]
    export_filename = "conventions"
    search_fields = ["reference", "partner__code_name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partner")

    def action_urls(self):
        return [self.action("etape", views.advance_view, name="advance"), *piece_urls(self)]


class NetworkGroup(SnippetViewSetGroup):
    items = (PartnerViewSet, ConventionViewSet)
    menu_label = "Structures et partenaires"
    menu_name = "reseau"
    menu_icon = "group"
    menu_order = 130
