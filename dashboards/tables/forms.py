"""The form of a table: data first, then what they can be cut by."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms.kit.forms.fields import choices_offer
from dashboards.periods import Period
from dashboards.tables.enums import Span
from dashboards.tables.selectors import DATA_SETS, DataSet, TableQuery, wanted_read

NONE = ("", "Aucun")


class TableForm(forms.Form):
    """`choices` holds the keys of each breakdown on the period: each becomes a filter."""

    title = forms.CharField(
        label="Intitulé", max_length=120, required=False, help_text="Pour l’enregistrer ; inutile pour l’aperçu."
    )
    data = forms.ChoiceField(  # type: ignore[assignment]  # the metaclass removes it from the class
        label="Données", choices=[(item.code, item.label) for item in DATA_SETS.values()]
    )
    rows_by = forms.ChoiceField(label="En lignes")
    columns_by = forms.ChoiceField(label="En colonnes", required=False)
    measure = forms.ChoiceField(label="Mesure")
    span = forms.ChoiceField(label="Période", choices=Span.choices)
    is_shared = forms.BooleanField(label="Partager avec la coordination", required=False)
    is_pinned = forms.BooleanField(label="Épingler en tête des tableaux", required=False)

    def __init__(
        self, *args: Any, data_set: DataSet, choices: dict[str, list[tuple[str, str]]], period: Period, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.period, self.data_set = period, data_set
        self.wanted: TableQuery | None = None
        cuts = [(cut.name, cut.title) for cut in data_set.cuts]
        choices_offer(self, "rows_by", cuts)
        choices_offer(self, "columns_by", [NONE, *cuts])
        choices_offer(self, "measure", [(measure.value, measure.label) for measure in data_set.measures])
        for cut in data_set.cuts:
            self.fields[f"filter_{cut.name}"] = forms.ChoiceField(
                label=cut.title, choices=[("", "Tous"), *choices[cut.name]], required=False
            )

    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("filter_")]

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in ("data", "rows_by", "columns_by", "measure", "span")]

    def keeping(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "is_shared", "is_pinned")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            self.wanted = wanted_read(
                data=data["data"],
                rows_by=data["rows_by"],
                columns_by=data["columns_by"],
                measure=data["measure"],
                period=self.period,
                filters=self.filter_keys(data),
            )
        except ValidationError as error:
            self.add_error(None, error) if not hasattr(error, "error_dict") else self._add(error)
        return data

    def _add(self, error: ValidationError) -> None:
        for name, messages in error.message_dict.items():
            self.add_error(name, messages)

    @staticmethod
    def filter_keys(data: dict[str, Any]) -> dict[str, str]:
        return {name.removeprefix("filter_"): key for name, key in data.items() if name.startswith("filter_") and key}

    def facts(self) -> dict[str, Any]:
        names = ("title", "data", "rows_by", "columns_by", "measure", "span", "is_shared", "is_pinned")
        return {**{name: self.cleaned_data[name] for name in names}, "filters": self.filter_keys(self.cleaned_data)}
