"""Forms of the register and of the controls."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape

from cases.files.access.selectors import case_of_reference
from cms.data_rights.copies.rules import Item
from cms.data_rights.copies.services import LEAVES
from cms.data_rights.enums import (
    Asker,
    ExtensionReason,
    IdentityCheck,
    RefusalReason,
    RequestState,
    Right,
    StepKind,
    WithheldReason,
)
from cms.data_rights.register.services import OUTCOMES
from cms.journal.enums import HoldReason
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm

CHOOSE = ("", "Choisir…")


def words_field(label: str, *, required: bool = True, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": "Écrivez-le en une phrase."},
    )


def choice_field(
    label: str, choices: Iterable[tuple[str, str]], *, required: bool = True, help_text: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[CHOOSE, *choices],
        help_text=help_text,
        error_messages={"required": "Choisissez une ligne."},
    )


def day_field(label: str, *, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        initial=timezone.localdate,
        widget=DayInput,
        help_text=help_text,
        error_messages={"required": "Indiquez la date.", "invalid": "Cette date n’existe pas."},
    )


class RegisterForm(AdminForm):
    right = choice_field("Que demande la personne ?", Right.choices)
    asker = choice_field("Qui demande ?", Asker.choices)
    name = forms.CharField(
        label="Nom du demandeur",
        max_length=200,
        help_text="Mis sous scellé : il n’apparaît que sur la page de la demande.",
        error_messages={"required": "Indiquez le nom du demandeur."},
    )
    contact = forms.CharField(
        label="Où lui répondre",
        required=False,
        max_length=500,
        help_text="Adresse, téléphone, ou le professionnel qui transmettra. Sous scellé.",
    )
    received_on = day_field("Reçue le", help_text="Le jour où elle est arrivée au réseau : le délai court de là.")
    words = words_field("Ce qu’elle demande", required=False, help_text="En quelques mots. Sous scellé.")
    is_with_coordination = forms.BooleanField(
        label="Confier dès maintenant à la coordination",
        required=False,
        help_text="Elle seule peut retrouver le dossier par le nom et en préparer la copie.",
    )

    def __init__(self, *args: Any, is_coordination: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_coordination:
            del self.fields["is_with_coordination"]


class EntrustForm(AdminForm):
    words = words_field("Message à la coordination", required=False)


class IdentityForm(AdminForm):
    how = choice_field("Comment l’identité est-elle établie ?", IdentityCheck.choices)
    on = day_field("Vérifiée le")
    words = words_field(
        "Précision",
        required=False,
        help_text="N’y copiez pas la pièce : la loi ne demande pas de la garder.",
    )


class LinkForm(AdminForm):
    reference = forms.CharField(
        label="Référence de la situation",
        max_length=20,
        help_text="Par exemple M-2026-0012.",
        error_messages={"required": "Indiquez la référence."},
    )

    def clean_reference(self) -> str:
        reference = self.cleaned_data["reference"].strip().upper()
        self.case_id = case_of_reference(reference)
        if self.case_id is None:
            raise ValidationError("Aucune situation ne porte cette référence.")
        return reference


class ExtendForm(AdminForm):
    reason = choice_field("Pourquoi prolonger ?", ExtensionReason.choices)
    on = day_field("Personne informée le", help_text="Dans le mois qui suit sa demande, avec le motif.")
    words = words_field("Ce qui lui a été dit")


class NoteForm(AdminForm):
    kind = choice_field(
        "Que notez-vous ?",
        [(kind.value, kind.label.capitalize()) for kind in (StepKind.NOTE, StepKind.RECTIFIED, StepKind.TOLD)],
        help_text="Une correction se fait d’abord dans le dossier, par ses écrans habituels, puis se note ici.",
    )
    words = words_field("En quelques mots", help_text="Sous scellé.")


class CloseForm(AdminForm):
    outcome = choice_field(
        "Suite donnée", [(str(state), RequestState(state).label.capitalize()) for state in OUTCOMES]
    )
    on = day_field("Réponse envoyée le")
    reason = choice_field(
        "Motif du refus", RefusalReason.choices, required=False, help_text="Pour un refus, même en partie."
    )
    words = words_field("Ce qui a été répondu", help_text="Sous scellé : ce résumé fait preuve.")
    is_told_of_remedies = forms.BooleanField(
        label="La personne sait qu’elle peut saisir la CNIL ou le juge",
        required=False,
        help_text="À indiquer dans toute réponse qui refuse quelque chose.",
    )


class NameForm(AdminForm):
    name = forms.CharField(
        label="Nom du mineur",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Nom seul, prénom et nom, ou autre identité connue ; l’ordre, les accents et les majuscules "
        "ne comptent pas. Un prénom seul ne suffit pas.",
        error_messages={"required": "Indiquez le nom."},
    )


class ReadThroughForm(AdminForm):
    """One question for each passage, without an answer by default: nothing leaves unread."""

    CHOICES = [(LEAVES, "Part avec la copie"), *((code, f"Reste : {label}") for code, label in WithheldReason.choices)]

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read_through = [item for item in items if item.is_read_through]
        for number, item in enumerate(self.read_through):
            self.fields[f"passage-{number}"] = forms.ChoiceField(
                label=f"{item.section} – {item.label}",
                # Django takes a help text for markup: what was told in words is text.
                help_text=escape(item.value),
                choices=self.CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": "Dites s’il part, ou pourquoi il reste."},
            )

    def chosen(self) -> dict[str, str]:
        return {item.key: self.cleaned_data[f"passage-{number}"] for number, item in enumerate(self.read_through)}


class AgreeForm(AdminForm):
    is_sure = forms.BooleanField(
        label="J’ai lu ce qui part et ce qui reste, et j’autorise cette copie",
        error_messages={"required": "Cochez la case pour autoriser."},
    )


class ReceiveForm(AdminForm):
    words = words_field("Remarque", required=False, help_text="Ce que vous en pensez, ou ce que vous avez demandé.")


class MonthApproveForm(AdminForm):
    """The month is typed again: its lines will leave for good."""

    typed = forms.CharField(
        label="Recopiez le mois pour confirmer",
        max_length=7,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Recopiez le mois."},
    )

    def __init__(self, *args: Any, month: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month = month
        self.fields["typed"].help_text = f"Écrivez {month}."

    def clean_typed(self) -> str:
        if self.cleaned_data["typed"].strip() != self.month:
            raise ValidationError(f"Ce n’est pas le mois proposé : écrivez {self.month}.")
        return self.month


class HoldForm(AdminForm):
    from_month = forms.DateField(
        label="Tout garder à partir du",
        widget=DayInput,
        help_text="Le mois de cette date est gardé, et tous les suivants.",
        error_messages={"required": "Indiquez la date.", "invalid": "Cette date n’existe pas."},
    )
    reason = choice_field("Pourquoi ?", HoldReason.choices)


class LiftForm(AdminForm):
    is_sure = forms.BooleanField(
        label="Cette conservation n’a plus lieu d’être",
        error_messages={"required": "Cochez la case pour lever."},
    )


class ReviewForm(AdminForm):
    remarks = words_field(
        "Remarques",
        required=False,
        rows=6,
        help_text="Ce que vous avez vérifié, demandé ou signalé. Sous scellé, et gardé avec la revue.",
    )
    is_done = forms.BooleanField(
        label="J’ai lu les accès de ce mois",
        error_messages={"required": "Cochez la case pour signer."},
    )
