"""The supervisor of the demo, on small processes of our own."""

import os
import signal
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tools import demo, steps
from tools.demo import Demo
from tools.steps import StepError

IGNORES_TERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('prêt', flush=True); time.sleep(99)"
)


@pytest.fixture
def supervisor(monkeypatch, tmp_path):
    """A supervisor with a folder of its own and no database; whatever it started is gone afterwards."""
    monkeypatch.setenv("HAVRE_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://havre@db.invalid/havre")
    before = {caught: signal.getsignal(caught) for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    running = Demo("127.0.0.1", 8000)
    yield running
    for process in running.processes.values():
        process.kill()
        process.wait()
    for caught, handler in before.items():
        signal.signal(caught, handler)


def wait_for(path, text: str) -> None:
    pause = threading.Event()
    while text not in path.read_text():
        pause.wait(0.02)


def test_dead_process_is_reported_with_its_last_words(supervisor):
    supervisor.spawn("worker", [sys.executable, "-c", "import sys; sys.exit('plus de place')"])
    supervisor.processes["worker"].wait()
    with pytest.raises(StepError, match="(?s)« worker » s’est arrêté.*plus de place"):
        supervisor.check_alive()


def test_a_killed_process_is_started_again_later_and_later(supervisor, capfd):
    forever = [sys.executable, "-c", "import time; time.sleep(99)"]
    for name in ("web", "worker"):
        supervisor.spawn(name, forever)
    web, now = supervisor.processes["web"], supervisor.started["worker"]
    for delay in (1, 2, 4):
        dead = supervisor.processes["worker"]
        os.kill(dead.pid, signal.SIGKILL)
        dead.wait()
        supervisor.tend(now)
        assert f"Appels et messages : arrêté (signal 9), relancé dans {delay} s" in capfd.readouterr().out
        supervisor.tend(now + delay - 0.1)
        assert supervisor.processes["worker"] is dead
        supervisor.tend(now + delay)
        assert supervisor.processes["worker"].poll() is None
        assert "Appels et messages : relancé." in capfd.readouterr().out
    assert supervisor.processes["web"] is web
    dead = supervisor.processes["worker"]
    dead.kill()
    dead.wait()
    supervisor.tend(supervisor.started["worker"] + demo.STEADY_SECONDS)
    assert "relancé dans 1 s" in capfd.readouterr().out


def test_what_a_dead_process_left_is_ended(supervisor, tmp_path):
    child = "import subprocess, sys; print(subprocess.Popen(['sleep', '99']).pid, flush=True)"
    supervisor.spawn("web", [sys.executable, "-c", child])
    dead = supervisor.processes["web"]
    dead.wait()
    supervisor.tend(supervisor.started["web"])
    pid, pause = int(steps.log_path("web").read_text()), threading.Event()
    while _runs(pid):
        pause.wait(0.02)


def _runs(pid: int) -> bool:
    """Return whether a process still runs: one that nobody waited for is dead all the same."""
    try:
        return "(zombie)" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_stop_ends_a_process_that_does_not_listen(supervisor, monkeypatch):
    monkeypatch.setattr(demo, "STOP_SECONDS", 0.2)
    supervisor.spawn("web", [sys.executable, "-c", IGNORES_TERM])
    wait_for(steps.log_path("web"), "prêt")
    supervisor.stop()
    assert supervisor.processes["web"].returncode == -signal.SIGKILL


def test_first_page_in_error_stops_the_start(supervisor):
    class Broken(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(500)

        def log_message(self, *arguments):
            pass

    steps.log_path("web").write_text("OperationalError: rien ne va\n")
    with HTTPServer(("127.0.0.1", 0), Broken) as server:
        supervisor.port = server.server_port
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(StepError, match="(?s)répond 500.*rien ne va"):
            supervisor.wait_for_first_page()
        thread.join()


def test_address_shown_can_be_opened(supervisor):
    supervisor.host = "0.0.0.0"  # noqa: S104
    assert supervisor.address == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8123, "http://127.0.0.1:8123"),
        ("0.0.0.0", 8000, "http://127.0.0.1:8000"),  # noqa: S104
        ("::", 8000, "http://[::1]:8000"),
        ("192.0.2.7", 8000, "http://192.0.2.7:8000"),
    ],
)
def test_links_of_messages_lead_to_the_demo(monkeypatch, host, port, address):
    monkeypatch.delenv("BASE_URL", raising=False)
    assert Demo(host, port).env["BASE_URL"] == address
    monkeypatch.setenv("BASE_URL", "https://demo.example")
    assert Demo(host, port).env["BASE_URL"] == "https://demo.example"


def test_another_address_prepares_again(supervisor):
    before = supervisor.state()
    supervisor.env["BASE_URL"] = "http://127.0.0.1:9000"
    assert supervisor.state() != before


def test_preparation_is_skipped_until_a_source_or_the_database_changes(supervisor, monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "CLONE", tmp_path / "clone")
    source = tmp_path / "clone" / "cms" / "urls.py"
    source.parent.mkdir(parents=True)
    source.write_text("urlpatterns = []")
    first = supervisor.state()
    assert supervisor.state() == first
    source.write_text("urlpatterns = [1]")
    second = supervisor.state()
    monkeypatch.setenv("DATABASE_URL", "postgresql://havre@db.invalid/autre")
    assert len({first, second, supervisor.state()}) == 3


def test_reset_leaves_a_database_of_ones_own_alone(supervisor):
    with pytest.raises(StepError, match="videz-la vous-même"):
        demo.reset()


def test_failed_step_shows_its_own_last_lines(supervisor):
    steps.run([sys.executable, "-c", "print('étape d’avant')"], log="setup")
    failing = "for i in range(50): print('ligne', i)\nraise SystemExit(3)"
    with pytest.raises(StepError) as caught:
        steps.run([sys.executable, "-c", failing], log="setup")
    message = str(caught.value)
    assert "code 3" in message
    assert "ligne 49" in message
    assert "ligne 10\n" not in message
    assert "étape d’avant" not in message


def test_second_demo_in_the_same_folder_is_refused(supervisor, monkeypatch, capsys):
    monkeypatch.setenv("PORT", "0")
    with demo.locked(demo.var_dir() / "demo.lock"):
        assert demo.main([]) == 1
    assert "tourne déjà" in capsys.readouterr().err
    assert os.listdir(demo.var_dir()) == ["demo.lock"]
