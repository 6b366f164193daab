"""Signing for a structure."""

from django import forms

from cms.documents.signatures.forms import SignForm


class ReferentielSignForm(SignForm):
    """The same as for any document, named."""

    is_committed = forms.BooleanField(
        label="J’ai lu le référentiel et j’engage ma structure",
        error_messages={"required": "Cochez cette case pour engager votre structure."},
    )
