"""Self-assessment: answers of a chapter, actions, proofs; opening a campaign."""

from typing import Any

from django import forms

from cms.files.forms import PortalAttachForm
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, ServiceErrorsMixin
from cms.kit.forms.portal import PortalForm
from cms.kit.templatetags.french import spaced
from referentiel.assessments.selectors import AssessmentLine
from referentiel.enums import MarkValue

NO_DAY = "Choisissez une date."
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ChapterForm(PortalForm):
    """One question per exigence of a chapter. Nothing is compulsory: the team comes back to it."""

    quiet_optional = True

    def __init__(self, *args: Any, lines: list[AssessmentLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            refused = {MarkValue.NOT_CONCERNED} if line.is_imperative else set()
            choices = [(value, spaced(label)) for value, label in MarkValue.choices if value not in refused]
            mark = line.mark
            hints = [f"L’an dernier\u00a0: {spaced(line.before)}." if line.before else ""]
            hints += ["Le texte a changé\u00a0: confirmez votre réponse." if mark and mark.is_to_confirm else ""]
            self.fields[line.exigence.code] = forms.ChoiceField(
                label=f"{line.exigence.code} ({line.exigence.level_label.lower()}). {spaced(line.exigence.text)}",
                choices=choices,
                required=False,
                initial="" if mark is None or mark.is_to_confirm else mark.value,
                widget=forms.RadioSelect,
                help_text=" ".join(hint for hint in hints if hint),
                error_messages={"invalid_choice": "Choisissez une réponse de la liste."},
            )


class StepForm(ServiceErrorsMixin, PortalForm):
    what = forms.CharField(
        label="Ce qui sera fait",
        max_length=300,
        help_text="Parlez de la structure, jamais d’un jeune ni d’une personne nommée.",
        error_messages={"required": "Dites ce que vous ferez."},
    )
    pilot = forms.CharField(
        label="Qui s’en occupe",
        max_length=120,
        help_text="Une fonction, comme «\u00a0chef de service\u00a0».",
        error_messages={"required": "Dites qui s’en occupe."},
    )
    due_on = forms.DateField(
        label="Pour le",
        widget=DAY,
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )
    proof = forms.CharField(
        label="Ce qui le prouvera", max_length=200, error_messages={"required": "Dites ce qui le prouvera."}
    )


class EvidenceForm(ServiceErrorsMixin, PortalAttachForm):
    """A file, with its title and the end of its validity."""

    valid_until = forms.DateField(
        label="Valable jusqu’au",
        required=False,
        widget=DAY,
        help_text="Laissez vide si la preuve ne se périme pas.",
        error_messages={"invalid": "Écrivez une date, ou laissez vide."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "Par exemple «\u00a0planning de nuit du trimestre\u00a0». Sans nom ni prénom."


class DoneForm(ServiceErrorsMixin, PortalForm):
    done_on = forms.DateField(
        label="Fait le",
        widget=DAY,
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )


class CampaignForm(AdminForm):
    year = forms.IntegerField(
        label="Année", min_value=2020, max_value=2100, error_messages={"required": "Écrivez l’année."}
    )
    opens_on = forms.DateField(label="Ouverte du", widget=DayInput)
    closes_on = forms.DateField(label="Jusqu’au", widget=DayInput)
