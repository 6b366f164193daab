"""Forms of results, of the withdrawal of an attestation, and of the public check."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from cms.kit.forms.portal import PortalForm
from formation.enums import Result, WithdrawalReason
from formation.sessions.models.sessions import Enrolment


class CheckForm(PortalForm):
    number = forms.CharField(
        label="Numéro de l’attestation",
        max_length=20,
        help_text="Par exemple AF-2026-0147.",
        error_messages={"required": "Recopiez le numéro de l’attestation."},
    )
    code = forms.CharField(
        label="Code de vérification",
        max_length=20,
        error_messages={"required": "Recopiez le code écrit à côté du numéro."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WithdrawForm(PortalForm):
    reason = forms.ChoiceField(
        label="Motif",
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le motif."},
    )


class ResultsForm(PortalForm):
    """The result of each person; empty where nobody was assessed. `knowledge`: percents of the questionnaire."""

    def __init__(
        self, *args: Any, enrolments: list[Enrolment], knowledge: Mapping[uuid.UUID | None, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.enrolments = {str(row.pk): row for row in enrolments}
        for key, row in self.enrolments.items():
            self.fields[key] = forms.ChoiceField(
                label=str(row.professional),
                choices=[("", "Comme le questionnaire" if row.pk in knowledge else "Non évalué"), *Result.choices],
                required=False,
                initial=row.result,
                help_text=f"{knowledge[row.pk]} % de bonnes réponses après la session" if row.pk in knowledge else "",
            )

    def results(self) -> list[tuple[Enrolment, str]]:
        return [(row, self.cleaned_data[key]) for key, row in self.enrolments.items()]
