"""Runs pytest on the tests' own PostgreSQL and at the tests' own instant, and stops the server afterwards when it was
not running before.

    python -m tools.run_tests [arguments of pytest]

`HAVRE_TEST_INSTANT` names another instant (2027-03-28T01:59, in Paris).
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools import clock, pg
from tools.paths import CLONE
from tools.steps import fail


def build_template(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start to build the template. A failure is told by the first test that wants it, which builds it again."""
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "tests.database"]
    return subprocess.Popen(command, cwd=CLONE, env=env, stdout=silent, stderr=silent)


def run_under_clock(arguments: list[str]) -> None:
    """Start this program again at the instant of the tests, where PostgreSQL can follow; return where it cannot."""
    if clock.shift():
        return
    if os.environ.get("DATABASE_URL") or clock.library() is None:
        reason = (
            "le serveur de DATABASE_URL garde la sienne" if os.environ.get("DATABASE_URL") else "libfaketime manque"
        )
        print(f"Horloge réelle ({reason}) : quelques tests dépendent alors de l’heure.")
        return
    instant = os.environ.get("HAVRE_TEST_INSTANT", clock.INSTANT)
    seconds = clock.shift_to(instant)
    if pg.is_running(pg.data_dir(tests=True)):
        if clock.is_near(clock.server_shift(), instant):
            seconds = clock.server_shift()
        else:
            pg.stop_server(tests=True)
    sys.stdout.flush()
    command = [sys.executable, "-m", "tools.run_tests", *arguments]
    os.execve(sys.executable, command, os.environ | clock.shifted(seconds))  # noqa: S606 (this very program)


def main(arguments: list[str]) -> int:
    run_under_clock(arguments)
    env = os.environ | {"DJANGO_SETTINGS_MODULE": pg.TEST_SETTINGS_MODULE}
    started_here = not env.get("DATABASE_URL") and not pg.is_running(pg.data_dir(tests=True))
    try:
        if started_here:
            pg.ensure_server(tests=True)
        # A selection may need no database: only the whole suite has its template built while it is collected.
        builder = None if any("tests" in argument for argument in arguments) else build_template(env)
        try:
            return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=CLONE, env=env)
        finally:
            if builder:
                builder.wait()
    except pg.ServerError as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    finally:
        if started_here:
            pg.stop_server(tests=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
