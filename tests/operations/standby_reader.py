"""What a test asks of another process: long readings, told as one line of JSON.

python -m tests.operations.standby_reader
"""

import datetime as dt
import json
import logging
import sys

import django


class Kept(logging.Handler):
    """Keep what is said of the standby."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def main() -> int:
    django.setup()
    from django.db import DatabaseError, connection

    from cms.exports.models import Export
    from cms.exports.services import export_ask, export_prepare
    from cms.operations import standby
    from cms.users.models import User
    from cms.wall import scope
    from dashboards.figures.selectors.report import RowsQuery, cohort_for, counted_ids, figures_for, rows_for
    from dashboards.periods import Period

    kept = Kept()
    logging.getLogger("havre.standby").addHandler(kept)
    if "late" in sys.argv:
        standby.MOST_LATE_SECONDS = 0
    user, period = (
        User.objects.get(email="coordination@havre.example"),
        Period(dt.date(2026, 1, 1), dt.date(2026, 12, 1)),
    )
    refused = ""
    with standby.reading_elsewhere() as is_elsewhere, scope.acting(user), connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), (SELECT count(*) FROM cases_case)")
        in_recovery, count = cursor.fetchone()
        if is_elsewhere:
            try:
                cursor.execute("SELECT nextval('events_position')")
            except DatabaseError as error:
                refused = error.__cause__.sqlstate
                connection.set_rollback(True)
    figures = {
        code: len(result.breakdowns) for code, result in figures_for(user, period, is_fresh=True).results.items()
    }
    rows = len(rows_for(user, RowsQuery("I1", period)).rows)
    cohort_for(user, period), counted_ids(user, period)
    with scope.acting(user):
        export = export_ask(user=user, source="list:cases_case", query="")
    export_prepare(export.pk)
    with scope.acting(user):
        state = Export.objects.get(pk=export.pk).state
    said = {"elsewhere": is_elsewhere, "in_recovery": in_recovery, "count": count, "refused": refused}
    print(json.dumps(said | {"figures": figures, "rows": rows, "export": state, "said": sorted(set(kept.said))}))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
