"""The job worker, kept at work: it begins again when the database went, and ends with an error when it cannot.

procrastinate's own ends when its connection breaks, sometimes with code 0: nobody then knows that calls stopped.
"""

import asyncio
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

SIGNALS = (signal.SIGINT, signal.SIGTERM)
GIVE_UP_SECONDS = 600
"""Without the database. Whatever supervises the process starts it again, and tells somebody."""
FIRST_DELAY, MOST_DELAY = 1.0, 30.0
STEADY_SECONDS = 60
"""A run that lasted that long was at work: the next fault is a new one."""


def worker_keep(options: dict[str, Any], *, give_up_seconds: float = GIVE_UP_SECONDS) -> bool:
    """Run the worker until a signal asks for its end; `options` are those of procrastinate. Return False when it
    could not work for `give_up_seconds`.
    """
    stopping = threading.Event()
    for each in SIGNALS:
        signal.signal(each, lambda *_: stopping.set())
    failing_since, delay = time.monotonic(), FIRST_DELAY
    while not stopping.is_set():
        began = time.monotonic()
        fault = _run(options, stopping)
        if stopping.is_set():
            break
        now = time.monotonic()
        if now - began > STEADY_SECONDS:
            failing_since, delay = now, FIRST_DELAY
        if now - failing_since >= give_up_seconds:
            _say(f"Arrêt : {fault} Rien ne part plus tant que ce processus n’est pas relancé.")
            return False
        _say(f"Travail interrompu : {fault} Nouvel essai dans {delay:.0f} s.")
        stopping.wait(delay)
        delay = min(delay * 2, MOST_DELAY)
    return True


def _run(options: dict[str, Any], stopping: threading.Event) -> str:
    """Run once; return why it ended, in one sentence."""
    try:
        # At once, where the pool of the worker would wait for half a minute.
        connection.close()
        connection.ensure_connection()
        connection.close()
        asyncio.run(_work(options, stopping))
    except Exception as error:  # noqa: BLE001 (whatever it is, calls must go on leaving: it is said, then tried again)
        return f"{_reason(error)}."
    return "la connexion a été perdue."


async def _work(options: dict[str, Any], stopping: threading.Event) -> None:
    loop = asyncio.get_running_loop()
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())) as running:
        async with running.open_async():
            worker = loop.create_task(
                running.run_worker_async(install_signal_handlers=False, task_middleware=[fresh_connections], **options)
            )

            def stop() -> None:
                stopping.set()
                worker.cancel()

            for each in SIGNALS:
                loop.add_signal_handler(each, stop)
            if stopping.is_set():
                worker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await worker


def fresh_connections(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Open again, for each job, a connection that broke: outside a request Django leaves it broken."""
    close_old_connections()
    try:
        return call_next()
    finally:
        close_old_connections()


def _reason(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 (what a supervisor of processes keeps)
