"""Forms of the coordination about minors. Nothing sealed is ever read back into a field."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from cases.enums import ANSWER_REFUSED, TAKEN_OVER
from cases.extra.enums import ExtraTarget
from cases.extra.forms import extra_form_fields, extra_told
from cases.extra.selectors import fields_asked
from cases.extra.services import extra_answers_known, extra_answers_write
from cases.files.models import Case
from cases.files.services import CASE_FACTS, FACTS, case_update_facts
from cases.requests.messages.services import LONGEST
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import CORRECTABLE, DETAIL, sollicitation_correct, sollicitation_send
from cms.kit.filters import DayInput, MomentInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField, LazyMultipleChoiceField
from cms.partners.models import Partner, Place
from cms.values.forms import AdminModelForm, field_of, value_choice
from cms.values.models import Value
from cms.values.selectors import values_of

FACT_NAMES = tuple(name.removesuffix("_id") for name in FACTS)
CORRECTABLE_NAMES = tuple(name.removesuffix("_id") for name in CORRECTABLE)
CASE_FACT_NAMES = tuple(name.removesuffix("_id") for name in CASE_FACTS)


def pk_of(value: Any) -> Any:
    return getattr(value, "pk", value)


def now_local():
    return timezone.localtime().replace(second=0, microsecond=0)


def moment(label: str, *, required: bool = True, **kwargs: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, required=required, widget=MomentInput, **kwargs)


def words(label: str, *, rows: int = 0, **kwargs: Any) -> forms.CharField:
    """Free text that goes sealed."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=widget, **kwargs)


def waiver_choice(**kwargs: Any) -> forms.ModelChoiceField:
    return LazyChoiceField(
        lambda: values_of("motif_derogation").exclude(pk=TAKEN_OVER), label="Pourquoi l’arrivée n’attend pas", **kwargs
    )


class ExtraMixin:
    """Asks the fields that the network added, and writes their answers with the row."""

    extra_target = ExtraTarget.SOLLICITATION

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = fields_asked(self.extra_target)
        known = extra_answers_known(self.instance) if asked and not self.instance._state.adding else {}
        self.fields |= extra_form_fields(asked, may_require=True, answers=known)

    def extra_write(self, row: Sollicitation | Case) -> None:
        extra_answers_write(parent=row, answers=extra_told(self.cleaned_data), by=self.user)


class BirthMixin:
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("birth_month") and "birth_year" not in self.errors and not cleaned.get("birth_year"):
            self.add_error("birth_month", "Indiquez l’année avec le mois de naissance.")
        return cleaned


class SollicitationForm(ExtraMixin, BirthMixin, AdminModelForm):
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
            "age_at_reception", *FACT_NAMES, "current_place", "safe_until", "is_test",
        )  # fmt: skip
        formfield_callback = field_of

    field_order = ("requester", "requester_type", "channel", "received_at", "nature", "urgency", "forms", "main_form")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["requester_type"].required = False
        self.fields["requester_type"].help_text = "Laissez vide : c’est celui du service."
        self.fields["received_at"].initial = now_local

    def write(self) -> Sollicitation:
        cleaned = {name: pk_of(value) for name, value in self.cleaned_data.items()}
        return sollicitation_send(
            requester=self.cleaned_data["requester"],
            submitted_by=self.user,
            nature_id=cleaned["nature"],
            urgency_id=cleaned["urgency"],
            channel_id=cleaned["channel"],
            forms=[form.pk for form in self.cleaned_data["forms"]],
            main_form=cleaned["main_form"] or "",
            facts={name: cleaned[name.removesuffix("_id")] for name in FACTS},
            age=cleaned["age_at_reception"],
            detail={name: cleaned[name] for name in DETAIL},
            detected_by_id=cleaned["detected_by"],
            requester_type_id=cleaned["requester_type"],
            current_place_id=cleaned["current_place"],
            safe_until=cleaned["safe_until"],
            received_at=cleaned["received_at"],
            is_test=cleaned["is_test"],
            extra=extra_told(self.cleaned_data),
        )


def shown(value: Any) -> Any:
    """A moment as its field shows it, to the minute: left as it is, it has not changed."""
    return value.replace(second=0, microsecond=0) if isinstance(value, dt.datetime) else value


class FactsFormMixin(BirthMixin):
    """Gives the service what differs from the base: the form has already set its own instance."""

    columns: tuple[str, ...] = ()

    def stored_and_different(self) -> tuple[Any, dict[str, Any]]:
        row = self._meta.model.objects.get(pk=self.instance.pk)
        asked = {name: pk_of(self.cleaned_data[name.removesuffix("_id")]) for name in self.columns}
        return row, {name: value for name, value in asked.items() if shown(getattr(row, name)) != shown(value)}


