"""Who was told, by which way, with what proof; why somebody is not; and what a report to the authority must say."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone

from cases.common.admin.forms import now_local, words
from cases.common.forms.fields import DayField, MomentField, choices, needed
from cases.incidents.authorities.selectors import BY_COORDINATION, COORDINATION, AuthorityCall
from cms.files.enums import ACCEPTED
from cms.files.forms import WIDGET
from cms.kit.filters import DayInput, MomentInput
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.values.forms import value_choice
from cms.values.models import Value
from cms.values.selectors import values_by_list

NOTE_HELP = "Nom ou fonction de la personne jointe, numéro de procédure ou de fax. Gardé sous scellé."


def proof_field() -> forms.FileField:
    return forms.FileField(
        label="Justificatif", required=False, widget=WIDGET, help_text=f"Accusé, télécopie, courriel. {ACCEPTED}."
    )


def authority_choices(
    calls: list[AuthorityCall], values: list[Value], *, without: tuple[str, ...] = ()
) -> list[tuple[str, Any]]:
    """Return the authorities that the incident requires, a département a line, then all the others."""
    called = [(call.choice, call.name) for call in calls if call.authority.code not in without]
    known = {call.authority.code for call in calls} | set(without)
    others = [(value.pk, value.label) for value in values if value.code not in known]
    return (
        [("", "Choisissez"), ("À prévenir", called), ("Autres", others)] if called else [("", "Choisissez"), *others]
    )


def split(choice: str) -> tuple[str, str | None]:
    """Return the authority and the département of a choice."""
    authority, _, ase = choice.partition("|")
    return authority, ase or None


def proof_words() -> forms.CharField:
    return forms.CharField(
        label="Ce que l’autorité a répondu",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Accusé, numéro, nom ou fonction de qui a répondu. Gardé sous scellé. Ou joignez le document.",
    )


class _ProofFields(forms.Form):
    """A proof that came after the notice: a document, or words, and its date."""

    aliases = {"proof": "piece"}

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("words") and not cleaned.get("piece") and not self.errors:
            self.add_error("words", "Joignez le document, ou écrivez ce que l’autorité a répondu.")
        return cleaned


class PortalProofForm(_ProofFields, PortalForm):
    dated_on = DayField(label="Daté du")
    words = proof_words()
    piece = proof_field()


class AdminProofForm(_ProofFields, AdminForm):
    dated_on = forms.DateField(label="Daté du", initial=timezone.localdate, widget=DayInput)
    words = proof_words()
    piece = proof_field()


class TellForm(PortalForm):
    """One more authority told of an incident."""

    authority = forms.ChoiceField(
        label="Qui avez-vous prévenu ?", error_messages=needed("Choisissez qui a été prévenu.")
    )
    channel = forms.ChoiceField(label="Comment ?", required=False)
    told_at = MomentField(label="Prévenu le")
    note = forms.CharField(
        label="Interlocuteur, numéro ou référence", required=False, max_length=300, help_text=NOTE_HELP
    )
    proof = proof_field()

    def __init__(self, *args: Any, calls: list[AuthorityCall], never: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = values_by_list("autorite", "canal")
        elsewhere = (COORDINATION, *BY_COORDINATION, *never)
        choices_offer(self, "authority", authority_choices(calls, values["autorite"], without=elsewhere))
        choices_offer(self, "channel", [("", "Choisissez"), *choices(values["canal"])])


class AdminTellForm(AdminForm):
    authority = forms.ChoiceField(label="Autorité informée")
    channel = value_choice("canal", label="Canal", required=False)
    told_at = forms.DateTimeField(label="Informée le", initial=now_local, widget=MomentInput)
    note = words("Interlocuteur, numéro ou référence", rows=2, max_length=300, help_text=NOTE_HELP)
    proof = proof_field()

    def __init__(self, *args: Any, calls: list[AuthorityCall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "authority", authority_choices(calls, values_by_list("autorite")["autorite"]))


class AuthorityWaiveForm(AdminForm):
    authority = forms.ChoiceField(label="Destinataire écarté")
    reason = value_choice("motif_non_information", label="Pourquoi")
    words = words("Précision", rows=2, max_length=600, help_text="Gardée sous scellé.")

    def __init__(self, *args: Any, calls: list[AuthorityCall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "authority", authority_choices(calls, values_by_list("autorite")["autorite"]))


class _ReportFields(forms.Form):
    format = forms.ChoiceField(
        label="Document",
        choices=[("pdf", "PDF, à envoyer tel quel"), ("docx", "Texte à compléter (Word, LibreOffice)")],
        initial="pdf",
        widget=forms.RadioSelect,
        error_messages=needed("Choisissez le document."),
    )
    hurt = forms.IntegerField(
        label="Personnes blessées ou victimes",
        min_value=0,
        max_value=500,
        error_messages=needed("Un nombre."),
    )
    exposed = forms.IntegerField(
        label="Personnes exposées", min_value=0, max_value=500, error_messages=needed("Un nombre.")
    )
    protection = forms.CharField(
        label="Mesures immédiates de protection et de soutien",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=needed("Dites ce qui a été fait, ou « aucune »."),
    )
    prevention = forms.CharField(
        label="Mesures pour que cela cesse et ne se reproduise pas",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=needed("Dites ce qui est prévu, ou « aucune »."),
    )
    informed = forms.CharField(
        label="Information donnée à la personne concernée et à ses proches",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=needed("Dites qui a été informé, ou pourquoi personne ne l’est."),
    )
    follow_up = forms.CharField(
        label="Suites administratives ou judiciaires",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=needed("Dites lesquelles, ou « aucune à ce jour »."),
    )
    media = forms.CharField(  # type: ignore[assignment]  # the metaclass of forms takes fields out of the class
        label="Répercussion médiatique",
        max_length=600,
        initial="Aucune à ce jour.",
        error_messages=needed("Dites laquelle, ou « aucune à ce jour »."),
    )


class PortalReportForm(_ReportFields, PortalForm):
    pass


class AdminReportForm(_ReportFields, AdminForm):
    pass
