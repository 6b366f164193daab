"""Asking that a software be told."""

from typing import Any

from django import forms

from cms.events.feed.rules import CONTENT, NETWORK
from cms.events.webhooks.enums import Sees
from cms.kit.forms.admin import AdminForm

KINDS = (("Le site et les documents", tuple(CONTENT.items())), ("Le réseau", tuple(NETWORK.items())))


class SubscriptionForm(AdminForm):
    name = forms.CharField(label="Quel logiciel", max_length=80, help_text="« Site public », « Agenda du conseil ».")
    address = forms.CharField(
        label="Adresse appelée",
        max_length=500,
        help_text="Donnée par qui tient ce logiciel. Elle commence par « https:// ».",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        label="Ce qui lui est dit",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Il reçoit un numéro et un lien, jamais un nom ni un texte. Rien sur un mineur ne part.",
        error_messages={"required": "Choisissez au moins une chose à dire."},
    )
    sees = forms.ChoiceField(
        label="De quoi",
        choices=Sees.choices,
        initial=Sees.PUBLIC,
        widget=forms.RadioSelect,
        help_text="Si vous quittez le réseau, ce que vous lisez ne lui est plus dit.",
        error_messages={"required": "Choisissez de quoi."},
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Rien sur un mineur ni sur un lieu.",
        error_messages={"required": "Dites en quelques mots pourquoi."},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        network = set(given.get("kinds", ())) & NETWORK.keys()
        if network and given.get("sees") == Sees.PUBLIC:
            self.add_error("sees", "Le réseau n’est pas lu par tout le monde : choisissez l’autre ligne.")
        return given
