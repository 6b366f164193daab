"""Choosing whom to invite, and declining."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cms.kit.forms.fields import rows_offer
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner


class StructureChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Partner) -> str:
        place = obj.territory.name if obj.territory else "département non renseigné"
        return f"{obj.code_name}, {place}"


class InviteForm(PortalForm):
    """Structures to invite, rows of `structures_invitable`: those at whom the session aims are ticked."""

    structures = StructureChoices(
        label="Structures à inviter",
        queryset=Partner.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une structure."},
    )

    def __init__(self, *args: Any, structures: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["structures"] = [row.pk for row in structures if row.is_aimed]
        rows_offer(self, "structures", structures)


class DeclineForm(PortalForm):
    why = forms.CharField(
        label="Ce que vous souhaitez en dire (facultatif)",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple une période qui vous irait mieux. Rien sur une personne.",
    )
