"""What protects a minor: places to keep away from, needs, languages, and the legal frames with their clocks."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import lock, manager_only, past, past_day, row_change, row_create
from cases.files.models import Case
from cases.files.protection.enums import AwayLevel
from cases.files.protection.models import CaseLanguage, CaseNeed, KeepAway, LegalFrame
from cases.files.services import on_case_changed
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.values.models import Value
from cms.values.settings import setting_value


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
def needs_set(*, case: Case, by: User, needs: Sequence[str] = (), languages: Sequence[str] = ()) -> None:
    """Replace the needs (list `vulnerabilite`) and the languages (list `langue`) of a minor."""
    manager_only()
    lock(case)
    _chosen_set(case, "needs", CaseNeed, "need_id", "vulnerabilite", set(needs))
    _chosen_set(case, "languages", CaseLanguage, "language_id", "langue", set(languages))
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


@transaction.atomic
def legal_frame_set(
    *, case: Case, frame_id: str, decided_at: dt.datetime, by: User, ends_on: dt.date | None = None
) -> LegalFrame:
    """Put a legal frame in force. Its clock, if the list gives one in hours (8 days to seize the judge after an
    urgent placement by the procureur, Code civil 375-5), starts at the decision.

    Raises `ValidationError` for a decision to come, or older than the frame in force.
    """
    manager_only()
    lock(case)
    frame = Value.objects.of_list("cadre_juridique").filter(pk=frame_id).first()
    if frame is None:
        raise ValidationError({"frame": "Choisissez un cadre juridique de la liste."})
    decided_at = past("decided_at", decided_at)
    current = LegalFrame.objects.filter(case=case, replaced_at=None).first()
    if current:
        if decided_at < current.decided_at:
            raise ValidationError({"decided_at": "Cette décision est antérieure au cadre en vigueur."})
        _frame_change(current, {"replaced_at": decided_at}, "replace")
    hours = frame.extra.get("clock_hours")
    row = LegalFrame(
        case=case,
        frame=frame,
        decided_at=decided_at,
        ends_on=ends_on,
        due_at=decided_at + dt.timedelta(hours=hours) if hours else None,
    )
    coded = ("frame_id", "decided_at", "ends_on", "due_at")
    row_create(row, kind="case", action="cases.legal_frame.set", coded=coded, object_id=case.pk)
    if case.legal_frame_id != frame_id:
        row_change(case, {"legal_frame_id": frame_id}, kind="case", action="cases.case.update")
    on_case_changed.tell(case=case, by=by)
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


def _frame_change(row: LegalFrame, values: dict[str, dt.datetime], verb: str) -> None:
    row_change(row, values, kind="case", action=f"cases.legal_frame.{verb}", object_id=row.case_id)
