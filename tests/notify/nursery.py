"""Scans in processes of their own, killed at random; then three that nobody kills. Prints how many were killed.

python -m tests.notify.nursery SEED KILLS. Nothing is open here when a process is begun: neither connection nor thread.
"""

import os
import random
import signal
import sys
import time

import tests.notify.worker  # noqa: F401 (Django, and the real mail server)


def scanning() -> int:
    pid = os.fork()
    if pid == 0:
        from cms.notify.duty.services.scan import rings_scan

        try:
            rings_scan()
        finally:
            os._exit(0)
    return pid


def main(seed: int, wanted: int) -> None:
    draw, killed = random.Random(seed), 0
    for _ in range(wanted):
        pid = scanning()
        time.sleep(draw.uniform(0.2, 2.5))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
    for _ in range(3):  # a lock of a dead process may outlive it for a moment
        os.waitpid(scanning(), 0)
        time.sleep(1)
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
