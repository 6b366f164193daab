"""Forms of the coordination about stays."""

from django import forms
from django.utils import timezone

from cases.arrival.admin.forms import waiver_choice
from cases.common.admin.forms import moment, now_local, words
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.partners.models import Partner, Place
from cms.values.forms import value_choice


class AnyPlaceField(LazyChoiceField):
    def label_from_instance(self, obj: Place) -> str:
        return f"{obj.partner} : {obj.label}"


class StayForm(AdminForm):
    partner = LazyChoiceField(lambda: Partner.objects.structures().filter(closed_on=None), label="Structure")
    place = AnyPlaceField(
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


class EndStayForm(AdminForm):
    ended_on = forms.DateField(label="Fin du séjour", initial=timezone.localdate, widget=DayInput)
    end_reason = value_choice("motif_fin", label="Motif de fin")
