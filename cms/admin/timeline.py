"""What was done last on a file, for its side: the journal of the row, in one query."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from cms.journal.enums import Outcome
from cms.kit.templatetags.french import date
from cms.kit.words import action_words

READ, SHOWN = 200, 7


@dataclass(frozen=True)
class Moment:
    """One line: when, what was done, by whom. Never a word of what was written."""

    at: dt.datetime
    what: str
    by: str

    @property
    def when(self) -> str:
        """The hour of today, the day of the others."""
        local = timezone.localtime(self.at)
        return f"{local:%H:%M}" if local.date() == timezone.localdate() else date(local, "j M")


def moments_of(kind: str, object_id: uuid.UUID) -> list[Moment]:
    """Return what was done, latest first: readings stand on the whole page. Empty for whoever may not read the journal
    of the row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT j.at, j.action, coalesce(u.first_name || ' ' || u.last_name, '') "
            "FROM journal_about(%s, %s, %s) j LEFT JOIN users_user u ON u.id = j.actor_id "
            "WHERE j.outcome = %s ORDER BY j.at DESC LIMIT %s",
            [kind, object_id, READ, Outcome.DONE, SHOWN],
        )
        return [Moment(at, action_words(action), by or "tâche automatique") for at, action, by in cursor.fetchall()]
