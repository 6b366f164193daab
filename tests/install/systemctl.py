#!/usr/bin/python3
"""What the book asks of systemd, on a machine where systemd is not the first process: it reads the same units.

It runs ExecStartPre and ExecStart under the account, mask, folder and environment that the unit gives. What hardens a
unit is not applied: `systemd-analyze` reads that in `tests/install/test_units.py`.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = Path("/etc/systemd/system")
RUN = Path("/run/book")
OF_DEBIAN = {
    "postgresql": {"start": "pg_ctlcluster {cluster} start", "stop": "pg_ctlcluster {cluster} stop -m fast"},
    "nginx": {"start": "nginx", "stop": "nginx -s quit"},
    "clamav-daemon": {"start": "install -d -o clamav -g clamav /run/clamav; clamd & sleep 1", "stop": "pkill clamd"},
    "clamav-freshclam": {"start": "true", "stop": "true"},
}


def unit_read(name):
    """Return the section Service: each key with its values, in order."""
    found = {}
    section = ""
    for line in (UNITS / name).read_text().splitlines():
        if line.startswith("["):
            section = line
        elif section == "[Service]" and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def environment_read(unit):
    """Return the variables of EnvironmentFile= and Environment=, and those that systemd itself gives."""
    given = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    for path in unit.get("EnvironmentFile", ()):
        for line in Path(path).read_text().splitlines():
            if "=" in line and not line.startswith("#"):
                key, _, value = line.partition("=")
                given[key] = "".join(shlex.split(value))
    for words in unit.get("Environment", ()):
        given |= dict(word.split("=", 1) for word in shlex.split(words))
    for name in unit.get("RuntimeDirectory", ()):
        folder = Path("/run") / name
        folder.mkdir(exist_ok=True)
        os.chown(folder, *owner(unit))
        given["RUNTIME_DIRECTORY"] = str(folder)
    return given


def owner(unit):
    import grp
    import pwd

    return pwd.getpwnam(unit["User"][0]).pw_uid, grp.getgrnam(unit["Group"][0]).gr_gid


def start(name):
    if name.removesuffix(".service") in OF_DEBIAN:
        return debian(name.removesuffix(".service"), "start")
    if name.endswith(".timer"):
        return (UNITS / name).stat() and None
    unit = unit_read(name)
    user = f"--reuid={unit['User'][0]} --regid={unit['Group'][0]} --init-groups"
    options = {"cwd": unit["WorkingDirectory"][0], "env": environment_read(unit), "umask": int(unit["UMask"][0], 8)}
    options["stdin"] = subprocess.DEVNULL
    RUN.mkdir(exist_ok=True)
    with (RUN / f"{name}.log").open("ab") as log:
        for command in unit.get("ExecStartPre", ()):
            subprocess.run(shlex.split(f"setpriv {user} -- {command}"), check=True, stdout=log, stderr=log, **options)
        command = shlex.split(f"setpriv {user} -- {unit['ExecStart'][0]}")
        if unit["Type"] == ["oneshot"]:
            subprocess.run(command, check=True, stdout=log, stderr=log, **options)
            return
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **options)
    (RUN / f"{name}.pid").write_text(str(process.pid))


def stop(name):
    if name.removesuffix(".service") in OF_DEBIAN:
        return debian(name.removesuffix(".service"), "stop")
    path = RUN / f"{name}.pid"
    if not path.exists():
        return
    pid = int(path.read_text())
    os.kill(pid, signal.SIGTERM)
    for _ in range(400):
        if not Path(f"/proc/{pid}").exists():
            break
        time.sleep(0.1)
    path.unlink()


def debian(name, verb):
    cluster = ""
    if name == "postgresql":
        cluster = " ".join(subprocess.check_output(["pg_lsclusters", "-h"], text=True).split()[:2])
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    done = subprocess.run(OF_DEBIAN[name][verb].format(cluster=cluster), shell=True, check=False, **silent)
    if verb == "start" and done.returncode:
        sys.exit(done.returncode)


def main(arguments):
    verb, *names = [word for word in arguments if word != "--now"]
    if verb == "daemon-reload":
        return
    for name in names:
        if verb == "restart":
            stop(name)
        {"start": start, "restart": start, "enable": start, "stop": stop}[verb](name)


if __name__ == "__main__":
    main(sys.argv[1:])
