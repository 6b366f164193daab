"""Runs pytest on the tests' own PostgreSQL, and stops it afterwards when it was not running before.

python -m tools.run_tests [arguments of pytest]
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools import pg
from tools.paths import CLONE
from tools.steps import fail


def main(arguments: list[str]) -> int:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": pg.TEST_SETTINGS_MODULE}
    started_here = not env.get("DATABASE_URL") and not pg.is_running(pg.data_dir(tests=True))
    try:
        if started_here:
            pg.ensure_server(tests=True)
        return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=CLONE, env=env)
    except pg.ServerError as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    finally:
        if started_here:
            pg.stop_server(tests=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
