"""Actions of the coordination on a stay: opened from a file or an orientation, confirmed, ended."""

from typing import Any

from cases.arrival.services.linking import arrival_waive
from cases.common.admin.forms import pk_of
from cases.common.admin.views import file_url
from cases.enums import ORIENTATION_NETWORK
from cases.files.models import Case
from cases.proposals.models import Orientation
from cases.stays.admin.forms import EndStayForm, StayForm
from cases.stays.models import Placement
from cases.stays.services import Arrival, placement_confirm, placement_end, placement_open
from cms.admin.actions import RowAction
from cms.users.models import User


def _open(case: Case, cleaned: dict[str, Any], by: User, orientation: Orientation | None = None) -> Placement:
    if cleaned["waiver_reason"]:
        arrival_waive(
            case=case,
            partner=cleaned["partner"],
            orientation=orientation,
            reason_id=cleaned["waiver_reason"].pk,
            words=cleaned["waiver_words"],
            by=by,
        )
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
        initial=_initial,
        service=lambda row, cleaned, by: _open(row.case, cleaned, by, orientation=row),
        back_to=lambda row: file_url(row.case),
        **OPENING,
    ),
)

ACTIONS = (
    RowAction(
        "confirm",
        route="confirmer",
        label="Confirmer l’arrivée",
        when=lambda row: row.ended_on is None and row.confirmed_at is None,
        is_main=True,
        order=10,
        service=lambda row, cleaned, by: placement_confirm(placement=row, by=by),
        intro="À faire si la structure l’a confirmée par téléphone.",
        submit_label="Confirmer l’arrivée",
        done="L’arrivée est confirmée.",
    ),
    RowAction(
        "end",
        route="terminer",
        label="Terminer le séjour",
        when=lambda row: row.ended_on is None,
        order=60,
        form=EndStayForm,
        service=lambda row, cleaned, by: placement_end(
            placement=row, ended_on=cleaned["ended_on"], reason_id=cleaned["end_reason"].pk, by=by
        ),
        intro="Les droits de regard de la structure sur ce dossier prennent fin.",
        submit_label="Terminer",
        done="Le séjour est terminé.",
    ),
)
