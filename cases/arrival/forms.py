"""What a party answers before an arrival."""

from typing import Any

from django.forms import BooleanField, HiddenInput, UUIDField

from cases.common.forms.fields import needed
from cms.kit.forms.portal import PortalForm


class AgreeForm(PortalForm):
    """An agreement of the tripartite convention: one box, whose words say what is agreed."""

    agreed = BooleanField(error_messages=needed("Cochez la case pour donner l’accord."))

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = words


class ConventionAgreeForm(AgreeForm):
    """The same, with the version that was on the screen when the box was ticked."""

    seen = UUIDField(widget=HiddenInput, required=False)
