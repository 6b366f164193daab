"""Forms of the coordination about stays."""

from django import forms
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.values.forms import value_choice


class EndStayForm(AdminForm):
    ended_on = forms.DateField(label="Fin du séjour", initial=timezone.localdate, widget=DayInput)
    end_reason = value_choice("motif_fin", label="Motif de fin")
