"""Drill: the primary is lost, in five ways, while people write. Prints a table; exit 1 when a promise is not kept.

    python3 deploy/drills/failover.py [switchover process etcd machine cut]

As root, with Debian's patroni, python3-etcd, etcd-server, haproxy, pgbouncer and postgresql, and the environment of
the tests (`make install`). Everything listens on loopback, under one temporary folder, and ends with the drill: it
touches no server of this machine. The database is the fictitious one of `tests/upgrade/`, under the settings of
production; web servers go through PgBouncer and HAProxy, the worker straight to the three servers.

Promised in each: no acknowledged write lost, no answer but 204 and 503, an urgent call opened meanwhile is carried,
the worker is alive, the journal whole, and a silence no longer than its bound.
"""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from failover_cluster import CLONE, ROLES, Cluster, free_ports, missing, signal_send

PYTHON = CLONE / ".venv" / "bin" / "python"
BOUNDS = {"switchover": 10.0, "process": 10.0, "etcd": 10.0, "machine": 25.0, "cut": 25.0}
WRITERS = 4
STEADY_SECONDS = 6
CUT_SECONDS, SILENT_SECONDS = 3, 40
SITE = "havre.example"
COLUMNS = (
    "événement",
    "silence, s",
    "borne, s",
    "confirmées",
    "erreurs",
    "en doute, gardées",
    "perdues",
    "appel parti",
    "retour, s",
)
KEPT, AWAY = 204, 503


