"""Forms of the coordination on a request for an account."""

from typing import Any

from django import forms
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.partners.models import Partner
from cms.proconnect.enums import RefusalReason
from cms.proconnect.models import AccountRequest
from cms.proconnect.services.requests import request_approve, request_refuse
from cms.users.roles import MEMBERSHIP_ROLES, Role

ROLES = [(role.value, role.label) for role in Role if role in MEMBERSHIP_ROLES]


class ApproveForm(AdminForm):
    partner = LazyChoiceField(
        lambda: Partner.objects.filter(closed_on=None).order_by("kind", "code_name"), label="Partenaire"
    )
    role = forms.ChoiceField(
        label="Rôle", choices=[("", "Choisir…"), *ROLES], help_text="Un de ceux que donne ce genre de partenaire."
    )
    starts_on = forms.DateField(label="Du", initial=timezone.localdate, widget=DayInput)
    ends_on = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=DayInput,
        help_text="Dernier jour compris ; vide si la fin est inconnue.",
    )
    can_sign = forms.BooleanField(label="Signe au nom du partenaire", required=False)

    def __init__(self, *args: Any, request: AccountRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def run(self, cleaned: dict) -> None:
        request_approve(request=self.request, **{**cleaned, "role": Role(cleaned["role"])})


class RefuseForm(AdminForm):
    reason = forms.ChoiceField(label="Motif", choices=[("", "Choisir…"), *RefusalReason.choices])

    def __init__(self, *args: Any, request: AccountRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def run(self, cleaned: dict) -> None:
        request_refuse(request=self.request, reason=RefusalReason(cleaned["reason"]))
