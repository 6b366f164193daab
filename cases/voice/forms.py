"""What a child is asked: words, and whether the danger is now. Short sentences, one idea each."""

from typing import Any

from django.forms import BooleanField, CharField, HiddenInput, Textarea, TextInput

from cases.common.forms.fields import needed
from cases.voice.services import LONGEST
from cms.kit.forms.portal import PortalForm

TOO_LONG = {"max_length": "Ton message est trop long. Écris-le en plusieurs fois."}


class _WordsForm(PortalForm):
    quiet_optional = True
    words = CharField(
        label="Ton message",
        max_length=LONGEST,
        widget=Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages=needed("Écris ton message.") | TOO_LONG,
    )
    danger = BooleanField(label="Je suis en danger maintenant", required=False)

    def said(self) -> dict[str, Any]:
        """Return what the services take, from a valid form."""
        return {"words": self.cleaned_data["words"], "is_in_danger": self.cleaned_data["danger"]}


class SayForm(_WordsForm):
    key = CharField(widget=HiddenInput, max_length=200)


class WriteForm(_WordsForm):
    code = CharField(widget=HiddenInput, max_length=60)


class CodeForm(PortalForm):
    code = CharField(
        label="Ton code",
        max_length=60,
        widget=TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text="Les 16 chiffres que tu as notés.",
        error_messages=needed("Écris ton code."),
    )
