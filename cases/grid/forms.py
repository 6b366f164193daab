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
PART = "part-"
MOST_SIGNS = 9
"""Signs of a part, on a phone: what is read without losing where one is."""


def is_filling(step: str | None) -> bool:
    """Return whether this button shows the grid again: to correct it, or to go on to another part."""
    return step == "edit" or (step or "").startswith(PART)


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
            {
                "name": theme,
                "anchor": f"theme-{number}",
                "signs": [self._line(f"{PREFIX}{sign.code}", sign.label) for sign in signs],
            }
            for number, (theme, signs) in enumerate(self.content.themes().items(), 1)
        ]

    def parts(self) -> list[dict[str, Any]]:
        """Return the themes in parts, which a phone shows one by one; each says whether it is the one to show."""
        parts: list[list[dict[str, Any]]] = []
        for theme in self.themes():
            held = sum(len(each["signs"]) for each in parts[-1]) if parts else MOST_SIGNS
            if held + len(theme["signs"]) > MOST_SIGNS:
                parts.append([])
            parts[-1].append(theme)
        asked = self.data.get("step", "").removeprefix(PART)
        shown = int(asked) if asked.isdecimal() and 1 <= int(asked[:3]) <= len(parts) else 1
        return [
            {
                "number": number,
                "themes": themes,
                "title": ", ".join(theme["name"] for theme in themes),
                "is_shown": number == shown,
                "next": number + 1 if number < len(parts) else None,
                "previous": number - 1 or None,
            }
            for number, themes in enumerate(parts, 1)
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
