"""What is asked of an added field: its question, a reason, a decision."""

from typing import Any

from django import forms

from cases.extra.enums import ExtraKind, ExtraTarget
from cases.extra.models import ExtraField
from cases.extra.rules import choices_read
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.values.forms import AdminModelForm

REASON = "Gardé avec la version. Sans nom de personne."


class _FieldForm(AdminModelForm):
    choices = forms.CharField(
        label="Choix proposés",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pour un choix dans une liste : un par ligne. Un choix retiré reste sur les fiches qui le portent.",
    )
    reason = forms.CharField(label="Pourquoi", max_length=300, required=False, help_text=REASON)

    def given(self) -> dict[str, Any]:
        """Return the arguments of the services."""
        values = {name: self.cleaned_data[name] for name in (*(self._meta.fields or ()), "reason")}
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        known = [] if self.instance._state.adding else ExtraField.objects.get(pk=self.instance.pk).choices
        return values | {"choices": choices_read([line for line in lines if line], known)}


class NewFieldForm(_FieldForm):
    field_order = ("target", "label", "help", "kind", "choices", "audience", "position", "reason")

    class Meta:
        model = ExtraField
        fields = ("target", "label", "help", "kind", "audience", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("target", ExtraTarget.choices), ("kind", ExtraKind.choices)):
            choices_offer(self, name, [("", "Choisir…"), *offered])


class ChangeFieldForm(_FieldForm):
    field_order = ("label", "help", "choices", "audience", "position", "reason")

    class Meta:
        model = ExtraField
        fields = ("label", "help", "audience", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [item["label"] for item in self.instance.choices if not item.get("is_retired")]
        self.fields["choices"].initial = "\n".join(offered)
        if self.instance.kind != ExtraKind.CHOICE:
            del self.fields["choices"]

    def given(self) -> dict[str, Any]:
        if "choices" in self.fields:
            return super().given()
        return {name: self.cleaned_data[name] for name in (*(self._meta.fields or ()), "reason")}


class FieldReasonForm(AdminForm):
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text=REASON)


class RequirementForm(AdminForm):
    """The answer of the second person; whoever asked may only set aside what they asked."""

    verb = forms.ChoiceField(
        label="Votre décision",
        choices=[("agree", "Accorder : la réponse devient obligatoire"), ("dismiss", "Écarter : rien ne change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : accorder, ou écarter la demande."},
    )

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            choices_offer(self, "verb", [("dismiss", "Écarter ma demande : rien ne change")])
