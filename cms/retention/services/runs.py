"""Rules, holds and batches. PostgreSQL checks everything again: the application may only call its functions."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from cms.journal.context import request_id_current
from cms.kit.constraints import sentence_for
from cms.kit.mails import mail
from cms.retention.models import LegalHold, RetentionKind, RetentionRow, RetentionRun, RuleVersion
from cms.retention.selectors import objects_of_reference
from cms.retention.services.ledger import ledger_complete
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope


def _call(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def _asked(sql: str, *values: Any) -> Any:
    """Call on behalf of a person: what a constraint refuses is said in its sentence."""
    try:
        with transaction.atomic():
            return _call(sql, *values, request_id_current())
    except IntegrityError as error:
        raise ValidationError(sentence_for(error)) from error


@transaction.atomic
def rule_propose(
    *, kind: RetentionKind, months: int, reason: str, basis: str = "", is_basis_verified: bool = False
) -> uuid.UUID:
    """Propose another rule; it is in force once the other of direction and data protection has signed it."""
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi cette durée, en mots simples."})
    if is_basis_verified and not basis.strip():
        raise ValidationError({"basis": "Indiquez la base légale que vous avez vérifiée."})
    sql = "SELECT retention_rule_propose(%s, %s, %s, %s, %s, %s)"
    return _asked(sql, kind.pk, months, reason.strip(), basis.strip(), is_basis_verified)


@transaction.atomic
def rule_sign(*, rule: RuleVersion) -> None:
    _asked("SELECT retention_rule_sign(%s, %s)", rule.pk)


@transaction.atomic
def rule_dismiss(*, rule: RuleVersion) -> None:
    _asked("SELECT retention_rule_dismiss(%s, %s)", rule.pk)


@transaction.atomic
def hold_place(*, reference: str, reason: str) -> None:
    """Keep whatever bears this reference until the hold is lifted. Raises `ValidationError` when nothing bears it."""
    objects = objects_of_reference(reference)
    if not objects:
        raise ValidationError({"reference": "Aucun dossier, demande ou incident ne porte cette référence."})
    for object_kind, object_id in objects:
        sql = "SELECT retention_hold_place(%s, %s, %s, %s, %s)"
        _asked(sql, object_kind, object_id, reference, str(reason))


@transaction.atomic
def hold_lift(*, hold: LegalHold) -> None:
    _asked("SELECT retention_hold_lift(%s, %s)", hold.pk)


@transaction.atomic
def run_sign(*, run: RetentionRun, archives: str = "") -> None:
    """Give the agreement of the direction, which says what the archives answered, or of data protection."""
    _asked("SELECT retention_run_sign(%s, %s, %s)", run.pk, archives)


@transaction.atomic
def run_dismiss(*, run: RetentionRun) -> None:
    _asked("SELECT retention_run_dismiss(%s, %s)", run.pk)


def run_prepare() -> uuid.UUID | None:
    """Propose what is due today; None when nothing is, or when a batch is already under way."""
    with scope.acting(scope.RETENTION):
        return _call("SELECT retention_run_prepare()")


def row_execute(row_id: uuid.UUID) -> str:
    """Erase one object of a signed batch, in one transaction; answers what was done. Raises `DatabaseError`."""
    with scope.acting(scope.RETENTION):
        return _call("SELECT retention_row_execute(%s)", row_id)


def runs_execute() -> list[str]:
    """Erase what two people signed, one object a transaction; answers what could not be, left for the next night.

    Stopped in the middle, it goes on from the rows that have no outcome yet.
    """
    ledger_complete()
    with scope.acting(scope.RETENTION):
        signed = RetentionRun.objects.filter(
            direction_at__isnull=False, dpo_at__isnull=False, dismissed_at=None, finished_at=None
        )
        rows = list(
            RetentionRow.objects.filter(run__in=signed, outcome="")
            .order_by("kind__position", "due_on", "pk")
            .values_list("pk", flat=True)
        )
        runs = list(signed.values_list("pk", flat=True))
    faults = []
    for row_id in rows:
        try:
            row_execute(row_id)
        except DatabaseError as error:
            faults.append(f"{row_id} : {type(error).__name__}")
    for run_id in runs:
        with scope.acting(scope.RETENTION):
            _call("SELECT retention_run_finish(%s)", run_id)
    ledger_complete()
    return faults


def coordination_warn() -> int:
    """Tell the coordination by mail how many objects leave within 90 days, then within 30; each once a step."""
    with scope.acting(scope.RETENTION), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM retention_warn()")
        rows = cursor.fetchall()
    if not rows:
        return 0
    lines = [f"Dans moins de {days} jours : {count} ({label})" for days, label, count in rows]
    for address in _coordination_addresses():
        mail(
            subject="Conservation : des dossiers arrivent à échéance",
            body="\n".join([*lines, "", "La page Conservation les liste. Une nouvelle activité repousse la date."]),
            to=address,
        )
    return sum(count for *_, count in rows)


def _coordination_addresses() -> list[str]:
    with scope.acting(scope.FIGURES):
        people = User.objects.filter(is_active=True, groups__name=Role.COORDINATION.value)
        return list(people.values_list("email", flat=True).distinct())
