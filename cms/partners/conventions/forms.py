"""Filters of conventions: who answers, how far, where, and what is late."""

import django_filters
from django import forms
from django.utils import timezone

from cms.kit.filters import day_filters
from cms.partners.conventions.models import Convention
from cms.partners.enums import Stage
from cms.partners.selectors import convention_owners, conventions_late
from cms.territory.forms import territory_filter
from cms.values.forms import ScopedFilterSet


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
    locals().update(day_filters("ends_on", "Prend fin"))
