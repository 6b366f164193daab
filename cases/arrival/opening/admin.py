"""Stays that the coordination opens itself, from a file or an orientation; an arrival may be waived then."""

from typing import Any

from django import forms
from django.utils import timezone

from cases.arrival.admin.forms import WaivedForm, structure_choice
from cases.arrival.enums import Party, Way
from cases.arrival.models import Linking
from cases.arrival.services.answers import Call
from cases.arrival.services.linking import arrival_waive, linking_agree
from cases.common.admin.forms import moment, now_local, pk_of
from cases.common.admin.views import file_url
from cases.enums import ORIENTATION_NETWORK
from cases.files.models import Case
from cases.guard.selectors import structures_open_to
from cases.proposals.models import Orientation
from cases.stays.models import Placement
from cases.stays.services import Arrival, placement_open
from cms.admin.actions import RowAction
from cms.kit.filters import DayInput
from cms.kit.forms.admin import LazyChoiceField
from cms.kit.forms.fields import rows_offer
from cms.partners.models import Place
from cms.users.models import User
from cms.values.forms import value_choice


class AnyPlaceField(LazyChoiceField):
    def label_from_instance(self, obj: Place) -> str:
        return f"{obj.partner} : {obj.label}"


class StayForm(WaivedForm):
    partner = structure_choice()
    place = AnyPlaceField(
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
    accepted_by = forms.CharField(
        label="Qui, à la structure, a dit oui au téléphone",
        required=False,
        max_length=200,
        help_text="Sans objet si elle a accepté la proposition ou donné son accord. Gardé sous scellé.",
    )
    field_order = (
        "partner", "place", "accepted_by", "arrived_at", "legal_frame", "legal_frame_ends_on", "outside_reason",
        "waiver_reason", "waiver_words",
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_offer(self, "partner", structures_open_to(case, timezone.localdate()))


def _open(case: Case, cleaned: dict[str, Any], by: User, orientation: Orientation | None = None) -> Placement:
    if cleaned["waiver_reason"]:
        linking = arrival_waive(
            case=case,
            partner=cleaned["partner"],
            orientation=orientation,
            reason_id=cleaned["waiver_reason"].pk,
            words=cleaned["waiver_words"],
            by=by,
        )
        if cleaned["accepted_by"] and not Linking.objects.is_accepted(linking.pk):
            call = Call(way=Way.PHONE, said_by=cleaned["accepted_by"])
            linking_agree(linking=linking, party=Party.STRUCTURE, by=by, call=call)
    return placement_open(
        case=case,
        orientation=orientation,
        partner=cleaned["partner"],
        by=by,
        arrival=Arrival(
            place=cleaned["place"],
            arrived_at=cleaned["arrived_at"],
            legal_frame_id=cleaned["legal_frame"].pk,
            legal_frame_ends_on=cleaned["legal_frame_ends_on"],
            outside_reason_id=pk_of(cleaned["outside_reason"]),
        ),
    )


def _initial(row: Orientation) -> dict[str, Any]:
    proposal = row.proposals.exclude(confirmed_at=None).first()
    return {"partner": proposal and proposal.partner_id, "legal_frame": row.case.legal_frame_id}


def _is_confirmed(row: Orientation) -> bool:
    is_live = row.cancelled_at is None and not row.has_stay
    return is_live and row.decision_id == ORIENTATION_NETWORK and row.has_confirmed


OPENING: dict[str, Any] = {
    "route": "sejour",
    "form": StayForm,
    "title": "Ouvrir un séjour",
    "intro": "L’équipe de la structure pourra lire le dossier, sans l’identité, tant que dure le séjour.",
    "submit_label": "Ouvrir le séjour",
    "done": "Le séjour est ouvert.",
}

CASE_ACTIONS = (
    RowAction(
        "stay",
        label="Ouvrir un séjour",
        when=lambda case: case.closed_on is None,
        order=90,
        form_kwargs=lambda case: {"case": case},
        initial=lambda case: {"partner": None, "legal_frame": case.legal_frame_id},
        service=_open,
        **OPENING,
    ),
)

ORIENTATION_ACTIONS = (
    RowAction(
        "stay",
        label="Ouvrir le séjour",
        when=_is_confirmed,
        is_main=True,
        order=10,
        select_related=("case",),
        form_kwargs=lambda row: {"case": row.case},
        initial=_initial,
        service=lambda row, cleaned, by: _open(row.case, cleaned, by, orientation=row),
        back_to=lambda row: file_url(row.case),
        **OPENING,
    ),
)
