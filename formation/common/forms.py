"""Fields that several forms of training ask."""

from django import forms

from cms.territory.selectors import territory_choices


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def start_field(label: str, start: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        initial=start,
        widget=forms.TimeInput(attrs={"type": "time", "class": "hv-full"}, format="%H:%M"),
        error_messages={"invalid": "Cette heure n’existe pas."},
    )


def optional_territory() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Département", required=False, choices=lambda: [("", "Choisir"), *territory_choices()]
    )
