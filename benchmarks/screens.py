"""Main screens of the coordination at the size of a big network: alone, then four people at once, over real HTTP.

Run on the demo, after `manage.py generate_volume --sollicitations 20000`: `python -m benchmarks.screens`. The web
server of production (granian, two workers) serves them under the settings in use. Goals: a median of 150 ms alone,
400 ms for four at once; at most 300 MB a process.
"""

import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

ROUNDS = 15
AT_ONCE = 4
GOALS_MS = (150, 400)
GOAL_MB = 300
ADDRESS = "coordination@havre.example"
PAGES = {
    "accueil": "/admin/",
    "tableau de l’astreinte": "/admin/astreinte/",
    "sollicitations": "/admin/sollicitations/",
    "situations": "/admin/situations/",
    "séjours": "/admin/sejours/",
    "incidents": "/admin/incidents/",
    "partenaires": "/admin/partenaires/",
    "chiffres": "/admin/chiffres/",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    django.setup()
    from django.conf import settings

    from cases.models import Placement, Sollicitation
    from cms.users.models import User
    from cms.wall import scope
    from tests.cast.session import signed_in
    from tests.operations.instance import free_port

    user = User.objects.filter(email=ADDRESS).first()
    if user is None:
        sys.exit("Le réseau fictif n’est pas chargé : lancez `make demo` une fois, puis recommencez.")
    with scope.acting(user):
        print(f"{Sollicitation.objects.count()} demandes, {Placement.objects.count()} séjours")
    cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value}"
    port = free_port()
    server = start(port)
    try:
        show(partial(ask, f"http://127.0.0.1:{port}", cookie))
        print(f"mémoire d’un processus web : {memory(server)} Mo, borne {GOAL_MB} Mo")
    finally:
        server.terminate()
        server.wait()


def start(port: int) -> "subprocess.Popen[bytes]":
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    command = [granian, *options, "--blocking-threads", "2", "cms.wsgi:application"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            ask(f"http://127.0.0.1:{port}", "", "/sante/vivant")
        except OSError:
            time.sleep(0.2)
        else:
            return server
    server.kill()
    sys.exit("Le serveur web ne démarre pas.")


def show(asked: Callable[[str], float]) -> None:
    print(f"{'écran':<26}{'seul':>10}{'à quatre':>12}{'bornes':>16}")
    for name, path in PAGES.items():
        for _ in range(AT_ONCE):  # each process and thread has read it once
            asked(path)
        alone = statistics.median(asked(path) for _ in range(ROUNDS))
        together: list[float] = []
        threads = [threading.Thread(target=several, args=(asked, path, together)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        four = statistics.median(together)
        is_kept = alone <= GOALS_MS[0] and four <= GOALS_MS[1]
        print(f"{name:<26}{alone:>7.0f} ms{four:>9.0f} ms{'tenues' if is_kept else 'dépassées':>16}")


def several(asked: Callable[[str], float], path: str, into: list[float]) -> None:
    into.extend(asked(path) for _ in range(ROUNDS // 2))


def ask(home: str, cookie: str, path: str) -> float:
    """Return milliseconds, once the whole page is there."""
    request = urllib.request.Request(home + path, headers={"Cookie": cookie})
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as answer:
        assert answer.status == 200, path
        assert answer.geturl() == home + path, answer.geturl()
        answer.read()
    return 1000 * (time.perf_counter() - began)


def memory(server: "subprocess.Popen[bytes]") -> int:
    """Return the megabytes of the largest process of the server."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = [Path(f"/proc/{child}/statm").read_text().split()[1] for child in children]
    return max(map(int, sizes)) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    main()
