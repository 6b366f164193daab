"""Drill: point-in-time recovery with pgBackRest, on this machine alone. Prints figures; exit 1 when a row is lost.

    python3 deploy/drills/pitr.py            as root, with Debian's postgresql and pgbackrest

A PostgreSQL of its own in a temporary folder, an encrypted repository, rows written without a stop. A full backup is
made meanwhile, then every row is deleted by mistake: the second before is given back, each acknowledged row with it.
"""

from __future__ import annotations

import argparse
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 200
STANZA = "havre"


class Cluster:
    """One server and its repository, under one temporary folder, reached by a socket alone."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder, self.binaries = folder, binaries
        self.data, self.repository = folder / "data", folder / "repository"
        self.config = folder / "pgbackrest.conf"

    def run(self, *command: str | Path, check: bool = True) -> str:
        """Run as the account of PostgreSQL; return what was said."""
        uid = pwd.getpwnam("postgres")
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            user=uid.pw_uid if os.geteuid() == 0 else None,
            group=uid.pw_gid if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PGUSER": "postgres"},
            check=False,
        )
        if check and done.returncode:
            raise SystemExit(f"{command[0]} : {done.stdout}{done.stderr}")
        return done.stdout.strip()

    def pgbackrest(self, *words: str) -> str:
        return self.run("pgbackrest", f"--config={self.config}", f"--stanza={STANZA}", *words)

    def sql(self, statement: str) -> str:
        return self.run(
            self.binaries / "psql", "-X", "-q", "-At", "-h", self.folder, "-d", "postgres", "-c", statement
        )

    def control(self, verb: str) -> None:
        log = ["-l", self.folder / "server.log"] if verb == "start" else []
        self.run(
            self.binaries / "pg_ctl",
            verb,
            "-w",
            "-t",
            "300",
            "-D",
            self.data,
            *log,
            "-m" if verb == "stop" else "-s",
            *(["fast"] if verb == "stop" else []),
        )

    def create(self) -> None:
        self.config.write_text(
            f"[global]\nrepo1-path={self.repository}\nrepo1-cipher-type=aes-256-cbc\n"
            f"repo1-cipher-pass={secrets.token_hex(32)}\nrepo1-retention-full=2\nrepo1-bundle=y\nrepo1-block=y\n"
            f"compress-type=zst\nstart-fast=y\nlog-path={self.folder}\nlock-path={self.folder}\n"
            f"[{STANZA}]\npg1-path={self.data}\npg1-socket-path={self.folder}\npg1-user=postgres\n"
        )
        self.config.chmod(0o644)
        self.repository.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            shutil.chown(self.repository, "postgres", "postgres")
        self.run(self.binaries / "initdb", "-k", "-U", "postgres", "-A", "trust", "-D", self.data)
        command = f"pgbackrest --config={self.config} --stanza={STANZA} archive-push %p"
        for name, value in {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "unix_socket_permissions": "0700",
            "archive_mode": "on",
            "archive_command": command,
            "wal_level": "replica",
        }.items():
            with (self.data / "postgresql.conf").open("a") as file:
                file.write(f"{name} = '{value}'\n")
        self.control("start")
        self.pgbackrest("stanza-create")
        self.pgbackrest("check")


def main() -> int:
    parser = argparse.ArgumentParser(description="Exercice : revenir à la seconde d’avant une erreur.")
    parser.add_argument("--lignes", type=int, default=ROWS)
    rows = parser.parse_args().lignes
    binaries = found()
    folder = Path(tempfile.mkdtemp(prefix="havre-pitr-"))
    cluster = Cluster(folder, binaries)
    try:
        cluster.create()
        return drill(cluster, rows)
    finally:
        cluster.run(binaries / "pg_ctl", "stop", "-m", "immediate", "-D", cluster.data, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def drill(cluster: Cluster, rows: int) -> int:
    figures: dict[str, object] = {}
    cluster.sql("CREATE TABLE kept (id int PRIMARY KEY, word text)")
    half = rows // 2
    write(cluster, 0, half)
    began = time.monotonic()
    cluster.pgbackrest("--type=full", "backup")
    figures["full backup, seconds"] = round(time.monotonic() - began, 1)
    figures["repository, MB"] = round(size(cluster.repository) / 1e6, 1)
    write(cluster, half, rows)
    # pgBackRest counts the end of a backup in whole seconds, and takes those that ended before the target.
    time.sleep(1.1)
    before = cluster.sql("SELECT clock_timestamp()")
    acknowledged = cluster.sql("SELECT count(*) FROM kept")
    time.sleep(1.1)
    cluster.sql("DELETE FROM kept")
    cluster.sql("SELECT pg_switch_wal()")
    wait_archived(cluster)
    clear = [path for path in cluster.repository.rglob("*") if path.is_file() and b"mot-en-clair" in path.read_bytes()]
    figures["files of the repository with a row in clear"] = len(clear)
    cluster.control("stop")
    began = time.monotonic()
    shutil.rmtree(cluster.data)
    cluster.run("mkdir", "-m", "700", cluster.data)
    # The drill writes no history over the true one: it archives nothing.
    cluster.pgbackrest("restore", "--type=time", f"--target={before}", "--target-action=promote", "--archive-mode=off")
    cluster.control("start")
    while cluster.sql("SELECT pg_is_in_recovery()") != "f":
        time.sleep(0.2)
    figures["from order to open, seconds"] = round(time.monotonic() - began, 1)
    kept = cluster.sql("SELECT count(*) FROM kept")
    figures["rows acknowledged before the mistake"] = acknowledged
    figures["rows given back"] = kept
    for name, value in figures.items():
        print(f"{name:<46} {value}")
    is_whole = kept == acknowledged == str(rows) and not clear
    print("intact" if is_whole else "PERDU")
    return 0 if is_whole else 1


def write(cluster: Cluster, first: int, last: int) -> None:
    """Write each row in a transaction of its own: each was acknowledged."""
    statements = [f"INSERT INTO kept VALUES ({number}, 'mot-en-clair');" for number in range(first, last)]
    path = cluster.folder / "rows.sql"
    path.write_text("\n".join(statements))
    path.chmod(0o644)
    cluster.run(
        cluster.binaries / "psql",
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        cluster.folder,
        "-d",
        "postgres",
        "-f",
        path,
    )


def wait_archived(cluster: Cluster) -> None:
    for _ in range(600):
        if (
            cluster.sql(
                "SELECT last_archived_time > now() - interval '10 min' AND failed_count = 0 AND "
                "last_archived_wal >= pg_walfile_name(pg_current_wal_lsn() - 16777216) FROM pg_stat_archiver"
            )
            == "t"
        ):
            return
        time.sleep(0.2)
    raise SystemExit("le journal de PostgreSQL n’arrive pas au dépôt")


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def found() -> Path:
    """Return Debian's newest PostgreSQL. Exit with what to install."""
    held = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not held or not shutil.which("pgbackrest"):
        raise SystemExit("Installez d’abord : apt-get install postgresql pgbackrest")
    return held[-1].parent


if __name__ == "__main__":
    sys.exit(main())
