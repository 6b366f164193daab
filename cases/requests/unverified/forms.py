"""How somebody without an account comes back to what was sent."""

from django.forms import CharField, TextInput

from cases.common.forms.fields import needed
from cms.kit.forms.portal import PortalForm


class FollowForm(PortalForm):
    """How somebody without an account comes back to what was sent."""

    reference = CharField(label="Référence", max_length=20, error_messages=needed("Indiquez la référence."))
    code = CharField(
        label="Code de suivi",
        max_length=20,
        widget=TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages=needed("Indiquez le code de suivi."),
    )
