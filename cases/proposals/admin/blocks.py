"""What the file of an orientation shows, and the orientations that other files list."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.blocks import Blocks
from cases.common.admin.words import linked, moment, partner_cell, years
from cases.enums import ANSWERS_ACCEPTING
from cases.files.models import Case
from cases.proposals.models import Orientation, Proposal
from cases.requests.models import Sollicitation
from cms.admin.parts import FilePart
from cms.kit.blocks import Action, Facts, Listing


def orientations_block(orientations: QuerySet[Orientation]) -> Listing:
    rows = [
        (linked(row), row.decision, years(row.age_at_decision), "annulée" if row.cancelled_at else "en cours")
        for row in orientations
    ]
    return Listing("Orientations", ("Orientation", "Décision", "Âge", "État"), rows, "Aucune orientation.")


def proposal_state(row: Proposal) -> str:
    if row.confirmed_at:
        return "retenue"
    if row.withdrawn_at:
        return "retirée"
    if row.answer_id:
        return "répondue"
    return "réponse en retard" if row.answer_by < timezone.now() else "en attente"


def proposals_block(proposals: QuerySet[Proposal], *, with_actions: bool = False) -> Listing:
    sheets = list(proposals.select_related("partner", "answer", "refusal_reason"))
    rows = [
        (
            partner_cell(row.partner),
            moment(row.sent_at),
            moment(row.answer_by),
            row.answer,
            row.refusal_reason,
            proposal_state(row),
        )
        for row in sheets
    ]
    headings = ("Structure", "Envoyée le", "Réponse avant", "Réponse", "Motif de refus", "État")
    actions = [proposal_actions(row) for row in sheets] if with_actions else ()
    return Listing("Structures interrogées", headings, rows, "Aucune structure interrogée.", actions)


def proposal_actions(row: Proposal) -> list[Action]:
    def action(label: str, page: str, *, is_main: bool = False) -> Action:
        return Action(label, reverse(f"cases_orientation:proposal_{page}", args=[row.orientation_id, row.pk]), is_main)

    if row.withdrawn_at:
        return []
    actions = []
    if not row.answer_id:
        actions.append(action("Saisir la réponse", "answer"))
    if row.answer_id in ANSWERS_ACCEPTING and not row.confirmed_at:
        actions.append(action("Retenir", "confirm", is_main=True))
    return [*actions, action("Retirer", "withdraw")]


def orientation_blocks(row: Orientation) -> Blocks:
    facts = [
        ("Situation", linked(row.case)),
        ("Sollicitation", linked(row.sollicitation)),
        ("Décision", row.decision),
        ("Décidée le", moment(row.decided_at)),
        ("Décidée par", row.decided_by),
        ("Niveau d’identification", row.identification_level),
        ("Âge à la décision", years(row.age_at_decision)),
        ("Service de droit commun", row.ordinary_service),
        ("Annulée le", moment(row.cancelled_at)),
    ]
    return [
        Facts("Décision", facts),
        proposals_block(row.proposals.all(), with_actions=row.cancelled_at is None),
    ]


def _listed(row: Case | Sollicitation) -> Listing:
    return orientations_block(row.orientations.select_related("decision", "case"))


PARTS = (FilePart(blocks=orientation_blocks),)
REQUEST_PARTS = (FilePart(order=30, blocks=lambda row: [_listed(row)]),)
CASE_PARTS = (
    FilePart(
        order=40,
        blocks=lambda case: [_listed(case), proposals_block(Proposal.objects.filter(orientation__case=case))],
    ),
)
