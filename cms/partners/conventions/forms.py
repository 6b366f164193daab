"""Filters of conventions: who answers, how far, where, and what is late."""

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from cms.files.enums import ACCEPTED
from cms.files.forms import WIDGET
from cms.files.services import attachment_add
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.partners.conventions.models import Convention
from cms.partners.conventions.selectors import convention_owners, conventions_late
from cms.partners.conventions.services import STAGE_AFTER, convention_advance, convention_open
from cms.partners.enums import Stage
from cms.territory.forms import territory_filter
from cms.users.models import User
from cms.values.forms import AdminModelForm, ScopedFilterSet, field_of


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

    def late(self, rows: QuerySet[Convention], name: str, value: bool) -> QuerySet[Convention]:
        late = conventions_late(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


class ConventionForm(AdminModelForm):
    contacted_on = forms.DateField(label="Premier contact le", initial=timezone.localdate, widget=DayInput)

    class Meta:
        model = Convention
        fields = ("partner", "reference")
        formfield_callback = field_of

    def write(self) -> Convention:
        return convention_open(**self.cleaned_data)


class AdvanceForm(AdminForm):
    """Next stage of a convention."""

    stage = forms.ChoiceField(label="Nouvelle étape")
    on = forms.DateField(label="Le", initial=timezone.localdate, widget=DayInput)
    starts_on = forms.DateField(
        label="Prend effet le", required=False, widget=DayInput, help_text="Pour une signature ; le jour même sinon."
    )
    ends_on = forms.DateField(label="Prend fin le", required=False, widget=DayInput)
    document = forms.FileField(
        label="Document signé",
        required=False,
        widget=WIDGET,
        help_text=f"Pour une signature ; il se joint aussi plus tard. {ACCEPTED}.",
    )

    def __init__(self, *args: Any, convention: Convention, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.convention, self.by = convention, by
        following = STAGE_AFTER[Stage(convention.stage)]
        cast(forms.ChoiceField, self.fields["stage"]).choices = [
            (stage.value, stage.label) for stage in Stage if stage in following
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("document") and cleaned.get("stage") != Stage.SIGNED:
            self.add_error("document", "Le document se joint à l’étape « signée ».")
        return cleaned

    def run(self, cleaned: dict) -> None:
        """Record the step and its document together, or neither."""
        document = cleaned.pop("document", None)
        convention_advance(convention=self.convention, **{**cleaned, "stage": Stage(cleaned["stage"])})
        if document:
            attachment_add(
                kind="convention",
                object_id=self.convention.pk,
                file=document,
                title="Convention signée",
                by=self.by,
            )
