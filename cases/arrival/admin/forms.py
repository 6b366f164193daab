"""Forms of a linking in the admin."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cases.arrival.enums import PAYER, Party, Reply, Way
from cases.arrival.models import Linking
from cases.arrival.policies import services_entrusting
from cases.arrival.protocol.selectors import Point
from cases.arrival.selectors import is_night_now
from cases.arrival.services.answers import Call
from cases.arrival.services.protocol import LONGEST
from cases.common.admin.forms import keyed, moment, now_local, words
from cases.enums import PAYER_ASE, TAKEN_OVER, WaiverReason
from cases.files.models import Case
from cases.guard.selectors import structures_open_to
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.kit.forms.fields import choices_offer, rows_offer, rows_offered
from cms.partners.models import Partner, Place
from cms.territory.models import AseAuthority
from cms.values.forms import value_choice
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


class GuardianForm(AdminForm):
    guardian = LazyChoiceField(
        services_entrusting,
        label="Service gardien",
        help_text="ASE, PJJ ou juridiction. Un service qui n’est pas dans la liste s’ajoute d’abord aux partenaires.",
    )


class ProtocolForm(AdminForm):
    """One text a point, as it is written, or else as the file and the list propose it."""

    def __init__(self, *args: Any, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"point_{number}": point.value.pk for number, point in enumerate(points)}
        for name, point in zip(self.names, points, strict=True):
            label = point.value.label if point.is_required else f"{point.value.label} (conseillé)"
            help_text = "" if point.words else "Proposé par le dossier et la liste : relisez, complétez."
            field = words(label, rows=3, max_length=LONGEST, help_text=help_text)
            field.initial = point.words or point.proposed
            self.fields[name] = field

    def given(self) -> dict[str, str]:
        return {pk: self.cleaned_data.get(name, "") for name, pk in self.names.items()}


class AuthorityField(LazyChoiceField):
    def label_from_instance(self, obj: AseAuthority) -> str:
        return f"{obj.code} – {obj.name}"


class TermsForm(AdminForm):
    """Who pays, how much, until when."""

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
    ends_on = forms.DateField(label="Jusqu’au", required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        kind = cleaned.get("payer_kind")
        if kind and kind.pk == PAYER_ASE and not cleaned.get("payer") and "payer" not in self.errors:
            self.add_error("payer", "Indiquez l’autorité qui paie.")
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Return the terms as services take them; empty where nothing is told."""
        facts = {name: self.cleaned_data.get(name) for name in ("payer_kind", "payer", "daily_price", "ends_on")}
        price = facts.pop("daily_price")
        return keyed(facts, "payer_kind", "payer") | {"daily_price_cents": None if price is None else int(price * 100)}


class FinanceForm(TermsForm):
    financed_on = forms.DateField(label="Accord du", initial=timezone.localdate, widget=DayInput)

    def given(self) -> dict[str, Any]:
        return self.terms() | {"financed_on": self.cleaned_data["financed_on"]}


class AnswerForm(TermsForm):
    """One call, one line: who, when, how, what was answered, whoever the party is."""

    party = forms.ChoiceField(label="Qui a répondu")
    reply = forms.ChoiceField(label="Réponse", choices=[(one.value, one.label.capitalize()) for one in Reply])
    at = moment("Répondu le", initial=now_local)
    way = forms.ChoiceField(
        label="Comment", choices=[(one.value, one.label.capitalize()) for one in Way if one != Way.ONLINE]
    )
    said_by = words("Nom et fonction", max_length=200, help_text="Gardés sous scellé.")
    words = words("Ce qui a été dit", rows=2, max_length=600, help_text="Gardé sous scellé.")
    guardian = LazyChoiceField(
        services_entrusting,
        label="Service gardien",
        required=False,
        empty_label="Sans objet",
        help_text="Pour l’accord du service gardien : à qui le mineur est confié. Police, gendarmerie, associations "
        "et hôpitaux demandent un accueil, ils ne confient pas.",
    )
    field_order = (
        "party", "reply", "at", "way", "said_by", "words", "guardian", "payer_kind", "payer", "daily_price", "ends_on",
    )  # fmt: skip

    def __init__(self, *args: Any, parties: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {party.value: party.label.capitalize() for party in Party} | {PAYER: "Qui paie"}
        choices_offer(self, "party", [(party, labels[party]) for party in parties])
        for name in ("payer_kind", "daily_price"):
            self.fields[name].required = False
        self.fields["payer_kind"].help_text = "Pour l’accord de qui paie, avec le prix et le terme."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("party") == PAYER and cleaned.get("reply") == Reply.AGREED:
            for name, said in (("payer_kind", "Indiquez qui paie."), ("daily_price", "Indiquez le prix de journée.")):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, said)
        if cleaned.get("party") == Party.REQUESTER and not cleaned.get("guardian") and "guardian" not in self.errors:
            self.add_error("guardian", "Dites à quel service le mineur est confié.")
        return cleaned

    def given(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        call = Call(
            way=Way(cleaned["way"]),
            reply=Reply(cleaned["reply"]),
            at=cleaned["at"],
            said_by=cleaned["said_by"],
            words=cleaned["words"],
        )
        return {"party": cleaned["party"], "call": call, "guardian": cleaned["guardian"], "terms": self.terms()}


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
    shelter = value_choice("abri_provisoire", label="Abri en attendant", required=False)
    shelter_until = moment("À l’abri jusqu’à", required=False)


class LinkingWaiveForm(AdminForm):
    reason = waiver_choice()
    words = words("Précision", rows=3, max_length=600, help_text="Gardée sous scellé.")


class PlaceField(LazyChoiceField):
    def label_from_instance(self, obj: Place) -> str:
        return obj.label


class WaivedForm(AdminForm):
    """What is asked besides when something is missing; at night a reason is proposed."""

    waiver_reason = waiver_choice(
        required=False,
        help_text="Seulement si la mise en lien n’est pas complète : ce qui manque sera à régulariser.",
    )
    waiver_words = words("Précision sur cette dérogation", rows=2, max_length=600, help_text="Gardée sous scellé.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_night_now():
            self.fields["waiver_reason"].initial = WaiverReason.DANGER


class ArriveForm(WaivedForm):
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

    field_order = (
        "place", "arrived_at", "legal_frame", "legal_frame_ends_on", "outside_reason", "waiver_reason", "waiver_words",
    )  # fmt: skip

    def __init__(self, *args: Any, linking: Linking, is_complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "place", rows_offered(self, "place").filter(partner_id=linking.partner_id))
        if is_complete:
            for name in ("waiver_reason", "waiver_words"):
                del self.fields[name]
