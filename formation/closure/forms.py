"""Moving a session to another day, and closing it."""

import datetime as dt
import uuid
from typing import Any

from django import forms

from cms.kit.forms.portal import PortalForm
from formation.common.forms import DateInput, start_field
from formation.sessions.models.sessions import HalfDay
from formation.sessions.words import half_day_label


class CloseForm(PortalForm):
    """Asks the reason of somebody who does not teach, when a half-day has no countersignature."""

    reason = forms.CharField(
        label="Pourquoi clore sans contre-signature",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Par exemple : la personne qui animait a quitté le réseau. La feuille le dira.",
        error_messages={"required": "Demandez la contre-signature à qui a animé, ou dites pourquoi vous closez sans."},
    )

    def __init__(self, *args: Any, unsigned: list[HalfDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not unsigned:
            del self.fields["reason"]
        else:
            days = ", ".join(half_day_label(half_day) for half_day in unsigned)
            self.fields["reason"].help_text = f"Sans contre-signature : {days}. La feuille dira ce que vous écrivez."


class PostponeForm(PortalForm):
    """A new day and hour for each half-day."""

    def __init__(self, *args: Any, half_days: list[HalfDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.half_days = half_days
        for number, half_day in enumerate(half_days, 1):
            label = half_day_label(half_day).capitalize()
            self.fields[f"day_{number}"] = forms.DateField(
                label=f"{label} : nouveau jour",
                initial=half_day.day,
                widget=DateInput(),
                error_messages={"required": "Indiquez le nouveau jour.", "invalid": "Cette date n’existe pas."},
            )
            self.fields[f"from_{number}"] = start_field(f"{label} : heure de début", f"{half_day.starts_at:%H:%M}")
            self.fields[f"from_{number}"].required = True

    def moves(self) -> dict[uuid.UUID, tuple[dt.date, dt.time]]:
        data = self.cleaned_data
        return {row.pk: (data[f"day_{n}"], data[f"from_{n}"]) for n, row in enumerate(self.half_days, 1)}
