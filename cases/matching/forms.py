"""What a structure says of its free places."""

import datetime as dt
from typing import Any, cast

from django.forms import CharField, ChoiceField, IntegerField, NumberInput, RadioSelect, TypedChoiceField
from django.utils import timezone

from cms.kit.forms.portal import PortalForm
from cms.kit.templatetags.french import date
from cms.partners.enums import EXTRA_DAYS
from cms.values.settings import setting_value


class PlacesForm(PortalForm):
    """How many places are free now; `most` is what the network counts."""

    free = IntegerField(
        label="Places libres pour le réseau, maintenant",
        min_value=0,
        max_value=60,
        widget=NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Écrivez un nombre, 0 s’il n’y en a aucune.",
            "invalid": "Écrivez un nombre entier.",
        },
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        many = (
            f"{most} au plus, d’après ce que le réseau connaît."
            if most
            else "Le réseau ne vous connaît aucune place libre."
        )
        self.fields["free"].help_text = f"{many} Comptez ce que vous pouvez vraiment ouvrir cette nuit."


class ExtraPlacesForm(PortalForm):
    """One place more, tonight: one press is enough."""

    prefix = "extra"
    count = IntegerField(
        label="Combien de places en plus",
        min_value=1,
        max_value=10,
        initial=1,
        widget=NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": "Écrivez un nombre, 1 au moins.", "invalid": "Écrivez un nombre entier."},
    )
    ends_on = TypedChoiceField(
        label="Dernier jour",
        coerce=dt.date.fromisoformat,
        widget=RadioSelect,
        error_messages={"required": "Choisissez le dernier jour.", "invalid_choice": "Choisissez un jour proposé."},
    )
    note = CharField(
        label="Un mot pour la coordination",
        required=False,
        max_length=200,
        help_text="Par exemple « lit d’appoint ». N’écrivez rien d’un jeune.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        days = [today + dt.timedelta(days=number) for number in range(1, setting_value(EXTRA_DAYS) + 1)]
        cast(ChoiceField, self.fields["ends_on"]).choices = [
            (f"{day}", f"{'demain, ' if day == days[0] else ''}{date(day, 'l j F')}") for day in days
        ]
        self.fields["ends_on"].initial = f"{days[0]}"
