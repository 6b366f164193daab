"""A PostgreSQL and a web server of their own, in another folder: what stops here stops nothing of the other tests."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests import database
from tools.pg import bin_dir

PATIENCE_SECONDS = 180
"""Of a machine that does many other things meanwhile."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    text: str


class _Unmoved(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Instance:
    """`server` starts and stops PostgreSQL; what `spawn` started is ended by `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
            "HAVRE_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        }

    def server(self, verb: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "tools.pg", verb, "--tests"],
            cwd=database.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def crash(self) -> None:
        """Stop PostgreSQL as a power cut does: it must read its log again when it starts."""
        pid = int((self.folder / "postgres-test" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 3)  # SIGQUIT: immediate shutdown
        wait_for(lambda: not (self.folder / "postgres-test" / "postmaster.pid").exists())

    def fill(self, source: str) -> None:
        """Start PostgreSQL with a copy of a database of the tests, and the key ring that seals it."""
        url = self.server("start")
        self.environment["DATABASE_URL"] = url
        shutil.copy(database.keyring_ready(), self.folder / "keyring-test.json")
        dump = self.folder / "copy.dump"
        for command in (
            ["pg_dump", "-Fc", "-Z0", "-f", str(dump), "-d", database.owner_url(source)],
            ["pg_restore", "--exit-on-error", "-d", url, str(dump)],
        ):
            subprocess.run([bin_dir() / command[0], *command[1:]], check=True, capture_output=True)

    def spawn(self, *command: str, log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as output:
            process = subprocess.Popen(
                command,
                cwd=database.ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def web(self, home: str = "") -> tuple[subprocess.Popen[bytes], str]:
        """Start the web server of production, again at this address when it is given; return it with its address."""
        granian = str(Path(sys.executable).parent / "granian")
        port = int(home.rpartition(":")[2]) if home else free_port()
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "2"]
        process = self.spawn(granian, *options, "cms.wsgi:application", log="web.log")
        home = f"http://127.0.0.1:{port}"
        wait_for(lambda: _answers(home))
        return process, home

    def close(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the web server has children
            process.wait()
        self.server("stop")


def free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(address: str, *, cookie: str = "", data: bytes | None = None) -> Answer:
    """Return the answer, whatever its status; a redirection is not followed."""
    request = urllib.request.Request(address, data=data, headers={"Cookie": cookie} if cookie else {})  # noqa: S310
    try:
        with urllib.request.build_opener(_Unmoved).open(request, timeout=PATIENCE_SECONDS) as answer:
            return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read().decode(errors="replace"))


def _answers(home: str) -> bool:
    try:
        return ask(f"{home}/sante/vivant").status == 200
    except OSError:
        return False


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds. Raises `AssertionError` after three minutes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "rien n’est venu dans le temps laissé"
        time.sleep(0.1)


def words(page: str) -> str:
    """Return what a page says, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").replace("&nbsp;", " ")
