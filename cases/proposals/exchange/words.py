"""How pages say what was written about a sheet."""

from collections.abc import Iterable

from cases.proposals.exchange.models import ProposalMessage


def message_events(messages: Iterable[ProposalMessage]) -> list[dict]:
    """Return the exchange as `ui/timeline.html` wants it."""
    return [
        {
            "title": "Question de votre équipe" if row.is_from_structure else "Réponse de la coordination",
            "at": row.written_at,
            "text": row.text,
            "tone": "neutral" if row.is_from_structure else "info",
        }
        for row in messages
    ]
