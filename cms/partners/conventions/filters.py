"""Filters of conventions: who answers, how far, where, and what is late."""

import django_filters
from django import forms
from django.utils import timezone

from cms.kit.filters import ScopedFilterSet, day_filters, territory_filter
from cms.partners.enums import Stage
from cms.partners.models import Convention
from cms.partners.selectors import convention_owners, conventions_late


class PipelineFilterSet(ScopedFilterSet):
    owner = django_filters.ModelChoiceFilter(
        field_name="followup__owner",
        label="Responsable",
        queryset=lambda request: convention_owners(),
        empty_label="Tous",
        null_label="Personne",
    )
    stage = django_filters.ChoiceFilter(label="Étape", choices=Stage.choices, empty_label="Toutes")
    territory = territory_filter("partner__territory", "Département")
    is_late = django_filters.BooleanFilter(
        label="En retard",
        method="late",
        widget=forms.Select(choices=[("", "Tous"), ("true", "Oui"), ("false", "Non")]),
    )

    class Meta:
        model = Convention
        fields = ["owner", "stage", "territory", "is_late"]

    def late(self, rows, name, value):
        late = conventions_late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


class ConventionFilterSet(PipelineFilterSet):
    ends_on_from, ends_on_to = day_filters("ends_on", "Prend fin")
