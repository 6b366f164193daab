"""Signing a version in the portal, or writing what was signed on paper."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from cms.documents.enums import SIGNER_WORDS, Signer
from cms.documents.versions.models import DocumentVersion
from cms.files.forms import WIDGET
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, ServiceErrorsMixin
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.users.models import User


class SignForm(ServiceErrorsMixin, PortalForm):
    """`version` is what the person had before the eyes: a newer one is never signed unread."""

    partner = forms.UUIDField(label="Structure", error_messages={"invalid": "Cette structure n’existe pas."})
    position = forms.CharField(
        label="Votre fonction dans la structure",
        max_length=120,
        error_messages={"required": "Indiquez votre fonction."},
    )
    version = forms.UUIDField(widget=forms.HiddenInput)
    is_committed = forms.BooleanField(
        label="J’ai lu ce document et j’engage ma structure",
        error_messages={"required": "Cochez cette case pour engager votre structure."},
    )

    def __init__(
        self, *args: Any, user: User, partners: list[Partner], version: DocumentVersion, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"partner": partners[0].pk, "position": user.position, "version": version.pk}
        super().__init__(*args, **kwargs)
        if version.document.signed_by != Signer.STRUCTURES:
            self._name(Signer(version.document.signed_by))
        choices = [(partner.pk, partner.code_name) for partner in partners]
        self.fields["partner"].widget = forms.Select(choices=choices) if len(partners) > 1 else forms.HiddenInput()

    def _name(self, signer: Signer) -> None:
        """Call what is committed by its name: a unit, a service."""
        label, yours, mine, the, this = SIGNER_WORDS[signer]
        self.fields["partner"].label = label
        self.fields["partner"].error_messages["invalid"] = f"{this} n’existe pas."
        self.fields["position"].label = f"Votre fonction dans {the}"
        self.fields["is_committed"].label = f"J’ai lu ce document et j’engage {mine}"
        self.fields["is_committed"].error_messages["required"] = f"Cochez cette case pour engager {yours}."


class PaperForm(AdminForm):
    """What is written on a paper that a partner signed."""

    version = forms.ModelChoiceField(
        label="Version signée", queryset=DocumentVersion.objects.none(), empty_label="Choisir…"
    )
    signer_name = forms.CharField(
        label="Nom de la personne qui a signé",
        max_length=200,
        error_messages={"required": "Écrivez le nom qui figure sur le papier."},
    )
    signer_position = forms.CharField(
        label="Sa fonction",
        max_length=120,
        error_messages={"required": "Écrivez la fonction qui figure sur le papier."},
    )
    signed_on = forms.DateField(
        label="Signé le", widget=DayInput, error_messages={"required": "Écrivez la date qui figure sur le papier."}
    )
    scan = forms.FileField(
        label="Papier signé, numérisé",
        widget=WIDGET,
        allow_empty_file=True,
        error_messages={"required": "Joignez le papier signé."},
        help_text="Il est gardé chiffré ; qui a signé et la coordination l’ouvrent depuis le reçu.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=timezone.localdate())
        cast(forms.ModelChoiceField, self.fields["version"]).queryset = versions.select_related("document").order_by(
            "-sequence"
        )
