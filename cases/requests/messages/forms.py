"""What the service that asked writes to the coordination."""

from django.forms import CharField, Textarea

from cases.common.forms.fields import needed
from cases.requests.messages.services import LONGEST
from cms.kit.forms.portal import PortalForm


class ReplyForm(PortalForm):
    """What the service writes to the coordination about its request; sealed."""

    text = CharField(
        label="Votre message",
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 4}),
        help_text="Ni nom ni adresse du mineur, s’il vous plaît. Pour une urgence, appelez.",
        error_messages=needed("Écrivez votre message."),
    )
