"""The network's book in the admin: partners, their conventions, their places."""

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.access.admin_actions import action_page
from cms.access.admin_blocks import Action, Cell, Facts, Listing
from cms.access.filters import ScopedFilterSet, ValueFilter, day_filters, territory_filter
from cms.access.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.partners.enums import PartnerKind, Stage
from cms.partners.forms import AdvanceForm, ConventionForm, PartnerEditForm, PartnerForm, PlacesForm
from cms.partners.models import Convention, Partner
from cms.partners.services import STAGE_AFTER

BOOK = {"view": "partners_partner:inspect", "convention": "partners_convention:inspect"}


class PartnerFilterSet(ScopedFilterSet):
    kind = django_filters.ChoiceFilter(label="Nature", choices=PartnerKind.choices, empty_label="Toutes")
    structure_type = ValueFilter("type_structure", "Type de structure")
    territory = territory_filter("territory", "Département")

    class Meta:
        model = Partner
        fields = ["kind", "structure_type", "territory"]


class PartnerInspectView(ScopedInspectView):
    def blocks(self):
        partner = self.object
        return [self._card(partner), self._conventions(partner), self._places(partner), self._members(partner)]

    def actions(self):
        actions = [Action("Ouvrir une convention", f"{reverse('partners_convention:add')}?partner={self.object.pk}")]
        if self.object.kind == PartnerKind.STRUCTURE:
            actions.append(Action("Ouvrir des places", reverse("partners_partner:places", args=[self.object.pk])))
        return actions

    def _card(self, partner):
        return Facts(
            "Carte du réseau",
            [
                ("Nature", partner.get_kind_display()),
                ("Type", partner.structure_type or partner.requester_type),
                ("Département", partner.territory),
                ("Organisme gestionnaire", partner.manager_name),
                ("Numéro FINESS ou SIRET", partner.establishment_number),
                ("Au carnet depuis", f"{partner.opened_on:%d/%m/%Y}"),
                ("Sortie du carnet", partner.closed_on and f"{partner.closed_on:%d/%m/%Y}"),
            ],
        )

    def _conventions(self, partner):
        rows = [
            (Cell(row.reference, reverse(BOOK["convention"], args=[row.pk])), row.get_stage_display(), *dates(row))
            for row in partner.conventions.all()
        ]
        return Listing("Conventions", ("Référence", "Étape", "Effet", "Fin"), rows, "Aucune convention.")

    def _places(self, partner):
        today = timezone.localdate()
        rows = [(place.label, day(place.starts_on), day(place.ends_on)) for place in partner.places.on(today)]
        return Listing("Places ouvertes", ("Repère", "Depuis", "Jusqu’au"), rows, "Aucune place.")

    def _members(self, partner):
        rows = [
            (member.user, member.get_role_display(), day(member.starts_on), day(member.ends_on))
            for member in partner.memberships.select_related("user")
        ]
        return Listing("Personnes rattachées", ("Personne", "Rôle", "Du", "Au"), rows, "Personne.")

    def get_object(self, queryset=None):
        rows = self.model.objects.select_related("structure_type", "requester_type", "territory")
        return get_object_or_404(rows, pk=self.pk)


def day(value) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def dates(convention: Convention) -> tuple[str, str]:
    return day(convention.starts_on), day(convention.denounced_on or convention.ends_on)


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
        return [self.action("places", places_view, name="places")]


def places_view(request, pk):
    partner = get_object_or_404(Partner, pk=pk)
    form = PlacesForm(request.POST or None, partner=partner)
    return action_page(
        request,
        form=form,
        run=form.run,
        title="Ouvrir des places",
        subtitle=str(partner),
        done="Les places sont ouvertes.",
        back_url=reverse(BOOK["view"], args=[pk]),
        submit_label="Ouvrir",
    )


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
            ("Partenaire", Cell(row.partner, reverse(BOOK["view"], args=[row.partner_id]))),
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
        return [Facts("Convention", facts), Listing("Étapes", ("Étape", "Le", "Saisie par"), steps, "Aucune étape.")]

    def actions(self):
        if not STAGE_AFTER[Stage(self.object.stage)]:
            return []
        url = reverse("partners_convention:advance", args=[self.object.pk])
        return [Action("Passer à l’étape suivante", url, is_main=True)]


class ConventionViewSet(ScopedSnippetViewSet):
    model = Convention
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
        return [self.action("etape", advance_view, name="advance")]


def advance_view(request, pk):
    convention = get_object_or_404(Convention.objects.select_related("partner"), pk=pk)
    form = AdvanceForm(request.POST or None, convention=convention)
    return action_page(
        request,
        form=form,
        run=form.run,
        title="Faire avancer la convention",
        subtitle=str(convention),
        intro=f"Convention avec {convention.partner}, aujourd’hui à l’étape « {convention.get_stage_display()} ».",
        done="L’étape est enregistrée.",
        back_url=reverse(BOOK["convention"], args=[pk]),
    )


class NetworkGroup(SnippetViewSetGroup):
    items = (PartnerViewSet, ConventionViewSet)
    menu_label = "Structures et partenaires"
    menu_name = "reseau"
    menu_icon = "group"
    menu_order = 130
