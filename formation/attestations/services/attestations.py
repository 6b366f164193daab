"""Attestations: their content is frozen when they are issued; they are then replaced or withdrawn."""

import datetime as dt
import secrets
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.documents.versions.rules.canonical import content_hash, normalised
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.settings import setting_value, setting_values
from cms.wall.services import reference_draw
from formation.attendance.rules import LETTERS
from formation.attestations.models import Attestation
from formation.common.rules import month_later
from formation.enums import Moment, Result, SessionState, WithdrawalReason
from formation.people.selectors.training import rules_in_force
from formation.questions.models import AnswerSheet
from formation.sessions.models.sessions import Enrolment, Session
from formation.sessions.selectors import trainers_of
from formation.sessions.services.sessions import last_end_check

SERIES = "AF"
CODE_LENGTH = 10


@transaction.atomic
def attestations_ask(*, session: Session, by: User) -> None:
    """Have the attestations of a session written by a job: hundreds would keep a browser waiting.

    Raise `ValidationError` for a session not held.
    """
    if session.state != SessionState.HELD:
        raise ValidationError("Les attestations s’établissent une fois la session close.")
    task = app.configure_task("formation.tasks.attestations")
    task.defer(session_id=str(session.pk), user_id=str(by.pk))


@transaction.atomic
def attestations_issue(*, session: Session, by: User, at: dt.datetime | None = None) -> list[Attestation]:
    """Attest of everybody who followed enough of a session held and has no attestation yet.

    Run twice it adds nothing: whoever has one keeps it. Raise `ValidationError` for a session not held, and before
    the end of its last half-day.
    """
    # Locked: two issues at once wait for each other, and the second finds nothing to add.
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.state != SessionState.HELD:
        raise ValidationError("Les attestations s’établissent une fois la session close.")
    last_end_check(session, at or timezone.now(), "les attestations s’établissent ensuite")
    frozen = _SessionWords(session, by)
    rows = [_attestation(enrolment, frozen, at) for enrolment in deserving(session)]
    Attestation.objects.bulk_create(rows)
    if rows:
        details = {"numbers": [rows[0].number, rows[-1].number], "count": len(rows)}
        journal_append(action="formation.attestation.issue", kind="session", object_id=session.pk, details=details)
    return rows


def deserving(session: Session) -> QuerySet[Enrolment]:
    """List the enrolments present for the set share of the hours, without an attestation."""
    share = setting_value("formation.attestation_share")
    rows = Enrolment.objects.live().with_hours().filter(session=session, attestations=None).attended(share)
    return rows.select_related("professional").order_by("professional__last_name", "professional__first_name", "pk")


@transaction.atomic
def attestation_replace(*, attestation: Attestation, by: User, at: dt.datetime | None = None) -> Attestation:
    """Issue another one from what is written today (a name or a presence corrected). The first stays as it was.

    Raise `ValidationError` when nothing has changed, or when the presences no longer suffice.
    """
    row = _standing(attestation)
    enrolment = Enrolment.objects.with_hours().select_related("professional", "session").get(pk=row.enrolment_id)
    share = setting_value("formation.attestation_share")
    if enrolment.hours_present * 100 < enrolment.hours_total * share or not enrolment.hours_present:
        raise ValidationError("Les présences ne suffisent plus : retirez plutôt l’attestation.")
    new = _attestation(enrolment, _SessionWords(enrolment.session, by), at)
    if new.content == row.content:
        raise ValidationError("Rien n’a changé depuis cette attestation : elle reste valable.")
    new.replaces = row
    new.save(force_insert=True)
    details = {"number": [row.number, new.number]}
    journal_append(action="formation.attestation.replace", kind="attestation", object_id=new.pk, details=details)
    return new


@transaction.atomic
def attestation_withdraw(*, attestation: Attestation, reason: WithdrawalReason, by: User) -> None:
    """Withdraw an attestation: its public check says so. Raise `ValidationError` when it no longer stood."""
    row = _standing(attestation)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = timezone.now(), by, WithdrawalReason(reason).value
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    journal_append(
        action="formation.attestation.withdraw", kind="attestation", object_id=row.pk, reason=row.withdrawn_why
    )


def _standing(attestation: Attestation) -> Attestation:
    row = Attestation.objects.standing().select_for_update(of=["self"]).filter(pk=attestation.pk).first()
    if row is None or not row.content:
        raise ValidationError("Cette attestation ne vaut plus : elle a été remplacée, retirée, ou le nom est effacé.")
    return row


class _SessionWords:
    """What all the attestations of a session have in common, read once."""

    def __init__(self, session: Session, by: User) -> None:
        half_days = list(session.half_days.order_by("begins_at"))
        words = session.clause.content if session.clause else {}
        self.session, self.by = session, by
        self.refresh_months = rules_in_force().refresh_months
        self.levels = setting_values("formation.acquired_share", "formation.partly_share")
        sheets = AnswerSheet.objects.filter(enrolment__session=session, moment=Moment.AFTER).exclude(knowledge=None)
        self.knowledge = {row.enrolment_id: row.knowledge or 0 for row in sheets.only("enrolment_id", "knowledge")}
        self.content: dict[str, Any] = {
            "title": session.title,
            "module": session.module_code,
            "version": session.clause.version.number if session.clause else "",
            "nature": "Action de formation",
            "objectives": words.get("objectives", []),
            "is_assessed": bool(words.get("evaluation")),
            "days": [[f"{row.day:%d/%m/%Y}", row.get_period_display(), plain(row.hours)] for row in half_days],
            "hours": plain(sum(row.hours for row in half_days)),
            "place": "À distance" if session.is_remote else session.venue,
            "trainers": [str(trainer) for trainer in trainers_of(session)],
        }

    def of(self, enrolment: Any) -> dict[str, Any]:
        person = enrolment.professional
        return normalised(
            self.content
            | {
                "person": str(person),
                "hours_present": plain(enrolment.hours_present),
                "result": self._result(enrolment),
            }
            | ({"knowledge": self.knowledge[enrolment.pk]} if self._knows(enrolment) else {})
        )

    def _knows(self, enrolment: Any) -> bool:
        return self.content["is_assessed"] and enrolment.pk in self.knowledge

    def _result(self, enrolment: Any) -> str:
        """Return what the trainer noted, else what the questionnaire says of a module that is assessed."""
        if enrolment.result or not self._knows(enrolment):
            return enrolment.get_result_display()
        return result_of(self.knowledge[enrolment.pk], *self.levels).label


def result_of(knowledge: int, acquired: int, partly: int) -> Result:
    """Return the result that a percentage of right answers is worth, by the two thresholds set."""
    if knowledge >= acquired:
        return Result.ACQUIRED
    return Result.PARTLY if knowledge >= partly else Result.NOT_ACQUIRED


def plain(number: Decimal | int) -> str:
    """Write a number without trailing zeros, whatever the precision of its column."""
    return f"{Decimal(number).normalize():f}"


def _attestation(enrolment: Enrolment, frozen: _SessionWords, at: dt.datetime | None) -> Attestation:
    session, at = frozen.session, at or timezone.now()
    content = frozen.of(enrolment)
    return Attestation(
        number=reference_draw(prefix=SERIES, year=timezone.localdate(at).year),
        check_code="".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        enrolment=enrolment,
        title=session.title,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        expires_on=month_later(session.ends_on, frozen.refresh_months),
        content=content,
        content_hash=content_hash(content),
        issued_by=frozen.by,
        issued_at=at,
    )
