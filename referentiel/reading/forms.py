"""Looking for words in the référentiel."""

from django import forms

from cms.kit.forms.portal import PortalForm


class SearchForm(PortalForm):
    quiet_optional = True

    q = forms.CharField(
        label="Chercher dans le référentiel",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Un mot, ou le code d’une exigence.",
    )
