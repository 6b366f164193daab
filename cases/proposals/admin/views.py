"""Actions of the coordination on an orientation, and the answers of structures received by telephone."""

import uuid
from typing import Any

from cases.common.admin.forms import keyed, pk_of
from cases.common.admin.views import file_url, row_or_404
from cases.common.rules.states import SOLLICITATION
from cases.enums import ORIENTATION_ORDINARY, SollicitationState
from cases.files.services import case_update_facts
from cases.proposals.admin.forms import OrientForm, PhoneAnswerForm, UnmetForm
from cases.proposals.exchange.admin import ReplyForm
from cases.proposals.exchange.services import proposal_reply
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
from cms.admin.actions import RowAction
from cms.users.models import User

PROPOSAL = "proposition/<uuid:proposal_pk>"


def _orient(row: Sollicitation, cleaned: dict[str, Any], by: User) -> Orientation:
    level = cleaned["identification_level"].pk
    if row.case and level != row.case.identification_level_id:
        case_update_facts(case=row.case, by=by, identification_level_id=level)
    return orientation_decide(
        sollicitation=row,
        decision_id=ORIENTATION_ORDINARY,
        decided_by=by,
        ordinary_service_id=cleaned["ordinary_service"].pk,
    )


def _proposal(pk: uuid.UUID, proposal_pk: uuid.UUID) -> Proposal:
    rows = Proposal.objects.filter(orientation_id=pk).select_related("partner", "orientation")
    return row_or_404(rows, proposal_pk)


REQUEST_ACTIONS = (
    RowAction(
        "orient",
        route="orienter",
        label="Orienter vers le droit commun",
        when=lambda row: (row.state, "orient") in SOLLICITATION and row.case_id is not None,
        order=40,
        select_related=("case",),
        form=OrientForm,
        initial=lambda row: {"identification_level": row.case and row.case.identification_level_id},
        service=_orient,
        intro="Pour un mineur qu’un service hors du réseau prend en charge. Les chiffres le comptent à part.",
        submit_label="Orienter",
        done="L’orientation vers le droit commun est décidée.",
        back_to=lambda row: file_url(row.case or row),
    ),
    RowAction(
        "unmet",
        route="besoin-non-couvert",
        label="Noter un besoin non couvert",
        when=lambda row: row.state == SollicitationState.ORIENTED,
        order=70,
        select_related=("case",),
        form=UnmetForm,
        service=lambda row, cleaned, by: need_note(sollicitation=row, by=by, **keyed(cleaned, "reason")),
        intro="Toutes les structures ont refusé. La demande attend : l’accueil vous dira quand une place s’ouvre dans "
        "une structure qui convient.",
        done="Le besoin est noté. La demande reste ouverte.",
    ),
)

ACTIONS = (
    RowAction(
        "cancel",
        route="annuler",
        label="Annuler l’orientation",
        when=lambda row: row.cancelled_at is None and not row.has_stay,
        order=20,
        service=lambda row, cleaned, by: orientation_cancel(orientation=row, by=by),
        intro="Elle ne comptera plus et les structures interrogées seront prévenues.",
        submit_label="Annuler l’orientation",
        done="L’orientation est annulée.",
    ),
    RowAction(
        "proposal_answer",
        route=f"{PROPOSAL}/reponse",
        find=_proposal,
        form=PhoneAnswerForm,
        service=lambda row, cleaned, by: proposal_answer(
            proposal=row,
            answered_by=by,
            available_from=cleaned["available_from"],
            condition=cleaned["condition"],
            **{f"{name}_id": pk_of(cleaned[name]) for name in ("answer", "refusal_reason")},
        ),
        title=lambda row: f"Réponse de {row.partner}",
        subtitle=lambda row: row.orientation,
        intro="À remplir quand la structure répond par téléphone.",
        done="La réponse est enregistrée.",
    ),
    RowAction(
        "proposal_reply",
        route=f"{PROPOSAL}/repondre",
        find=_proposal,
        form=ReplyForm,
        service=lambda row, cleaned, by: proposal_reply(proposal=row, by=by, text=cleaned["text"]),
        title=lambda row: f"Répondre à {row.partner}",
        subtitle=lambda row: row.orientation,
        intro="La structure lit cette réponse sur la page de la proposition, et en est prévenue aussitôt.",
        submit_label="Envoyer",
        done="La structure est prévenue.",
    ),
    RowAction(
        "proposal_confirm",
        route=f"{PROPOSAL}/retenir",
        find=_proposal,
        service=lambda row, cleaned, by: proposal_confirm(proposal=row, by=by),
        title=lambda row: f"Retenir {row.partner}",
        subtitle=lambda row: row.orientation,
        intro="Les autres structures interrogées seront libérées.",
        submit_label="Retenir cette structure",
        done=lambda row, proposal: f"{row.partner} est retenue.",
    ),
    RowAction(
        "proposal_withdraw",
        route=f"{PROPOSAL}/retirer",
        find=_proposal,
        service=lambda row, cleaned, by: proposal_withdraw(proposal=row, by=by),
        title=lambda row: f"Retirer la proposition à {row.partner}",
        subtitle=lambda row: row.orientation,
        intro="La structure ne pourra plus répondre.",
        submit_label="Retirer",
        done="La proposition est retirée.",
    ),
)
