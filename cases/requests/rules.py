"""What looks odd in a request, for the coordination alone: notes to read before calling back, never a refusal."""

import re

from cases.common.rules.phones import line_digits
from cases.enums import Channel
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.unverified.models import UnverifiedRequest

TRIAL = re.compile(
    r"\b(tests?|essais?|azerty\w*|qwerty\w*|qsdf\w*|asdf\w*|toto|titi|lorem|blabla|(\w)\2{3,})\b", re.IGNORECASE
)
"""Words typed to try the form."""
READ = ("callback_name", "minor_label", "place", "narrative")
SAME_LINE = 3
"""Requests with the same line that are worth a note, when they all come from one service."""


def notes_on(row: Sollicitation, detail: SollicitationDetail) -> list[str]:
    """List what looks odd. `detail` is already open for this page; other lines are compared by their hash."""
    notes = _written([getattr(detail, name) for name in READ], detail.callback_phone)
    is_known = Sollicitation.objects.filter(requester_id=row.requester_id, received_at__lt=row.received_at).exists()
    if not is_known and row.channel_id != Channel.PUBLIC:  # whose switchboard was called already
        notes.append("C’est la première demande de ce service : vérifiez qui parle, par son standard.")
    if detail.callback_digest:
        others = Sollicitation.objects.filter(detail__callback_digest=detail.callback_digest).exclude(pk=row.pk)
        if row.group_id:
            others = others.exclude(group_id=row.group_id)
        services = list(others.values_list("requester_id", flat=True))
        elsewhere = sum(service != row.requester_id for service in services)
        if elsewhere:
            notes.append(f"La même ligne de rappel a été donnée par un autre service, dans {_requests(elsewhere)}.")
        elif len(services) >= SAME_LINE:
            notes.append(f"La même ligne de rappel est dans {_requests(len(services))} de ce service.")
    return notes


def notes_on_unverified(row: UnverifiedRequest) -> list[str]:
    notes = _written([row.unit, row.callback_name, row.narrative], row.callback_phone)
    if row.callback_digest:
        others = UnverifiedRequest.objects.filter(callback_digest=row.callback_digest).exclude(pk=row.pk).count()
        known = Sollicitation.objects.filter(detail__callback_digest=row.callback_digest).count()
        if others:
            notes.append(f"La même ligne est dans {_requests(others)} sans compte.")
        if known:
            notes.append(f"La même ligne est dans {_requests(known)} d’un service connu.")
    return notes


def _written(texts: list[str], phone: str) -> list[str]:
    notes = []
    if any(TRIAL.search(text or "") for text in texts):
        notes.append("Le texte contient des mots d’essai (« test », « azerty »…) : est-ce une vraie demande ?")
    digits = line_digits(phone or "")
    if digits and (len(set(digits)) < 3 or digits in "01234567890123456789" or len(digits) < 4):
        notes.append("La ligne de rappel n’a pas l’air d’un vrai numéro.")
    return notes


def _requests(count: int) -> str:
    return f"{count} demande{'s' if count > 1 else ''}"
