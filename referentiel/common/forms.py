"""The form of a reason, shared by several screens."""

from django import forms

from cms.kit.forms.admin import AdminForm

NO_NAME = "Parlez de la structure, jamais d’un jeune ni d’une personne nommée."
LONG = forms.Textarea(attrs={"rows": 3})


class ReasonForm(AdminForm):
    reason = forms.CharField(
        label="Pourquoi", max_length=300, widget=LONG, error_messages={"required": "Dites pourquoi."}
    )
