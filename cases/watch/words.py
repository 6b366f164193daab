"""How the queue says each thing that waits, and where its button leads."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cases.arrival.models import Linking
from cases.arrival.words import missing_in_short
from cases.common.words import minor_words
from cases.enums import Answer, MessageKind, Nature, Urgency
from cases.files.protection.models import LegalFrame
from cases.files.words import age_today
from cases.incidents.models.declared import Incident
from cases.incidents.rules import acknowledge_due_at
from cases.incidents.runaways.selectors import Clock
from cases.proposals.models import Proposal
from cases.proposals.words import answer_words, answers_words
from cases.requests.models import Sollicitation
from cases.stays.models import Placement
from cases.voice.selectors import ANSWER_HOURS
from cases.watch.rules import Act, Kind, Pill, WatchRow
from cases.watch.selectors import Stranger
from cms.notify.duty.rules.kinds import ring_kind
from cms.users.models import User
from cms.values.models import Value
from cms.values.settings import setting_value

URGENT = {Urgency.DANGER: "danger", Urgency.NIGHT: "night"}


def urgency_pill(urgency: Value) -> Pill:
    return pill_of(urgency.pk, urgency.label)


def pill_of(pk: str, label: str) -> Pill:
    """Return an urgency without what its label puts between brackets."""
    return Pill(label.split(" (")[0], URGENT[Urgency(pk)] if pk in URGENT else "")


@dataclass(frozen=True)
class RingWords:
    """What rings: its reference, and who or what it is about in a few words."""

    name: str
    about: str = ""


def ring_words(ring: Any) -> RingWords:
    """Say who an open ring is about, from what `rings_told` read with it; its kind when nothing was read."""
    if said := ring.request:
        parts = (
            _lowered(minor_words(said["sex"], said["age"])),
            said["place"],
            _lowered(said["urgency"].split(" (")[0]),
        )
        return RingWords(said["reference"], ", ".join(filter(None, parts)))
    if said := ring.incident:
        return RingWords(said["reference"], ", ".join(filter(None, (_lowered(said["kind"]), said["house"]))))
    if said := ring.unverified:
        return RingWords(said["reference"], f"demande sans compte, {_lowered(said['urgency'].split(' (')[0])}")
    return RingWords(ring_kind(ring.kind).label)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def request_row(row: Sollicitation, sheets: list[Proposal], now: dt.datetime) -> WatchRow:
    """Return what a request waits for: its first answer, what the structures said, a message to read, a place."""
    kind, what, act, due_at = _step_of(row, sheets, now)
    return WatchRow(
        key=f"demande-{row.pk}",
        kind=kind,
        who=minor_words(row.sex_id, row.age_at_reception),
        where=str(row.current_place or ""),
        pill=urgency_pill(row.urgency),
        reference=row.reference,
        url=reverse("cases_sollicitation:inspect", args=[row.pk]),
        what=what,
        act=act,
        due_at=due_at,
        since=row.received_at,
        case_id=row.case_id,
    )


Step = tuple[Kind, str, Act, dt.datetime | None]


def _step_of(row: Sollicitation, sheets: list[Proposal], now: dt.datetime) -> Step:
    if row.first_answered_at is None and not row.taken_by_id:
        take = Act("Prendre", reverse("cases_sollicitation:take", args=[row.pk]), is_direct=True)
        return Kind.REQUEST, f"première réponse à {row.requester}", take, row.answer_by
    if row.last_message == MessageKind.REPLY:
        read = Act("Lire la réponse", reverse("cases_sollicitation:inspect", args=[row.pk]))
        return Kind.MESSAGE, f"{row.requester} a répondu à vos questions", read, row.answer_by or row.place_by
    if sheets:
        return _sheets_step(row, sheets, now)
    if row.nature_id == Nature.CARE:
        search = Act("Chercher un lieu", reverse("cases_sollicitation:places", args=[row.pk]))
        said = "première réponse, puis un lieu" if row.first_answered_at is None else "lieu à trouver"
        return Kind.SEARCH, f"{said}, suivie par {row.taken_by}" if row.taken_by else said, search, row.place_by
    advise = Act("Répondre", reverse("cases_sollicitation:advise", args=[row.pk]))
    return Kind.REQUEST, f"réponse à {row.requester}", advise, row.answer_by


def _sheets_step(row: Sollicitation, sheets: list[Proposal], now: dt.datetime) -> Step:
    """Return what the structures asked lead to: the best answer first."""
    for answer in (Answer.ACCEPTED, Answer.CONDITIONAL):
        for sheet in sheets:
            if sheet.answer_id == answer and not sheet.confirmed_at:
                return _accepted(row, sheet, answer)
    waiting = [sheet for sheet in sheets if not sheet.answer_id]
    what = answers_words(sheets)
    if not waiting:
        again = Act("Chercher un autre lieu", reverse("cases_sollicitation:places", args=[row.pk]))
        return Kind.SEARCH, what, again, row.place_by
    page = reverse("cases_orientation:inspect", args=[waiting[0].orientation_id])
    is_silent = any(sheet.answer_by < now for sheet in waiting)
    act = Act("Relancer" if is_silent else "Suivre les réponses", page)
    return Kind.SILENCE, what, act, min(sheet.answer_by for sheet in waiting)


def _accepted(row: Sollicitation, sheet: Proposal, answer: Answer) -> Step:
    if answer == Answer.CONDITIONAL:
        page = reverse("cases_orientation:inspect", args=[sheet.orientation_id])
        return Kind.CONDITION, answer_words(sheet), Act("Lire la condition", page), row.place_by
    page = reverse("cases_orientation:proposal_confirm", args=[sheet.orientation_id, sheet.pk])
    return Kind.ANSWER, answer_words(sheet), Act(f"Retenir {sheet.partner.code_name}", page), row.place_by


def unverified_row(row: Stranger) -> WatchRow:
    minutes = row.delays.get("answer_within_minutes")
    return WatchRow(
        key=f"appel-{row.pk}",
        kind=Kind.CALL,
        who="Demande sans compte",
        pill=pill_of(row.urgency_id, row.urgency),
        reference=row.reference,
        url=reverse("cases_unverified:inspect", args=[row.pk]),
        what="standard de l’unité à appeler, pour vérifier",
        act=Act("Noter l’appel", reverse("cases_unverified:call", args=[row.pk])),
        due_at=row.at + dt.timedelta(minutes=minutes) if minutes else None,
        since=row.at,
    )


def incident_row(row: Incident, clock: Clock | None) -> WatchRow:
    """Return an incident to take in charge, or a runaway of which the police are still to be told."""
    page = reverse("cases_incident:inspect", args=[row.pk])
    is_declared = row.acknowledged_at is None
    act = Act("Prendre en compte", reverse("cases_incident:acknowledge", args=[row.pk]))
    what = "à prendre en compte"
    if clock:
        act = Act("Prévenir la police", reverse("cases_incident:tell", args=[row.pk]))
        what = "police ou gendarmerie à prévenir" + (", à prendre en compte" if is_declared else "")
    return WatchRow(
        key=f"incident-{row.pk}",
        kind=Kind.RUNAWAY if clock else Kind.INCIDENT,
        who=str(row.incident_type),
        where=str(row.partner or "structure à reconnaître"),
        pill=Pill(row.severity.label, "danger" if row.severity.extra.get("level", 0) >= GRAVE else ""),
        reference=row.reference,
        url=page,
        what=what,
        act=act,
        due_at=clock.due_at if clock else acknowledge_due_at(row.severity, row.declared_at),
        since=row.noticed_at if clock else row.declared_at,
    )


GRAVE = 3
"""Level of severity from which an incident is shown as a danger."""


def voice_row(row: Stranger) -> WatchRow:
    return WatchRow(
        key=f"parole-{row.pk}",
        kind=Kind.VOICE,
        who="Un enfant",
        pill=Pill("Se dit en danger", "danger") if row.is_grave else None,
        reference=row.reference,
        url=reverse("cases_voice:inspect", args=[row.pk]),
        what="a écrit en confidence",
        act=Act("Lire", reverse("cases_voice:inspect", args=[row.pk])),
        due_at=row.at + dt.timedelta(hours=setting_value(ANSWER_HOURS)),
        since=row.at,
    )


def frame_row(row: LegalFrame) -> WatchRow:
    page = reverse("cases_case:inspect", args=[row.case_id])
    return WatchRow(
        key=f"cadre-{row.pk}",
        kind=Kind.FRAME,
        who=minor_words(row.case.sex_id, age_today(row.case)),
        reference=row.case.reference,
        url=page,
        what=str(row.frame.extra.get("clock") or row.frame).rstrip("."),
        act=Act("Noter la démarche", reverse("cases_case:frame_met", args=[row.case_id, row.pk])),
        due_at=row.due_at,
        since=row.decided_at,
        case_id=row.case_id,
    )


def settling_row(row: Linking) -> WatchRow:
    return WatchRow(
        key=f"accueil-{row.pk}",
        kind=Kind.SETTLING,
        who=minor_words(row.case.sex_id, age_today(row.case)),
        where=str(row.partner),
        pill=Pill("À régulariser"),
        reference=row.case.reference,
        url=reverse("cases_case:inspect", args=[row.case_id]),
        what=settling_words(row.missing),
        act=Act("Régulariser", reverse("cases_linking:inspect", args=[row.pk])),
        due_at=row.due_at,
        since=row.waived_at,
        case_id=row.case_id,
    )


def near_row(row: Placement, asked_by: User | None) -> WatchRow:
    """Return a stay too near a place to keep away from. `asked_by`: who asked for a derogation that waits."""
    file = reverse("cases_case:inspect", args=[row.case_id])
    transfer = Act("Préparer un passage", reverse("cases_placement:transfer", args=[row.pk]))
    return WatchRow(
        key=f"pres-{row.pk}",
        kind=Kind.NEAR,
        who=minor_words(row.case.sex_id, age_today(row.case)),
        where=str(row.partner),
        pill=Pill("Trop près", "danger"),
        reference=row.case.reference,
        url=file,
        what=f"trop près d’un lieu à éviter, {asked_by} demande une dérogation, une autre personne y répond"
        if asked_by
        else "accueilli trop près d’un lieu à éviter",
        act=Act("Lire la demande", file) if asked_by else transfer,
        case_id=row.case_id,
    )


def settling_words(missing: Collection[str]) -> str:
    """Return what an arrival lacks, counted when it would not hold in a row: the file lists it."""
    return missing_in_short(missing) if len(missing) <= FEW else f"{len(missing)} pièces et accords à réunir"


FEW = 2


def others_words(rows: Iterable[WatchRow]) -> str:
    """Return « 4 accueils à régulariser, 1 cadre juridique »: what the folded part of the queue holds."""
    counts: dict[Kind, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return ", ".join(f"{count} {NAMES[kind][count > 1]}" for kind, count in counts.items())


NAMES = {
    Kind.ANSWER: ("acceptation", "acceptations"),
    Kind.NEAR: ("séjour trop près", "séjours trop près"),
    Kind.CALL: ("demande sans compte", "demandes sans compte"),
    Kind.REQUEST: ("demande", "demandes"),
    Kind.SEARCH: ("lieu à trouver", "lieux à trouver"),
    Kind.CONDITION: ("condition à lire", "conditions à lire"),
    Kind.SILENCE: ("réponse attendue", "réponses attendues"),
    Kind.MESSAGE: ("message", "messages"),
    Kind.INCIDENT: ("incident", "incidents"),
    Kind.RUNAWAY: ("fugue", "fugues"),
    Kind.VOICE: ("parole d’enfant", "paroles d’enfants"),
    Kind.FRAME: ("cadre juridique", "cadres juridiques"),
    Kind.SETTLING: ("accueil à régulariser", "accueils à régulariser"),
}
