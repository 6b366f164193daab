"""Messages of security wait in the queue of jobs: these tests have no worker, and do what it does, in order."""

import json

from django.db import connection

from cms.sessions import tasks
from cms.users.adapter import NOTICE_TASK, RESET_TASK

TASKS = {NOTICE_TASK: tasks.notice, RESET_TASK: tasks.reset}


def queued() -> list[tuple[int, str, dict]]:
    """Return the messages of security that wait: job, task, arguments."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs"
            " WHERE status = 'todo' AND task_name = ANY(%s) ORDER BY id",
            [list(TASKS)],
        )
        return [(job, task, json.loads(arguments)) for job, task, arguments in cursor.fetchall()]


def queue_run() -> int:
    """Send what waits, as the worker does; return how many jobs ran. Raises what the server of messages raises."""
    jobs = queued()
    for job, task, arguments in jobs:
        TASKS[task](**arguments)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job])
    return len(jobs)
