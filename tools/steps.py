"""Progress on screen: one line a step with its duration, the rest in a log."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools.paths import CLONE, log_dir

TAIL_LINES = 20


class StepError(RuntimeError):
    """A step failed; the message tells the person what to do."""


@contextmanager
def step(label: str) -> Iterator[None]:
    print(f"  {label} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("échec", flush=True)
        raise
    print(f"fait ({time.monotonic() - start:.1f} s)".replace(".", ","), flush=True)


def run(command: list[object], *, log: str, env: Mapping[str, str] | None = None) -> None:
    """Run a command whose output goes to the log of that name; its last lines are shown when it fails."""
    path = log_path(log)
    with open(path, "ab") as output:
        output.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        output.flush()
        start = output.tell()
        done = subprocess.run(
            [str(part) for part in command],
            cwd=CLONE,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StepError(f"La commande a échoué (code {done.returncode}). {tail(path, start)}")


def log_path(name: str) -> Path:
    log_dir().mkdir(parents=True, exist_ok=True)
    return log_dir() / f"{name}.log"


def tail(path: Path, start: int = 0) -> str:
    """Return the last lines written to a log after byte `start`."""
    lines = path.read_bytes()[start:].decode(errors="replace").splitlines()[-TAIL_LINES:]
    return "\n".join([f"Fin du journal {path} :", *(f"    {line}" for line in lines)])


def fail(message: object) -> int:
    print(f"\n{message}", file=sys.stderr)
    return 1
