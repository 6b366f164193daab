"""Runs pytest on the tests' own PostgreSQL, and stops it afterwards when it was not running before.

python -m tools.run_tests [arguments of pytest]
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from tools import pg
from tools.paths import CLONE
from tools.steps import fail


def today() -> str:
    return f"{datetime.now(ZoneInfo('Europe/Paris')):%d/%m/%Y}"


def run_on_one_day(arguments: list[str], env: dict[str, str]) -> int:
    """pytest; what failed while midnight passed over the tests is run again, on one day."""
    command, day = [sys.executable, "-m", "pytest", *arguments], today()
    result = subprocess.call(command, cwd=CLONE, env=env)
    if result != 1 or day == today():
        return result
    print("Minuit est passé pendant les tests : ceux qui ont échoué sont repris.")
    return subprocess.call([*command, "--last-failed", "--last-failed-no-failures=none"], cwd=CLONE, env=env)


def build_template(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """What fails here is told by the first test that wants the template, which builds it again."""
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "tests.database"]
    return subprocess.Popen(command, cwd=CLONE, env=env, stdout=silent, stderr=silent)


def main(arguments: list[str]) -> int:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": pg.TEST_SETTINGS_MODULE}
    started_here = not env.get("DATABASE_URL") and not pg.is_running(pg.data_dir(tests=True))
    try:
        if started_here:
            pg.ensure_server(tests=True)
        # A selection may need no database: only the whole suite has its template built while it is collected.
        builder = None if any("tests" in argument for argument in arguments) else build_template(env)
        try:
            return run_on_one_day(arguments, env)
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
