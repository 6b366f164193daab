"""What the demo says when something is missing."""

import socket
import sys

import pytest

from tools import checks, environment
from tools.steps import StepError


def test_taken_port_is_named_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StepError, match=rf"port {port} est déjà pris.*PORT=\d+ make demo"):
            checks.check_port("127.0.0.1", port)


def test_free_port_passes():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    checks.check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80.5", "²"])
def test_impossible_port_is_refused(text):
    with pytest.raises(StepError, match="entre 1 et 65535"):
        checks.read_port(text)


def test_unknown_host_is_refused():
    with pytest.raises(StepError, match="HOST"):
        checks.check_port("nulle-part.invalid", 8000)


def test_address_of_another_machine_is_refused():
    with pytest.raises(StepError, match="ne peut pas écouter"):
        checks.check_port("192.0.2.1", 8000)


def test_full_disk_is_said_before_anything_is_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "NEEDED_BYTES", 10**18)
    with pytest.raises(StepError, match="Il reste .* Go sur le disque"):
        checks.check_disk(tmp_path / "not" / "yet")


def test_closed_folder_is_refused(monkeypatch, tmp_path):
    # Root writes everywhere: the answer of the system is given here.
    monkeypatch.setattr(checks.os, "access", lambda path, mode: False)
    with pytest.raises(StepError, match="HAVRE_VAR"):
        checks.check_writable(tmp_path)


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 14, 0)])
def test_unsupported_python_is_named(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(StepError, match=r"Python 3\.11, 3\.12 ou 3\.13"):
        environment.check_python()
