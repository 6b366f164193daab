"""Comments of a publication."""

from typing import Any

from django import forms

from cms.kit.forms.admin import AdminForm
from dashboards.indicators.rules.definitions import DEFINITIONS


class ReleaseForm(AdminForm):
    """A comment for each indicator, printed under its figures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, definition in DEFINITIONS.items():
            self.fields[code] = forms.CharField(
                label=f"{code} – {definition.short}",
                required=False,
                max_length=3000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
