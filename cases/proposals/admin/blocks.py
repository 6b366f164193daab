"""What the file of an orientation shows, and the orientations that other files list."""

from django.db.models import QuerySet
from django.urls import reverse

from cases.common.admin.blocks import Blocks
from cases.common.admin.words import linked, moment, partner_cell, years
from cases.enums import ANSWERS_ACCEPTING, SollicitationState
from cases.files.models import Case
from cases.proposals.models import Orientation, Proposal
from cases.proposals.selectors import proposals_of_requests
from cases.proposals.words import answer_words, answers_words
from cases.requests.models import Sollicitation
from cms.admin.parts import FilePart
from cms.kit.blocks import Action, Facts, Listing
from cms.partners.oncall.selectors import lines_of
from cms.partners.oncall.words import line_words


def orientations_block(orientations: QuerySet[Orientation]) -> Listing:
    rows = [
        (linked(row), row.decision, years(row.age_at_decision), "annulée" if row.cancelled_at else "en cours")
        for row in orientations
    ]
    return Listing("Orientations", ("Orientation", "Décision", "Âge", "État"), rows, "Aucune orientation.")


def proposals_block(proposals: QuerySet[Proposal], *, with_actions: bool = False) -> Listing:
    sheets = list(proposals.select_related("partner", "answer", "refusal_reason"))
    lines = lines_of(row.partner_id for row in sheets)
    rows = [
        (
            partner_cell(row.partner),
            line_words(lines.get(row.partner_id)),
            answer_words(row),
            row.condition or row.refusal_reason,
            moment(row.sent_at),
            moment(row.answered_at),
        )
        for row in sheets
    ]
    headings = ("Structure", "Astreinte", "Où elle en est", "Condition ou motif", "Envoyée le", "Répondue le")
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
        actions.append(action("Lui écrire", "reply"))
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


def answers_step(row: Sollicitation) -> str:
    """Return where the structures asked stand, and what to do about it; empty before any was asked."""
    said = answers_of(row)
    return f"{said}. Ouvrez l’orientation, onglet « Orientation », pour retenir une structure." if said else ""


def answers_of(row: Sollicitation) -> str:
    if row.state != SollicitationState.ORIENTED:
        return ""
    return answers_words(proposals_of_requests([row.pk]).get(row.pk, ()))


def case_answers_step(case: Case) -> str:
    rows = case.sollicitations.filter(state=SollicitationState.ORIENTED)
    answers = proposals_of_requests(rows.values_list("pk", flat=True))
    said = [answers_words(proposals) for proposals in answers.values() if not _is_kept(proposals)]
    return f"{' ; '.join(said)}. Ouvrez l’orientation, onglet « Orientation »." if said else ""


def _is_kept(proposals: list[Proposal]) -> bool:
    return any(row.confirmed_at for row in proposals)


REQUEST_PARTS = (FilePart(order=30, tab="Orientation", blocks=lambda row: [_listed(row)], next_step=answers_step),)
CASE_PARTS = (
    FilePart(
        order=40,
        tab="Orientation",
        blocks=lambda case: [_listed(case), proposals_block(Proposal.objects.filter(orientation__case=case))],
        next_step=case_answers_step,
    ),
)
