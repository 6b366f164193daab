"""What a structure says of its free places."""

from typing import Any

from django.forms import IntegerField, NumberInput

from cms.kit.forms.portal import PortalForm


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
