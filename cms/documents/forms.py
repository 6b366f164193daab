"""Forms: publishing a version in the admin, signing one in the portal."""

from django import forms
from django.utils import timezone


class PublishForm(forms.Form):
    number = forms.CharField(label="Numéro", max_length=12, help_text="Plus grand que celui de la version précédente.")
    effective_on = forms.DateField(
        label="Date d’effet",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    is_major = forms.TypedChoiceField(
        label="Nature du changement",
        choices=[
            ("major", "Majeure : chaque structure signe de nouveau"),
            ("minor", "Mineure : les signatures restent"),
        ],
        coerce=lambda value: value == "major",
        widget=forms.RadioSelect,
        initial="major",
    )
    change_note = forms.CharField(
        label="Ce qui change",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les lecteurs liront cette note.",
        error_messages={"required": "Dites en quelques mots ce qui change."},
    )
