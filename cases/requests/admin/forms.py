"""Forms of the coordination about requests. Nothing sealed is ever read back into a field."""

from typing import Any

from django import forms

from cases.common.admin.forms import BirthForm, FactsForm, now_local, pk_of, words
from cases.extra.forms import ExtraForm, extra_given
from cases.files.models import Case
from cases.files.services import FACTS
from cases.requests.likely.selectors import cases_likely
from cases.requests.messages.services import LONGEST
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import (
    CORRECTABLE,
    DETAIL,
    NewSollicitation,
    sollicitation_correct,
    sollicitation_send,
)
from cases.requests.tonight.models import TONIGHT
from cms.kit.forms.admin import AdminForm, LazyMultipleChoiceField
from cms.kit.forms.fields import choices_offer, rows_offer
from cms.values.forms import field_of, value_choice
from cms.values.models import Value
from cms.values.selectors import values_of

FACT_NAMES = tuple(name.removesuffix("_id") for name in FACTS)
TONIGHT_NAMES = tuple(name.removesuffix("_id") for name in TONIGHT)
CORRECTABLE_NAMES = tuple(name.removesuffix("_id") for name in CORRECTABLE)


class SollicitationCreateForm(ExtraForm, BirthForm):
    """A request received by telephone: the same facts as the portal asks, entered by the coordination."""

    forms = LazyMultipleChoiceField(
        lambda: values_of("forme"), label="Formes d’exploitation, même présumées", required=False
    )
    main_form = value_choice("forme", label="Forme principale", required=False)
    callback_name = words("Personne à rappeler", help_text="Gardé sous scellé.")
    callback_phone = words("Ligne de rappel", help_text="Gardée sous scellé.")
    minor_label = words("Initiales ou prénom d’emprunt", help_text="Gardé sous scellé. Jamais le nom du mineur.")
    place = words("Lieu précis", help_text="Gardé sous scellé.")
    narrative = words("Récit", rows=5, help_text="Gardé sous scellé.")

    class Meta:
        model = Sollicitation
        fields = (
            "requester", "requester_type", "channel", "received_at", "nature", "urgency", "detected_by",
            "age_at_reception", *FACT_NAMES, "current_place", "safe_until", *TONIGHT_NAMES, "is_test",
        )  # fmt: skip
        formfield_callback = field_of

    field_order = ("requester", "requester_type", "channel", "received_at", "nature", "urgency", "forms", "main_form")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requester_type"].required = False
        self.fields["requester_type"].help_text = "Laissez vide : c’est celui du service."
        self.fields["received_at"].initial = now_local

    def write(self) -> Sollicitation:
        cleaned = {name: pk_of(value) for name, value in self.cleaned_data.items()}
        return sollicitation_send(
            NewSollicitation(
                requester=self.cleaned_data["requester"],
                submitted_by=self.user,
                nature_id=cleaned["nature"],
                urgency_id=cleaned["urgency"],
                channel_id=cleaned["channel"],
                forms=[form.pk for form in self.cleaned_data["forms"]],
                main_form=cleaned["main_form"] or "",
                facts={name: cleaned[name.removesuffix("_id")] for name in FACTS},
                tonight={name: cleaned[name.removesuffix("_id")] for name in TONIGHT},
                age=cleaned["age_at_reception"],
                detail={name: cleaned[name] for name in DETAIL},
                detected_by_id=cleaned["detected_by"],
                requester_type_id=cleaned["requester_type"],
                current_place_id=cleaned["current_place"],
                safe_until=cleaned["safe_until"],
                received_at=cleaned["received_at"],
                is_test=cleaned["is_test"],
                extra=extra_given(self.cleaned_data),
            )
        )


class SollicitationCorrectForm(ExtraForm, FactsForm):
    """Coded facts of a request. What is sealed and the service that asked are not changed here."""

    columns = CORRECTABLE

    class Meta:
        model = Sollicitation
        fields = CORRECTABLE_NAMES
        formfield_callback = field_of

    def write(self) -> Sollicitation:
        row, different = self.stored_and_different()
        self.extra_write(row)
        return sollicitation_correct(sollicitation=row, by=self.user, **different) if different else row


class ExploitationForm(AdminForm):
    """Forms of exploitation of a sollicitation or of a case; those that it carries stay on offer once retired."""

    forms = LazyMultipleChoiceField(
        lambda: values_of("forme"), label="Formes d’exploitation, même présumées", required=False
    )
    main_form = value_choice(
        "forme", label="Forme principale", required=False, help_text="Une seule, parmi celles cochées."
    )

    def __init__(self, *args: Any, row: Sollicitation | Case, **kwargs: Any) -> None:
        current = {form.form_id: form.is_main for form in row.forms.all()}
        initial = {"forms": list(current), "main_form": next((form for form in current if current[form]), None)}
        super().__init__(*args, initial=initial, **kwargs)
        offered = values_of("forme") | Value.objects.of_list("forme").filter(pk__in=current)
        for name in ("forms", "main_form"):
            rows_offer(self, name, offered)

    def given(self) -> dict[str, Any]:
        main = self.cleaned_data["main_form"]
        return {"forms": [form.pk for form in self.cleaned_data["forms"]], "main_form": main.pk if main else ""}


class LinkForm(AdminForm):
    """Tie a sollicitation to a known situation, or open one. The likely ones are proposed, with their reasons."""

    aliases = {"case": "likely"}

    likely = forms.ChoiceField(
        label="Ce mineur est-il déjà suivi par le réseau ?", required=False, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label="Une autre situation",
        required=False,
        max_length=20,
        help_text="Sa référence, si vous la connaissez. Elle l’emporte sur le choix ci-dessus.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, row: Sollicitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposed = [(str(one.case.pk), f"{one.case} : {', '.join(one.reasons)}") for one in cases_likely(row)]
        choices_offer(self, "likely", [("", "Non, ou personne ne sait : ouvrir une nouvelle situation"), *proposed])
        if not proposed:
            self.fields["likely"].help_text = "Aucune situation ouverte ne ressemble à cette demande."

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        cleaned["case"] = None
        reference = (cleaned.get("reference") or "").strip()
        if reference:
            cleaned["case"] = Case.objects.filter(closed_on=None, reference__iexact=reference).first()
            if cleaned["case"] is None:
                self.add_error("reference", "Aucune situation ouverte ne porte cette référence.")
        elif cleaned.get("likely"):
            cleaned["case"] = Case.objects.filter(closed_on=None, pk=cleaned["likely"]).first()
        return cleaned


class MessageForm(AdminForm):
    """A message to the service that asked; sealed, and read on the page that follows its request."""

    text = forms.CharField(
        label="Message",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Le service demandeur le lit sur sa page de suivi. Un transmetteur ne le voit pas : appelez-le. "
        "N’écrivez ni le nom du mineur, ni l’adresse d’une structure.",
        error_messages={"required": "Écrivez le message."},
    )


class CloseSollicitationForm(AdminForm):
    outcome = value_choice("decision", label="Suite donnée")
    unmet_reason = value_choice(
        "motif_sans_solution",
        label="Ce qui a manqué",
        required=False,
        help_text="Obligatoire si des structures ont été interrogées et qu’aucune n’accueille : le réseau en tient le "
        "compte, par région et par forme.",
    )