@dataclass
class Load:
    """People who type: each write has a key of its own, said before it leaves and once it was answered."""

    port: int
    session: str
    record: Path
    acknowledged: dict[str, float] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Load:
        self.threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def _write(self) -> None:
        with self.record.open("a", buffering=1) as record:
            while not self.stopping.is_set():
                key = str(uuid.uuid4())
                record.write(f"sent {key}\n")
                status = self._post(key)
                if status == KEPT:
                    self.acknowledged[key] = time.monotonic()
                else:
                    self.failed[key] = status
                    time.sleep(0.2)
                record.write(f"{status} {key}\n")

    def _post(self, key: str) -> int:
        """Return the status of the answer, 0 when there was none."""
        token = secrets.token_hex(16)
        headers = {
            "Host": SITE,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"__Host-sessionid={self.session}; __Host-csrftoken={token}",
            "Referer": f"https://{SITE}/",
            "X-CSRFToken": token,
            "X-Forwarded-For": "127.0.0.1",
            "X-Forwarded-Proto": "https",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            body = f"draft_address=/situations/propositions/{key}/&condition=exercice"
            connection.request("POST", "/mon-compte/saisie/garder/", body, headers)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def longest_gap(self, since: float) -> float:
        """Return the longest time without an acknowledgement, from an instant to now."""
        moments = [since, *sorted(at for at in self.acknowledged.values() if at > since), time.monotonic()]
        return max(later - earlier for earlier, later in zip(moments, moments[1:], strict=False))

    def has_written_since(self, instant: float) -> bool:
        return any(at > instant for at in list(self.acknowledged.values()))


class Havre:
    """Web server, worker, and whoever asks; a gateway that accepts every call."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster, folder = cluster, cluster.folder
        self.gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
        threading.Thread(target=self.gateway.serve_forever, daemon=True).start()
        [self.port] = free_ports(1)
        shutil.copy(CLONE / "tests" / "upgrade" / "keyring.json", folder / "keyring.json")
        (folder / "keyring.json").chmod(0o600)
        self.env = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "HAVRE_VAR": str(folder / "var"),
            "HAVRE_FILES": str(folder / "files"),
            "HAVRE_KEYRING": str(folder / "keyring.json"),
            "HAVRE_FICTITIOUS": "1",
            "HAVRE_CLAMD": "tcp:127.0.0.1:9",
            "HAVRE_ON_CALL_PHONE": "01 99 00 00 00",
            "HAVRE_GATEWAY_URL": f"http://127.0.0.1:{self.gateway.server_address[1]}/",
            "HAVRE_GATEWAY_SECRET": secrets.token_hex(32),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": "9",
            "DEFAULT_FROM_EMAIL": f"Havre <ne-pas-repondre@{SITE}>",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": SITE,
            "BASE_URL": f"https://{SITE}",
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": cluster.pooled,
            "DATABASE_POOLER": "1",
        }
        self.jobs = {"DATABASE_JOB_URL": cluster.direct("havre_job"), "DATABASE_POOLER": "0"}

    def create(self) -> None:
        cluster, owner = self.cluster, self.cluster.direct("havre_owner")
        address = cluster.direct("postgres").replace("/havre?", "/postgres?")
        passwords = {f"HAVRE_{who}_PASSWORD": secrets.token_hex(8) for who in ("OWNER", "APP", "JOB")}
        cluster.psql(address, "-f", ROLES, env=passwords)
        [dump] = (CLONE / "tests" / "upgrade").glob("*.sql")
        cluster.psql(owner, "-1", "-f", dump, env={"PGOPTIONS": "-c check_function_bodies=off"})
        for command in ("migrate --noinput -v0", "createcachetable", "sync_roles"):
            self.manage(*command.split(), DATABASE_OWNER_URL=owner)
        self.manage("collectstatic", "--noinput", "-v0")
        self.cluster.spawn(
            "web", CLONE / ".venv/bin/granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", self.port,
            "--workers", "2", "--blocking-threads", "2", "--respawn-failed-workers", "cms.wsgi:application",
            env=self.env, as_postgres=False,
        )  # fmt: skip
        worker = (PYTHON, "manage.py", "procrastinate", "worker")
        self.cluster.spawn("worker", *worker, env=self.env | self.jobs, as_postgres=False)
        self.caller = subprocess.Popen(
            [PYTHON, CLONE / "deploy" / "drills" / "failover_caller.py"],
            env=self.env | self.jobs,
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.cluster.running["caller"] = self.caller  # type: ignore[assignment]
        self.heard()
        cluster.wait(self.is_ready, "le serveur web répond")

    def manage(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = self.env | self.jobs | more
        done = subprocess.run(
            [PYTHON, "manage.py", *words], cwd=CLONE, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"manage.py {' '.join(words)} : {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done

    def is_ready(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", "/sante/pret", headers={"Host": SITE, "X-Forwarded-Proto": "https"})
            return connection.getresponse().status == 200
        except OSError:
            return False

    def say(self, word: str) -> None:
        assert self.caller.stdin  # noqa: S101 (a pipe was asked for)
        self.caller.stdin.write(f"{word}\n")
        self.caller.stdin.flush()

    def heard(self) -> str:
        assert self.caller.stdout  # noqa: S101 (a pipe was asked for)
        line = self.caller.stdout.readline()
        if not line:
            raise SystemExit("L’appelant s’est arrêté.")
        return line.strip()


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def event(cluster: Cluster, name: str) -> str:
    """Make it happen; return the node to start again, if its machine was lost."""
    leader = cluster.leader()
    if name == "switchover":
        # What is left to write is written while people still work; then the pooler holds requests: what is planned
        # costs nobody an error.
        cluster.psql(cluster.direct("postgres"), "-c", "CHECKPOINT")
        cluster.pooler("PAUSE havre")
        try:
            asked = cluster.switch(leader)
            cluster.wait(lambda: cluster.is_served(but=leader), "HAProxy mène au nouveau primaire")
        finally:
            cluster.pooler("RESUME havre")
        asked.join()
    elif name == "process":
        signal_send(cluster.postmaster(leader) or 0, signal.SIGKILL)
    elif name == "etcd":
        pid = cluster.running["etcd"].pid
        os.kill(pid, signal.SIGSTOP)
        time.sleep(SILENT_SECONDS)
        os.kill(pid, signal.SIGCONT)
    else:
        if name == "cut":
            # Without it the kernel's buffers would still reach the standbys: nothing would be proved.
            for pid in cluster.walsenders(leader):
                signal_send(pid, signal.SIGSTOP)
            time.sleep(CUT_SECONDS)
        cluster.machine_lost(leader)
        return leader
    return ""


def play(cluster: Cluster, havre: Havre, name: str) -> tuple[list[object], list[str]]:
    """One event under load. Return its line of the table, and what was not kept of what is promised."""
    havre.say("session")
    with Load(havre.port, havre.heard(), cluster.folder / f"{name}.writes") as load:
        cluster.wait(lambda: bool(load.acknowledged), "une première écriture")
        time.sleep(STEADY_SECONDS)
        began = time.monotonic()
        havre.say("ask")
        lost_node = event(cluster, name)
        over = time.monotonic()
        cluster.wait(lambda: load.has_written_since(over), "une écriture après l’événement")
        time.sleep(STEADY_SECONDS)
        gap = load.longest_gap(began)
    if lost_node:
        cluster.node_start(lost_node)
    back = cluster.wait(cluster.is_whole, "trois serveurs de nouveau", 300)
    asked = havre.heard()
    havre.say("called")
    is_called = havre.heard() == "called"
    rows = cluster.psql(cluster.direct("postgres"), "-c", "SELECT address FROM access_draft")
    kept = {row.strip("/").rpartition("/")[2] for row in rows.splitlines()}
    lost = set(load.acknowledged) - kept
    in_doubt = len(kept & set(load.failed))
    others = {status for status in load.failed.values() if status not in (AWAY, 0)}
    faults = [
        words
        for words, is_wrong in (
            (f"{len(lost)} écritures confirmées perdues", bool(lost)),
            (f"réponses {sorted(others)}", bool(others)),
            (f"silence de {gap:.1f} s, borne {BOUNDS[name]:.0f} s", gap > BOUNDS[name]),
            (f"{len(load.failed)} erreurs pendant une bascule prévue", name == "switchover" and bool(load.failed)),
            ("l’appel urgent n’est pas parti", not (asked and is_called)),
            ("le travailleur s’est arrêté", cluster.running["worker"].poll() is not None),
        )
        if is_wrong
    ]
    called = "oui" if is_called else "non"
    figures = [name, f"{gap:.1f}", f"{BOUNDS[name]:.0f}", len(load.acknowledged), len(load.failed), in_doubt]
    return [*figures, len(lost), called, f"{back:.0f}"], faults


def main() -> int:
    asked = sys.argv[1:] or list(BOUNDS)
    if os.geteuid() != 0 or missing() or not PYTHON.exists():
        raise SystemExit(f"En root, après make install et : apt-get install {' '.join(missing())} python3-etcd")
    folder = Path(tempfile.mkdtemp(prefix="havre-failover-"))
    cluster = Cluster(folder)
    lines: list[list[object]] = []
    faults: list[str] = []
    try:
        cluster.create()
        havre = Havre(cluster)
        havre.create()
        print(f"| {' | '.join(COLUMNS)} |")
        print("|---" * len(COLUMNS) + "|", flush=True)
        for name in asked:
            line, wrong = play(cluster, havre, name)
            lines.append(line)
            faults += [f"{name} : {words}" for words in wrong]
            print(f"| {' | '.join(map(str, line))} |", flush=True)
        print(havre.manage("verify", "journal").stdout, end="")
        print("\n".join(faults) or "tenu")
    finally:
        cluster.close()
        if faults or not lines:
            print(f"Journaux : {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
