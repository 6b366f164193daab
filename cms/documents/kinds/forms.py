"""What is asked of a document of the network: its title, who signs, its delay, a reason, a decision."""

from typing import Any

from django import forms

from cms.documents.enums import DocumentKind, Signer
from cms.documents.versions.models import Document
from cms.documents.visibility.forms import CHOSEN
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.values.forms import AdminModelForm

REASON = "Gardé avec la version. Sans nom de personne."


class _KindForm(AdminModelForm):
    reason = forms.CharField(label="Pourquoi", max_length=300, required=False, help_text=REASON)

    def given(self) -> dict[str, Any]:
        """Return the arguments of the services."""
        return {name: self.cleaned_data[name] for name in self.fields}


class NewKindForm(_KindForm):
    field_order = (
        "title", "kind", "introduction", "signed_by", "roles", "ack_days", "is_reminded", "is_on_home", "is_validated",
        "reason",
    )  # fmt: skip
    introduction = forms.CharField(
        label="Introduction",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="À qui ce document s’adresse, et ce qu’il engage. Elle se reprend ensuite avec les articles.",
    )
    signed_by = forms.ChoiceField(
        label="Qui signe",
        choices=Signer.choices,
        initial=Signer.NOBODY,
        widget=forms.RadioSelect,
        help_text="Le faire signer se décide à deux : d’ici là, on le lit.",
    )
    roles = forms.MultipleChoiceField(
        label="Qui lit (rien de coché : tout le réseau)",
        choices=CHOSEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La coordination, la direction et la rédaction lisent toujours. L’ouvrir à tout le monde, sans "
        "compte, se décide à deux dans « Qui lit quoi ».",
    )

    class Meta:
        model = Document
        fields = ("title", "kind", "ack_days", "is_reminded", "is_on_home", "is_validated")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].help_text = "Il fait l’adresse du document, et ne change plus. Vide : tiré du titre."


class ChangeKindForm(_KindForm):
    """Who signs what comes with the product, its title and its card are code: its delay and its reminders are left."""

    class Meta:
        model = Document
        fields = ("title", "ack_days", "is_reminded", "is_on_home")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_builtin:
            del self.fields["title"], self.fields["is_on_home"]
        if self.instance.kind == DocumentKind.REFERENTIEL:
            del self.fields["ack_days"]


class SignForm(AdminForm):
    signed_by = forms.ChoiceField(
        label="Qui signe",
        choices=[choice for choice in Signer.choices if choice[0] != Signer.NOBODY],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez qui signe."},
    )
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text=REASON)


class KindReasonForm(AdminForm):
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text=REASON)


class DecisionForm(AdminForm):
    """The answer of the second person; whoever asked may only set aside what they asked."""

    verb = forms.ChoiceField(
        label="Votre décision",
        choices=[("agree", "Accorder : c’est en vigueur aussitôt"), ("dismiss", "Écarter : rien ne change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez : accorder, ou écarter la demande."},
    )

    def __init__(self, *args: Any, is_mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mine:
            choices_offer(self, "verb", [("dismiss", "Écarter ma demande : rien ne change")])
