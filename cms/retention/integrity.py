"""Check for `manage.py verify`: nothing was erased without two people, and nothing that was erased has come back."""

import datetime as dt

from cms.retention.models import RetentionDone, RetentionRun
from cms.retention.services.ledger import LedgerError, ledger_read

LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def check() -> list[str]:
    return [*_unsigned(), *_returned()]


def _unsigned() -> list[str]:
    runs = {run.pk: run for run in RetentionRun.objects.all()}
    faults = []
    for run_id, object_id in RetentionDone.objects.exclude(run_id=None).values_list("run_id", "object_id"):
        run = runs.get(run_id) if run_id else None
        if run is None or not run.is_signed or run.direction_by_id == run.dpo_by_id:
            faults.append(f"objet {object_id} : effacé sans l’accord de deux personnes")
    return faults


def _returned() -> list[str]:
    try:
        erased = ledger_read()
    except LedgerError as error:
        return [str(error)]
    last: dict[tuple, dt.datetime] = {}
    for kind, object_id, at in RetentionDone.objects.values_list("kind", "object_id", "at"):
        last[(kind, object_id)] = max(at, last.get((kind, object_id), at))
    back = [line for line in erased if line.at > last.get((line.kind, line.object_id), LONG_AGO)]
    if back:
        return [f"{len(back)} objet(s) effacé(s) sont revenus : lancez manage.py retention_replay"]
    return []


def summary() -> str:
    return f"{RetentionDone.objects.count()} objet(s) effacé(s) à ce jour."
