"""Short ways through a batch, and time that passes."""

import datetime as dt

from django.db import connection

from cms.retention.models import RetentionKind, RetentionRun, RuleVersion
from cms.retention.services.runs import rule_propose, rule_sign, run_prepare, run_sign, runs_execute
from cms.users.models import User
from cms.wall import scope
from tests.journal.sql import as_owner, run

AGED = "cases_case cases_sollicitation cases_orientation cases_proposal cases_placement cases_absence cases_incident"


FAR = dt.timedelta(days=365 * 200)


def person(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '-')}@havre.example")


def time_passes(days: int, *, tables: str = AGED) -> None:
    """Every date of these tables goes back by so many days, at the same hour of Paris."""
    back = dt.timedelta(days=days)
    with as_owner(triggers=False):
        for table in tables.split():
            columns = run(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
                " AND data_type IN ('date', 'timestamp with time zone')",
                table,
            )
            moves = [
                f"{name} = ({name} - %s)::date"
                if kind == "date"
                else f"{name} = ({name} AT TIME ZONE 'Europe/Paris' - %s) AT TIME ZONE 'Europe/Paris'"
                for name, kind in columns
            ]
            # Far away, then back: a stay that moves never crosses one of the same minor that has not moved yet.
            for step in (back + FAR, -FAR):
                run(f"UPDATE {table} SET {', '.join(moves)}", *[step] * len(moves))


def signed_rule(kind: str, months: int) -> None:
    with scope.acting(person("dpo")):
        rule_propose(kind=RetentionKind.objects.get(pk=kind), months=months, reason="Pour l’essai.")
    with scope.acting(person("direction")):
        rule_sign(rule=RuleVersion.objects.get(kind=kind, in_force_at=None))


def prepared() -> RetentionRun:
    run_id = run_prepare()
    with scope.acting(scope.RETENTION):
        return RetentionRun.objects.get(pk=run_id)


def sign(batch: RetentionRun) -> None:
    with scope.acting(person("direction")):
        run_sign(run=batch, archives="not_needed")
    with scope.acting(person("dpo")):
        run_sign(run=batch)


def erase_what_is_due() -> RetentionRun:
    batch = prepared()
    sign(batch)
    assert runs_execute() == []
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with scope.acting(scope.RETENTION):
        batch.refresh_from_db()
    assert batch.finished_at
    return batch
