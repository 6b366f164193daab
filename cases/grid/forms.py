"""The grille de repérage as it is filled in: four answers a sign, none compulsory, and no free text."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, HiddenInput, UUIDField

from cases.grid.enums import SignAnswer
from cases.grid.models import GridVersion
from cases.grid.rules import GridResult, grid_read
from cases.grid.selectors import content_of
from cases.grid.services import CHANGED
from cms.kit.forms.portal import PortalForm

PREFIX = "signe_"


class GridForm(PortalForm):
    version = CharField(required=False, widget=HiddenInput)

    def __init__(self, data: Any = None, *, row: GridVersion) -> None:
        super().__init__(data)
        self.row, self.content = row, content_of(row)
        for sign in self.content.signs:
            self.fields[f"{PREFIX}{sign.code}"] = ChoiceField(
                label=sign.label, choices=SignAnswer.choices, required=False
            )

    def clean_version(self) -> str:
        number = self.cleaned_data["version"]
        if number != str(self.row.number):
            raise ValidationError(CHANGED)
        return number

    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix(PREFIX): value
            for name, value in self.cleaned_data.items()
            if name.startswith(PREFIX) and value
        }

    def read(self) -> GridResult:
        return grid_read(self.content, self.answers())

    def themes(self) -> list[dict[str, Any]]:
        """Return the signs by theme, each with its four answers and the one that was given."""
        return [
            {"name": theme, "signs": [self._line(f"{PREFIX}{sign.code}", sign.label) for sign in signs]}
            for theme, signs in self.content.themes().items()
        ]

    def _line(self, name: str, label: str) -> dict[str, Any]:
        given = self.data.get(name, "")
        options = [(value, text, value == given) for value, text in SignAnswer.choices]
        return {"name": name, "label": label, "options": options}

    def given(self) -> list[tuple[str, str]]:
        """Return the answers as hidden fields, to go from the result back to the grid."""
        return [(f"{PREFIX}{code}", value) for code, value in self.answers().items()]


class AttachedGridForm(GridForm):
    """`key` makes two sendings of one form one grid."""

    key = UUIDField(widget=HiddenInput)
