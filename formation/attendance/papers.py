"""The sheet of a session as it is printed or kept: names, signatures and hours, countersignatures, ids of rows."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from cms.documents.versions.rules.canonical import content_hash
from cms.kit.addresses import address_of
from cms.kit.papers import drawing_of
from cms.users.models import User
from formation.attendance.models import Attendance, CounterSignature
from formation.attendance.selectors import AttendanceMark, Sheet
from formation.sessions.models.sessions import HalfDay, Session

TEMPLATE = Path(__file__).resolve().parent / "data" / "attendance.typ"
TITLE = "Feuille d’émargement"
FICTITIOUS = "Réseau fictif : cette feuille est inventée et ne vaut rien."
WIDE = 4
"""Half-days that stand side by side on a page."""


def row_id(mark_or_enrolment: Any) -> str:
    """Return the name of a line of the sheet, the same on screen and on paper, so that a scan is read back safely."""
    return mark_or_enrolment.pk.hex[:8].upper()


def sheet_pdf(session: Session, sheet: Sheet, trainers: list[User]) -> bytes:
    """Draw the sheet as a tagged PDF (PDF/UA), each time from what is recorded."""
    data = json.dumps(sheet_words(session, sheet, trainers))
    return typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"])


def sheet_words(session: Session, sheet: Sheet, trainers: list[User]) -> dict[str, Any]:
    """Return what the sheet says; boxes without a presence are left empty, to be signed by hand."""
    days = sorted(sheet.half_days, key=lambda half_day: half_day.begins_at)
    parts = [days[start : start + WIDE] for start in range(0, len(days), WIDE)]
    return {
        "title": TITLE,
        "network": settings.WAGTAIL_SITE_NAME,
        "heading": TITLE,
        "introduction": [FICTITIOUS] if settings.HAVRE_FICTITIOUS else [],
        "facts": _facts(session, trainers),
        "columns": ["Ligne", "Nom et prénom"],
        "parts": [_part(sheet, part, trainers) for part in parts],
        "closing": _closing(session, sheet, trainers),
        "trace": _trace(session, sheet),
    }


def _facts(session: Session, trainers: list[User]) -> list[tuple[str, str]]:
    version = f", programme version {session.clause.version.number}" if session.clause else ""
    place = "à distance" if session.is_remote else session.venue or "à préciser"
    hours = sum(half_day.hours for half_day in session.half_days.all())
    return [
        ("Formation :", f"{session.module_code} – {session.title}{version}"),
        ("Dates :", f"du {session.starts_on:%d/%m/%Y} au {session.ends_on:%d/%m/%Y}, {_hours(hours)}"),
        ("Lieu :", place),
        ("Animée par :", ", ".join(str(trainer) for trainer in trainers) or "—"),
    ]


def _hours(number: Any) -> str:
    return f"{float(number):g} h".replace(".", ",")


def _part(sheet: Sheet, half_days: list[HalfDay], trainers: list[User]) -> dict[str, Any]:
    rows = [
        [row_id(enrolment), f"{enrolment.professional.last_name} {enrolment.professional.first_name}"]
        + [_box(mark) for half_day in half_days for mark in marks if mark.half_day == half_day]
        for enrolment, marks in sheet.lines
    ]
    rows += [
        ["", f"{trainer}, pour la formation"] + [_counter(sheet.counters, each, trainer) for each in half_days]
        for trainer in trainers
    ]
    first, last = half_days[0], half_days[-1]
    title = f"Demi-journée du {first}" if first == last else f"Demi-journées du {first} au {last}"
    return {"title": title, "heads": [_head(each) for each in half_days], "rows": rows}


def _head(half_day: HalfDay) -> str:
    begins, ends = half_day.local_times()
    return f"{half_day.day:%d/%m/%Y}, {half_day.get_period_display()}, {begins:%H:%M} à {ends:%H:%M}"


def _box(mark: AttendanceMark) -> str:
    words = [mark.row.get_status_display()] if mark.row else []
    if mark.row:
        words += hours_words(mark.row, mark.half_day.session)
    if mark.signature:
        at = mark.signature.signed_at.astimezone(mark.half_day.session.zone)
        words.append(f"signé à {at:%H:%M}, {mark.signature.get_way_display()}")
    return ", ".join(words)


def hours_words(row: Attendance, session: Session) -> list[str]:
    """Return since when and until when, on the clock of the place, for who was not there throughout."""
    moments = (("arrivée à", row.came_at), ("départ à", row.left_at))
    return [f"{words} {at.astimezone(session.zone):%H:%M}" for words, at in moments if at]


def _counter(counters: list[CounterSignature], half_day: HalfDay, trainer: User) -> str:
    own = [row for row in counters if row.half_day_id == half_day.pk and row.signed_by_id == trainer.pk]
    return " ; ".join(_signed(row, half_day) for row in own)


def _signed(row: CounterSignature, half_day: HalfDay) -> str:
    verb = "corrigé et signé" if row.is_correction else "contresigné"
    at = row.signed_at.astimezone(half_day.session.zone)
    return f"{verb} le {at:%d/%m/%Y à %H:%M}, empreinte {row.content_hash[:12]}"


def _closing(session: Session, sheet: Sheet, trainers: list[User]) -> list[str]:
    teach, days = {trainer.pk for trainer in trainers}, {row.pk: row for row in sheet.half_days}
    words = [
        f"{days[row.half_day_id]} : {_signed(row, days[row.half_day_id])}, par {row.signed_by}."
        for row in sheet.counters
        if row.signed_by_id not in teach
    ]
    if session.closed_without:
        words.append(f"Close par la coordination sans toutes les contre-signatures : {session.closed_without}")
    return [*words, "Heures de la session, sur place. Chaque ligne porte le numéro sous lequel elle est gardée."]


def _trace(session: Session, sheet: Sheet) -> str:
    """Return what ties the paper to the rows: two papers of the same state bear the same hash."""
    state = {
        "session": str(session.pk),
        "boxes": [
            [
                str(mark.enrolment.pk),
                str(mark.half_day.pk),
                mark.status,
                *(mark.row.presence.hours() if mark.row else []),
            ]
            for mark in sheet.marks()
        ],
        "signed": sorted(str(mark.signature.pk) for mark in sheet.marks() if mark.signature),
    }
    return f"Session {row_id(session)}, état {content_hash(state)[:12]}, le {timezone.localtime():%d/%m/%Y à %H:%M}"


def code_drawing(token: str) -> bytes:
    """Return the code that a trainee scans, as a picture (SVG)."""
    return drawing_of(address_of("formation:signing-scan", token))
