"""Actions of the coordination on a stay: confirmed, ended."""

from cases.stays.admin.forms import EndStayForm
from cases.stays.services import placement_confirm, placement_end
from cms.admin.actions import RowAction

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
