"""« Identité du jeune »: written, never read back."""

from typing import Any

from django import forms

from cases.common.forms.fields import DayField
from cases.files.identity.services import SaidIdentity
from cms.files.enums import PORTRAIT_MEGABYTES
from cms.kit.forms.portal import PortalForm


def _words(label: str, most: int, **kwargs: Any) -> forms.CharField:
    widget = kwargs.pop("widget", forms.TextInput(attrs={"autocomplete": "off"}))
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, **kwargs)


class IdentityForm(PortalForm):
    quiet_optional = True

    last_name = _words("Nom", 120)
    first_name = _words("Prénom", 120)
    birth_date = DayField(label="Date de naissance", required=False)
    aliases = _words(
        "Autres identités",
        400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Surnoms, autres noms donnés : un par ligne.",
    )
    phone = _words("Téléphone du jeune", 40)
    portrait = forms.FileField(
        label="Photo d’identité",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        help_text=f"JPEG ou PNG, {PORTRAIT_MEGABYTES} Mo au plus. Récente, le visage bien visible, rien du lieu "
        "autour. La date, le lieu et l’appareil que le téléphone y écrit sont effacés.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        setattr(self, "aliases", {"file": "portrait"})  # noqa: B010 (the class has a field of this name)

    def said(self) -> SaidIdentity:
        answers = {name: value for name, value in self.cleaned_data.items() if name != "portrait"}
        lines = answers.pop("aliases").splitlines()
        return SaidIdentity(**answers, aliases=tuple(line.strip() for line in lines if line.strip()))
