"""The clock of the tests: one instant, the same for Python, PostgreSQL and every process that a test starts.

A run begins at the same instant whenever it is started, and time flows from there. libfaketime, loaded before libc,
shifts the wall clock and leaves the monotonic one alone. Chromium and LibreOffice take minutes to start under it: they
keep the real clock (`real_time`), and tests shift the dates that a page reads by `shift()`.

A server named by `DATABASE_URL` cannot be shifted: the run then keeps the real clock, and says so.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from tools.paths import var_dir

PARIS = ZoneInfo("Europe/Paris")
INSTANT = "2026-11-26T10:00"
"""A Thursday morning, far from any edge of the calendar."""
CAST_LEAD = timedelta(minutes=15)
"""The people of the template are written that long before the first test: nothing they did lies in the future."""
DRIFT = timedelta(hours=1)
"""A server left running further than that from the instant asked is started again."""
FOLLOWED_SECONDS = 1.2
SYSTEM_LIBRARIES = "/usr/lib/*/faketime/libfaketime.so.1"
VARIABLES = ("LD_PRELOAD", "FAKETIME", "NO_FAKE_STAT", "FAKETIME_DONT_FAKE_MONOTONIC")
SERVER_VARIABLES = ("FAKETIME_TIMESTAMP_FILE", "FAKETIME_CACHE_DURATION")


def library() -> Path | None:
    """Return the path of libfaketime: that of the Python package, or Debian's; None where there is neither."""
    package = find_spec("libfaketime")
    vendored = package and package.origin and Path(package.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"
    if vendored and vendored.exists() and os.uname().machine == "x86_64" and sys.platform == "linux":
        return vendored
    return next(iter(sorted(Path("/").glob(SYSTEM_LIBRARIES.lstrip("/")))), None)


def shift_to(instant: str) -> int:
    """Return the seconds to add to the real clock so that it reads `instant`, an ISO date and time in Paris."""
    return round(datetime.fromisoformat(instant).replace(tzinfo=PARIS).timestamp() - real_timestamp())


def shift() -> int:
    """Return the seconds that this process adds to the real clock: 0 under the real one."""
    return int(os.environ.get("FAKETIME", "0"))


def real_timestamp() -> float:
    return time.time() - shift()


def shifted(seconds: int) -> dict[str, str]:
    """Return the variables under which a process reads the real clock and `seconds` more."""
    return {
        "LD_PRELOAD": str(library()),
        "FAKETIME": f"{seconds:+d}",
        # Dates of files stay real: compiled Python would be thrown away at each run.
        "NO_FAKE_STAT": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def real_time(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment without the clock of the tests, for programs that bear it badly."""
    source = os.environ if environment is None else environment
    return {name: value for name, value in source.items() if name not in VARIABLES + SERVER_VARIABLES}


# The server reads its shift in a file, each second: its template is written earlier than the tests run.


def server_file() -> Path:
    return var_dir() / "postgres-test.clock"


def server_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a tests' server started by this process, and note its shift for those who find it."""
    if not shift():
        server_file().unlink(missing_ok=True)
        return dict(environment)
    set_server(shift())
    following = {"FAKETIME_TIMESTAMP_FILE": str(server_file()), "FAKETIME_CACHE_DURATION": "1"}
    return {name: value for name, value in environment.items() if name != "FAKETIME"} | following


def set_server(seconds: int) -> None:
    """Give the server another shift, which it follows within a second."""
    server_file().parent.mkdir(parents=True, exist_ok=True)
    draft = server_file().with_suffix(f".{os.getpid()}")
    draft.write_text(f"{seconds:+d}\n")
    draft.chmod(0o644)
    draft.rename(server_file())


def server_shift() -> int:
    """Return the shift of the tests' server in seconds: 0 when it reads the real clock."""
    try:
        return int(server_file().read_text())
    except (OSError, ValueError):
        return 0


@contextmanager
def earlier() -> Iterator[dict[str, str]]:
    """Set the server back by `CAST_LEAD`, and give the variables of the processes that write its template."""
    if not shift():
        yield {}
        return
    before = shift() - int(CAST_LEAD.total_seconds())
    set_server(before)
    time.sleep(FOLLOWED_SECONDS)
    try:
        yield shifted(before)
    finally:
        set_server(shift())
        time.sleep(FOLLOWED_SECONDS)


def is_near(seconds: int, instant: str) -> bool:
    """Tell whether a clock shifted by `seconds` reads less than `DRIFT` from `instant`."""
    return abs(shift_to(instant) - seconds) < DRIFT.total_seconds()
