"""The job of the morning: delays that are over, and who is told of what falls due."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from cms.access import scope
from cms.access.mails import mail_send
from cms.journal.services import journal_append
from cms.values.settings import setting_value
from referentiel.enums import About
from referentiel.settings import REPLY_DAYS, derogation_steps, proof_steps, visit_steps

WORDS = {
    About.ANSWER: "observations à envoyer sur une visite",
    About.SILENCE: "visite restée sans réponse : les exigences impératives attendent toujours la vôtre",
    About.REPLY: "observations d’une structure à examiner",
    About.EVIDENCE: "preuve qui se périme ou qui est périmée",
    About.DEROGATION: "dérogation qui s’achève",
}


def visits_silence(*, on: dt.date) -> int:
    """Visits whose structure did not answer in time: what is standard is confirmed as proposed, what is imperative
    stays open. Answers how many. Run again, it moves nothing.
    """
    with scope.acting(scope.NOTIFY):
        gone = _rows("SELECT * FROM visits_silence(%s, %s)", on, setting_value(REPLY_DAYS))
        for visit_id, confirmed in gone:
            journal_append(
                action="referentiel.visit.silence", kind="visit", object_id=visit_id, details={"count": confirmed}
            )
    return len(gone)


def standards_remind(*, on: dt.date) -> int:
    """Tell each person, in one message, what falls due; answers how many messages left.

    Each step is told once, whenever the job runs. A message that does not leave is tried again the next time, and
    stops nobody else's.
    """
    steps = (visit_steps(), proof_steps(), derogation_steps())
    with scope.acting(scope.NOTIFY):
        people = sorted({row[4] for row in _due(on, steps)})
    sent, failed = 0, 0
    for person in people:
        try:
            sent += _remind(person, on, steps)
        except ValidationError:
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} rappel(s) du référentiel ne sont pas partis")
    return sent


def _remind(person: uuid.UUID, on: dt.date, steps: tuple[list[int], ...]) -> int:
    """One person, in a transaction of its own: marked if the message leaves, and only then."""
    with scope.acting(scope.NOTIFY):
        # Two jobs at once: the second waits, then finds nothing left to tell.
        _rows("SELECT pg_advisory_xact_lock(hashtext('referentiel.reminders'))")
        due = [row for row in _due(on, steps) if row[4] == person]
        if not due:
            return 0
        for about, object_id, due_on, days, *_ in due:
            _rows("SELECT standards_reminder_mark(%s, %s, %s, %s, %s)", about, object_id, due_on, days, person)
        told = {(about, object_id) for about, object_id, *_ in due}
        for about, object_id in sorted(told, key=str):
            if about in (About.ANSWER, About.SILENCE, About.REPLY):
                journal_append(
                    action="referentiel.visit.remind", kind="visit", object_id=object_id, details={"about": about}
                )
        counts = Counter(about for about, _ in told)
        lines = [(WORDS[About(about)], count) for about, count in sorted(counts.items())]
        mail_send("standards", [due[0][5]], lines=lines)
    return 1


def _due(on: dt.date, steps: tuple[list[int], ...]) -> list[tuple]:
    return _rows("SELECT * FROM standards_reminders_due(%s, %s, %s, %s)", on, *steps)


def _rows(sql: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
