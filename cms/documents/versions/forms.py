"""Publishing a version, in the admin."""

from typing import Any, cast

from django import forms
from django.utils import timezone

from cms.documents.versions.policies import validation_required, validators_for
from cms.kit.filters import DayInput
from cms.kit.forms.admin import WRONG_CHOICE, ServiceErrorsMixin
from cms.users.models import User


class PublishForm(ServiceErrorsMixin, forms.Form):
    """With a `validator`, the version is proposed; without, it is published at once."""

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
    validator = forms.ModelChoiceField(
        label="Qui valide",
        queryset=User.objects.none(),
        empty_label="Choisir…",
        help_text="Une personne qui n’a rien écrit de ce qui change.",
        error_messages={"required": "Choisissez qui valide cette version.", "invalid_choice": WRONG_CHOICE},
    )

    scheduled_on = forms.DateField(
        label="Publier d’elle-même le (facultatif)",
        required=False,
        widget=DayInput,
        help_text="Au début de ce jour, si elle est validée. Vide : vous la publiez vous-même.",
    )

    def __init__(self, *args: Any, kind: str, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_validated_first = validation_required(kind, author.pk)
        cast(forms.ModelChoiceField, self.fields["validator"]).queryset = validators_for(author)
        if not self.is_validated_first:
            # Nobody will be there: somebody else has read it before.
            self.fields["validator"].required = False
            self.fields["validator"].help_text = "Pour une version programmée, ou si vous souhaitez un second regard."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("scheduled_on") and not cleaned.get("validator"):
            self.add_error("validator", "Choisissez qui valide cette version : elle se publiera sans personne.")
        return cleaned
