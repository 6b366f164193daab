"""How a screen says who was told, who is missing, and since when."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases.admin_words import moment
from cases.authorities.selectors import AuthorityCall
from cases.models import Incident
from cms.access import scope
from cms.access.admin_blocks import Badge, Listing

TOLD, MISSING, LATE = ("prévenue", "success"), ("à prévenir", "danger"), ("à prévenir, en retard", "danger")
WAIVED, LEFT = ("écartée", "neutral"), ("par la coordination", "neutral")


def state_of(call: AuthorityCall, at: dt.datetime) -> tuple[str, str]:
    """Word and tone of a line. A structure does not see as missing what the coordination alone tells."""
    if call.notice or call.is_declaration:
        return TOLD
    if call.waiver:
        return WAIVED
    if call.is_for_coordination and not scope.current().sees_all_cases():
        return LEFT
    return LATE if call.is_late(at) else MISSING


def said_of(call: AuthorityCall) -> str:
    """Who, when, by which way, with what proof; or why not; or within what delay."""
    if call.is_declaration:
        return "Par cette déclaration."
    if notice := call.notice:
        way = f", {notice.channel.label.lower()}" if notice.channel else ""
        proof = ". Justificatif joint" if notice.proof_id else ". Sans justificatif"
        return f"Le {moment(notice.told_at)}, par {notice.told_by}{way}{proof}."
    if waiver := call.waiver:
        return f"{waiver.reason}. Décidé par {waiver.decided_by} le {moment(waiver.decided_at)}."
    return f"{call.delay}." if call.delay else ""


def authority_items(incident: Incident, calls: list[AuthorityCall], *, may_tell: bool = True) -> list[dict[str, Any]]:
    """Lines of `ui/task_list.html`, those that are missing first."""
    now = timezone.now()
    may_note = reverse("cases:incident_authorities", args=[incident.pk])
    lines = []
    for call in calls:
        label, tone = state_of(call, now)
        code = call.authority.code
        lines.append(
            {
                "label": call.name,
                "hint": said_of(call),
                "badge_label": label,
                "badge_tone": tone,
                "url": f"{may_note}?destinataire={code.lower()}" if tone == "danger" else "",
            }
        )
    return sorted(lines, key=lambda line: line["badge_tone"] != "danger")


def tally(calls: list[AuthorityCall]) -> str:
    """« 3 prévenus ou écartés, sur 6 à prévenir »."""
    told = sum(not call.is_missing for call in calls)
    mark = "s" if told > 1 else ""
    return f"{told} prévenu{mark} ou écarté{mark}, sur {len(calls)} à prévenir"


def authorities_listing(incident: Incident, calls: list[AuthorityCall]) -> Listing:
    """The block of the file: what the incident calls for, then who else was told."""
    now = timezone.now()
    rows: list[tuple[Any, ...]] = []
    for call in calls:
        label, tone = state_of(call, now)
        note = call.notice.note if call.notice else call.waiver.words if call.waiver else ""
        rows.append((call.name, Badge(label, tone), said_of(call), note or "", call.why))
    known = {call.authority.pk for call in calls}
    for notice in incident.notices.all():
        if notice.authority_id not in known:
            said = f"Le {moment(notice.told_at)}, par {notice.told_by}."
            rows.append((notice.authority, Badge(*TOLD), said, notice.note or "", "En plus de la liste"))
    headings = ("Destinataire", "État", "Quand, par qui", "Interlocuteur, référence", "Pourquoi")
    return Listing("Autorités à prévenir", headings, rows, "Ce type d’incident ne demande de prévenir personne.")
