"""A machine apart: root's view of this one, where everything may be written, and nothing stays.

Mounts, processes and network of its own; files of this machine are read through an overlay in memory. Commands that
install packages keep the network of this machine; no other reaches it.
"""

import os
import shutil
import subprocess
from pathlib import Path

TOOLS = ("unshare", "nsenter", "ip", "apt-get", "openssl", "git")
KEEPER = """
set -e
mount -t tmpfs book "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cd "$1/root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs run run
mount -t tmpfs tmp tmp
chmod 1777 tmp
ip link set lo up
touch "$1/ready"
exec sleep infinity
"""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def why_not() -> str:
    """Return what this machine lacks, or nothing."""
    if os.geteuid():
        return "il faut être root, pour une machine à part (unshare)"
    if not Path("/etc/debian_version").exists():
        return "il faut Debian, dont le livre installe les paquets"
    if lost := [name for name in TOOLS if not shutil.which(name)]:
        return f"il manque {', '.join(lost)}"
    done = subprocess.run(["unshare", "--mount", "--net", "--pid", "--fork", "true"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "cette machine n’ouvre pas d’espace à part (unshare)"


class Machine:
    """One machine apart, until `stop`: whatever runs there ends with it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child"]
        self.process = subprocess.Popen([*command, "sh", "-c", KEEPER, "sh", str(place)], stderr=subprocess.PIPE)
        self.root = Path(f"/proc/{self._keeper()}/root{place}/root")

    def _keeper(self) -> int:
        """Return the first process of the machine, once everything is mounted."""
        while self.process.poll() is None:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            if children and Path(f"/proc/{children[0]}/root{self.place}/ready").exists():
                self.pid = int(children[0])
                return self.pid
        raise RuntimeError((self.process.stderr.read() if self.process.stderr else b"").decode())

    def run(self, script: str, *, online: bool = False) -> subprocess.CompletedProcess[str]:
        """Run lines as root's shell would there; nothing of our environment goes along."""
        spaces = ["--mount", "--pid"] + ([] if online else ["--net"])
        inside = ["nsenter", f"--target={self.pid}", *spaces, "chroot", f"{self.place}/root"]
        shell = ["/bin/bash", "-euo", "pipefail", "-c", script]
        environment = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}
        return subprocess.run(
            [*inside, *shell], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )

    def stop(self) -> None:
        self.process.kill()  # `--kill-child`: the first process goes, and all the others with it
        self.process.communicate()
