"""Targets of a year of the convention."""

from typing import Any

from django import forms

from cms.kit.forms.admin import AdminForm
from dashboards.reporting.targets.services import TARGETED


class TargetsForm(AdminForm):
    """What the convention promises for one of its years; an empty field has no target."""

    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Un avenant, par exemple. Gardé avec la version, sans nom de personne.",
    )

    def __init__(self, *args: Any, targets: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields.pop("reason")
        for code, label in TARGETED.items():
            self.fields[code.replace(".", "_")] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=1_000_000, initial=targets.get(code)
            )
        self.fields["reason"] = reason

    def values(self) -> dict[str, int | None]:
        return {code: self.cleaned_data[code.replace(".", "_")] for code in TARGETED}
