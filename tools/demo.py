"""The demo: prepares everything, runs the web server and the job worker, stops all of it on Ctrl-C.

python3 -m tools.demo [--reset]
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

from tools import environment
from tools.checks import check_disk, check_port, check_writable, read_port
from tools.paths import CLONE, VENV, VENV_PYTHON, locked, var_dir
from tools.steps import StepError, fail, log_path, run, step, tail

PREPARATION = (
    ("Trousseau de clés", ("load_demo --cles",)),
    ("Mise à jour de la base de données", ("createcachetable", "migrate --noinput", "sync_roles")),
    ("Données de référence", ("load_reference",)),
    ("Réseau fictif", ("load_demo",)),
    ("Fichiers des pages", ("collectstatic --noinput",)),
)
SOURCES = ("cases", "cms", "dashboards", "formation", "referentiel", "requirements", "tools")
DATA = ("postgres", "media", "files", "mail", "static", "keyring.json", "demo.stamp")
NAMES = {"web": "Site", "worker": "Appels et messages"}
FIRST_PAGE_SECONDS = 60
STOP_SECONDS = 10
FIRST_DELAY, MOST_DELAY = 1, 60
STEADY_SECONDS = 120
"""A process that ran that long was at work: when it stops, it is started again at once."""


class Demo:
    """One run: what it started, in the order in which it must be stopped."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        own = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "PYTHONUNBUFFERED": "1"}
        # Behind a proxy, whoever starts the demo says its public address.
        self.env = os.environ | own | {"BASE_URL": os.environ.get("BASE_URL") or self.address.rstrip("/")}
        self.embedded = not os.environ.get("DATABASE_URL")
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.commands: dict[str, list[object]] = {}
        self.started: dict[str, float] = {}
        self.delays: dict[str, float] = {}
        self.due: dict[str, float] = {}

    @property
    def address(self) -> str:
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    def start(self) -> None:
        if self.embedded:
            with step("Démarrage de PostgreSQL"):
                run([VENV_PYTHON, "-m", "tools.pg", "start"], log="setup", env=self.env)
        self.prepare()
        with step("Démarrage du site"):
            web = ["--interface", "wsgi", "--host", self.host, "--port", self.port, "--workers", "2"]
            self.spawn("web", [VENV / "bin" / "granian", *web, "--blocking-threads", "2", "cms.wsgi:application"])
            self.spawn("worker", [VENV_PYTHON, "manage.py", "procrastinate", "worker"])
            self.wait_for_first_page()
        self.welcome()

    def prepare(self) -> None:
        """Skipped as a whole when neither the sources nor the database changed since it last went through."""
        stamp, state = var_dir() / "demo.stamp", self.state()
        if stamp.exists() and stamp.read_text() == state:
            return
        for label, commands in PREPARATION:
            with step(label):
                run([VENV_PYTHON, "-m", "tools.manage", *commands], log="setup", env=self.env)
        stamp.write_text(self.state())

    def state(self) -> str:
        """Digest of the names, sizes and times of the sources, of the database and of the address of the site."""
        mark = var_dir() / "postgres" / "havre.ready"
        database = os.environ.get("DATABASE_URL") or str(mark.stat().st_mtime_ns)
        digest = hashlib.sha256(f"{database}\n{self.env['BASE_URL']}\n".encode())
        for folder in SOURCES:
            for path in sorted((CLONE / folder).rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    found = path.stat()
                    digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
        return digest.hexdigest()

    def spawn(self, name: str, command: list[object]) -> None:
        self.commands[name], self.started[name] = command, time.monotonic()
        # A session of its own: Ctrl-C reaches the supervisor alone, which stops the others in order.
        with open(log_path(name), "ab") as output:
            self.processes[name] = subprocess.Popen(
                [str(part) for part in command],
                cwd=CLONE,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for_first_page(self) -> None:
        deadline = time.monotonic() + FIRST_PAGE_SECONDS
        while time.monotonic() < deadline:
            self.check_alive()
            try:
                with urllib.request.urlopen(self.address, timeout=10):  # noqa: S310 (our own address)
                    return
            except urllib.error.HTTPError as error:
                raise StepError(f"La première page répond {error.code}. {tail(log_path('web'))}") from error
            except OSError:
                time.sleep(0.1)
        raise StepError(f"La première page ne répond pas. {tail(log_path('web'))}")

    def check_alive(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise StepError(f"Le processus « {name} » s’est arrêté. {tail(log_path(name))}")

    def welcome(self) -> None:
        command = [str(VENV_PYTHON), "manage.py", "demo_accounts"]
        accounts = subprocess.run(command, cwd=CLONE, env=self.env, stdout=subprocess.PIPE, text=True, check=False)
        print(f"\nHavre est prêt : {self.address}\n\n{accounts.stdout}\nCtrl-C pour tout arrêter.", flush=True)

    def watch(self) -> None:
        while True:
            self.tend(time.monotonic())
            time.sleep(0.5)

    def tend(self, now: float) -> None:
        """Start again each process that died, later and later when it dies again, and say so."""
        for name, process in list(self.processes.items()):
            if name in self.due:
                if now >= self.due[name]:
                    del self.due[name]
                    self.spawn(name, self.commands[name])
                    print(f"  {NAMES.get(name, name)} : relancé.", flush=True)
            elif process.poll() is not None:
                _end_session(process)
                has_held = now - self.started[name] >= STEADY_SECONDS
                delay = FIRST_DELAY if has_held else self.delays.get(name, FIRST_DELAY)
                self.due[name], self.delays[name] = now + delay, min(delay * 2, MOST_DELAY)
                said = f"arrêté ({_how(process.returncode)}), relancé dans {delay:.0f} s"
                print(f"  {NAMES.get(name, name)} : {said}. Journal : {log_path(name)}", flush=True)

    def stop(self) -> None:
        for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(caught, signal.SIG_IGN)
        with step("Arrêt"):
            for process in self.processes.values():
                process.terminate()
            for process in self.processes.values():
                _end(process)
            if self.embedded:
                run([VENV_PYTHON, "-m", "tools.pg", "stop"], log="setup", env=self.env)


def _end_session(process: subprocess.Popen[bytes]) -> None:
    """End what a dead process left: the children of the web server hold its port."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        # The whole session: the web server has children.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def reset() -> None:
    """Drop the demo's data. A database named by `DATABASE_URL` is somebody's: it is left alone."""
    if os.environ.get("DATABASE_URL"):
        raise StepError("DATABASE_URL désigne votre propre base : videz-la vous-même, puis lancez make demo.")
    with step("Effacement des données"):
        if VENV_PYTHON.exists():
            run([VENV_PYTHON, "-m", "tools.pg", "stop"], log="setup")
        for name in DATA:
            _remove(var_dir() / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    try:
        environment.check_python()
        check_writable(CLONE, var_dir())
        check_disk(CLONE, var_dir())
        with ExitStack() as held:
            held.enter_context(locked(var_dir() / "demo.lock", wait=False))
            demo = Demo(host, read_port(port))
            check_port(host, demo.port)
            if "--reset" in arguments:
                reset()
            environment.ensure("demo")
            held.callback(demo.stop)
            demo.start()
            demo.watch()
    except BlockingIOError:
        return fail("Une démonstration tourne déjà dans ce dossier : arrêtez-la d’abord (Ctrl-C).")
    except KeyboardInterrupt:
        print("Tout est arrêté. Les données restent : make demo les retrouve.", flush=True)
    except (StepError, OSError) as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
