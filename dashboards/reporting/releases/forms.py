"""Comments of a publication."""

from typing import Any

from django import forms

from cms.kit.forms.admin import AdminForm
from dashboards.indicators.rules.definitions import DEFINITIONS


class ReleaseForm(AdminForm):
    """A comment for each indicator, printed under its figures; a reason, for a period that is not of the calendar."""

    def __init__(self, *args: Any, is_step: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_step:
            self.fields["reason"] = forms.CharField(
                label="Pourquoi cette période, hors du calendrier",
                required=False,
                max_length=300,
                help_text="Imprimé en tête de la publication : sans nom, lieu ni référence.",
            )
        for code, definition in DEFINITIONS.items():
            self.fields[code] = forms.CharField(
                label=f"{code} – {definition.short}",
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
