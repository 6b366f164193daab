"""Actions of the coordination on a stay: opened, confirmed, ended."""

from cases.arrival.services.linking import arrival_waive
from cases.common.admin.forms import pk_of
from cases.common.admin.views import confirm_page, data_of, file_url, row_or_404
from cases.files.models import Case
from cases.proposals.models import Orientation
from cases.stays.admin.forms import EndStayForm, StayForm
from cases.stays.models import Placement
from cases.stays.services import placement_confirm, placement_end, placement_open
from cms.kit.pages import action_page


def case_stay_view(request, pk):
    row = row_or_404(Case.objects, pk)
    return _stay(request, row, back=row)


def orientation_stay_view(request, pk):
    row = row_or_404(Orientation.objects.select_related("case"), pk)
    kept = row.proposals.exclude(confirmed_at=None).first()
    return _stay(request, row.case, back=row, orientation=row, partner_id=kept and kept.partner_id)


def _stay(request, case, *, back, orientation=None, partner_id=None):
    def run(cleaned):
        if cleaned["waiver_reason"]:
            arrival_waive(
                case=case,
                partner=cleaned["partner"],
                orientation=orientation,
                reason_id=cleaned["waiver_reason"].pk,
                words=cleaned["waiver_words"],
                by=request.user,
            )
        placement_open(
            case=case,
            orientation=orientation,
            partner=cleaned["partner"],
            place=cleaned["place"],
            arrived_at=cleaned["arrived_at"],
            legal_frame_id=cleaned["legal_frame"].pk,
            legal_frame_ends_on=cleaned["legal_frame_ends_on"],
            outside_reason_id=pk_of(cleaned["outside_reason"]),
            by=request.user,
        )

    return action_page(
        request,
        form=StayForm(data_of(request), initial={"partner": partner_id, "legal_frame": case.legal_frame_id}),
        run=run,
        title="Ouvrir un séjour",
        subtitle=str(back),
        intro="L’équipe de la structure pourra lire le dossier, sans l’identité, tant que dure le séjour.",
        done="Le séjour est ouvert.",
        back_url=file_url(case),
        submit_label="Ouvrir le séjour",
    )


def placement_confirm_view(request, pk):
    row = row_or_404(Placement.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: placement_confirm(placement=row, by=request.user),
        title="Confirmer l’arrivée",
        intro="À faire si la structure l’a confirmée par téléphone.",
        done="L’arrivée est confirmée.",
        label="Confirmer l’arrivée",
    )


def placement_end_view(request, pk):
    row = row_or_404(Placement.objects, pk)
    return action_page(
        request,
        form=EndStayForm(data_of(request)),
        run=lambda cleaned: placement_end(
            placement=row, ended_on=cleaned["ended_on"], reason_id=cleaned["end_reason"].pk, by=request.user
        ),
        title="Terminer le séjour",
        subtitle=str(row),
        intro="Les droits de regard de la structure sur ce dossier prennent fin.",
        done="Le séjour est terminé.",
        back_url=file_url(row),
        submit_label="Terminer",
    )
