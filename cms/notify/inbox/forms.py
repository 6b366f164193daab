"""How I want to be told, and what the messages say."""

from typing import Any

from django import forms

from cms.kit.forms.admin import AdminForm
from cms.kit.forms.portal import PortalForm
from cms.notify.enums import Timing
from cms.notify.inbox.rules import NotificationKind


class ChoicesForm(PortalForm):
    """One question a kind; those that are locked are not asked."""

    def __init__(self, *args: Any, choices: list[tuple[NotificationKind, Timing]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for spec, timing in choices:
            if not spec.is_urgent:
                self.fields[spec.kind] = forms.ChoiceField(
                    label=spec.label,
                    choices=[(choice.value, choice.label.capitalize()) for choice in Timing],
                    widget=forms.RadioSelect,
                    initial=timing,
                    error_messages={"required": "Choisissez quand vous recevez ce message."},
                )

    def timings(self) -> dict[str, Timing]:
        return {kind: Timing(timing) for kind, timing in self.cleaned_data.items()}


class TextForm(AdminForm):
    subject = forms.CharField(
        label="Objet", max_length=120, help_text="« Havre : » est ajouté devant. Jamais de nom, de lieu ni de motif."
    )
    body = forms.CharField(
        label="Texte",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="{lien} : l’adresse de la page, obligatoire. {jour} : la date limite, vide s’il n’y en a pas.",
    )
    reason = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        required=False,
        help_text="Gardé avec la version. Sans nom de personne.",
    )
