"""Whether what must leave leaves: the heart of the job worker, the age of the queue, the tasks that may not fail."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from cms.wall import scope

SILENT_SECONDS = 60
"""A worker says every ten seconds that it lives."""
LATE_SECONDS = 180
"""What is due each minute and was not taken up after three, behind a job that does not end."""
_essential: list[str] = []

STATE = """
SELECT extract(epoch FROM now() - (SELECT max(last_heartbeat) FROM procrastinate_workers))::float AS silent,
  EXISTS (SELECT FROM procrastinate_jobs j JOIN procrastinate_periodic_defers d ON d.job_id = j.id
    WHERE j.status = 'todo' AND to_timestamp(d.defer_timestamp) < now() - make_interval(secs => %(late)s)) AS is_late,
  EXISTS (SELECT FROM unnest(%(essential)s::text[]) AS name WHERE (SELECT status::text FROM procrastinate_jobs
    WHERE task_name = name AND status IN ('succeeded', 'failed') ORDER BY id DESC LIMIT 1) = 'failed') AS is_failing
"""
ASKED = "work"


def essential_register(task: str) -> None:
    """Declare a periodic task, by name, whose failure means that calls do not leave."""
    _essential.append(task)


@dataclass(frozen=True)
class WorkState:
    silent_seconds: float | None
    """Since a worker last said that it lives; None when there is none."""
    is_late: bool
    is_failing: bool

    @property
    def is_silent(self) -> bool:
        return self.silent_seconds is None or self.silent_seconds > SILENT_SECONDS

    @property
    def is_stopped(self) -> bool:
        """Return whether a call opened now would reach nobody."""
        return self.is_silent or self.is_late or self.is_failing

    @property
    def sentence(self) -> str:
        """Say it to a machine, or to whoever runs the service."""
        if self.silent_seconds is None:
            return "aucun processus n’envoie les appels et les messages"
        if self.is_silent:
            return f"les appels et les messages ne partent plus depuis {self.silent_seconds:.0f} s"
        if self.is_failing:
            return "l’envoi des appels échoue"
        return "les appels et les messages attendent derrière un travail trop long" if self.is_late else "au travail"


def work_ask() -> None:
    """Have the state of the queue read with the scope of every request: every page of the admin shows it."""
    scope.ask_with_scope(ASKED, STATE, lambda _person: _parameters())


def work_now() -> WorkState:
    """Return how the queue of jobs went when the scope of the actor, a person, was entered."""
    row = scope.current().asked[ASKED]
    return WorkState(row["silent"], row["is_late"], row["is_failing"])


def work_state() -> WorkState:
    """Return how the queue of jobs goes, in one query. Needs no scope: it holds nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, _parameters())
        return WorkState(*cursor.fetchone())


def _parameters() -> dict[str, Any]:
    return {"late": LATE_SECONDS, "essential": _essential}
