"""How pages say a proposal and its sheet."""

from django.urls import reverse
from django.utils import timezone

from cases.common.words import moment, soon, years
from cases.enums import ANSWERS_ACCEPTING
from cases.proposals.models import Proposal
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.orientation.decide": "orientation décidée",
    "cases.orientation.cancel": "orientation annulée",
    "cases.proposal.send": "structure interrogée",
    "cases.proposal.answer": "réponse de la structure",
    "cases.proposal.confirm": "structure retenue",
    "cases.proposal.withdraw": "proposition retirée",
    "cases.unmet_need.note": "besoin non couvert noté",
    "cases.unmet_need.met": "besoin couvert",
}
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "orientation_same_case": "Cette orientation et cette sollicitation concernent deux situations différentes.",
    "proposal_once_per_structure": "Cette structure est déjà interrogée pour cette orientation.",
    "proposal_one_confirmed": "Une structure est déjà retenue pour cette orientation.",
    "proposal_frozen": "Cette proposition ne se modifie plus.",
    "sollicitation_unmet_told": "Aucune structure n’accueille ce mineur : dites ce qui a manqué.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def proposal_line(proposal: Proposal) -> dict:
    """Return the line of a proposal in a list: of the sheet, age and sex alone."""
    is_late = proposal.answer_by < timezone.now()
    sex = (proposal.sheet.get("sex") or {}).get("label", "sexe non précisé").lower()
    return {
        "label": "Répondre à une proposition d’accueil",
        "url": reverse("cases:proposal", args=[proposal.pk]),
        "hint": f"{years(proposal.sheet.get('age')) or 'Âge inconnu'}, {sex}. Pour {proposal.partner.code_name}.",
        "due": f"avant le {soon(proposal.answer_by)}",
        "badge_label": "Délai dépassé" if is_late else "À répondre",
        "badge_tone": "danger" if is_late else "warning",
    }


def proposal_state(proposal: Proposal) -> dict:
    if proposal.withdrawn_at:
        return {"label": "Retirée", "tone": "neutral", "hint": f"le {moment(proposal.withdrawn_at)}"}
    if proposal.confirmed_at:
        return {"label": "Retenue", "tone": "success", "hint": f"le {moment(proposal.confirmed_at)}"}
    if proposal.answer and proposal.answered_at:
        tone = "success" if proposal.answer_id in ANSWERS_ACCEPTING else "neutral"
        return {"label": proposal.answer.label, "tone": tone, "hint": f"le {moment(proposal.answered_at)}"}
    line = proposal_line(proposal)
    return {"label": line["badge_label"], "tone": line["badge_tone"], "hint": f"réponse attendue {line['due']}"}
