"""Filters of the steering: which structures, which exigences, which year."""

from functools import cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from cms.partners.models import Partner
from cms.territory.models import Region
from cms.values.forms import ScopedFilterSet, ValueFilter
from referentiel.assessments.models import Campaign
from referentiel.enums import Level


@cache
def region_choices() -> tuple[tuple[str, str], ...]:
    """List the official régions, read once: they change with a release only."""
    return tuple((region.pk, str(region)) for region in Region.objects.all())


class SteeringFilterSet(ScopedFilterSet):
    """`chapter`, `level`, `campaign` and `problems` are not about the rows of structures: the heat map takes them."""

    region = django_filters.ChoiceFilter(
        field_name="territory__region", label="Région", empty_label="Toutes", choices=region_choices
    )
    structure_type = ValueFilter("type_structure", "Forme d’accueil")
    chapter = django_filters.ChoiceFilter(label="Chapitre", empty_label="Tous", choices=[], method="apart")
    level = django_filters.ChoiceFilter(label="Niveau", empty_label="Tous", choices=Level.choices, method="apart")
    campaign = django_filters.ModelChoiceFilter(
        label="Campagne", empty_label="La dernière", queryset=lambda request: Campaign.objects.all(), method="apart"
    )
    problems = django_filters.BooleanFilter(
        label="Structures",
        method="apart",
        widget=forms.Select(choices=[("", "Toutes"), ("true", "Avec un problème")]),
    )

    class Meta:
        model = Partner
        fields = ["region", "structure_type", "chapter", "level", "campaign", "problems"]

    def __init__(self, *args: Any, chapters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["chapter"].extra["choices"] = chapters

    def apart(self, rows: QuerySet[Partner], name: str, value: Any) -> QuerySet[Partner]:
        return rows

    def criteria(self) -> dict[str, Any]:
        """Return what the heat map takes besides its structures; an invalid form asks for nothing."""
        values = self.form.cleaned_data if self.form.is_valid() else {}
        return {
            "chapter": values.get("chapter") or "",
            "level": values.get("level") or "",
            "campaign": values.get("campaign"),
            "only_problems": bool(values.get("problems")),
        }
