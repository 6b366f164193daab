"""Two windows at the same instant: one writing of `seen_at`, one end, one line in the journal."""

import datetime as dt
import threading

from django.db import connection
from django.utils import timezone

from cms.sessions.models import SignIn
from cms.sessions.services import session_open, session_touch
from cms.users.models import User
from cms.wall import scope

WINDOWS = 6
COUNT = "SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'access_signin'"


def together(row: SignIn, at: dt.datetime) -> list:
    """Touch the connexion from several connections, all held at the same start."""
    start, answers = threading.Barrier(WINDOWS), []

    def window():
        try:
            connection.ensure_connection()
            start.wait()
            answers.append(session_touch(str(row.pk), str(row.user_id), is_activity=True, at=at))
        finally:
            connection.close()

    threads = [threading.Thread(target=window) for _ in range(WINDOWS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def begin() -> tuple[User, SignIn]:
    user = User.objects.get(email="gendarme@havre.example")
    with scope.acting(user):
        return user, session_open(user=user, device="Firefox sous Windows", at=timezone.now())


def versions_of(row: SignIn) -> tuple:
    with scope.acting(row.user), connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text, seen_at FROM access_signin WHERE id = %s", [row.pk])
        return cursor.fetchone()


def test_activity_at_the_same_instant_is_written_once(committed):
    _, row = begin()
    at = row.started_at + dt.timedelta(minutes=2)
    answers = together(row, at)
    assert [answer.state for answer in answers] == ["live"] * WINDOWS
    written = versions_of(row)
    assert written[1] == at
    together(row, at + dt.timedelta(seconds=30))
    assert versions_of(row) == written  # the row itself was not written again


def test_the_end_is_found_by_one_window_alone(committed):
    _, row = begin()
    answers = together(row, row.started_at + dt.timedelta(minutes=15))
    assert [answer.state for answer in answers] == ["idle"] * WINDOWS
    assert sum(answer.has_just_ended for answer in answers) == 1
