"""How a screen says who was told, who is missing, and since when."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases.common.admin.words import moment
from cases.incidents.authorities.selectors import AuthorityCall, Phone, authority_phones
from cases.incidents.models.declared import AuthorityNotice, Incident
from cms.kit.blocks import Action, Badge, Listing
from cms.wall import scope

TOLD, MISSING, LATE = ("prévenue", "success"), ("à prévenir", "danger"), ("à prévenir, en retard", "danger")
WAIVED, LEFT = ("écartée", "neutral"), ("par la coordination", "neutral")


def state_of(call: AuthorityCall, at: dt.datetime) -> tuple[str, str]:
    """Return word and tone of a line. A structure does not see as missing what the coordination alone tells."""
    if call.notice or call.is_declaration:
        return TOLD
    if call.waiver:
        return WAIVED
    if call.is_for_coordination and not scope.current().sees_all_cases():
        return LEFT
    return LATE if call.is_late(at) else MISSING


def said_of(call: AuthorityCall) -> str:
    """Return who told, when, by which channel, with what proof; or why not; or within what delay."""
    if call.is_declaration:
        return "Par cette déclaration."
    if notice := call.notice:
        return notice_details(notice)
    if waiver := call.waiver:
        return f"{waiver.reason}. Décidé par {waiver.decided_by} le {moment(waiver.decided_at)}."
    return f"{call.delay}." if call.delay else ""


def notice_details(notice: AuthorityNotice) -> str:
    way = f", {notice.channel.label.lower()}" if notice.channel else ""
    return f"Le {moment(notice.told_at)}, par {notice.told_by}{way}. {proofs_words(notice)}."


def proofs_words(notice: AuthorityNotice) -> str:
    """Return « Justificatif du 3 mars » or « Sans justificatif », for a notice prefetched by `TOLD`."""
    days = [f"{day:%d/%m/%Y}" for day in notice.proof_days]
    known = (["Justificatif joint"] if notice.proof_id else []) + [f"Justificatif du {day}" for day in days]
    return ". ".join(known) or "Sans justificatif"


def authority_items(incident: Incident, calls: list[AuthorityCall]) -> list[dict[str, Any]]:
    """Return lines of `ui/task_list.html`, missing ones first; a line already told opens the page of its proof."""
    now = timezone.now()
    may_note = reverse("cases:incident_authorities", args=[incident.pk])
    lines = []
    for number, call in enumerate(calls):
        label, tone = state_of(call, now)
        lines.append(
            {
                "label": call.name,
                "hint": f"{said_of(call)} {ADD_A_PROOF}" if call.notice else said_of(call),
                "badge_label": label,
                "badge_tone": tone,
                "url": _page_of(call, f"{may_note}?ligne={number}") if tone == "danger" or call.notice else "",
            }
        )
    return sorted(lines, key=lambda line: line["badge_tone"] != "danger")


ADD_A_PROOF = "Ouvrez cette ligne pour ajouter un justificatif."


def _page_of(call: AuthorityCall, may_note: str) -> str:
    if call.notice:
        return reverse("cases:incident_proof", args=[call.notice.incident_id, call.notice.pk])
    return may_note


def choice_at(calls: list[AuthorityCall], line: str) -> str:
    """Return the choice at a line of the list. URLs hold the rank alone: a choice may tell where a child is from."""
    return calls[int(line)].choice if line.isdecimal() and int(line) < len(calls) else ""


def tally(calls: list[AuthorityCall]) -> str:
    """Return « 3 prévenus ou écartés, sur 6 à prévenir »."""
    settled = sum(not call.is_missing for call in calls)
    mark = "s" if settled > 1 else ""
    return f"{settled} prévenu{mark} ou écarté{mark}, sur {len(calls)} à prévenir"


def authorities_listing(incident: Incident, calls: list[AuthorityCall]) -> Listing:
    """Return the block of the file: authorities that the incident requires, then who else was told."""
    now, phones = timezone.now(), authority_phones(incident, calls)
    rows: list[tuple[Any, ...]] = []
    actions: list[list[Action]] = []
    for call in calls:
        label, tone = state_of(call, now)
        note = call.notice.note if call.notice else call.waiver.words if call.waiver else ""
        numbers = phones_words(phones.get(call.name, []))
        rows.append((call.name, Badge(label, tone), numbers, said_of(call), note or "", call.why))
        actions.append(_prove(call.notice))
    listed = {call.notice.pk for call in calls if call.notice}
    called = {call.authority.pk for call in calls}
    for notice in incident.notices.all():
        if notice.pk not in listed:
            details = notice_details(notice)
            # Told before, or again, or without saying of which département.
            why = "Autre appel" if notice.authority_id in called else "En plus de la liste"
            rows.append((notice.authority, Badge(*TOLD), "", details, notice.note or "", why))
            actions.append(_prove(notice))
    headings = ("Destinataire", "État", "Qui appeler", "Quand, par qui", "Interlocuteur, référence", "Pourquoi")
    empty = "Ce type d’incident ne demande de prévenir personne."
    return Listing("Autorités à prévenir", headings, rows, empty, actions)


def phones_words(phones: list[Phone]) -> str:
    """Return « 119, 01 02 03 04 05 (CRIP du Nord) »: the numbers of who is still to be told."""
    return ", ".join(f"{phone.number} ({phone.who})" if phone.who else phone.number for phone in phones)


def notice_words(notice: AuthorityNotice) -> str:
    """Return what was noted at the call, then what each proof says."""
    return " · ".join(words for words in (notice.note, *(proof.words for proof in notice.proofs.all())) if words)


def _prove(notice: AuthorityNotice | None) -> list[Action]:
    if notice is None:
        return []
    return [Action("Ajouter un justificatif", reverse("cases_incident:proof", args=[notice.incident_id, notice.pk]))]