class CaseFactsForm(ExtraMixin, FactsFormMixin, AdminModelForm):
    extra_target = ExtraTarget.CASE
    columns = CASE_FACTS

    class Meta:
        model = Case
        fields = CASE_FACT_NAMES
        formfield_callback = field_of

    def write(self) -> Case:
        case, different = self.stored_and_different()
        self.extra_write(case)
        return case_update_facts(case=case, by=self.user, **different) if different else case


class SollicitationCorrectForm(ExtraMixin, FactsFormMixin, AdminModelForm):
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

    def __init__(self, *args, row: Sollicitation | Case, **kwargs):
        held = {form.form_id: form.is_main for form in row.forms.all()}
        initial = {"forms": list(held), "main_form": next((form for form in held if held[form]), None)}
        super().__init__(*args, initial=initial, **kwargs)
        offered = values_of("forme") | Value.objects.of_list("forme").filter(pk__in=held)
        for name in ("forms", "main_form"):
            self.fields[name].queryset = offered

    def chosen(self) -> dict[str, Any]:
        main = self.cleaned_data["main_form"]
        return {"forms": [form.pk for form in self.cleaned_data["forms"]], "main_form": main.pk if main else ""}


class LinkForm(AdminForm):
    """Tie a sollicitation to a known situation, or open one."""

    case = LazyChoiceField(
        lambda: Case.objects.filter(closed_on=None),
        label="Situation connue",
        required=False,
        empty_label="Ouvrir une nouvelle situation",
        help_text="Ce mineur est-il déjà suivi par le réseau ?",
    )


class OrientForm(AdminForm):
    """To a service outside the network: it is asked by other ways than the anonymous sheet."""

    ordinary_service = value_choice("type_structure", label="Service de droit commun")
    identification_level = value_choice("niveau_identification", label="Niveau d’identification à la décision")


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


class UnmetForm(AdminForm):
    reason = value_choice("motif_sans_solution", label="Ce qui a manqué")


class CloseCaseForm(AdminForm):
    reason = value_choice("motif_cloture", label="Motif de clôture")
    on = forms.DateField(label="Close le", initial=timezone.localdate, widget=DayInput)


class IdentityForm(AdminForm):
    """Written, never read back: what is left empty keeps what it holds."""

    last_name = words("Nom")
    first_name = words("Prénom")
    aliases = words("Autres identités", rows=2, help_text="Surnoms, autres noms donnés : un par ligne.")
    birth_date = forms.DateField(label="Date de naissance", required=False, widget=DayInput)
    phone = words("Téléphone")
    place = words("Lieu précis")
    narrative = words("Récit", rows=5)

    def written(self) -> dict[str, Any]:
        written = {name: value for name, value in self.cleaned_data.items() if value}
        if "aliases" in written:
            written["aliases"] = [line.strip() for line in written["aliases"].splitlines() if line.strip()]
        return written

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, "Rien n’est rempli : écrivez au moins une information.")
        return cleaned


class AnswerForm(AdminForm):
    """Answer of a structure received by telephone."""

    answer = value_choice("reponse", label="Réponse de la structure")
    refusal_reason = value_choice("motif_refus", label="Motif du refus", required=False)

    def clean(self):
        cleaned = super().clean()
        if pk_of(cleaned.get("answer")) == ANSWER_REFUSED and not cleaned.get("refusal_reason"):
            self.add_error("refusal_reason", "Indiquez le motif du refus.")
        return cleaned


class ConfirmForm(AdminForm):
    """Nothing to fill in: the button confirms."""


class StayForm(AdminForm):
    partner = LazyChoiceField(lambda: Partner.objects.structures().filter(closed_on=None), label="Structure")
    place = LazyChoiceField(
        lambda: Place.objects.on(timezone.localdate()).select_related("partner"),
        label="Place",
        required=False,
        empty_label="Sans place précise",
    )
    arrived_at = moment("Arrivée", initial=now_local)
    legal_frame = value_choice("cadre_juridique", label="Cadre juridique")
    legal_frame_ends_on = forms.DateField(label="Fin du cadre juridique", required=False, widget=DayInput)
    outside_reason = value_choice(
        "motif_hors_convention",
        label="Motif hors convention",
        required=False,
        help_text="Seulement si la structure n’a pas de convention en cours ce jour-là.",
    )
    waiver_reason = waiver_choice(
        required=False,
        help_text="Seulement si la mise en lien n’est pas complète : ce qui manque sera à régulariser.",
    )
    waiver_words = words("Précision sur cette dérogation", rows=2, max_length=600, help_text="Gardée sous scellé.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].label_from_instance = lambda place: f"{place.partner} : {place.label}"


class EndStayForm(AdminForm):
    ended_on = forms.DateField(label="Fin du séjour", initial=timezone.localdate, widget=DayInput)
    end_reason = value_choice("motif_fin", label="Motif de fin")
