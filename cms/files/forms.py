"""What is asked of whoever adds or removes an attachment; the portal and the admin ask the same."""

from typing import Any

from django import forms

from cms.files.enums import ACCEPTED, ENDINGS, RemovalReason
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.portal import PortalForm
from cms.values.settings import setting_value

WIDGET = forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)})


class _FileFields(forms.Form):
    file = forms.FileField(
        label="Fichier",
        widget=WIDGET,
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide : vérifiez-le, puis déposez-le à nouveau.",
            "max_length": "Le nom de ce fichier est trop long : raccourcissez-le.",
            "invalid": "Choisissez un fichier.",
            "missing": "Choisissez un fichier.",
        },
        allow_empty_file=True,
    )
    title = forms.CharField(
        label="Ce que c’est",
        max_length=120,
        help_text="Par exemple « ordonnance de placement » ou « compte rendu ». Sans nom ni prénom.",
        error_messages={"required": "Dites en quelques mots ce que c’est."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"{ACCEPTED}. {setting_value('files.max_megabytes')} Mo au plus. Le lieu et la date qu’un téléphone "
            "écrit dans une photo sont effacés."
        )


class PortalAttachForm(_FileFields, PortalForm):
    pass


class AdminAttachForm(_FileFields, AdminForm):
    pass


class AdminCaseAttachForm(AdminAttachForm):
    is_identifying = forms.BooleanField(
        label="Cette pièce nomme le mineur",
        required=False,
        initial=True,
        help_text="Elle ne s’ouvre alors qu’après « Voir l’identité », avec un motif.",
    )
    is_portrait = forms.BooleanField(
        label="C’est sa photo d’identité",
        required=False,
        help_text="JPEG ou PNG. L’avis de fugue la porte, après « Voir l’identité ».",
    )


class _ReasonField(forms.Form):
    reason = forms.ChoiceField(
        label="Pourquoi la retirer ?",
        choices=[("", "Choisir…"), *RemovalReason.choices],
        error_messages={"required": "Choisissez le motif."},
    )


class PortalRemoveForm(_ReasonField, PortalForm):
    pass


class AdminRemoveForm(_ReasonField, AdminForm):
    pass
