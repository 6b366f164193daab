"""The network's book in the admin: partners, their conventions, their places."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse_lazy
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.enums import Kind
from cms.columns.rules.columns import Column, yes_no
from cms.files.admin import piece_actions
from cms.kit.blocks import Action, Badge, Facts, Listing
from cms.navigation.menu import RoleMenuItem
from cms.navigation.search import Group
from cms.partners.book.admin import views
from cms.partners.book.admin.blocks import partner_actions, partner_blocks, partner_next_step
from cms.partners.book.forms import PartnerEditForm, PartnerForm
from cms.partners.book.models import Partner
from cms.partners.conventions.admin import convention_actions, convention_blocks, convention_next_step
from cms.partners.conventions.forms import ConventionForm
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.admin import TITLE as PIPELINE, manages_pipeline
from cms.partners.conventions.selectors import convention_owners, conventions_late
from cms.partners.conventions.writing.admin import ACTIONS as WRITING
from cms.partners.oncall.admin import line_view


class PartnerInspectView(ScopedInspectView):
    first_tab = "Carte"

    def get_object(self, queryset: QuerySet | None = None) -> Partner:
        rows = self.model.objects.select_related(
            "structure_type", "requester_type", "territory", "profile__containment", "profile__habilitation"
        )
        return get_object_or_404(rows, pk=self.pk)

    def head(self) -> FileHead:
        row = self.object
        state = Badge("Fermé", "neutral") if row.closed_on else Badge("Dans le réseau", "info")
        what = str(row.structure_type or row.requester_type or row.get_kind_display())
        return FileHead(who=row.code_name, pills=(state,), where=str(row.territory or ""), acts=what)

    def blocks(self) -> list[Facts | Listing]:
        return partner_blocks(self.object)

    def actions(self) -> list[Action]:
        return partner_actions(self.object)

    def next_step(self) -> str:
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
    columns = (
        Column(path="code_name", is_shown=True, is_exported=True),
        Column(path="kind", is_shown=True, is_exported=True, is_quick=True),
        Column(path="structure_type", is_shown=True, is_exported=True, is_quick=True),
        Column(path="requester_type", is_exported=True),
        Column(path="territory", label="Département", is_shown=True, is_exported=True, is_quick=True),
        Column(path="opened_on", is_shown=True, is_exported=True),
        yes_no("is_closed", "Sorti du réseau", Q(closed_on__isnull=False)),
        Column(path="closed_on", is_shown=True, is_exported=True),
    )
    export_filename = "partenaires"
    search_fields = ["code_name"]
    search_group = Group.PARTNERS

    def search_note(self, row: Partner) -> str:
        place = row.territory.name if row.territory else ""
        return ", ".join(filter(None, (row.get_kind_display(), place, "fermé" if row.closed_on else "")))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("structure_type", "territory")

    def action_urls(self) -> list[URLPattern]:
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
            self.action("astreinte", line_view, name="oncall", needs_fresh=True),
            self.action("places", views.places_view, name="places"),
            self.action(f"place/{row}/fermer", views.place_close_view, name="place_close"),
        ]


class ConventionInspectView(ScopedInspectView):
    def get_object(self, queryset: QuerySet | None = None) -> Convention:
        return get_object_or_404(self.model.objects.select_related("partner", "followup__owner"), pk=self.pk)

    def blocks(self) -> list[Facts | Listing]:
        return convention_blocks(self.object)

    def next_step(self) -> str:
        return convention_next_step(self.object)

    def actions(self) -> list[Action]:
        return convention_actions(self.object)


def _owners() -> list[tuple[str, str]]:
    return [(str(person.pk), str(person)) for person in convention_owners()]


def _is_late() -> Exists:
    return Exists(conventions_late(timezone.localdate()).filter(pk=OuterRef("pk")))


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
    actions = (*piece_actions(Convention, kind="convention"), *WRITING)
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(path="partner", is_shown=True, is_exported=True),
        Column(path="partner__territory", code="territory", label="Département", is_quick=True),
        Column(path="stage", is_shown=True, is_exported=True, is_quick=True),
        Column(path="followup__owner", code="owner", label="Responsable", choices=_owners, is_quick=True),
        Column(
            code="is_late", label="En retard", kind=Kind.YES_NO, expression=_is_late, is_quick=True,
        ),
        Column(path="signed_on", is_exported=True),
        Column(path="starts_on", is_shown=True, is_exported=True),
        Column(path="ends_on", label="Prend fin", is_shown=True, is_exported=True, is_quick=True),
        Column(path="denounced_on", is_exported=True),
    )  # fmt: skip
    export_filename = "conventions"
    search_fields = ["reference", "partner__code_name"]
    search_group = Group.PARTNERS

    def search_note(self, row: Convention) -> str:
        return f"convention avec {row.partner}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("partner")

    def action_urls(self) -> list[URLPattern]:
        return [
            *super().action_urls(),
            self.action("etape", views.advance_view, name="advance"),
            self.action("suivi", views.follow_view, name="follow"),
        ]


class NetworkGroup(SnippetViewSetGroup):
    items = (PartnerViewSet, ConventionViewSet)
    menu_label = "Structures et partenaires"
    menu_name = "reseau"
    menu_icon = "group"
    menu_order = 130

    def get_submenu_items(self) -> list[MenuItem]:
        """Return the pipeline first: it is what the coordination opens each week."""
        url = reverse_lazy("havre_pipeline")
        item = RoleMenuItem(PIPELINE, url, name="partenariats", icon_name="tasks", order=0, shown=manages_pipeline)
        return [item, *super().get_submenu_items()]
