"""Actions of the coordination on an orientation, and the answers of structures received by telephone."""

from cases.common.admin.forms import pk_of
from cases.common.admin.views import confirm_page, data_of, file_url, row_or_404
from cases.enums import ORIENTATION_ORDINARY
from cases.files.services import case_update_facts
from cases.proposals.admin.forms import AnswerForm, OrientForm, UnmetForm
from cases.proposals.models import Orientation, Proposal
from cases.proposals.services import (
    orientation_cancel,
    orientation_decide,
    proposal_answer,
    proposal_confirm,
    proposal_withdraw,
)
from cases.proposals.unmet.services import need_note
from cases.requests.models import Sollicitation
from cms.kit.pages import action_page


def sollicitation_orient_view(request, pk):
    row = row_or_404(Sollicitation.objects.select_related("case"), pk)

    def run(cleaned):
        level = cleaned["identification_level"].pk
        if row.case and level != row.case.identification_level_id:
            case_update_facts(case=row.case, by=request.user, identification_level_id=level)
        orientation_decide(
            sollicitation=row,
            decision_id=ORIENTATION_ORDINARY,
            decided_by=request.user,
            ordinary_service_id=cleaned["ordinary_service"].pk,
        )

    initial = {"identification_level": row.case and row.case.identification_level_id}
    return action_page(
        request,
        form=OrientForm(data_of(request), initial=initial),
        run=run,
        title="Orienter vers le droit commun",
        subtitle=str(row),
        intro="Pour un mineur qu’un service hors du réseau prend en charge. Les chiffres le comptent à part.",
        done="L’orientation vers le droit commun est décidée.",
        back_url=file_url(row.case or row),
        submit_label="Orienter",
    )


def sollicitation_unmet_view(request, pk):
    row = row_or_404(Sollicitation.objects.select_related("case"), pk)
    return action_page(
        request,
        form=UnmetForm(data_of(request)),
        run=lambda cleaned: need_note(sollicitation=row, reason_id=cleaned["reason"].pk, by=request.user),
        title="Noter un besoin non couvert",
        subtitle=str(row),
        intro="Toutes les structures ont refusé. La demande attend : l’accueil vous dira quand une place s’ouvre dans "
        "une structure qui convient.",
        done="Le besoin est noté. La demande reste ouverte.",
        back_url=file_url(row),
    )


def orientation_cancel_view(request, pk):
    row = row_or_404(Orientation.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: orientation_cancel(orientation=row, by=request.user),
        title="Annuler l’orientation",
        intro="Elle ne comptera plus et les structures interrogées seront prévenues.",
        done="L’orientation est annulée.",
        label="Annuler l’orientation",
    )


def _proposal(pk, proposal_pk) -> Proposal:
    rows = Proposal.objects.filter(orientation_id=pk).select_related("partner", "orientation")
    return row_or_404(rows, proposal_pk)


def proposal_answer_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return action_page(
        request,
        form=AnswerForm(data_of(request)),
        run=lambda cleaned: proposal_answer(
            proposal=row,
            answer_id=cleaned["answer"].pk,
            answered_by=request.user,
            refusal_reason_id=pk_of(cleaned["refusal_reason"]),
        ),
        title=f"Réponse de {row.partner}",
        subtitle=str(row.orientation),
        intro="À remplir quand la structure répond par téléphone.",
        done="La réponse est enregistrée.",
        back_url=file_url(row.orientation),
    )


def proposal_confirm_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return confirm_page(
        request,
        row.orientation,
        run=lambda: proposal_confirm(proposal=row, by=request.user),
        title=f"Retenir {row.partner}",
        intro="Les autres structures interrogées seront libérées.",
        done=f"{row.partner} est retenue.",
        label="Retenir cette structure",
    )


def proposal_withdraw_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return confirm_page(
        request,
        row.orientation,
        run=lambda: proposal_withdraw(proposal=row, by=request.user),
        title=f"Retirer la proposition à {row.partner}",
        intro="La structure ne pourra plus répondre.",
        done="La proposition est retirée.",
        label="Retirer",
    )
