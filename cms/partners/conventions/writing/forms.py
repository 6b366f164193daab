"""What is asked before a convention is written."""

from django import forms
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm


class WriteForm(AdminForm):
    starts_on = forms.DateField(label="Prend effet le", initial=timezone.localdate, widget=DayInput)
    ends_on = forms.DateField(label="Prend fin le", required=False, widget=DayInput)
