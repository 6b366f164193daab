"""Saying who reads a document or a page."""

from typing import Any

from django import forms

from cms.documents.enums import VisibilityLevel
from cms.documents.visibility.rules import Reach
from cms.kit.forms.admin import AdminForm
from cms.users.roles import MEMBERSHIP_ROLES, NETWORK_ROLES, Role

CHOSEN = [(role.value, role.label) for role in Role if role in NETWORK_ROLES | MEMBERSHIP_ROLES]


class VisibilityForm(AdminForm):
    level = forms.ChoiceField(
        label="Qui lit",
        choices=VisibilityLevel.choices,
        widget=forms.RadioSelect,
        help_text="Fermer vaut aussitôt. Ouvrir davantage attend l’accord d’une autre personne.",
        error_messages={"required": "Choisissez qui lit."},
    )
    roles = forms.MultipleChoiceField(
        label="Métiers (pour « Certains métiers du réseau »)",
        choices=CHOSEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La coordination, la direction et la rédaction lisent toujours.",
    )
    with_older = forms.BooleanField(
        label="Montrer aussi les versions d’avant (pour « Tout le monde »)",
        required=False,
        help_text="Sinon : la version en vigueur aujourd’hui et celles qui suivront.",
    )
    reason = forms.CharField(
        label="Pourquoi",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Rien sur un mineur ni sur un lieu.",
        error_messages={"required": "Dites en quelques mots pourquoi."},
    )

    def __init__(self, *args: Any, reach: Reach, has_versions: bool, **kwargs: Any) -> None:
        known = {"level": reach.level, "roles": sorted(reach.roles), "with_older": reach.with_older}
        kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not has_versions:
            del self.fields["with_older"]

    def given(self) -> dict[str, Any]:
        """Return the answers that go with the level: boxes left ticked for another one say nothing."""
        level = self.cleaned_data["level"]
        answers: dict[str, Any] = {"level": level, "reason": self.cleaned_data["reason"]}
        if level == VisibilityLevel.ROLES:
            answers["roles"] = self.cleaned_data["roles"]
        if level == VisibilityLevel.PUBLIC:
            answers["with_older"] = self.cleaned_data.get("with_older", False)
        return answers
