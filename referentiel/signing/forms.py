"""Signing for a structure."""

from django import forms

from cms.documents.signatures.forms import SignForm


class ReferentielSignForm(SignForm):
    """The form of any document, which names the référentiel."""

    is_committed = forms.BooleanField(
        label="J’ai lu le référentiel et j’engage ma structure",
        error_messages={"required": "Cochez cette case pour engager votre structure."},
    )
