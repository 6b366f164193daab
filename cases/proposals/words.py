"""How pages say a proposal and its sheet."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone

from cases.common.services import manages
from cases.common.words import item, known, moment, years
from cases.enums import ANSWERS_ACCEPTING, Answer
from cases.proposals.models import Proposal
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register, hour

ACTIONS = {
    "cases.orientation.decide": "orientation décidée",
    "cases.orientation.cancel": "orientation annulée",
    "cases.proposal.send": "structure interrogée",
    "cases.proposal.answer": "réponse de la structure",
    "cases.proposal.write": "message échangé avec la structure",
    "cases.proposal.ask": "question à la coordination",
    "cases.proposal.link": "lien d’une proposition ouvert",
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
        "due": f"avant {hour(proposal.answer_by)}",
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


ORDER = {Answer.ACCEPTED: 1, Answer.CONDITIONAL: 2, Answer.WAITING: 4, Answer.REFUSED: 5}
VERBS = {
    Answer.ACCEPTED: "accepte",
    Answer.CONDITIONAL: "accepte sous condition",
    Answer.WAITING: "met en attente",
    Answer.REFUSED: "refuse",
    Answer.NONE: "n’a pas répondu",
}


def answer_words(proposal: Proposal) -> str:
    """Say where one structure stands: « Les Tilleuls accepte, admet à partir de 23 h 40 ».

    The home of the coordination, the board, the files, the inbox and the page of a call all say it with these words.
    """
    name = proposal.partner.code_name
    if proposal.withdrawn_at:
        return f"{name} : proposition retirée"
    if proposal.confirmed_at:
        return f"{name} est retenue{_admits(proposal)}"
    if proposal.answer_id:
        answer = Answer(proposal.answer_id)
        late = ", après l’heure demandée" if proposal.is_late and answer != Answer.NONE else ""
        return f"{name} {VERBS[answer]}{late}{_admits(proposal)}"
    if proposal.answer_by < timezone.now():
        return f"{name} n’a pas répondu avant {hour(proposal.answer_by)}"
    return f"{name} : réponse attendue avant {hour(proposal.answer_by)}"


def _admits(proposal: Proposal) -> str:
    at = proposal.available_from
    if at is None:
        return ""
    return ", peut admettre maintenant" if at <= timezone.now() else f", admet à partir de {hour(at)}"


def _rank(proposal: Proposal) -> tuple[int, dt.datetime]:
    """Return what is said first: who is kept, who accepts, whose silence is known, who is awaited, who refuses."""
    if proposal.confirmed_at:
        return 0, proposal.answer_by
    return (ORDER.get(Answer(proposal.answer_id), 4) if proposal.answer_id else 3), proposal.answer_by


def answers_words(proposals: Iterable[Proposal]) -> str:
    """Say where the structures of a request stand, what matters most first; only who is kept once one is."""
    rows = sorted(proposals, key=_rank)
    if rows and rows[0].confirmed_at:
        rows = rows[:1]
    return " ; ".join(answer_words(row) for row in rows)


def answers_said(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what the inbox says of sheets, to those who read all of them."""
    if not manages():
        return {}
    rows = Proposal.objects.filter(pk__in=ids).select_related("partner", "answer").without_words()
    return {row.pk: answer_words(row) for row in rows}


def question_said(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    if not manages():
        return {}
    rows = Proposal.objects.filter(pk__in=ids).select_related("partner").without_words()
    return {
        row.pk: f"{row.partner.code_name} pose une question, réponse attendue avant {hour(row.answer_by)}"
        for row in rows
    }


def due_said(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what the inbox of a structure says of the sheets that it must answer."""
    rows = Proposal.objects.pending().filter(pk__in=ids).values_list("pk", "answer_by")
    return {pk: f"Une proposition d’accueil attend votre réponse avant {hour(answer_by)}" for pk, answer_by in rows}


def answer_items(proposal: Proposal) -> list[dict]:
    """Return what the structure answered, as it reads it again."""
    if not proposal.answer_id:
        return []
    lines = [
        item("Peut accueillir à partir de", moment(proposal.available_from) if proposal.available_from else None),
        item("Condition posée", proposal.condition),
        item("Motif du refus", proposal.refusal_reason.label if proposal.refusal_reason else None),
    ]
    return known(lines)
