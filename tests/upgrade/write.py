"""Keep the database of this release, so that the next one proves that it upgrades it: docs/upgrade.md.

python -m tests.upgrade.write

The network of the tests, all of it invented, as `pg_dump` says it, and the key ring that sealed it. The dump of the
release before goes: an upgrade never skips one.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests import database
from tools import clock, pg
from tools.paths import CLONE
from tools.pg import bin_dir
from tools.schema import cleaned

FOLDER = Path(__file__).parent
RING = FOLDER / "keyring.json"
DUMP = ("--no-owner", "--inserts", "--rows-per-insert=200", "--exclude-table=limits_cache")


def main() -> int:
    if not clock.shift() and clock.library() is not None:
        # The instant of the tests: their template is that of a day.
        shifted = clock.shifted(clock.shift_to(clock.INSTANT))
        command = [sys.executable, "-m", "tests.upgrade.write"]
        os.execve(sys.executable, command, os.environ | shifted)  # noqa: S606 (this very program)
    os.environ["DJANGO_SETTINGS_MODULE"] = pg.TEST_SETTINGS_MODULE
    started_here = not pg.is_running(pg.data_dir(tests=True))
    pg.ensure_server(tests=True)
    try:
        keep()
    finally:
        if started_here:
            pg.stop_server(tests=True)
    return 0


def keep() -> None:
    import django

    django.setup()
    version = tomllib.loads((CLONE / "pyproject.toml").read_text())["project"]["version"]
    with database.locked():
        ring, name = database.keyring_ready(), database.template_database()
        command = [bin_dir() / "pg_dump", *DUMP, "-d", database.owner_url(name)]
        dump = subprocess.run(command, check=True, capture_output=True, text=True)
    for stale in FOLDER.glob("*.sql"):
        stale.unlink()
    kept = FOLDER / f"{version}.sql"
    kept.write_text(cleaned(dump.stdout))
    shutil.copy(ring, RING)
    print(f"{kept.relative_to(CLONE)} : {kept.stat().st_size // 1000} ko.")  # noqa: T201 (a command of the developer)


if __name__ == "__main__":
    sys.exit(main())
