"""What a structure answers about the stays that it houses."""

from django.forms import RadioSelect, TypedChoiceField

from cases.common.forms.fields import DayField
from cms.kit.forms.portal import PortalForm


class ArrivalForm(PortalForm):
    """The arrival that the coordination has noted, confirmed as it is."""


class AbsenceForm(PortalForm):
    starts_on = DayField(label="Absent depuis le")
    is_runaway = TypedChoiceField(
        label="De quelle absence s’agit-il ?",
        widget=RadioSelect,
        choices=[("fugue", "Fugue ou disparition"), ("autre", "Autre absence (famille, hospitalisation, séjour)")],
        coerce=lambda value: value == "fugue",
    )


class ReturnForm(PortalForm):
    ends_on = DayField(label="De retour le")
