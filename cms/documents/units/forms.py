"""Units of the protocol, and what was decided with them each year."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone

from cms.documents.units.models import AuthorisedUnit
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES


class UnitForm(AdminForm):
    """A unit on the list of the protocol: a contact on each side, and when both meet again."""

    network_contact = forms.ModelChoiceField(label="Contact au réseau", queryset=User.objects.none())
    contact_name = forms.CharField(
        label="Contact dans l’unité", max_length=120, error_messages={"required": "Écrivez le nom du contact."}
    )
    contact_position = forms.CharField(
        label="Sa fonction", max_length=120, error_messages={"required": "Écrivez sa fonction."}
    )
    contact_phone = forms.CharField(label="Sa ligne directe", max_length=30, required=False)
    review_on = forms.DateField(
        label="Prochaine revue", widget=DayInput, error_messages={"required": "Choisissez une date."}
    )

    def __init__(self, *args: Any, unit: AuthorisedUnit | None, day: dt.date, **kwargs: Any) -> None:
        known = {name: getattr(unit, name) for name in self.base_fields} if unit else {"review_on": day}
        super().__init__(*args, initial=known, **kwargs)
        roles = [role.value for role in SEES_ALL_CASES]
        people = User.objects.filter(is_active=True, groups__name__in=roles).distinct()
        cast(forms.ModelChoiceField, self.fields["network_contact"]).queryset = people.order_by(
            "last_name", "first_name"
        )


class ReviewForm(AdminForm):
    reviewed_on = forms.DateField(
        label="Revue faite le",
        widget=DayInput,
        initial=timezone.localdate,
        error_messages={"required": "Choisissez une date."},
    )
    decisions = forms.CharField(
        label="Ce qui a été décidé",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Personnes autorisées, difficultés, suites. Rien sur un mineur.",
        error_messages={"required": "Dites en quelques mots ce qui a été décidé."},
    )
    next_on = forms.DateField(
        label="Revue suivante", widget=DayInput, error_messages={"required": "Choisissez une date."}
    )

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"next_on": day}, **kwargs)
