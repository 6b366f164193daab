"""Forms of a visit: marks and decisions in the admin, observations in the portal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField, ServiceErrorsMixin
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.kit.templatetags.french import spaced
from cms.partners.models import Partner
from referentiel.common.forms import LONG, NO_NAME
from referentiel.enums import MarkValue, VisitKind
from referentiel.visits.models import VisitMark
from referentiel.visits.selectors.visits import VisitLine
from referentiel.visits.services.visits import Answer, MarkProposal


def structures() -> QuerySet[Partner]:
    return Partner.objects.structures().with_convention_on(timezone.localdate()).order_by("code_name")


class VisitForm(AdminForm):
    partner = LazyChoiceField(structures, label="Structure", error_messages={"required": "Choisissez une structure."})
    kind = forms.ChoiceField(
        label="Nature", choices=VisitKind.choices, widget=forms.RadioSelect, initial=VisitKind.DESK
    )


class VisitMarksForm(AdminForm):
    """A mark and a comment for each exigence of a chapter; one that was not looked at is left empty."""

    def __init__(self, *args: Any, lines: list[VisitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [line.exigence.code for line in lines]
        for line in lines:
            refused = {MarkValue.NOT_CONCERNED} if line.is_imperative else set()
            choices = [(value, spaced(label)) for value, label in MarkValue.choices if value not in refused]
            own = f"La structure\u00a0: {spaced(line.own_label)}." if line.own else "La structure ne s’est pas cotée."
            self.fields[line.exigence.code] = forms.ChoiceField(
                label=f"{line.exigence.code} ({line.exigence.level_label.lower()}). {spaced(line.exigence.text)}",
                choices=[("", "Pas regardée"), *choices],
                required=False,
                initial=line.mark.value if line.mark else "",
                help_text=f"{own} Preuves attendues\u00a0: {spaced(' ; '.join(line.exigence.evidence))}.",
                error_messages={"invalid_choice": "Choisissez une réponse de la liste."},
            )
            self.fields[f"{line.exigence.code}_comment"] = forms.CharField(
                label=f"{line.exigence.code}\u00a0: ce que vous avez constaté",
                max_length=1000,
                required=False,
                initial=line.mark.comment if line.mark else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def marks(self) -> dict[str, MarkProposal]:
        given = self.cleaned_data
        return {code: MarkProposal(given[code], given[f"{code}_comment"]) for code in self.codes}


class VisitSendForm(AdminForm):
    visited_on = forms.DateField(label="Faite le", widget=DayInput, initial=timezone.localdate)
    summary = forms.CharField(
        label="Ce que la coordination retient", max_length=3000, required=False, widget=LONG, help_text=NO_NAME
    )


class VisitDecideForm(AdminForm):
    value = forms.ChoiceField(
        label="Cotation confirmée", widget=forms.RadioSelect, error_messages={"required": "Choisissez une cotation."}
    )
    reply = forms.CharField(
        label="Réponse à la structure",
        max_length=1000,
        required=False,
        widget=LONG,
        help_text=f"Nécessaire quand elle n’est pas d’accord, ou quand la cotation change. {NO_NAME}",
    )

    def __init__(self, *args: Any, mark: VisitMark, **kwargs: Any) -> None:
        super().__init__(*args, initial={"value": mark.value}, **kwargs)
        # A lower mark was never put before the structure; the service says so too.
        choices_offer(
            self,
            "value",
            [
                (value, spaced(label))
                for value, label in MarkValue.choices
                if value == mark.value
                or (value.isdigit() and (not mark.value.isdigit() or value >= mark.value))
                or (value == MarkValue.NOT_CONCERNED and mark.level == "standard")
            ],
        )


class VisitCloseForm(AdminForm):
    closing = forms.CharField(
        label="Conclusion",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Elle figure dans la lettre. {NO_NAME}",
        error_messages={"required": "Écrivez la conclusion que la structure lira."},
    )


class ObservationsForm(ServiceErrorsMixin, PortalForm):
    """« D’accord » or not, and why, for each mark that waits in a chapter. Nothing is compulsory yet."""

    quiet_optional = True

    def __init__(self, *args: Any, lines: list[VisitLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [line.exigence.code for line in lines]
        for line, mark in ((line, line.mark) for line in lines if line.mark):
            observation, code = line.observation, line.exigence.code
            parts = [f"Cotation de la coordination\u00a0: {spaced(mark.get_value_display())}."]
            parts += [f"Votre cotation\u00a0: {spaced(line.own_label)}."] if line.own else []
            parts += [f"Son constat\u00a0: {spaced(mark.comment)}"] if mark.comment else []
            self.fields[code] = forms.ChoiceField(
                label=f"{code} ({line.exigence.level_label.lower()}). {spaced(line.exigence.text)}",
                choices=[("yes", "D’accord"), ("no", "Pas d’accord")],
                required=False,
                initial="" if observation is None else ("yes" if observation.is_agreed else "no"),
                widget=forms.RadioSelect,
                help_text=" ".join(parts),
                error_messages={"invalid_choice": "Choisissez une réponse de la liste."},
            )
            self.fields[f"{code}_text"] = forms.CharField(
                label=f"{code}\u00a0: votre observation",
                max_length=1000,
                required=False,
                initial=observation.text if observation else "",
                widget=LONG,
                help_text="Nécessaire si vous n’êtes pas d’accord. Jamais rien sur un jeune.",
            )

    def answers(self) -> dict[str, Answer]:
        given, agreed = self.cleaned_data, {"yes": True, "no": False}
        return {code: Answer(agreed.get(given[code]), given[f"{code}_text"]) for code in self.codes}
