"""Forms of a linking in the admin."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.models import Linking
from cases.common.admin.forms import keyed, moment, now_local, words
from cases.enums import PAYER_ASE, TAKEN_OVER
from cases.files.models import Case
from cases.guard.selectors import structures_open_to
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField, LazyMultipleChoiceField
from cms.kit.forms.fields import choices_offer, rows_offer, rows_offered
from cms.partners.models import Partner, Place
from cms.territory.models import AseAuthority
from cms.values.forms import value_choice
from cms.values.models import Value
from cms.values.selectors import values_of


def waiver_choice(**kwargs: Any) -> forms.ModelChoiceField:
    return LazyChoiceField(
        lambda: values_of("motif_derogation").exclude(pk=TAKEN_OVER), label="Pourquoi l’arrivée n’attend pas", **kwargs
    )


def structure_choice() -> LazyChoiceField:
    return LazyChoiceField(
        lambda: Partner.objects.structures().filter(closed_on=None),
        label="Structure",
        error_messages={
            "invalid_choice": "Un lieu à éviter, une suspension ou une exigence impérative écarte cette structure : "
            "choisissez-en une autre, ou demandez une dérogation d’accueil."
        },
    )


class OpenForm(AdminForm):
    """Structures that the guard opens to this minor."""

    partner = structure_choice()

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "partner", structures_open_to(case, timezone.localdate()))


class AgreementForm(AdminForm):
    party = forms.ChoiceField(label="Qui donne son accord")
    agreed_on = forms.DateField(label="Accord du", initial=timezone.localdate, widget=DayInput)

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "party", [(party, Party(party).label.capitalize()) for party in parties])

    def clean_party(self) -> Party:
        return Party(self.cleaned_data["party"])


class PaidForm(AdminForm):
    agreed_on = forms.DateField(label="Accord du", initial=timezone.localdate, widget=DayInput)


class PointsField(LazyMultipleChoiceField):
    def label_from_instance(self, obj: Value) -> str:
        return obj.label if obj.extra.get("is_required") else f"{obj.label} (conseillé)"


class ChecksForm(AdminForm):
    """Points that are settled stay on offer once they are retired from the list."""

    items = PointsField(
        lambda: values_of("protocole_securite"), label="Ce qui est réglé avant l’arrivée", required=False
    )

    def __init__(self, *args: Any, linking: Linking, **kwargs: Any) -> None:
        settled = list(linking.checks.values_list("item_id", flat=True))
        super().__init__(*args, initial={"items": settled}, **kwargs)
        offered = values_of("protocole_securite") | Value.objects.of_list("protocole_securite").filter(pk__in=settled)
        rows_offer(self, "items", offered)


class AuthorityField(LazyChoiceField):
    def label_from_instance(self, obj: AseAuthority) -> str:
        return f"{obj.code} – {obj.name}"


class FinanceForm(AdminForm):
    payer_kind = value_choice("payeur", label="Qui paie")
    payer = AuthorityField(
        lambda: AseAuthority.objects.active_on(timezone.localdate()).prefetch_related("names"),
        label="Autorité chargée de l’ASE",
        required=False,
        empty_label="Sans objet",
    )
    daily_price = forms.DecimalField(
        label="Prix de journée (euros)",
        min_value=Decimal(0),
        max_value=Decimal(5000),
        decimal_places=2,
        localize=True,
        error_messages={"invalid": "Écrivez un montant, par exemple 185,50."},
    )
    financed_on = forms.DateField(label="Accord du", initial=timezone.localdate, widget=DayInput)
    ends_on = forms.DateField(label="Jusqu’au", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("payer_kind")
        if kind and kind.pk == PAYER_ASE and not cleaned.get("payer") and "payer" not in self.errors:
            self.add_error("payer", "Indiquez l’autorité qui paie.")
        return cleaned

    def given(self) -> dict[str, Any]:
        facts = keyed(self.cleaned_data, "payer_kind", "payer")
        facts["daily_price_cents"] = int(facts.pop("daily_price") * 100)
        return facts


class JourneyForm(AdminForm):
    driver = value_choice("conduite", label="Qui conduit le mineur")
    leaves_at = moment("Rendez-vous", initial=now_local)
    meeting_point = forms.CharField(
        label="Point de rencontre",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gardé sous scellé. Jamais l’adresse ni la ville de la structure.",
    )
    relay = forms.CharField(
        label="Personne relais, et sa ligne directe",
        max_length=300,
        help_text="Gardé sous scellé. Qui attend le mineur au point de rencontre.",
    )
    shelter = value_choice("abri_attente", label="Abri en attendant", required=False)
    shelter_until = moment("À l’abri jusqu’à", required=False)


class LinkingWaiveForm(AdminForm):
    reason = waiver_choice()
    words = words("Précision", rows=3, max_length=600, help_text="Gardée sous scellé.")


class PlaceField(LazyChoiceField):
    def label_from_instance(self, obj: Place) -> str:
        return obj.label


class ArriveForm(AdminForm):
    place = PlaceField(
        lambda: Place.objects.on(timezone.localdate()).select_related("partner"),
        label="Place",
        required=False,
        empty_label="La première libre",
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

    def __init__(self, *args: Any, linking: Linking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "place", rows_offered(self, "place").filter(partner_id=linking.partner_id))
