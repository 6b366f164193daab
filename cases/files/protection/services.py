"""What protects a minor: places to keep away from, needs, languages, and the legal frames with their clocks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import lock, manager_only, past, past_day, row_change, row_create
from cases.files.models import Case
from cases.files.protection.enums import AwayLevel
from cases.files.protection.models import CaseLanguage, CaseNeed, KeepAway, LegalFrame, PeopleToAvoid
from cases.files.services import on_case_changed, on_reach_changed
from cms.files.services import Upload, attachment_add
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.values.models import Value
from cms.values.settings import setting_value

DECISION_TITLE = "Décision"
SEALED = ("court", "number")


@transaction.atomic
def keep_away_add(
    *,
    case: Case,
    territory_id: str,
    reason_id: str,
    by: User,
    level: AwayLevel = AwayLevel.FORBIDDEN,
    radius_km: int | None = None,
) -> KeepAway:
    """Record that a minor must be kept away from a département. `radius_km` is `cases.away_km` by default."""
    manager_only()
    row = KeepAway(
        case=case,
        territory_id=territory_id,
        reason_id=reason_id,
        level=level,
        radius_km=setting_value("cases.away_km") if radius_km is None else radius_km,
    )
    coded = ("territory_id", "reason_id", "level", "radius_km")
    row_create(row, kind="case", action="cases.keep_away.add", coded=coded, object_id=case.pk)
    on_reach_changed.tell(case=case)
    on_case_changed.tell(case=case, by=by)
    return row


@transaction.atomic
def keep_away_lift(*, keep_away: KeepAway, by: User, on: dt.date | None = None) -> KeepAway:
    """End a place to avoid: matching stops reading it, the file keeps it."""
    manager_only()
    lock(keep_away)
    if keep_away.lifted_on:
        raise ValidationError("Ce lieu est déjà levé.")
    values = {"lifted_on": past_day("lifted_on", on or timezone.localdate())}
    row_change(keep_away, values, kind="case", action="cases.keep_away.lift", object_id=keep_away.case_id)
    on_case_changed.tell(case=keep_away.case, by=by)
    return keep_away


@transaction.atomic
def people_to_avoid_write(*, case: Case, words: str, by: User) -> PeopleToAvoid:
    """Replace what is written of the people whom a minor must not meet; empty, nobody is named any more."""
    manager_only()
    lock(case)
    values = {"words": words.strip(), "written_by_id": by.pk, "written_at": timezone.now()}
    options: dict[str, Any] = {"kind": "case", "action": "cases.people_to_avoid.write", "object_id": case.pk}
    row = PeopleToAvoid.objects.filter(case=case).first()
    if row is None:
        row = PeopleToAvoid(case=case, **values)
        row_create(row, coded=(), sealed=("words",), **options)
    else:
        row_change(row, values, sealed=tuple(values), **options)
    return row


@transaction.atomic
def needs_set(*, case: Case, by: User, needs: Sequence[str] = (), languages: Sequence[str] = ()) -> None:
    """Replace the needs (list `vulnerabilite`) and the languages (list `langue`) of a minor."""
    manager_only()
    lock(case)
    _chosen_set(case, "needs", CaseNeed, "need_id", "vulnerabilite", set(needs))
    _chosen_set(case, "languages", CaseLanguage, "language_id", "langue", set(languages))
    on_case_changed.tell(case=case, by=by)


def language_add(*, case: Case, language_id: str | None, by: User) -> None:
    """Add the language that a request says, inside the transaction that ties it to the case."""
    if language_id and not CaseLanguage.objects.filter(case=case, language_id=language_id).exists():
        known = set(CaseLanguage.objects.filter(case=case).values_list("language_id", flat=True))
        _chosen_set(case, "languages", CaseLanguage, "language_id", "langue", known | {language_id})
        on_case_changed.tell(case=case, by=by)


def _chosen_set(case: Case, name: str, model: Any, column: str, list_code: str, wanted: set[str]) -> None:
    if Value.objects.of_list(list_code).filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError({name: "Choisissez des lignes de la liste proposée."})
    rows = model.objects.filter(case=case)
    before = set(rows.values_list(column, flat=True))
    if before == wanted:
        return
    rows.exclude(**{f"{column}__in": wanted}).delete()
    model.objects.bulk_create(model(case=case, **{column: pk}) for pk in sorted(wanted - before))
    details = changes({name: sorted(before)}, {name: sorted(wanted)}, [name])
    journal_append(action="cases.case.needs", kind="case", object_id=case.pk, details=details)


@dataclass(frozen=True)
class Decided:
    """Who decided to entrust the minor, and where it is written. `document`: the decision itself, kept on the file."""

    decider_id: str
    court: str
    number: str = ""
    document: Upload | None = None


@transaction.atomic
def legal_frame_set(
    *,
    case: Case,
    frame_id: str,
    decided_at: dt.datetime,
    by: User,
    ends_on: dt.date | None = None,
    decided: Decided | None = None,
) -> LegalFrame:
    """Put a legal frame in force. Its clock, if the list gives one in hours (8 days to seize the judge after an
    urgent placement by the procureur, Code civil 375-5), starts at the decision.

    A frame that waits for its decision is completed by it rather than replaced. Raises `ValidationError` for a
    decision to come, older than the frame in force, or that nobody could find again.
    """
    manager_only()
    lock(case)
    decided_at = past("decided_at", decided_at)
    values = _frame_values(frame_id, decided_at, ends_on)
    written = _decision_values(case, decided, by) if decided else {}
    current = LegalFrame.objects.filter(case=case, replaced_at=None).first()
    if current and decided and _awaits(current, frame_id, decided_at):
        _frame_change(current, values | written, "decide")
        row = current
    else:
        row = _frame_replace(case, current, values | written)
    if case.legal_frame_id != frame_id:
        row_change(case, {"legal_frame_id": frame_id}, kind="case", action="cases.case.update")
    on_case_changed.tell(case=case, by=by)
    return row


def legal_frame_follow(*, case: Case, frame_id: str, since: dt.datetime, ends_on: dt.date | None, by: User) -> None:
    """Put in force the frame under which a minor arrived, so that its clock runs; nothing when it is the one in force,
    or when a later one has been decided since.

    The decision itself is still awaited: nobody says who took it.
    """
    current = LegalFrame.objects.filter(case=case, replaced_at=None).first()
    if current and (current.frame_id == frame_id or since < current.decided_at):
        return
    _frame_replace(case, current, _frame_values(frame_id, since, ends_on))
    if case.legal_frame_id != frame_id:
        row_change(case, {"legal_frame_id": frame_id}, kind="case", action="cases.case.update")
    on_case_changed.tell(case=case, by=by)


def frame_in_force(case: Case) -> LegalFrame | None:
    return LegalFrame.objects.filter(case=case, replaced_at=None).select_related("frame", "decider").first()


def _awaits(current: LegalFrame, frame_id: str, decided_at: dt.datetime) -> bool:
    """Return whether a decision is the one for which the frame in force waits: same frame, or taken before the arrival
    that wrote it down at night.
    """
    return current.decider_id is None and (current.frame_id == frame_id or decided_at < current.decided_at)


def _frame_values(frame_id: str, decided_at: dt.datetime, ends_on: dt.date | None) -> dict[str, Any]:
    frame = Value.objects.of_list("cadre_juridique").filter(pk=frame_id).first()
    if frame is None:
        raise ValidationError({"frame": "Choisissez un cadre juridique de la liste."})
    if ends_on and ends_on < timezone.localdate(decided_at):
        raise ValidationError({"ends_on": "Le terme précède la décision."})
    hours = frame.extra.get("clock_hours")
    return {
        "frame_id": frame_id,
        "decided_at": decided_at,
        "ends_on": ends_on,
        "due_at": decided_at + dt.timedelta(hours=hours) if hours else None,
    }


def _decision_values(case: Case, decided: Decided, by: User) -> dict[str, Any]:
    if not decided.court.strip():
        raise ValidationError({"court": "Indiquez la juridiction, ou le département."})
    if not decided.number.strip() and decided.document is None:
        raise ValidationError({"number": "Indiquez le numéro de la décision, ou joignez le document."})
    piece = decided.document and attachment_add(
        kind="case", object_id=case.pk, file=decided.document, title=DECISION_TITLE, by=by, is_identifying=True
    )
    return {
        "decider_id": decided.decider_id,
        "court": decided.court.strip(),
        "number": decided.number.strip() or None,
        "document_id": piece.pk if piece else None,
    }


def _frame_replace(case: Case, current: LegalFrame | None, values: dict[str, Any]) -> LegalFrame:
    if current:
        if values["decided_at"] < current.decided_at:
            raise ValidationError({"decided_at": "Cette décision est antérieure au cadre en vigueur."})
        _frame_change(current, {"replaced_at": values["decided_at"]}, "replace")
    row = LegalFrame(case=case, **values)
    coded = [name for name in values if name not in SEALED]
    sealed = [name for name in values if name in SEALED]
    line: dict[str, Any] = {"kind": "case", "action": "cases.legal_frame.set", "object_id": case.pk}
    row_create(row, coded=coded, sealed=sealed, **line)
    return row


@transaction.atomic
def legal_frame_met(*, legal_frame: LegalFrame, at: dt.datetime, by: User) -> LegalFrame:
    """Record that the step awaited by the clock is taken (the judge is seized, the parents are heard)."""
    manager_only()
    lock(legal_frame)
    if legal_frame.due_at is None:
        raise ValidationError("Ce cadre n’attend aucune démarche datée.")
    if legal_frame.met_at:
        raise ValidationError("Cette démarche est déjà notée.")
    _frame_change(legal_frame, {"met_at": past("met_at", at)}, "met")
    return legal_frame


def _frame_change(row: LegalFrame, values: dict[str, Any], verb: str) -> None:
    sealed = [name for name in values if name in SEALED]
    action = f"cases.legal_frame.{verb}"
    row_change(row, values, kind="case", action=action, sealed=sealed, object_id=row.case_id)
