"""The cluster of the failover drill: etcd, three PostgreSQL under Patroni, HAProxy and PgBouncer, all on loopback.

Every process is kept by its number, stands in one temporary folder, and ends with the drill.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

NODES = ("pg1", "pg2", "pg3")
PATIENCE = 180
NEEDED = {"patroni": "patroni", "etcd": "etcd-server", "haproxy": "haproxy", "pgbouncer": "pgbouncer"}
CLONE = Path(__file__).resolve().parents[2]
ROLES = CLONE / "deploy" / "postgresql" / "roles.sql"


def missing() -> list[str]:
    """Return Debian's packages that the drill wants and that are not there."""
    absent = [package for program, package in NEEDED.items() if not shutil.which(program)]
    return absent if binaries() else [*absent, "postgresql"]


def binaries() -> Path | None:
    held = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return held[-1].parent if held else None


def free_ports(count: int) -> list[int]:
    listeners = [socket.socket() for _ in range(count)]
    for listener in listeners:
        listener.bind(("127.0.0.1", 0))
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = binaries() or Path()
        ports = free_ports(10)
        self.sql = dict(zip(NODES, ports[:3], strict=True))
        self.rest = dict(zip(NODES, ports[3:6], strict=True))
        self.etcd_port, self.peer_port, self.haproxy_port, self.pgbouncer_port = ports[6:]
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    # Addresses

    @property
    def pooled(self) -> str:
        return f"postgresql://havre_app@127.0.0.1:{self.pgbouncer_port}/havre"

    def direct(self, account: str) -> str:
        """Return the three servers, of which libpq takes the one that accepts writes."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.sql.values())
        return f"postgresql://{account}@{hosts}/havre?target_session_attrs=read-write"

    # Processes

    def spawn(self, name: str, *command: object, env: dict[str, str] | None = None, as_postgres: bool = True) -> None:
        account = pwd.getpwnam("postgres") if as_postgres else None
        with (self.folder / f"{name}.log").open("ab") as output:
            self.running[name] = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder if as_postgres else CLONE,
                env=env or {"PATH": f"{self.bin}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                start_new_session=True,
            )

    def create(self) -> None:
        shutil.chown(self.folder, "postgres", "postgres")
        self.folder.chmod(0o755)
        self.etcd_start()
        for name in NODES:
            (self.folder / f"{name}.json").write_text(json.dumps(self._patroni(name)))
            self.node_start(name)
        self.wait(lambda: self.is_whole(), "trois serveurs, dont un secours synchrone")
        (self.folder / "haproxy.cfg").write_text(self._haproxy())
        self.spawn("haproxy", "haproxy", "-db", "-f", self.folder / "haproxy.cfg")
        (self.folder / "users.txt").write_text('"havre_app" ""\n"postgres" ""\n')
        (self.folder / "pgbouncer.ini").write_text(self._pgbouncer())
        self.spawn("pgbouncer", "pgbouncer", self.folder / "pgbouncer.ini")

    def etcd_start(self) -> None:
        client, peer = f"http://127.0.0.1:{self.etcd_port}", f"http://127.0.0.1:{self.peer_port}"
        self.spawn(
            "etcd", "etcd", "--name", "etcd1", "--data-dir", self.folder / "etcd",
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
            "--initial-cluster", f"etcd1={peer}", "--log-level", "error",
        )  # fmt: skip

    def node_start(self, name: str) -> None:
        """Start Patroni, which starts PostgreSQL: a file of JSON is one of YAML."""
        self.spawn(name, "patroni", self.folder / f"{name}.json")

    def close(self) -> None:
        for name in reversed(self.running):
            self.kill(name)
        for name in NODES:
            self._kill_postgres(name)

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a machine that loses its power."""
        process = self.running[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def machine_lost(self, name: str) -> None:
        """Patroni and PostgreSQL of one machine, in one go."""
        os.killpg(self.running[name].pid, signal.SIGSTOP)  # it must not see its server die first
        self._kill_postgres(name)
        self.kill(name)

    def postmaster(self, name: str) -> int | None:
        try:
            return int((self.folder / name / "postmaster.pid").read_text().split()[0])
        except (OSError, IndexError, ValueError):
            return None

    def children(self, pid: int) -> list[int]:
        done = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
        return [int(each) for each in done.stdout.split()]

    def walsenders(self, name: str) -> list[int]:
        pid = self.postmaster(name)
        said = [(each, Path(f"/proc/{each}/cmdline").read_text()) for each in self.children(pid)] if pid else []
        return [each for each, words in said if "walsender" in words]

    def _kill_postgres(self, name: str) -> None:
        pid = self.postmaster(name)
        for each in [pid, *self.children(pid)] if pid else []:
            signal_send(each, signal.SIGKILL)

    # What it says

    def members(self) -> list[dict[str, object]]:
        for port in self.rest.values():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/cluster", timeout=3) as answer:
                    return list(json.load(answer)["members"])
            except (OSError, ValueError, KeyError):
                continue
        return []

    def leader(self) -> str:
        return next((str(each["name"]) for each in self.members() if each["role"] == "leader"), "")

    def synchronous(self) -> str:
        return next((str(each["name"]) for each in self.members() if each["role"] == "sync_standby"), "")

    def is_whole(self) -> bool:
        states = {str(each["name"]): (each["role"], each["state"]) for each in self.members()}
        standbys = [state for role, state in states.values() if role != "leader"]
        return len(standbys) == 2 and set(standbys) == {"streaming"} and bool(self.synchronous())

    def switch(self, leader: str) -> threading.Thread:
        """Ask Patroni for a planned switchover, as patronictl does, without the seconds that it takes to start. Its
        answer comes by whole seconds, after the new primary serves: nobody waits for it.
        """
        asked = json.dumps({"leader": leader, "candidate": self.synchronous()}).encode()
        address = f"http://127.0.0.1:{self.rest[leader]}/switchover"

        def ask() -> None:
            with urllib.request.urlopen(urllib.request.Request(address, data=asked), timeout=60) as answer:
                answer.read()

        asking = threading.Thread(target=ask)
        asking.start()
        return asking

    def pooler(self, order: str) -> None:
        """Give an order to the console of PgBouncer."""
        self.psql(f"postgresql://postgres@127.0.0.1:{self.pgbouncer_port}/pgbouncer", "-c", order)

    def is_served(self, *, but: str) -> bool:
        """Tell whether HAProxy leads to a primary that is no longer this node."""
        address = f"postgresql://postgres@127.0.0.1:{self.haproxy_port}/postgres?connect_timeout=2"
        command = [str(self.bin / "psql"), "-X", "-At", "-d", address, "-c"]
        asked = "SELECT NOT pg_is_in_recovery() AND inet_server_port() <> " + str(self.sql[but])
        done = subprocess.run([*command, asked], capture_output=True, text=True, check=False)
        return done.stdout.strip() == "t"

    def psql(self, address: str, *arguments: object, env: dict[str, str] | None = None) -> str:
        command = [self.bin / "psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", address, *arguments]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, env=os.environ | (env or {}), check=False
        )
        if done.returncode:
            raise SystemExit(f"psql : {done.stderr[:2000]}")
        return done.stdout.strip()

    def wait(self, condition, what: str, patience: int = PATIENCE) -> float:  # noqa: ANN001 (a question)
        """Wait for a condition; return how many seconds it took."""
        began = time.monotonic()
        while not condition():
            if time.monotonic() - began > patience:
                raise SystemExit(f"Rien n’est venu en {patience} s : {what}. Journaux : {self.folder}")
            time.sleep(0.3)
        return time.monotonic() - began

    # Files of settings

    def _patroni(self, name: str) -> dict[str, object]:
        here = "127.0.0.1"
        anybody = ["local all all trust", f"host all all {here}/32 trust", f"host replication all {here}/32 trust"]
        return {
            "scope": "havre",
            "name": name,
            "restapi": {"listen": f"{here}:{self.rest[name]}", "connect_address": f"{here}:{self.rest[name]}"},
            "etcd3": {"hosts": f"{here}:{self.etcd_port}"},
            "bootstrap": {
                "dcs": {
                    "ttl": 20,
                    "loop_wait": 5,
                    "retry_timeout": 5,
                    "maximum_lag_on_failover": 1048576,
                    "synchronous_mode": True,
                    "failsafe_mode": True,
                    "postgresql": {
                        "use_pg_rewind": True,
                        "parameters": {"jit": "off", "wal_log_hints": "on", "shared_buffers": "128MB"},
                    },
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": f"{here}:{self.sql[name]}",
                "connect_address": f"{here}:{self.sql[name]}",
                "data_dir": str(self.folder / name),
                "bin_dir": str(self.bin),
                "pgpass": str(self.folder / f"{name}.pgpass"),
                "pg_hba": anybody,
                "parameters": {"unix_socket_directories": str(self.folder)},
                "authentication": {
                    each: {"username": "postgres" if each != "replication" else "replicator", "password": "exercice"}
                    for each in ("superuser", "replication", "rewind")
                },
            },
        }

    def _haproxy(self) -> str:
        """Return the file of `deploy/`, with the addresses of here."""
        text = (CLONE / "deploy" / "postgresql" / "haproxy.cfg").read_text()
        text = text.replace("bind 127.0.0.1:5000", f"bind 127.0.0.1:{self.haproxy_port}")
        for number, name in enumerate(NODES, 1):
            given = f"server {name} 10.0.0.1{number}:5432 check port 8008"
            ours = f"server {name} 127.0.0.1:{self.sql[name]} check port {self.rest[name]}"
            text = text.replace(given, ours)
        return text

    def _pgbouncer(self) -> str:
        given = (CLONE / "deploy" / "postgresql" / "pgbouncer.ini").read_text()
        ours = {
            "havre": f"host=127.0.0.1 port={self.haproxy_port} dbname=havre",
            "unix_socket_dir": "",
            "listen_port": str(self.pgbouncer_port),
            "auth_type": "trust",
            "auth_file": str(self.folder / "users.txt"),
            "server_tls_sslmode": "disable",
            "server_tls_ca_file": "",
        }
        lines = []
        for line in given.splitlines():
            key = line.partition("=")[0].strip()
            lines.append(f"{key} = {ours[key]}" if key in ours else line)
        return "\n".join([*lines, "listen_addr = 127.0.0.1", "admin_users = postgres", ""])


def signal_send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
